package newsroom

import (
	"math/rand/v2"
	"testing"
)

// TestTrust follows decisions that go the way of the log-odds, then lies, then such decisions again.
func TestTrust(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var a agreement
	follow := func(n int, honest bool) float64 {
		for i := range n {
			rejected := i%3 == 0
			z := r.NormFloat64()
			if rejected == honest {
				z += 1.5
			}
			a.follow(z, rejected)
		}
		return a.trust()
	}
	doubtful := a.trust()
	if doubtful <= 0 || doubtful >= 0.5 {
		t.Errorf("of nothing: %v", doubtful)
	}
	if got := follow(2, true); got != doubtful {
		t.Errorf("before two of each kind: %v, of nothing %v", got, doubtful)
	}
	for range 20 {
		if got := follow(100, true); got < 0.5 || got >= 1 {
			t.Errorf("of decisions that agree: %v", got)
		}
	}
	if got := follow(60, false); got != 0 {
		t.Errorf("after 60 lies: %v", got)
	}
	if got := follow(100, true); got < 0.5 {
		t.Errorf("after the lies have ended: %v", got)
	}
}

// TestTextsMuchAlikeProveLittle rejects what the model thinks a little better of than of what is approved.
func TestTextsMuchAlikeProveLittle(t *testing.T) {
	var a agreement
	for i := range 12 {
		rejected := i%2 == 0
		a.follow(0.1-0.2*float64(kind(rejected)), rejected)
	}
	if got := a.trust(); got <= 0 || got >= 0.5 {
		t.Error(got)
	}
}
