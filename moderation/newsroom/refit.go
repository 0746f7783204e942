package newsroom

import (
	"slices"
	"time"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// What a refit came to.
const (
	Better       = "better"       // the new layer is promoted
	NotBetter    = "not_better"   // what is in force does as well on the latest decisions
	TooFew       = "too_few"      // decisions since what is in force was fitted, of either kind
	Inconsistent = "inconsistent" // the decisions contradict what nobody doubts: they may be somebody's mischief
)

// Report is what a refit found. Figures and Curve are of the decisions held back, which none of those measured had
// learned; zero when there were too few.
type Report struct {
	Decisions int      `json:"decisions"` // about different words
	Rejected  int      `json:"rejected"`  // of those
	HeldBack  int      `json:"held_back"` // of those, to measure by
	Shipped   Figures  `json:"shipped"`   // of the shipped model alone, its heads taken together as a layer starts from them
	InForce   Figures  `json:"in_force"`  // of the layer in force, its online part left out
	Candidate Figures  `json:"candidate"`
	Promoted  bool     `json:"promoted"`
	Why       string   `json:"why"`       // Better, NotBetter, TooFew or Inconsistent
	Threshold float64  `json:"threshold"` // of the layer returned
	Curve     []Point  `json:"curve"`     // the candidate's
	Learning  []Window `json:"learning"`  // how it went, oldest first
}

// Window is a run of decisions: how the scores they had before they were learned agree with them.
type Window struct {
	Until     time.Time `json:"until"`     // of its last decision
	Decisions int       `json:"decisions"` // learned up to its end
	Shipped   float64   `json:"shipped"`   // AUC of the shipped model alone
	Learned   float64   `json:"learned"`   // AUC of a Layer that learned all decisions before
}

const (
	mostLabels  = 20000 // that are fitted to, the latest: older ones do not tell today's taste
	heldBackMin = 30    // of each kind
)

// Refit fits a new layer to all labels, oldest first, and returns it when it is to replace the one in force; else
// it returns that one, without its online part. A later decision about the same words replaces the earlier.
//
// A candidate is fitted to the earlier decisions and measured on the latest fifth of them, which is made larger or
// smaller so that it holds 30 of each kind and no more than half of what the layer in force has not seen. It is
// promoted, fitted to all decisions, when its AUC is significantly above that of the layer in force and not below
// that of the shipped model, and when the decisions are consistent: on the latest the shipped model must not do
// clearly worse than chance, and the new layer must still tell plain abuse from plain courtesy. Otherwise a stream of
// lies would be promoted, for it agrees with itself.
func Refit(m *classifier.Model, inForce Layer, labels []Label) (Layer, Report) {
	if !inForce.adds(m) {
		inForce = Layer{}
	}
	inForce.online = online{}
	examples := readAll(m, labels)
	r := Report{
		Decisions: len(examples), Rejected: count(examples, true), Why: TooFew,
		Threshold: inForce.Threshold(), Curve: []Point{}, Learning: history(m, examples),
	}
	cut := split(examples, inForce)
	if cut < 0 {
		return inForce, r
	}
	latest := examples[cut:]
	candidate := fit(m, examples[:cut], 0)
	shipped, current := score(latest, Layer{}.scorer(m)), score(latest, inForce.scorer(m))
	fresh := score(latest, candidate.scorer(m))
	r.HeldBack = len(latest)
	r.Shipped, r.InForce, r.Candidate = shipped.figures(), current.figures(), fresh.figures()
	r.Curve = fresh.curve()
	switch {
	case r.Shipped.High < 0.5:
		r.Why = Inconsistent
		return inForce, r
	case !fresh.better(current) || r.Candidate.AUC < r.Shipped.AUC:
		r.Why = NotBetter
		return inForce, r
	}
	next := fit(m, examples, threshold(m, examples))
	if !next.decent(m) {
		r.Why = Inconsistent
		return inForce, r
	}
	r.Why, r.Promoted, r.Threshold = Better, true, next.Threshold()
	return next, r
}

// The bounds of a fitted threshold.
const (
	lowestThreshold  = 0.2
	highestThreshold = 0.95
	folds            = 5
)

// threshold returns the lowest at which at most alarmsAllowed of the approved are held, within bounds. Each is scored by
// a layer fitted to the four fifths that it is not in.
func threshold(m *classifier.Model, examples []example) float64 {
	var all scored
	for fold := range folds {
		var others, part []example
		for i, e := range examples {
			if i%folds == fold {
				part = append(part, e)
			} else {
				others = append(others, e)
			}
		}
		s := score(part, fit(m, others, 0).scorer(m))
		all.logits, all.rejected = append(all.logits, s.logits...), append(all.rejected, s.rejected...)
	}
	return max(lowestThreshold, min(highestThreshold, exact.Sigmoid(all.threshold())))
}

func count(examples []example, rejected bool) (n int) {
	for _, e := range examples {
		if e.Rejected == rejected {
			n++
		}
	}
	return n
}

// readAll makes the latest labels ready for learning, without those whose words were decided again later.
func readAll(m *classifier.Model, labels []Label) []example {
	last := map[string]int{}
	for i, l := range labels {
		last[l.Text] = i
	}
	var kept []Label
	for i, l := range labels {
		if last[l.Text] == i {
			kept = append(kept, l)
		}
	}
	s := newScales(m)
	var out []example
	for _, l := range kept[max(0, len(kept)-mostLabels):] {
		out = append(out, read(m, s, l))
	}
	return out
}

// split returns where the decisions to hold back begin, -1 when there are too few.
func split(examples []example, inForce Layer) int {
	seen := 0
	if inForce.fitted.name != "" {
		seen = slices.IndexFunc(examples, func(e example) bool { return e.At.UnixMilli() > inForce.fitted.until })
		if seen < 0 {
			return -1
		}
	}
	earliest := seen + (len(examples)-seen)/2
	counts := [2]int{}
	for i := len(examples) - 1; i >= earliest; i-- {
		counts[kind(examples[i].Rejected)]++
		if min(counts[0], counts[1]) >= heldBackMin && (i <= len(examples)*4/5 || i == earliest) {
			return i
		}
	}
	return -1
}

// scorer returns the log-odds that a layer gives.
func (l Layer) scorer(m *classifier.Model) func(view) float64 {
	return func(v view) float64 { return l.logit(m, v) }
}

func score(examples []example, logit func(view) float64) scored {
	var s scored
	for _, e := range examples {
		s.logits = append(s.logits, logit(e.view))
		s.rejected = append(s.rejected, e.Rejected)
	}
	return s
}

const (
	windows   = 20 // at most
	windowMin = 50 // decisions
)

// history follows the decisions as Learn does and returns how it went.
func history(m *classifier.Model, examples []example) []Window {
	size := max(windowMin, (len(examples)+windows-1)/windows)
	l := Layer{model: m.Version(), online: online{}.clone()}
	out := []Window{}
	for part := range slices.Chunk(examples, size) {
		var before scored
		for _, e := range part {
			before.logits = append(before.logits, l.logit(m, e.view))
			before.rejected = append(before.rejected, e.Rejected)
			l.online.follow(e, e.start)
		}
		if learned := before.figures(); learned != (Figures{}) {
			seen := len(out)*size + len(part)
			out = append(out, Window{part[len(part)-1].At, seen, score(part, Layer{}.scorer(m)).figures().AUC, learned.AUC})
		}
	}
	return out
}
