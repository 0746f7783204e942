package newsroom

import (
	"math"
	"math/rand/v2"
	"testing"
)

// drawn are scores of n texts, a third rejected; those lie higher by the gap, in steps so that there are ties.
func drawn(r *rand.Rand, n int, gap float64) (s scored) {
	for i := range n {
		z := r.NormFloat64()
		if i%3 == 0 {
			z += gap
		}
		s.logits = append(s.logits, math.Round(4*z)/4)
		s.rejected = append(s.rejected, i%3 == 0)
	}
	return s
}

func TestAUCCountsPairs(t *testing.T) {
	s := drawn(rand.New(rand.NewPCG(1, 1)), 90, 1)
	won, all := 0.0, 0.0
	for _, x := range s.of(true) {
		for _, y := range s.of(false) {
			all++
			if x > y {
				won++
			} else if x == y {
				won += 0.5
			}
		}
	}
	if got := s.figures().AUC; math.Abs(got-won/all) > 1e-12 {
		t.Errorf("%v, of all pairs %v", got, won/all)
	}
}

// TestInterval draws many samples: the interval must hold the true AUC about 95 times of 100.
func TestInterval(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	truth := drawn(r, 60_000, 1).figures().AUC
	const draws = 400
	held := 0
	for range draws {
		if f := drawn(r, 120, 1).figures(); f.Low <= truth && truth <= f.High {
			held++
		}
	}
	if held < draws*90/100 || held > draws*99/100 {
		t.Errorf("%d of %d", held, draws)
	}
}

// TestBetterIsSignificant compares scores with themselves plus noise, and with worse ones.
func TestBetterIsSignificant(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const draws = 300
	chance, real := 0, 0
	for range draws {
		a := drawn(r, 300, 1)
		if drawn(r, 300, 1).better(a) {
			chance++
		}
		if drawn(r, 300, 2).better(a) {
			real++
		}
		if a.better(a) {
			t.Fatal("better than itself")
		}
	}
	if chance > draws*9/100 || real < draws*95/100 {
		t.Errorf("by chance %d, in truth %d of %d", chance, real, draws)
	}
}

func TestThresholdAndPoints(t *testing.T) {
	var s scored
	for i := range 40 { // approved at 0 … 39, rejected at 30 … 69
		s.logits = append(s.logits, float64(i), float64(i+30))
		s.rejected = append(s.rejected, false, true)
	}
	p := s.at(s.threshold())
	if p.Alarms != 0.05 || p.Recall != 0.8 { // above 37: 38 and 39; 38 … 69
		t.Errorf("%+v", p)
	}
	if p := s.at(math.Inf(-1)); p.Alarms != 1 || p.Recall != 1 {
		t.Errorf("%+v", p)
	}
	if f := s.figures(); f.Recall != 0.8 {
		t.Errorf("%+v", f)
	}
}

func TestLogLoss(t *testing.T) {
	s := scored{[]float64{0, 0}, []bool{true, false}}
	if got := s.figures().LogLoss; math.Abs(got-math.Ln2) > 1e-12 {
		t.Errorf("of a coin: %v", got)
	}
	s = scored{[]float64{800, -800}, []bool{false, true}}
	if got := s.figures().LogLoss; math.Abs(got-800) > 1e-9 {
		t.Errorf("of certainty that is wrong: %v", got)
	}
}

func TestFiguresOfOneKind(t *testing.T) {
	if f := (scored{[]float64{1, 2}, []bool{true, true}}).figures(); f != (Figures{}) {
		t.Errorf("%+v", f)
	}
}
