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
	if got := a.trust(); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
	if got := follow(2, true); got != 0 {
		t.Errorf("before two of each kind: %v", got)
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

// TestTrustOfOneSaying gives decisions about texts that all have the same log-odds.
func TestTrustOfOneSaying(t *testing.T) {
	var a agreement
	for i := range 100 {
		a.follow(1, i%2 == 0)
		if got := a.trust(); got != 0 {
			t.Fatalf("%d: %v", i, got)
		}
	}
}
