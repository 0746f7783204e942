// Package newsroom learns what one desk rejects: a layer over the shipped classifier, made of the desk's own
// decisions. Everything is a function of values; nothing leaves the machine.
package newsroom

import (
	"fmt"
	"time"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// Label is one decision of the desk and the words it speaks of.
type Label struct {
	Text     string // as the desk saw it, normalised
	Rejected bool
	Clause   string // id, "" when none was named
	At       time.Time
}

// Layer is what a newsroom adds to the score of the shipped model. It has two parts: one fitted to many decisions,
// which was better than what was in force on decisions it had not seen, and one that followed each decision since.
// The second is unproven: it counts as far as the latest decisions agree with what was known before. The zero Layer
// adds nothing, and so does any to a model other than the one it was made with. A Layer never changes; copies share
// what they hold.
type Layer struct {
	model  string // version of the model it was made with, "" for the zero Layer
	fitted fitted
	online online
}

// fitted is the part that is stored.
type fitted struct {
	linear
	step      float32 // every weight is -127 to 127 steps
	name      string  // hash of all of it; "" when nothing is fitted
	until     int64   // Unix milliseconds of the last decision fitted to
	threshold float64 // 0: DefaultThreshold
	clauses   tally   // of what was rejected
}

// online is the part that follows the decisions after.
type online struct {
	learner
	agreement agreement // of the decisions with the shipped model and the fitted part
	clauses   tally
	count     int    // of the decisions
	hash      uint64 // of the decisions in their order
}

// onlineCap is the most that the fully trusted online part adds to the log-odds for what it makes of the text as a
// whole, by bias and signals; it may add as much again for what it makes of its n-grams.
const onlineCap = 5

// add returns the log-odds that the online part adds: none while the decisions contradict what was known, so that a
// bad hour moves little.
func (o *online) add(v view) float64 {
	most := onlineCap * o.agreement.trust()
	if most == 0 {
		return 0
	}
	return capped(o.whole(v), most) + capped(o.grams(v), most)
}

// capped bends x so that it stays within the cap and keeps its order: cap * tanh(x / cap).
func capped(x, most float64) float64 { return most * (float64(2*exact.Sigmoid(2*x/most)) - 1) }

// DefaultThreshold is the score from which a layer holds before its newsroom has decided enough to fit one.
const DefaultThreshold = 0.8

// Threshold returns the score from which the layer holds.
func (l Layer) Threshold() float64 {
	if l.fitted.threshold == 0 {
		return DefaultThreshold
	}
	return l.fitted.threshold
}

// Until returns the time, to the millisecond, of the last decision that the fitted part knows: Learn is given those
// after it. It is zero when nothing is fitted.
func (l Layer) Until() time.Time {
	if l.fitted.name == "" {
		return time.Time{}
	}
	return time.UnixMilli(l.fitted.until).UTC()
}

// adds says whether the layer adds anything to the model.
func (l Layer) adds(m *classifier.Model) bool { return l.model != "" && l.model == m.Version() }

// Score returns the probability that this desk rejects a text with these features, as classifier.Features returns
// them. That of the zero Layer is what the shipped heads abuse and hate come to together.
func (l Layer) Score(m *classifier.Model, fs []classifier.Feature) float64 {
	return exact.Sigmoid(l.logit(m, look(m, fs)))
}

func (l Layer) logit(m *classifier.Model, v view) float64 {
	if !l.adds(m) {
		return v.start
	}
	return v.start + l.fitted.add(v) + l.online.add(v)
}

// Learn returns the layer after it followed the labels, oldest first: one small step each, at a cost bounded by the
// length of the text. To learn in two calls or in one comes to the same. A layer made with another model is
// forgotten.
func (l Layer) Learn(m *classifier.Model, labels []Label) Layer {
	if len(labels) == 0 {
		return l
	}
	if !l.adds(m) {
		l = Layer{model: m.Version()}
	}
	l.online = l.online.clone()
	s := newScales(m)
	for _, label := range labels {
		e := read(m, s, label)
		l.online.follow(e, e.start+l.fitted.add(e.view))
	}
	return l
}

func (o online) clone() online {
	o.learner, o.clauses = o.learner.clone(), o.clauses.clone()
	return o
}

// follow learns one decision, of which the offset is known. What it learns is not capped: it is what it would add.
func (o *online) follow(e example, offset float64) {
	o.agreement.follow(offset, e.Rejected)
	o.step(e, offset, onlineRate, nil)
	o.clauses.count(e)
	o.count++
	o.hash = e.Label.hash(o.hash)
}

// Version names the layer: it changes with the fitted part and with every decision learned since. "" for the zero
// Layer.
func (l Layer) Version() string {
	switch {
	case l.model == "":
		return ""
	case l.online.count == 0:
		return "n2-" + l.fitted.name
	}
	return fmt.Sprintf("n2-%s+%08x", l.fitted.name, uint32(l.online.hash^l.online.hash>>32))
}

// hash chains a label to those before it (FNV-1a).
func (l Label) hash(h uint64) uint64 {
	const prime = 1099511628211
	h ^= 14695981039346656037
	for i := range len(l.Text) {
		h = (h ^ uint64(l.Text[i])) * prime
	}
	if l.Rejected {
		h++
	}
	return h * prime
}
