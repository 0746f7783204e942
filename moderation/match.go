package moderation

import "strings"

// target is a term in the units of fold.
type target struct {
	units     []unit
	blanks    bool // has a blank inside
	wordStart bool // "^"
	openEnd   bool // "*"
}

// pattern reads a term as the Word type describes it.
func pattern(term string) target {
	term = strings.TrimSpace(Normalize(term))
	var t target
	term, t.wordStart = strings.CutPrefix(term, "^")
	term, t.openEnd = strings.CutSuffix(term, "*")
	t.blanks = strings.Contains(term, " ")
	t.units = fold(term)
	return t
}

// matcher is a trie of targets. Its walk from one place goes no further than the longest of them, so that a
// text is searched in linear time.
type matcher struct{ root node }

type node struct {
	next map[rune]*node // ' ' for a blank
	ends []ending       // the targets that end here: those with the same letters, such as 십 and 시ㅂ
}

type ending struct {
	target
	word *Word
}

// add puts a target into the trie, with its blanks and, when it has some, without.
func (m *matcher) add(t target, w *Word) {
	m.insert(t, w, false)
	if t.blanks {
		m.insert(t, w, true)
	}
}

func (m *matcher) insert(t target, w *Word, blanks bool) {
	n := &m.root
	for i, u := range t.units {
		if blanks && i > 0 && u.gap == gapSpace {
			n = n.child(' ')
		}
		n = n.child(u.r)
	}
	n.ends = append(n.ends, ending{t, w})
}

func (n *node) child(r rune) *node {
	if n.next == nil {
		n.next = map[rune]*node{}
	}
	if n.next[r] == nil {
		n.next[r] = &node{}
	}
	return n.next[r]
}

// longest returns the word of the longest target that stands at units[i], and the unit after its end, any ending
// included; nil and 0 when there is none. With skip, it reaches across the gaps that bridge allows.
func (m *matcher) longest(units []unit, i int, skip bool) (word *Word, end int) {
	if !startsHere(units, i) {
		return nil, 0
	}
	n := &m.root
	for k := i; k < len(units); k++ {
		if k > i && units[k].gap != gapNone {
			if blank := n.next[' ']; blank != nil && units[k].gap == gapSpace {
				n = blank
			} else if !skip || !bridge(units, i, k) {
				return word, end
			}
		}
		if n = n.next[units[k].r]; n == nil {
			return word, end
		}
		for _, e := range n.ends {
			if fits(e.target, units, i, k) {
				word, end = e.word, k+1
				for e.openEnd && end < len(units) && units[end].gap == gapNone && isLatin(units[end].r) {
					end++
				}
			}
		}
	}
	return word, end
}

// startsHere says whether a target may begin at units[i]: a Latin letter only as the first of a word.
func startsHere(units []unit, i int) bool {
	u := units[i]
	return u.first && (!isLatin(u.r) || i == 0 || u.gap != gapNone || !isLatin(units[i-1].r))
}

// fits says whether a target that reaches from units[i] to units[k] is bounded as it asks, and no more of its
// characters are run together than in the target: 시바ㄹ is 시발, but 십 is not 시ㅂ.
func fits(t target, units []unit, i, k int) bool {
	if !units[k].last || t.wordStart && !begins(units[i]) {
		return false
	}
	for j, u := range t.units {
		if u.first && !units[i+j].first {
			return false
		}
	}
	inWord := k+1 < len(units) && units[k+1].gap == gapNone && isLatin(units[k].r) && isLatin(units[k+1].r)
	return t.openEnd || !inWord
}

// bridge says whether a word begun at units[i] may go on across the gap before units[k]. Only one
// that begins a word of the text may ("당시-발표" and "9시(발인)" do not): across marks, and across blanks, also
// with marks, between two characters that both stand alone ("병 신", but not "역 시발표").
func bridge(units []unit, i, k int) bool {
	switch units[k].gap {
	case gapMark:
		return begins(units[i])
	case gapSpace, gapMixed:
		return begins(units[i]) && alone(units, k-1) && alone(units, k)
	}
	return false
}

// begins says whether a word begins with u: something stands before it, in Hangul no number ("8등신", "6시").
func begins(u unit) bool { return u.gap != gapNone && (!u.numbered || isLatin(u.r)) }

// alone says whether the character of units[i] has a gap on both sides.
func alone(units []unit, i int) bool {
	first, last := i, i
	for !units[first].first && first > 0 {
		first--
	}
	for !units[last].last && last < len(units)-1 {
		last++
	}
	return units[first].gap != gapNone && (last == len(units)-1 || units[last+1].gap != gapNone)
}
