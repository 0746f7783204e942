package training

import (
	"math"

	"broadsheet/moderation/classifier"
)

// A group is a data set: its texts, and yes-or-no questions that were answered for every one of them.
type group struct {
	texts     [][]classifier.Feature
	questions [][]bool // [question][text]
}

// The questions of BEEP, in order; those of K-MHaS are its eight labels and then whether any is set; that of Curse is
// whether it is abusive.
const (
	isNone = iota
	isOffensive
	isHateful
	isGenderBias
	isOtherBias
	isBiased
	beepQuestions
)

const (
	kmhasAny = 8
	kmhasAll = 9
)

func (g *group) add(fs []classifier.Feature, answers ...bool) {
	if g.questions == nil {
		g.questions = make([][]bool, len(answers))
	}
	g.texts = append(g.texts, fs)
	for q, a := range answers {
		g.questions[q] = append(g.questions[q], a)
	}
}

func beepGroup(rows []Comment) (g group) {
	for _, r := range rows {
		c := r.Class
		g.add(classifier.Features(r.Text), c == None, c == Offensive, c == Hateful, r.Gender, r.Bias, r.Gender || r.Bias)
	}
	return g
}

func kmhasGroup(rows []Labelled) (g group) {
	for _, r := range rows {
		g.add(classifier.Features(r.Text), append(r.Labels[:], r.Any())...)
	}
	return g
}

func curseGroup(rows []Rated) (g group) {
	for _, r := range rows {
		g.add(classifier.Features(r.Text), r.Abuse >= 0.5)
	}
	return g
}

// doubtful is how often an answer is taken to be wrong, where annotators often disagree or only an opinion is asked.
const doubtful = 0.05

// examples are the answers to a question, each class weighted by the square root of how rare it is.
func (g *group) examples(question int) []Example {
	yes, all := 0.0, float64(len(g.texts))
	for _, y := range g.questions[question] {
		if y {
			yes++
		}
	}
	out := make([]Example, len(g.texts))
	for i, fs := range g.texts {
		out[i] = Example{fs, 0, rarity(all-yes, all)}
		if g.questions[question][i] {
			out[i] = Example{fs, 1, rarity(yes, all)}
		}
	}
	return out
}

// rarity is the weight of a class of n among all: 1 when it is half of them.
func rarity(n, all float64) float64 {
	if n == 0 {
		return 1
	}
	return math.Sqrt(all / (2 * n))
}

// opinions learns every question of the group without the other groups', also from texts that were judged when
// judged is not nil; first is the number of the first question there.
func (g *group) opinions(seed uint64, judged *judgements, first int) (out []Linear) {
	p := newPupil(g, settings{wrong: doubtful, rate: rate}, nil)
	p.seed, p.fits = seed, 1
	for q := range g.questions {
		out = append(out, p.learn(q, judged, first+q, inBEEP))
	}
	return out
}
