package moderation

import "math"

// Agreement counts how two who looked at the same comments decided.
type Agreement struct {
	Both    int // would let them stand
	Neither int // would
	First   int // only the first would
	Second  int // only the second would
}

// Add counts one comment.
func (a *Agreement) Add(first, second bool) {
	switch {
	case first && second:
		a.Both++
	case first:
		a.First++
	case second:
		a.Second++
	default:
		a.Neither++
	}
}

// N is how many comments both looked at.
func (a Agreement) N() int { return a.Both + a.Neither + a.First + a.Second }

// Same is how many they decided alike.
func (a Agreement) Same() int { return a.Both + a.Neither }

// Kappa is Cohen's: how much more they agree than two would who let as many stand each but draw lots, 1 for always. It
// is not known (false) without comments, and when chance alone would always agree.
func (a Agreement) Kappa() (float64, bool) {
	n := float64(a.N())
	if n == 0 {
		return 0, false
	}
	first, second := float64(a.Both+a.First)/n, float64(a.Both+a.Second)/n
	chance := first*second + (1-first)*(1-second)
	if chance == 1 {
		return 0, false
	}
	return (float64(a.Same())/n - chance) / (1 - chance), true
}

// Interval is where a share of all most likely lies (95 %), when k of n were seen: Wilson's score interval, 0 to 1 when
// nothing was seen.
func Interval(k, n int) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	const z = 1.959964
	share, m := float64(k)/float64(n), float64(n)
	centre := share + z*z/(2*m)
	spread := z * math.Sqrt(share*(1-share)/m+z*z/(4*m*m))
	return max(0, (centre-spread)/(1+z*z/m)), min(1, (centre+spread)/(1+z*z/m))
}
