package training

import (
	"math"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// teacher judges texts that nobody has judged, so that the linear models may learn from those too (Hinton et al.
// 2015). It is several networks of other beginnings, and the linear models themselves.
type teacher struct {
	lexicon  lexicon
	vectors  vectors
	words    [][]int                // of the texts
	texts    [][]classifier.Feature // that nobody has judged
	networks int
}

const (
	vectorEpochs  = 5
	networkEpochs = 3
)

// newTeacher learns the vectors of words, from the texts alone.
func newTeacher(texts []string, networks int) *teacher {
	t := &teacher{lexicon: lexicon{index: map[string]int{}}, networks: networks}
	for _, s := range texts {
		t.words = append(t.words, t.lexicon.read(s))
		t.texts = append(t.texts, classifier.Features(s))
	}
	t.vectors = learnVectors(&t.lexicon, t.words, vectorEpochs, 1)
	return t
}

// learn trains the networks on the labelled rows.
func (t *teacher) learn(k *korean) (out []*network) {
	var lessons []lesson
	read := func(text string, first int, g *group, i int) *lesson {
		l := lesson{words: t.lexicon.read(text), first: first, weight: 1}
		for _, answers := range g.questions {
			l.answers = append(l.answers, answers[i])
		}
		lessons = append(lessons, l)
		return &lessons[len(lessons)-1]
	}
	var classes [3]int
	for _, r := range k.data.BEEP {
		classes[r.Class]++
	}
	for i, r := range k.data.BEEP {
		n := float64(len(k.data.BEEP)) / float64(2*classes[r.Class])
		read(r.Text, 0, &k.beep, i).weight = float32(1.2 * math.Sqrt(n))
	}
	for i, r := range k.data.KMHaS {
		read(r.Text, beepQuestions, &k.kmhas, i)
	}
	for i, r := range k.data.Curse {
		read(r.Text, beepQuestions+kmhasAll, &k.curse, i)
	}
	for i := range t.networks {
		n := newNetwork(&t.lexicon, t.vectors, uint64(10+i))
		n.train(lessons, networkEpochs)
		out = append(out, n)
	}
	return out
}

// netShare is the weight of the networks in the teacher's opinion where there is a finished linear model, which has
// the rest.
const netShare = 0.5

// opinion returns the teacher's log-odds of every question for a text: of each class of BEEP against the others.
func (t *teacher) opinion(m *koreanModels, words []int, fs []classifier.Feature) (z [questions]float64) {
	for _, n := range m.networks {
		for q, v := range against(n.judge(words)) {
			z[q] += v / float64(len(m.networks))
		}
	}
	join := func(q int, l Linear) { z[q] = float64(netShare*z[q]) + float64((1-netShare)*l.Score(fs)) }
	for c, l := range m.class {
		join(c, l)
	}
	join(beepQuestions+kmhasAny, m.broken)
	return z
}

// against returns what a network says in the terms of the linear models: each class of BEEP against the others.
func against(q [questions]float32) (z [questions]float64) {
	var e [3]float64
	for c := range e {
		e[c] = exact.Exp(float64(q[c]))
	}
	for i, v := range q {
		z[i] = float64(v)
		if i < len(e) {
			z[i] -= exact.Log(e[(i+1)%3] + e[(i+2)%3])
		}
	}
	return z
}

// judgements are the probabilities that a teacher gives to each question for texts.
type judgements struct {
	texts [][]classifier.Feature
	yes   [questions][]float64
}

// judge judges the texts that nobody has.
func (t *teacher) judge(m *koreanModels) *judgements {
	j := &judgements{texts: t.texts}
	for i, words := range t.words {
		for q, z := range t.opinion(m, words, t.texts[i]) {
			j.yes[q] = append(j.yes[q], exact.Sigmoid(z))
		}
	}
	return j
}
