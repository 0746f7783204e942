package newsroom

import (
	"math"
	"slices"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// How decisions are learned: logistic loss, AdaGrad (Duchi et al. 2011), with what is known before as offset, so
// that what is learned is the difference. How far a weight moves goes by what the shipped model thinks of its
// bucket: an n-gram that matters there matters to this desk too, if perhaps the other way round.
const (
	onlineRate   = 0.5
	signalRate   = 0.2
	biasRate     = 0.2
	firstSquares = 0.1 // AdaGrad's sum before the first step: the first steps are short
)

// linear is a linear function of a view: the log-odds it adds. The zero value adds nothing.
type linear struct {
	bias    float64
	signals [signalCount]float64 // by signal
	weights []float32            // by bucket, or nil
}

func (l *linear) add(v view) float64 { return l.whole(v) + l.grams(v) }

// whole is the part of add that is made of the bias and the signals.
func (l *linear) whole(v view) float64 {
	sum := l.bias
	for i, h := range v.signals {
		sum += float64(l.signals[i] * h)
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
	squares       []float32 // beyond firstSquares
	biasSquares   float64
	signalSquares [signalCount]float64
}

func (l learner) clone() learner {
	if l.weights == nil {
		l.weights, l.squares = make([]float32, classifier.Buckets), make([]float32, classifier.Buckets)
		return l
	}
	l.weights, l.squares = slices.Clone(l.weights), slices.Clone(l.squares)
	return l
}

// step moves towards the target of an example, whose log-odds are the offset and what l adds. ratio, unless it is nil,
// scales the features besides, by bucket.
func (l *learner) step(e example, offset, rate float64, ratio []float32) {
	g := exact.Sigmoid(offset+l.add(e.view)) - e.target
	for i, f := range e.features {
		s := float64(e.scales[i])
		if ratio != nil {
			s *= float64(ratio[f.Bucket])
		}
		d := float64(float64(g*float64(f.Value)) * s)
		l.squares[f.Bucket] += float32(d * d)
		l.weights[f.Bucket] -= float32(rate * s * d / math.Sqrt(firstSquares+float64(l.squares[f.Bucket])))
	}
	for i, h := range e.signals {
		d := float64(g * h)
		l.signalSquares[i] += float64(d * d)
		l.signals[i] -= float64(signalRate * d / math.Sqrt(1+l.signalSquares[i]))
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
