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

// opinion returns the mean log-odds of the networks and the linear models, half the weight each: of the three
// classes of BEEP, and of a text being broken as K-MHaS sees it.
func (t *teacher) opinion(m *koreanModels, words []int, fs []classifier.Feature) (z [3]float64, broken float64) {
	share := 0.5 / float64(len(m.networks))
	for _, n := range m.networks {
		q := n.judge(words)
		for c := range z {
			z[c] += float64(share * float64(q[c]))
		}
		broken += float64(share * float64(q[beepQuestions+kmhasAny]))
	}
	for c, own := range m.classes(fs) {
		z[c] += own / 2
	}
	return z, broken + m.broken.Score(fs)/2
}

// judge returns for every text the probabilities of the classes of BEEP, and of being broken.
func (t *teacher) judge(m *koreanModels) (p [4][]float64) {
	for i, words := range t.words {
		z, broken := t.opinion(m, words, t.texts[i])
		for c := range z {
			z[c] = exact.Exp(float64(sharpness * z[c]))
		}
		sum := z[0] + z[1] + z[2]
		for c := range z {
			p[c] = append(p[c], z[c]/sum)
		}
		p[3] = append(p[3], exact.Sigmoid(broken))
	}
	return p
}

// sharpness is how much surer the teacher is of a class than its mean.
const sharpness = 2
