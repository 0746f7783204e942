package training

import (
	"math"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// Example is a text to learn from.
type Example struct {
	Features []classifier.Feature
	Target   float64 // 0 to 1: the share of those asked who say yes
	Weight   float64
}

// Linear is a linear model before it is cut to bytes: log-odds = Bias + sum of Weights[bucket] * value.
type Linear struct {
	Bias    float64
	Weights []float64 // one for each bucket
}

// Score returns the log-odds for the features.
func (l Linear) Score(fs []classifier.Feature) float64 {
	sum := l.Bias
	for _, f := range fs {
		sum += float64(l.Weights[f.Bucket] * float64(f.Value))
	}
	return sum
}

const (
	epochs = 8
	rate   = 0.07 // of AdaGrad
	quick  = 0.1  // for K-MHaS, whose answers are surer
	prior  = 0.5  // added to every count
)

// settings say how to learn from a set.
type settings struct {
	wrong float64 // share of the targets that are taken to be wrong
	rate  float64
}

// cell is what is known of a bucket while a model is learned; it stands together because it is used together.
type cell struct{ weight, ratio, squares float64 }

// fit learns a logistic model of the examples with AdaGrad (Duchi et al. 2011). Each feature is first scaled by
// its naive-Bayes log-ratio (Wang and Manning 2012), which is folded back into the weights. Extra
// buckets, beyond the hashed ones, have no ratio. The order of the examples and the seed fix the result to the last bit.
func fit(examples []Example, by settings, extra int, seed uint64) Linear {
	cells := make([]cell, classifier.Buckets+extra)
	for i, r := range ratios(examples, extra) {
		cells[i].ratio = r
	}
	bias, biasSquares := 0.0, 1e-8
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	rnd := random(seed)
	for range epochs {
		rnd.shuffle(order)
		for _, i := range order {
			e := &examples[i]
			target := by.wrong + float64((1-2*by.wrong)*e.Target)
			z := bias
			for _, f := range e.Features {
				c := &cells[f.Bucket]
				z += float64(c.weight * float64(float64(f.Value)*c.ratio))
			}
			g := float64(e.Weight * (exact.Sigmoid(z) - target))
			descend(cells, e.Features, g, by.rate)
			biasSquares += float64(g * g)
			bias -= float64(by.rate * (g / math.Sqrt(biasSquares)))
		}
	}
	l := Linear{bias, make([]float64, len(cells))}
	for i, c := range cells {
		l.Weights[i] = float64(c.weight * c.ratio)
	}
	return l
}

// mean returns the model whose log-odds are the mean of the models'. There must be one.
func mean(models []Linear) Linear {
	share := 1 / float64(len(models))
	out := Linear{Weights: make([]float64, len(models[0].Weights))}
	for _, l := range models {
		out.Bias += float64(share * l.Bias)
		for i, w := range l.Weights {
			out.Weights[i] += float64(share * w)
		}
	}
	return out
}

// descend moves the weights of features down the slope g of a text.
func descend(cells []cell, fs []classifier.Feature, g, rate float64) {
	for _, f := range fs {
		c := &cells[f.Bucket]
		d := float64(g * float64(float64(f.Value)*c.ratio))
		c.squares += float64(d * d)
		if c.squares > 0 {
			c.weight -= float64(rate * (d / math.Sqrt(c.squares)))
		}
	}
}

// ratios returns for each bucket ln of its share among the targets over its share among the others, each
// occurrence counted once a text and prior added to every count.
func ratios(examples []Example, extra int) []float64 {
	yes, no := make([]float64, classifier.Buckets+extra), make([]float64, classifier.Buckets+extra)
	allYes, allNo := 0.0, 0.0
	for _, e := range examples {
		y, n := float64(e.Weight*e.Target), float64(e.Weight*(1-e.Target))
		for _, f := range e.Features {
			yes[f.Bucket] += y
			no[f.Bucket] += n
		}
		allYes += y
		allNo += n
	}
	shift := exact.Log(allYes+1) - exact.Log(allNo+1)
	for i := range yes[:classifier.Buckets] {
		if yes[i]+no[i] > 0 { // most buckets are empty
			yes[i] = exact.Log(yes[i]+prior) - exact.Log(no[i]+prior)
		}
		yes[i] -= shift
	}
	for i := range extra {
		yes[classifier.Buckets+i] = 1
	}
	return yes
}

// random is a generator of numbers (SplitMix64, Steele et al. 2014): its state is its seed.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9E3779B97F4A7C15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (r *random) below(n int) int { return int((r.next() >> 32) * uint64(n) >> 32) }

func (r *random) shuffle(order []int) {
	for i := len(order) - 1; i > 0; i-- {
		j := r.below(i + 1)
		order[i], order[j] = order[j], order[i]
	}
}
