package newsroom

import (
	"math"
	"slices"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// How decisions are learned: logistic loss, AdaGrad (Duchi et al. 2011), with the shipped log-odds as offset, so
// that what is learned is the difference. How far a weight moves goes by what the shipped model thinks of its
// bucket: an n-gram that matters there matters to this desk too, if perhaps the other way round.
const (
	onlineRate   = 0.5
	headRate     = 0.1
	biasRate     = 0.2
	firstSquares = 0.1 // AdaGrad's sum before the first step: the first steps are short
	headClip     = 4   // log-odds of a head beyond are cut to it
)

const headCount = 3 // of classifier.Model.Heads

// view is a text as the layer sees it.
type view struct {
	features []classifier.Feature
	anchor   float64            // log-odds of the strongest head
	heads    [headCount]float64 // log-odds of each, cut to headClip

	strongest, leaning int // as lean returns
}

func look(m *classifier.Model, fs []classifier.Feature) view { return lookAt(fs, m.Logits(fs)) }

func lookAt(fs []classifier.Feature, logits []float64) view {
	v := view{features: fs, anchor: slices.Max(logits)}
	for i := range v.heads {
		v.heads[i] = max(-headClip, min(headClip, logits[i]))
	}
	v.strongest, v.leaning = lean(logits)
	return v
}

// linear is a linear function of a view: the log-odds it adds. The zero value adds nothing.
type linear struct {
	bias    float64
	heads   [headCount]float64
	weights []float32 // by bucket, or nil
}

func (l *linear) add(v view) float64 { return l.whole(v) + l.grams(v) }

// whole is the part of add that is made of the bias and the heads.
func (l *linear) whole(v view) float64 {
	sum := l.bias
	for i, h := range v.heads {
		sum += float64(l.heads[i] * h)
	}
	return sum
}

// grams is the part of add that is made of the n-grams.
func (l *linear) grams(v view) float64 {
	if l.weights == nil {
		return 0
	}
	sum := 0.0
	for _, f := range v.features {
		sum += float64(float64(l.weights[f.Bucket]) * float64(f.Value))
	}
	return sum
}

// learner is a linear function that learns, with AdaGrad's sums of squares.
type learner struct {
	linear
	squares     []float32 // beyond firstSquares
	biasSquares float64
	headSquares [headCount]float64
}

func (l learner) clone() learner {
	if l.weights == nil {
		l.weights, l.squares = make([]float32, classifier.Buckets), make([]float32, classifier.Buckets)
		return l
	}
	l.weights, l.squares = slices.Clone(l.weights), slices.Clone(l.squares)
	return l
}

// step moves towards the target of an example, whose log-odds are the offset and what l adds.
func (l *learner) step(e example, offset, rate float64) {
	g := exact.Sigmoid(offset+l.add(e.view)) - e.target
	for i, f := range e.features {
		s := float64(e.scales[i])
		d := float64(float64(g*float64(f.Value)) * s)
		l.squares[f.Bucket] += float32(d * d)
		l.weights[f.Bucket] -= float32(rate * s * d / math.Sqrt(firstSquares+float64(l.squares[f.Bucket])))
	}
	for i, h := range e.heads {
		d := float64(g * h)
		l.headSquares[i] += float64(d * d)
		l.heads[i] -= float64(headRate * d / math.Sqrt(1+l.headSquares[i]))
	}
	l.biasSquares += float64(g * g)
	l.bias -= float64(biasRate * g / math.Sqrt(1+l.biasSquares))
}

// example is a label made ready for learning.
type example struct {
	Label
	view
	target float64   // 1 for a rejection
	scales []float32 // of the features: how far their weights move
}

func read(m *classifier.Model, s scales, label Label) example {
	fs := classifier.Features(label.Text)
	e := example{Label: label, view: look(m, fs), scales: make([]float32, len(fs))}
	if label.Rejected {
		e.target = 1
	}
	for i, f := range fs {
		e.scales[i] = s.of(f.Bucket)
	}
	return e
}

// languages are the ends of the names of a head's tables.
var languages = [...]string{"", "_ko", "_en"}

// scales tells how much a model's tables make of a bucket.
type scales struct {
	tables []*classifier.Table
	means  []float64 // size of a weight of each table that is not 0
}

func newScales(m *classifier.Model) scales {
	var s scales
	for _, head := range m.Heads() {
		for _, language := range languages {
			t := m.Table(head + language)
			if t == nil {
				continue
			}
			sum, n := 0, 0
			for _, w := range t.Weights {
				sum += max(int(w), -int(w))
				n += int(uint8(w|-w) >> 7) // 1 unless w is 0
			}
			if sum > 0 {
				s.tables, s.means = append(s.tables, t), append(s.means, float64(sum)/float64(n))
			}
		}
	}
	return s
}

// of returns 0.5 + the square root of the size of the bucket's weight, in means, over the tables that have it.
func (s scales) of(bucket uint32) float32 {
	sum, n := 0.0, 0.0
	for i, t := range s.tables {
		if at := int(bucket) - int(t.First); at >= 0 && at < len(t.Weights) {
			sum += math.Abs(float64(t.Weights[at])) / s.means[i]
			n++
		}
	}
	if n == 0 {
		return 0.5
	}
	return float32(0.5 + math.Sqrt(sum/n))
}
