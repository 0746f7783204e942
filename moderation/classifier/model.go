package classifier

import (
	"math"
	"slices"
	"strings"

	"broadsheet/moderation/classifier/exact"
)

// The public heads: what a score is the probability of.
const (
	Abuse = "abuse" // anything that breaks the standards by its wording: insult, profanity, hatred
	Hate  = "hate"  // contempt of a person or a group
	Spam  = "spam"  // advertising and solicitation
)

// heads are the public heads in the order of Logits. A table "abuse_ko" is of the head abuse.
var heads = []string{Abuse, Hate, Spam}

// none is the log-odds of a head for a text that it cannot read: a probability of 0.000006.
const none = -12

// Model is a set of linear tables. It never changes once it is made, so any number of goroutines may use it.
type Model struct {
	version string
	tables  []Table
	heads   []int // of each table
}

// Table is one linear model over the features of a text: the log-odds of its head for one language. For features
// of unit length they are Bias + Scale * sum of Weights[bucket-First] * value, calibrated.
type Table struct {
	Name    string // head, then _ko or _en when it reads that language only
	First   uint32 // bucket of the first weight: features below are not for this table, the others are scaled to unit length
	Bias    float64
	Scale   float64
	Weights []int8
}

// reads says whether the text of ascending features is in the language of the table.
func (t *Table) reads(fs []Feature) bool {
	switch {
	case strings.HasSuffix(t.Name, "_ko"):
		return len(fs) > 0 && fs[0].Bucket < LatinFirst
	case strings.HasSuffix(t.Name, "_en"):
		i := search(fs, LatinFirst)
		return i < len(fs) && fs[i].Bucket < symbolFirst
	}
	return len(fs) > 0 && fs[0].Bucket < symbolFirst
}

// Logit returns the log-odds of the table for ascending features, and -12 when the table cannot read them.
func (t *Table) Logit(fs []Feature) float64 {
	if !t.reads(fs) {
		return none
	}
	sum, square := 0.0, 0.0
	for _, f := range fs[search(fs, t.First):] {
		i := int(f.Bucket) - int(t.First)
		if i >= len(t.Weights) {
			break
		}
		v := float64(f.Value)
		sum += float64(v * float64(t.Weights[i]))
		square += float64(v * v)
	}
	if square == 0 {
		return none
	}
	return t.Bias + float64(t.Scale*(sum/math.Sqrt(square)))
}

// search returns the index of the first feature whose bucket is at least b.
func search(fs []Feature, b uint32) int {
	i, _ := slices.BinarySearchFunc(fs, b, func(f Feature, b uint32) int { return int(f.Bucket) - int(b) })
	return i
}

// Version names the weights: it changes with any bit of them.
func (m *Model) Version() string { return m.version }

// Heads returns the public heads, in the order of Logits. The caller owns it.
func (m *Model) Heads() []string { return slices.Clone(heads) }

// Logits returns for each public head the calibrated log-odds of a text with these features, as Features returns
// them: the larger one when both languages can read it, and -12 when none can.
func (m *Model) Logits(fs []Feature) []float64 {
	out := make([]float64, len(heads))
	m.logits(out, fs)
	return out
}

func (m *Model) logits(out []float64, fs []Feature) {
	for i := range out {
		out[i] = none
	}
	for i := range m.tables {
		h := m.heads[i]
		out[h] = max(out[h], m.tables[i].Logit(fs))
	}
}

// Score returns for each public head the calibrated probability, 0 to 1, that it holds for the text. It is about 0
// for a text without Hangul and Latin letters.
func (m *Model) Score(text string) map[string]float64 {
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	var logits [4]float64
	m.logits(logits[:len(heads)], s.read(text))
	out := make(map[string]float64, len(heads))
	for i, h := range heads {
		out[h] = exact.Sigmoid(logits[i])
	}
	return out
}

// Table returns the table of a name, and nil when the model has none.
func (m *Model) Table(name string) *Table {
	for i := range m.tables {
		if m.tables[i].Name == name {
			return &m.tables[i]
		}
	}
	return nil
}
