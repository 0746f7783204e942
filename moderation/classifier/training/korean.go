package training

import (
	"slices"

	"broadsheet/moderation/classifier"
)

// korean is the rows of Korean comments, read once.
type korean struct {
	data               Data
	beep, kmhas, curse group
}

func newKorean(d Data) *korean {
	return &korean{d, beepGroup(d.BEEP), kmhasGroup(d.KMHaS), curseGroup(d.Curse)}
}

// koreanModels are what is learned from them.
type koreanModels struct {
	class  [3]Linear // of BEEP, each against the others
	broken Linear    // any label of K-MHaS

	networks []*network // of the teacher, if there was one
}

// classes returns what the models of BEEP's classes say.
func (m *koreanModels) classes(fs []classifier.Feature) (z [3]float64) {
	for c := range m.class {
		z[c] = m.class[c].Score(fs)
	}
	return z
}

// largest returns the class with the largest score.
func largest(z [3]float64) Class {
	best := None
	for c := range z {
		if z[c] > z[best] {
			best = Class(c)
		}
	}
	return best
}

// learn makes the models: first without a teacher, and, when there is one, once more with its judgements.
func (k *korean) learn(t *teacher) koreanModels {
	m := k.pupils(nil).learn(nil)
	if t == nil {
		return m
	}
	return k.teach(t, m)
}

// teach makes the models with the judgements of a teacher, to which the models m, made without one, add theirs. The
// models that give opinions learn from it too: so they know what BEEP's kind of comment is like, which those of K-MHaS
// and Curse have never seen.
func (k *korean) teach(t *teacher, m koreanModels) koreanModels {
	m.networks = t.learn(k)
	judged := t.judge(&m)
	taught := k.pupils(judged).learn(judged)
	taught.networks = m.networks
	return taught
}

// The weight of a text that the teacher has judged beside one that people have. The judged ones are of BEEP's kind.
const (
	inBEEP  = 0.6 // and in opinions
	inKMHaS = 0.4
)

// pupils are those who learn the finished models, of BEEP and of K-MHaS, each with the opinions of the other sets.
type pupils struct{ beep, kmhas *pupil }

// pupils learns the models that give opinions, also from what was judged when that is not nil.
func (k *korean) pupils(judged *judgements) pupils {
	beep := k.beep.opinions(1, judged, 0)
	kmhas := k.kmhas.opinions(20, judged, beepQuestions)
	curse := k.curse.opinions(40, judged, beepQuestions+kmhasAll)
	wrong := doubtful
	if judged != nil { // the teacher's own doubts are enough
		wrong = 0
	}
	return pupils{
		newPupil(&k.beep, settings{wrong: wrong, rate: rate}, slices.Concat(kmhas, curse)),
		newPupil(&k.kmhas, settings{rate: quick}, slices.Concat(beep, curse)),
	}
}

func (p pupils) learn(judged *judgements) (m koreanModels) {
	for c := range m.class {
		m.class[c] = p.beep.learn(c, judged, c, inBEEP)
	}
	m.broken = p.kmhas.learn(kmhasAny, judged, beepQuestions+kmhasAny, inKMHaS)
	return m
}

// heads are the tables that are made of the models.
func (k *korean) heads(m *koreanModels) []head {
	return []head{{"abuse_ko", 0, k.abuse(m)}, {"hate_ko", 0, m.class[Hateful]}}
}

// abuse is one model for both sets: 0.3 of what is not None in BEEP and 0.7 of what is broken in K-MHaS, once their
// log-odds vary alike on the texts. Each set ranks a little worse by it than by its own model; the two draw the line
// in different places.
func (k *korean) abuse(m *koreanModels) Linear {
	texts := slices.Concat(k.beep.texts, k.kmhas.texts)
	s := newStack([]Linear{m.class[None], m.broken}, texts)
	share := [2]float64{-0.3 / s.spread[0], 0.7 / s.spread[1]}
	if len(k.kmhas.texts) == 0 {
		share = [2]float64{-1, 0}
	}
	out := Linear{Weights: make([]float64, classifier.Buckets)}
	for i, l := range s.models {
		out.Bias += float64(share[i] * l.Bias)
		for j, w := range l.Weights {
			out.Weights[j] += float64(share[i] * w)
		}
	}
	return out
}
