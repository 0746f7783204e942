package training

import (
	"math"
	"slices"

	"broadsheet/moderation/classifier"
)

// table cuts a linear model to one byte a weight, from bucket first on. Weights beyond the largest of 99.99 in a
// hundred are cut to it. The log-odds are calibrated.
func table(name string, first uint32, l Linear, c calibration) classifier.Table {
	w := l.Weights[first:]
	sizes := make([]float64, len(w))
	for i, v := range w {
		sizes[i] = math.Abs(v)
	}
	slices.Sort(sizes)
	step := sizes[len(sizes)-1-len(sizes)/10000] / 127
	t := classifier.Table{Name: name, First: first, Bias: float64(c.a*l.Bias) + c.b, Scale: float64(c.a * step), Weights: make([]int8, len(w))}
	if step == 0 {
		return t
	}
	for i, v := range w {
		t.Weights[i] = int8(max(-127, min(127, math.Round(v/step))))
	}
	return t
}
