package newsroom

import (
	"math"

	"broadsheet/moderation/classifier/exact"
)

// Measure says how well scores, 0 to 1, agree with the decisions on the same texts, and what each threshold would
// do. It returns the zero Figures and nil when there are not texts of both kinds.
func Measure(scores []float64, rejected []bool) (Figures, []Point) {
	s := scored{rejected: rejected}
	for _, p := range scores {
		s.logits = append(s.logits, exact.Logit(math.Min(math.Max(p, 1e-6), 1-1e-6)))
	}
	if len(s.of(true)) == 0 || len(s.of(false)) == 0 {
		return Figures{}, nil
	}
	return s.figures(), s.curve()
}
