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
	networkEpochs = 4
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

// netShare is the weight of the networks in the teacher's opinion; the linear models have the rest.
const netShare = 0.5

// opinion returns the teacher's log-odds for a text: of each class of BEEP against the others, and of its being broken
// as K-MHaS sees it.
func (t *teacher) opinion(m *koreanModels, words []int, fs []classifier.Feature) (z [4]float64) {
	share := netShare / float64(len(m.networks))
	for _, n := range m.networks {
		for c, v := range against(n.judge(words)) {
			z[c] += float64(share * v)
		}
	}
	for c := range m.class {
		z[c] += float64((1 - netShare) * m.class[c].Score(fs))
	}
	z[3] += float64((1 - netShare) * m.broken.Score(fs))
	return z
}

// against returns what a network says in the terms of the linear models: each class of BEEP against the others.
func against(q [questions]float32) (z [4]float64) {
	var e [3]float64
	for c := range e {
		e[c] = exact.Exp(float64(q[c]))
	}
	for c := range e {
		z[c] = float64(q[c]) - exact.Log(e[(c+1)%3]+e[(c+2)%3])
	}
	z[3] = float64(q[beepQuestions+kmhasAny])
	return z
}

// judge returns for every text the probabilities of what opinion is about.
func (t *teacher) judge(m *koreanModels) (p [4][]float64) {
	for i, words := range t.words {
		for c, z := range t.opinion(m, words, t.texts[i]) {
			p[c] = append(p[c], exact.Sigmoid(z))
		}
	}
	return p
}
