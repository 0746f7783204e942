package moderation

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// target is a term of a list in the units of fold, and how it is to be met.
type target struct {
	units      []unit
	degree     int  // how unlike the letters of a text may be: near, or far ("~"), distant ("~~"), same ("=")
	wordStart  bool // "^"
	hiddenOnly bool // "?"
	openStart  bool // "*" before
	openEnd    bool // "*" after: with one of englishEndings
	anyEnd     bool // "**" after
	stray      rune // the first sign of a term that says nothing there, 0 for none
}

const maxTerm = 64 // units of a term

// pattern reads a term as the Word type describes it.
func pattern(term string) target {
	t := target{degree: near}
	term = strings.TrimSpace(Normalize(term))
	for _, sign := range [...]struct {
		text   string
		degree int
	}{{"~~", distant}, {"~", far}, {"=", same}} {
		if rest, ok := strings.CutPrefix(term, sign.text); ok {
			term, t.degree = rest, sign.degree
			break
		}
	}
	term, t.hiddenOnly = strings.CutPrefix(term, "?")
	term, t.wordStart = strings.CutPrefix(term, "^")
	term, t.openStart = strings.CutPrefix(term, "*")
	term, t.openEnd = strings.CutSuffix(term, "*")
	term, t.anyEnd = strings.CutSuffix(term, "*")
	for _, u := range foldAround(term, nil, nil) {
		switch {
		case u.r == '×':
			u.sym = symMask
		case u.is&isSign != 0 && !isDigit(u.r):
			t.stray = cmp.Or(t.stray, u.r)
			continue
		case u.is&isWall != 0:
			continue
		}
		t.units = append(t.units, u)
	}
	return t
}

// exception reads a harmless word: "^" and "*" as in a term, and every sign stands for itself.
func exception(text string) target {
	t := target{}
	text = strings.TrimSpace(Normalize(text))
	text, t.wordStart = strings.CutPrefix(text, "^")
	text, t.openEnd = strings.CutSuffix(text, "*")
	t.units = foldAround(text, nil, nil)
	return t
}

// literal reads a phrase that stands for itself, signs included.
func literal(phrase string) target {
	return target{units: foldAround(strings.TrimSpace(Normalize(phrase)), nil, nil)}
}

// letters returns how many units of a target are no blanks.
func (t target) letters() (n int) {
	for _, u := range t.units {
		if u.is&isBlank == 0 {
			n++
		}
	}
	return n
}

// without returns the target without its blanks.
func (t target) without() target {
	t.units = slices.DeleteFunc(slices.Clone(t.units), func(u unit) bool { return u.is&isBlank != 0 })
	return t
}

// ending is a target that ends at a node: those of a node have the same symbols, such as 개새끼 and 게세끼.
type ending struct {
	target
	word *Word
}

// trie holds targets by their symbols. It is built once and then only read.
type trie struct {
	nodes   []node
	ends    []ending
	mids    bool // some targets have an open start
	longest int  // units of a target
}

// node has its children side by side, in the order of their symbols.
type node struct {
	has         uint64 // the symbols of the children, a bit each
	first       int32  // the node of the lowest
	ends, after int32  // its part of trie.ends
}

// child returns the node that follows n by a symbol, 0 when there is none.
func (t *trie) child(n int32, s symbol) int32 {
	has := t.nodes[n].has
	if has>>s&1 == 0 {
		return 0
	}
	return t.nodes[n].first + int32(bits.OnesCount64(has&(1<<s-1)))
}

// newTrie returns the trie of some endings. Where blanks may be missing, one with blanks stands in it also without.
func newTrie(ends []ending, maybeBlank bool) *trie {
	t := &trie{}
	keys := make([]keyed, 0, len(ends)+len(ends)/4)
	for i := range ends {
		e := &ends[i]
		t.mids = t.mids || e.openStart
		t.longest = max(t.longest, len(e.units))
		keys = append(keys, keyed{e.key(), len(keys), e})
		if maybeBlank && e.letters() < len(e.units) {
			short := &ending{e.without(), e.word}
			keys = append(keys, keyed{short.key(), len(keys), short})
		}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return cmp.Or(strings.Compare(a.key, b.key), a.order-b.order) })
	t.build(keys)
	return t
}

// keyed is an ending with its symbols and its place in the list.
type keyed struct {
	key   string
	order int
	*ending
}

func (t target) key() string {
	key := make([]byte, len(t.units))
	for i, u := range t.units {
		key[i] = byte(u.sym)
	}
	return string(key)
}

// build makes the nodes of sorted keys, those of one depth after those of the one before.
func (t *trie) build(keys []keyed) {
	type part struct{ low, high, depth int } // of keys, with the same first depth symbols
	parts := make([]part, 1, 1+8*len(keys))
	parts[0].high = len(keys)
	t.nodes, t.ends = make([]node, 0, cap(parts)), make([]ending, 0, len(keys))
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		n := node{ends: int32(len(t.ends))}
		for ; p.low < p.high && len(keys[p.low].key) == p.depth; p.low++ {
			t.ends = append(t.ends, *keys[p.low].ending)
		}
		n.after, n.first = int32(len(t.ends)), int32(len(parts))
		for p.low < p.high {
			s, high := keys[p.low].key[p.depth], p.low
			for high < p.high && keys[high].key[p.depth] == s {
				high++
			}
			n.has |= 1 << s
			parts = append(parts, part{p.low, high, p.depth + 1})
			p.low = high
		}
		t.nodes = append(t.nodes, n)
	}
}
