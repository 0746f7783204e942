package training

import (
	"math"

	"broadsheet/moderation/classifier"
)

// What models of other data say of a text helps to judge it (Wolpert 1992). Their log-odds, standardised, are more
// features of a text; because they are linear too, they fold back into the weights of its n-grams exactly.

// opinion is the size of a standardised log-odds beside features of unit length.
const opinion = 0.3

// stack is a set of models and how to standardise what they say.
type stack struct {
	models       []Linear
	mean, spread []float64
}

// newStack standardises the models on texts.
func newStack(models []Linear, texts [][]classifier.Feature) stack {
	s := stack{models, make([]float64, len(models)), make([]float64, len(models))}
	n := float64(max(1, len(texts)))
	for k, m := range models {
		sum, squares := 0.0, 0.0
		for _, fs := range texts {
			z := m.Score(fs)
			sum += z
			squares += float64(z * z)
		}
		s.mean[k] = sum / n
		s.spread[k] = math.Sqrt(max(1e-12, squares/n-float64(s.mean[k]*s.mean[k])))
	}
	return s
}

// extendAll returns the features of each text with the models' opinions behind them.
func (s *stack) extendAll(texts [][]classifier.Feature) [][]classifier.Feature {
	out := make([][]classifier.Feature, len(texts))
	for i, fs := range texts {
		out[i] = append(make([]classifier.Feature, 0, len(fs)+len(s.models)+1), fs...)
		for k, m := range s.models {
			v := float64(opinion*(m.Score(fs)-s.mean[k])) / s.spread[k]
			out[i] = append(out[i], classifier.Feature{Bucket: classifier.Buckets + uint32(k), Value: float32(v)})
		}
	}
	return out
}

// fold returns the model over plain features that gives what l gives over extended ones.
func (s *stack) fold(l Linear) Linear {
	w := append([]float64(nil), l.Weights[:classifier.Buckets]...)
	bias := l.Bias
	for k, m := range s.models {
		c := float64(l.Weights[classifier.Buckets+k]*opinion) / s.spread[k]
		bias += float64(c * (m.Bias - s.mean[k]))
		for i, v := range m.Weights {
			w[i] += float64(c * v)
		}
	}
	return Linear{bias, w}
}

// pupil learns the questions of a group with the help of models of the others.
type pupil struct {
	group group // texts extended
	by    settings
	stack stack
	seed  uint64 // of its first question
	fits  int    // that a model is the mean of
}

// finishedFits are of a finished model: the mean ranks a little better than one, and is a linear model like it.
const finishedFits = 3

func newPupil(g *group, by settings, others []Linear) *pupil {
	p := &pupil{*g, by, newStack(others, g.texts), 7, finishedFits}
	p.group.texts = p.stack.extendAll(g.texts)
	return p
}

// learn answers a question of the group, also from texts that a teacher has judged, when judged is not nil: there
// the question has the number asked, and a text counts weight beside one that people have judged. Those texts have an
// intercept of their own, for they need not be as bad as the group's; it is dropped. From a group without texts nothing
// is learned.
func (p *pupil) learn(question int, judged *judgements, asked int, weight float64) Linear {
	if len(p.group.texts) == 0 {
		return Linear{Weights: make([]float64, classifier.Buckets)}
	}
	examples := p.group.examples(question)
	if judged != nil {
		own := classifier.Feature{Bucket: uint32(classifier.Buckets + len(p.stack.models)), Value: 1}
		for i, fs := range p.stack.extendAll(judged.texts) {
			examples = append(examples, Example{append(fs, own), judged.yes[asked][i], weight})
		}
	}
	models := make([]Linear, p.fits)
	for i := range models {
		models[i] = fit(examples, p.by, len(p.stack.models)+1, p.seed+uint64(question+1000*i))
	}
	return p.stack.fold(mean(models))
}
