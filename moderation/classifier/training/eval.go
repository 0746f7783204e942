package training

import (
	"broadsheet/moderation/classifier"
)

// Evaluate measures the recipe by cross-validation, each fifth judged by what was learned from the others, and then
// the model m, which was made from all. It hands the tables of the model card to print, in Markdown, one by one.
func Evaluate(d Data, o Options, m *classifier.Model, print func(table string)) {
	d = distinct(d)
	t := o.teacher(d)
	var e evaluation
	for fold := range folds {
		rest, held := d.split(fold)
		e.korean(rest, held, t)
		for _, h := range learnOthers(rest) {
			e.head(h, held)
		}
		e.close(fold)
	}
	print(e.classes())
	print(e.ranking())
	print(e.thresholds())
	print(outside(d, m))
	print(dev(d, t, m))
}

// classed is what a step of the recipe makes of BEEP.
type classed struct {
	scored       // offensive or hateful
	truth, guess []Class
}

func (c *classed) put(z [3]float64, truth Class) {
	c.scored.put(-z[None], truth != None)
	c.truth, c.guess = append(c.truth, truth), append(c.guess, largest(z))
}

// The steps of the recipe.
const (
	stepPlain = iota
	stepStack
	stepTaught
	stepTeacher
	steps
)

// ownKMHaS is the model of K-MHaS by itself, a part of abuse_ko. It is measured, not shipped.
const ownKMHaS = "K-MHaS' own part of abuse_ko"

// measured is what a finished table says of a set, as it was learned and once it was cut to bytes.
type measured struct {
	head           string
	learned, bytes scored // calibrated
}

// evaluation gathers the scores of all fifths.
type evaluation struct {
	steps [steps]classed
	heads []*measured // for each head and set, in the order they come in
}

// korean measures the steps on BEEP, and the finished Korean tables.
func (e *evaluation) korean(rest, held Data, t *teacher) {
	k := newKorean(rest)
	plain := koreanModels{class: [3]Linear(k.beep.opinions(1, nil, 0)[:3])}
	stacked := k.learn(nil)
	taught := stacked
	if t != nil {
		taught = k.teach(t, stacked)
	}
	for _, r := range held.BEEP {
		fs := classifier.Features(r.Text)
		e.steps[stepPlain].put(plain.classes(fs), r.Class)
		e.steps[stepStack].put(stacked.classes(fs), r.Class)
		e.steps[stepTaught].put(taught.classes(fs), r.Class)
		if t != nil {
			stacked.networks = taught.networks
			z := t.opinion(&stacked, t.lexicon.read(r.Text), fs)
			e.steps[stepTeacher].put([3]float64(z[:3]), r.Class)
		}
	}
	for _, h := range append(k.heads(&taught), head{ownKMHaS, 0, taught.broken}) {
		e.head(h, held)
	}
}

// head measures a finished table on the sets it is about.
func (e *evaluation) head(h head, held Data) {
	sets := held.judge(h)
	c := held.calibration(h)
	cut := table(h.name, h.first, h.model, c)
	texts := held.judgeable(h.name)
	for i, s := range sets {
		m := e.measured(h.name, s.set)
		for j, z := range s.z {
			m.learned.put(float64(c.a*z)+c.b, s.yes[j])
			m.bytes.put(cut.Logit(classifier.Features(texts[i].texts[j])), s.yes[j])
		}
	}
}

// close marks what was measured since the fifth before as of this one.
func (e *evaluation) close(fold int) {
	for i := range e.steps {
		e.steps[i].close(fold)
	}
	for _, m := range e.heads {
		m.learned.close(fold)
		m.bytes.close(fold)
	}
}

func (s *scored) close(fold int) {
	for len(s.fifth) < len(s.z) {
		s.fifth = append(s.fifth, fold)
	}
}

// mean returns the mean of a measure over the fifths: each has a model of its own, whose scores cannot be compared with
// another's.
func (s *scored) mean(measure func(z []float64, yes []bool) float64) float64 {
	sum := 0.0
	for fold := range folds {
		sum += s.on(fold, measure)
	}
	return sum / folds
}

// on returns a measure on one fifth.
func (s *scored) on(fold int, measure func(z []float64, yes []bool) float64) float64 {
	var part scored
	for i, f := range s.fifth {
		if f == fold {
			part.put(s.z[i], s.yes[i])
		}
	}
	return measure(part.z, part.yes)
}

func (e *evaluation) measured(head, set string) *measured {
	for _, m := range e.heads {
		if m.head == head && m.learned.set == set {
			return m
		}
	}
	m := &measured{head: head, learned: scored{set: set}, bytes: scored{set: set}}
	e.heads = append(e.heads, m)
	return m
}
