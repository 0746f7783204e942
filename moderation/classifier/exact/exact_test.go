package exact

import (
	"math"
	"testing"
)

// near says whether two numbers agree within 1e-15 of their size.
func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 2e-15*math.Max(math.Abs(a), math.Abs(b))
}

func TestAgreesWithMath(t *testing.T) {
	for x := -699.0; x < 699; x += 0.37 {
		if got, want := Exp(x), math.Exp(x); !near(got, want) {
			t.Fatalf("Exp(%v) = %v, want %v", x, got, want)
		}
		y := math.Exp(x)
		if got, want := Log(y), math.Log(y); !near(got, want) && math.Abs(got-want) > 1e-15 {
			t.Fatalf("Log(%v) = %v, want %v", y, got, want)
		}
	}
	for x := 0.01; x < 100; x += 0.0137 {
		if got, want := Log(x), math.Log(x); !near(got, want) && math.Abs(got-want) > 1e-15 {
			t.Fatalf("Log(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestEdges(t *testing.T) {
	for _, c := range []struct{ got, want float64 }{
		{Exp(0), 1}, {Exp(-1e9), 0}, {Exp(1e9), math.Inf(1)}, {Log(1), 0}, {Log(0), math.Inf(-1)}, {Log(-1), math.Inf(-1)},
		{Log(math.Inf(1)), math.Inf(1)}, {Sigmoid(0), 0.5}, {Sigmoid(-1000), 0}, {Sigmoid(1000), 1}, {Logit(0.5), 0},
	} {
		if c.got != c.want {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
	if !math.IsNaN(Exp(math.NaN())) || !math.IsNaN(Log(math.NaN())) {
		t.Error("what is no number stays none")
	}
}

// TestBits pins results to the last bit: another machine must give the same.
func TestBits(t *testing.T) {
	sum := 0.0
	for x := 0.001; x < 30; x += 0.01 {
		sum += Log(x) + Sigmoid(x-15) + Exp(-x)
	}
	if got, want := math.Float64bits(sum), uint64(0x40c12f87323424ee); got != want {
		t.Errorf("%#x, want %#x", got, want)
	}
}
