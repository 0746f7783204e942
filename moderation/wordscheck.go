package moderation

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// Words is the check for the words of a list. A finding's Why is WhyWord, WhyDisguised or WhyQuoted; its score goes by
// the severity whether it is used or quoted. Make one by NewWords; the zero value finds nothing.
type Words struct {
	terms, exceptions, endings *trie
	from                       int // lowest severity that has a score
	version                    string
}

// NewWords returns the check for a list, as ParseWords gives it. Words of a severity under from are notes.
func NewWords(words []Word, from int) *Words {
	h := fnv.New32a()
	fmt.Fprintln(h, from)
	var terms, exceptions, endings []ending
	words = slices.Clone(words)
	for i := range words {
		word := &words[i]
		fmt.Fprintln(h, *word)
		if word.Severity < 1 || word.Severity > 3 {
			continue
		}
		terms = append(terms, ending{pattern(word.Term), word})
		for _, e := range word.Exceptions {
			exceptions = append(exceptions, ending{exception(e), word})
		}
		for _, e := range word.Allowed {
			exceptions = append(exceptions, ending{literal(e), word})
		}
	}
	for e := range strings.FieldsSeq(englishEndings) {
		endings = append(endings, ending{target: pattern(e)})
	}
	return &Words{newTrie(terms, true), newTrie(exceptions, false), newTrie(endings, false), from, fmt.Sprintf("words-%08x", h.Sum32())}
}

// englishEndings are what a term with an open end may have after it.
const englishEndings = "s z es ez ed d er ers erz r rs in ing ings y ies a as az ah e ty tty ter ters ting tiest able ish ic ics like let lets kin kins " +
	"ass asses head heads headed face faces faced hole holes off up you me tard tards wit wits bag bags show fest load loads stick sticks " +
	"boy boys girl girls lord wad wads nut nuts stain pit bucket storm bird brain brained slap some"

// Version changes with the list.
func (w *Words) Version() string { return w.version }

// Check finds the words, left to right, the longest at each place, without overlaps: the strongest maxFindings of them.
func (w *Words) Check(s Submission) (Evidence, error) {
	if w.terms == nil {
		return Evidence{}, nil
	}
	units := fold(s.Text, make([]unit, 0, len(s.Text)+8))
	walk := walker{words: w, text: s.Text, units: units, bank: bankStart}
	var found []Finding
	var quoted [][2]int
	for i := 0; i < len(units); {
		h := walk.longest(i)
		if h.word == nil {
			h = walk.longestTyped(i)
		}
		if h.word == nil {
			i++
			continue
		}
		if found == nil {
			quoted = quotations(s.Text)
		}
		found = stronger(found, w.finding(s.Text, h, quoted))
		i = h.to
	}
	return Evidence{Findings: found, Excused: walk.excused}, nil
}

// stronger adds a finding; where there are too many, the last of the weakest goes.
func stronger(found []Finding, f Finding) []Finding {
	if len(found) < maxFindings {
		return append(found, f)
	}
	weakest := 0
	for i := range found {
		if found[i].Score <= found[weakest].Score {
			weakest = i
		}
	}
	if f.Score <= found[weakest].Score {
		return found
	}
	return append(slices.Delete(found, weakest, weakest+1), f)
}

func (w *Words) finding(text string, h hit, quoted [][2]int) Finding {
	f := Finding{Clause: h.word.Clause, Start: h.start, End: h.end, Why: WhyWord, Term: h.word.Term}
	if h.word.Severity >= w.from {
		f.Score = h.word.score()
	}
	switch {
	case within(quoted, h.start, h.end) || mentioned(text, h.start, h.end):
		f.Why = WhyQuoted
	case h.disguised:
		f.Why = WhyDisguised
	}
	return f
}
