package moderation

import (
	"math"
	"testing"
)

// The worked example of Cohen's kappa that textbooks give: 50 applications, 35 decided alike.
func TestKappa(t *testing.T) {
	for _, tc := range []struct {
		name  string
		a     Agreement
		kappa float64
		known bool
	}{
		{"textbook", Agreement{Both: 20, Neither: 15, First: 5, Second: 10}, 0.4, true},
		{"always alike", Agreement{Both: 6, Neither: 4}, 1, true},
		{"never alike", Agreement{First: 5, Second: 5}, -1, true},
		{"as lots would", Agreement{Both: 25, Neither: 25, First: 25, Second: 25}, 0, true},
		{"both let all stand", Agreement{Both: 9}, 0, false},
		{"nothing", Agreement{}, 0, false},
	} {
		if k, ok := tc.a.Kappa(); ok != tc.known || math.Abs(k-tc.kappa) > 1e-12 {
			t.Errorf("%s: %v %v, want %v %v", tc.name, k, ok, tc.kappa, tc.known)
		}
	}
	var a Agreement
	for _, both := range [][2]bool{{true, true}, {true, false}, {false, true}, {false, false}, {false, false}} {
		a.Add(both[0], both[1])
	}
	if a != (Agreement{Both: 1, Neither: 2, First: 1, Second: 1}) || a.N() != 5 || a.Same() != 3 {
		t.Errorf("%+v", a)
	}
}

// Values of Wilson's interval from Newcombe (1998), table I.
func TestInterval(t *testing.T) {
	for _, tc := range []struct {
		k, n      int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {0, 0, 0, 1}} {
		if low, high := Interval(tc.k, tc.n); math.Abs(low-tc.low) > 5e-5 || math.Abs(high-tc.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tc.k, tc.n, low, high, tc.low, tc.high)
		}
	}
}
