package newsroom

import (
	"math"
	"math/rand/v2"
	"slices"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

const (
	epochs    = 8
	fitRate   = 0.2
	smoothing = 0.5 // added to every count
)

// fit returns the layer of all examples: as Learn, in several passes in a shuffled order, each feature scaled besides
// by the root of its naive-Bayes log-ratio among them (after Wang and Manning 2012; with the root, 300 to 1,000
// decisions go further). Weights are cut to a byte. The online part is empty.
func fit(m *classifier.Model, examples []example, threshold float64) Layer {
	l := Layer{model: m.Version(), fitted: fitted{threshold: threshold, clauses: newTally()}}
	learned := learner{}.clone()
	ratio := ratios(examples)
	order := make([]int, len(examples))
	for i, e := range examples {
		order[i] = i
		l.fitted.clauses.count(e)
		l.fitted.until = max(l.fitted.until, e.At.UnixMilli())
	}
	random := rand.New(rand.NewPCG(1, 1))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			learned.step(examples[i], examples[i].start, fitRate, ratio)
		}
	}
	l.fitted.linear = learned.linear
	l.fitted.step = quantise(l.fitted.weights)
	l.fitted.name = fingerprint(l.encode())
	return l
}

// ratios returns for each bucket the root, with its sign, of ln of its share among the rejected over its share among
// the approved, each bucket counted once a text.
func ratios(examples []example) []float32 {
	counts := [2][]float64{make([]float64, classifier.Buckets), make([]float64, classifier.Buckets)}
	all := [2]float64{}
	for _, e := range examples {
		for _, f := range e.features {
			counts[int(e.target)][f.Bucket]++
		}
		all[int(e.target)]++
	}
	shift := exact.Log(all[1]+smoothing) - exact.Log(all[0]+smoothing)
	out := make([]float32, classifier.Buckets)
	for i := range out {
		if rejected, approved := counts[1][i], counts[0][i]; rejected+approved > 0 {
			ratio := exact.Log(rejected+smoothing) - exact.Log(approved+smoothing) - shift
			out[i] = float32(math.Copysign(math.Sqrt(math.Abs(ratio)), ratio))
		}
	}
	return out
}

// quantise rounds weights to 127 steps each way and returns the step. The last step is the size of the weight that
// is larger than 99.9 in a hundred of those that are not 0.
func quantise(weights []float32) (step float32) {
	var sizes []float32
	for _, w := range weights {
		if w != 0 {
			sizes = append(sizes, max(w, -w))
		}
	}
	if len(sizes) == 0 {
		return 0
	}
	slices.Sort(sizes)
	step = sizes[len(sizes)-1-len(sizes)/1000] / 127
	for i, w := range weights {
		weights[i] = step * float32(max(-127, min(127, math.Round(float64(w/step)))))
	}
	return step
}
