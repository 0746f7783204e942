package classifier

import (
	"cmp"
	"math"
	"slices"
)

// Span is a part of a text that speaks for a head.
type Span struct {
	Start, End int     // byte offsets into the text, on rune boundaries
	Share      float64 // of all that speaks for the head, 0 to 1
}

// least is the share below which a part is not worth showing.
const least = 0.02

// Explain returns at most n parts of the text that speak most for the head, the strongest first. They do not
// overlap. It is nil when nothing does, or when the model does not know the head.
//
// What an n-gram adds to the score is divided among its characters; a part is a run of characters with clearly more
// than those of the text have on the mean.
func (m *Model) Explain(text, head string, n int) []Span {
	rd := reader{track: true}
	rd.read(text)
	evidence := m.evidence(rd.units, Features(text), head)
	if evidence == nil {
		return nil
	}
	total := 0.0
	for _, e := range evidence {
		total += max(e, 0)
	}
	above := make([]float64, len(evidence))
	for i, e := range evidence {
		above[i] = e - 0.9*total/float64(len(evidence))
	}
	var out []Span
	for len(out) < n {
		lo, hi, sum := strongest(above)
		if sum <= least*total {
			break
		}
		lo, hi = rd.whole(lo, hi)
		share := 0.0
		for i := lo; i < hi; i++ {
			share += evidence[i] / total
			above[i] = math.Inf(-1)
		}
		for lo < hi && blank(rd.units[lo]) {
			lo++
		}
		for hi > lo && blank(rd.units[hi-1]) {
			hi--
		}
		if lo < hi && share > least && rd.sources[lo].start < rd.sources[hi-1].end {
			out = append(out, Span{rd.sources[lo].start, rd.sources[hi-1].end, min(1, share)})
		}
	}
	slices.SortStableFunc(out, func(a, b Span) int { return cmp.Compare(b.Share, a.Share) })
	return out
}

func blank(u unit) bool { return u == ' ' }

// whole extends a run to the ends of its words in Latin letters, and so that no character of the text is both in it
// and beside it: several units may come from one.
func (rd *reader) whole(lo, hi int) (int, int) {
	for lo > 0 && rd.together(lo) {
		lo--
	}
	for hi < len(rd.units) && rd.together(hi) {
		hi++
	}
	return lo, hi
}

// together says whether the unit at i and the one before belong to one character or word.
func (rd *reader) together(i int) bool {
	return rd.units[i]&rd.units[i-1]&latin != 0 || rd.sources[i].start == rd.sources[i-1].start
}

// evidence returns for each character what it adds to the log-odds of the head, and nil when no table of it reads
// the text.
func (m *Model) evidence(chars []unit, fs []Feature, head string) []float64 {
	t := m.reading(head, fs)
	if t == nil {
		return nil
	}
	out := make([]float64, len(chars))
	var from []int
	jamo := letters(nil, chars, &from)
	counts := map[uint32]float64{}
	keys := grams(nil, chars, jamo)
	for _, k := range keys {
		counts[k]++
	}
	k := 0
	share := func(lo, hi int) { // the next n-gram is of characters lo to hi-1
		i := int(keys[k]) - int(t.First)
		n := counts[keys[k]]
		k++
		if i < 0 || i >= len(t.Weights) || t.Weights[i] == 0 {
			return
		}
		w := t.Scale * float64(t.Weights[i]) * damped[min(int(n), maxCount)] / n
		for c := lo; c < hi; c++ {
			out[c] += w / float64(hi-lo)
		}
	}
	charSizes.each(chars, func(i, n int) { share(i, i+n) })
	letterSizes.each(jamo, func(i, n int) { share(from[i], from[i+n-1]+1) })
	return out
}

// each calls f for every n-gram of n units from i on, in the order of hash.
func (s *sizes) each(units []unit, f func(i, n int)) {
	for i := range units {
		script := unit(0)
		for n, u := range units[i:] {
			script |= u
			more := s[script>>scriptBits] >> (n + 1)
			if more&1 != 0 {
				f(i, n+1)
			}
			if more <= 1 {
				break
			}
		}
	}
}

// reading returns the table of the head that scores the features highest, nil when none reads them.
func (m *Model) reading(head string, fs []Feature) *Table {
	var best *Table
	for i := range m.tables {
		t := &m.tables[i]
		if heads[m.heads[i]] == head && t.reads(fs) && (best == nil || t.Logit(fs) > best.Logit(fs)) {
			best = t
		}
	}
	return best
}

// strongest returns the run with the largest sum.
func strongest(e []float64) (lo, hi int, sum float64) {
	from, run := 0, 0.0
	for i, v := range e {
		if run <= 0 {
			from, run = i, 0
		}
		if run += v; run > sum {
			lo, hi, sum = from, i+1, run
		}
	}
	return lo, hi, sum
}
