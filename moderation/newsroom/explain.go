package newsroom

import (
	"math"

	"broadsheet/moderation/classifier"
)

// explainingHead is the head under which explaining gives its one table.
const explainingHead = classifier.Abuse

// explaining returns the shipped tables and the layer joined into one table, for classifier.Model.Explain. It is
// good for telling which parts of a text speak for the newsroom's head, not for its score: nothing is cut.
func (l Layer) explaining(m *classifier.Model) *classifier.Model {
	sum := make([]float64, classifier.Buckets)
	for i, h := range heads {
		share := starts[i] + l.fitted.signals[i] + l.online.signals[i]
		for _, language := range []string{"", "_ko", "_en"} {
			t := m.Table(h.name + language)
			if t == nil && i == hatred {
				t = m.Table(heads[abuse].name + language)
			}
			if t == nil {
				continue
			}
			for j, w := range t.Weights {
				sum[int(t.First)+j] += float64(float64(share*t.Scale) * float64(w))
			}
		}
	}
	for _, part := range [][]float32{l.fitted.weights, l.online.weights} {
		for i, w := range part {
			sum[i] += float64(w)
		}
	}
	largest := 0.0
	for _, w := range sum {
		largest = max(largest, math.Abs(w))
	}
	t := classifier.Table{Name: explainingHead, Scale: largest / 127, Weights: make([]int8, len(sum))}
	for i, w := range sum {
		if largest > 0 {
			t.Weights[i] = int8(math.Round(w / t.Scale))
		}
	}
	joined, err := classifier.Load(classifier.Encode([]classifier.Table{t}))
	if err != nil {
		return m // cannot be: the table is well-formed
	}
	return joined
}
