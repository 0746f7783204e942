package moderation

import (
	"slices"
	"strings"
)

// accept keeps the best of the targets that end at a node after depth steps, before units[k].
func (w *walker) accept(n int32, k, depth int, t trail) {
	tr := w.trie()
	for i := tr.nodes[n].ends; i < tr.nodes[n].after; i++ {
		e := &tr.ends[i]
		m, ok := w.compare(e, depth, t)
		if !ok || k == w.from {
			continue
		}
		if w.open != nil {
			w.keep(w.open, k, depth, m.and(w.before), t)
			continue
		}
		w.keep(e, k, depth, m, t)
		if e.openEnd && w.goesOn(k, depth) {
			w.open, w.base, w.before = e, depth, m
			w.walk(0, k, depth, t)
			w.open, w.base = nil, 0
		}
	}
}

// goesOn says whether an ending may begin at units[k]: directly after the term, or spelled out with it.
func (w *walker) goesOn(k, depth int) bool {
	if k == len(w.units) || w.units[k].is&(isHangul|isBlank|isWall) != 0 {
		return false
	}
	return w.belongs(k-1, depth) || k > w.from+2 && w.single(k) && w.single(k-2)
}

// single says whether units[i] is a Latin letter that stands alone.
func (w *walker) single(i int) bool {
	return i >= 0 && w.atLatin(i) && !w.atLatin(i+1) && (i == 0 || !w.atLatin(i-1))
}

// met says how a target was met.
type met struct {
	degree    int
	disguised bool
	literal   int // letters as they stand in the text
	masked    int
	hangul    int  // of the literal ones
	hidden    bool // by signs, or by jamo apart
}

// and joins how the term and its ending were met.
func (m met) and(o met) met {
	return met{max(m.degree, o.degree), m.disguised || o.disguised, m.literal + o.literal, m.masked + o.masked, m.hangul + o.hangul, m.hidden || o.hidden}
}

// compare compares the steps with the letters of a target.
func (w *walker) compare(e *ending, depth int, t trail) (m met, ok bool) {
	m = met{degree: t.degree, disguised: w.typed || t.degree > same || t.signs || t.blanks || t.noise, hidden: t.signs || t.noise}
	for j := range e.units {
		tu, s := &e.units[j], w.path[w.base+j]
		u := &w.units[s.at]
		if tu.is&isBlank != 0 {
			m.disguised = m.disguised || u.is&isBlank == 0
			continue
		}
		m.disguised = m.disguised || s.how != plain || u.is&isChanged != 0
		m.hidden = m.hidden || s.how == stands || s.how == masked || s.how == vowel
		d := near
		switch s.how {
		case plain:
			if d = w.unlike(tu, u, &m); d == unlike {
				return m, false
			}
			m.literal++
			if u.is&isHangul != 0 {
				m.hangul++
			}
		case moved:
			d = max(far, unlikeness(tu.r, s.r, false))
		case stands:
			if d = unlikeness(tu.r, s.r, tu.is&isFinal != 0); tu.r != s.r && d > near || tu.alone() && u.is&isHangul != 0 {
				return m, false
			}
		case vowel:
			if tu.r != s.r {
				return m, false
			}
			m.masked++
		case masked:
			m.masked++
		case roman, merged:
			d = far
			if tu.alone() {
				return m, false
			}
		}
		if m.degree = max(m.degree, d); d > e.degree && s.how != roman && s.how != stands || d == unlike {
			return m, false
		}
		m.disguised = m.disguised || d > same
	}
	return m, t.degree <= e.degree
}

// unlike compares a letter of a term with one of the text that has its symbol.
func (w *walker) unlike(tu, u *unit, m *met) int {
	if u.is&isHangul != 0 && tu.is&isHangul != 0 {
		switch {
		case tu.alone() != u.alone():
			if tu.alone() {
				return unlike
			}
			m.disguised, m.hidden = true, true // ㅅㅣ발
		case (tu.is^u.is)&isFinal != 0 || tu.is&isFirst != 0 && u.is&isFirst == 0:
			return unlike
		}
	}
	return unlikeness(tu.r, u.r, tu.is&isFinal != 0)
}

// keep makes the target the best hit if it stands in the text as it asks, and is better than the best so far.
func (w *walker) keep(e *ending, k, depth int, m met, t trail) {
	end := k
	first, last := w.path[0], w.units[k-1]
	switch {
	case last.is&isLast == 0 || !w.belongs(k-1, depth),
		e.wordStart && !w.begin,
		isDigit(last.r) && k < len(w.units) && (isDigit(w.units[k].r) || w.atLatin(k)),
		e.hiddenOnly && (!m.hidden || t.blanks),
		!w.latin && t.blanks && m.degree > same, // 세 끼
		e.units[0].alone() && isJamo(e.units[0].r) && w.initials(),
		!w.latin && (m.degree > same || t.signs || t.blanks || t.noise) && !w.begin,
		w.latin && !w.begin && !(e.openStart && !t.signs && !t.blanks),
		m.masked > 0 && !w.maskable(e, m, first, w.path[depth-1]),
		m.masked == 0 && m.literal == 0,
		m.hangul == 0 && first.how == roman:
		return
	}
	if last.is&(isLatin|isSign) != 0 && w.atLatin(k) && e.units[len(e.units)-1].is&isHangul == 0 {
		if !e.anyEnd || m.disguised {
			return
		}
		for end < len(w.units) && w.units[end].is&isLatin != 0 {
			end++
		}
	}
	h := hit{word: e.word, from: w.from, to: end, degree: m.degree, disguised: m.disguised,
		start: int(w.units[w.from].start), end: int(w.units[end-1].end)}
	if h.better(w.best) && !w.innocent(e, k, depth, m, t) && !w.excepted(h) {
		w.best = h
	}
}

// better prefers the longer hit, then the one that is less disguised, then the more severe.
func (h hit) better(than hit) bool {
	switch {
	case than.word == nil || h.end != than.end:
		return than.word == nil || h.end > than.end
	case h.disguised != than.disguised:
		return !h.disguised
	case h.degree != than.degree:
		return h.degree < than.degree
	}
	return h.word.Severity > than.word.Severity
}

// maskable says whether enough of a masked word can be read: two letters, of a short one the last too, or the first of
// an unmistakable one of which all others are hidden.
func (w *walker) maskable(e *ending, m met, first, last step) bool {
	switch {
	case slices.ContainsFunc(e.units, func(u unit) bool { return u.sym == symMask }):
		return true
	case m.literal >= 2:
		return len(e.units) > 3 || last.how != masked
	}
	return m.literal == 1 && first.how == plain && e.word.Severity == 3 && len(e.units) > 3
}

// atLatin says whether units[k] is a Latin letter.
func (w *walker) atLatin(k int) bool { return k < len(w.units) && w.units[k].is&isLatin != 0 }

// innocent says whether what was met in Latin letters is made of English words: "mass hit", "as shore", "fuchsia".
func (w *walker) innocent(e *ending, k, depth int, m met, t trail) bool {
	if !m.disguised || !w.latin && !w.typed {
		return false
	}
	var piece [maxTerm]byte
	n, pieces, words, single := 0, 0, 0, 0
	flush := func() {
		if n == 0 {
			return
		}
		pieces++
		switch {
		case n == 1:
			single++
		case isEnglish(string(piece[:n])):
			words++
		}
		n = 0
	}
	end := k
	for w.atLatin(end) {
		end++
	}
	signs := false
	for i := w.from; i < end; i++ {
		u := w.units[i]
		switch {
		case u.is&isLatin != 0 && n < maxTerm:
			piece[n] = byte(u.r)
			n++
		case w.stepped(i, depth) && u.is&isBlank == 0:
			signs = true // a sign for a letter: this piece is no English word
			if n < maxTerm {
				piece[n] = '*'
				n++
			}
		default:
			flush()
		}
	}
	flush()
	switch {
	case pieces == single: // f u c k, but not c l a s s
		return pieces > 1 && (pieces < 3 || w.afterSingle() || pieces == 3 && w.single(k+1))
	case t.blanks:
		return single+words == pieces
	case t.signs:
		return words == pieces
	case w.typed:
		return words > 0
	}
	return !signs && words == pieces && m.degree > same
}

// stepped says whether units[i] was met as a letter.
func (w *walker) stepped(i, depth int) bool {
	for _, s := range w.path[:depth] {
		if int(s.at) == i {
			return s.r != ' '
		}
	}
	return false
}

// initials says whether other consonants stand before the first, as in the initials of a name; laughter does not count.
func (w *walker) initials() bool {
	if w.from == 0 {
		return false
	}
	p := w.units[w.from-1]
	return p.alone() && !isVowel(p.r) && !strings.ContainsRune("ㅋㅎㅇㅉㄷ", p.r)
}

// belongs says whether units[i], the last before the end, was met as a letter or draws one out; what was only skipped does not.
func (w *walker) belongs(i, depth int) bool {
	u := w.units[i]
	return w.stepped(i, depth) || u.is&isHangul != 0 && !u.alone() ||
		i > w.from && u.is&(isSign|isBlank) == 0 && u.sym == w.units[i-1].sym
}

// afterSingle says whether a single Latin letter stands before the word, apart by one unit: it is spelled out from there.
func (w *walker) afterSingle() bool {
	i := w.from
	return i >= 2 && w.units[i-1].is&(isSign|isBlank) != 0 && w.single(i-2) && !strings.ContainsRune("iua", w.units[i-2].r)
}

// excepted says whether one of the word's exceptions stands over a hit, letter by letter.
func (w *walker) excepted(h hit) bool {
	if len(h.word.Exceptions)+len(h.word.Allowed) == 0 || w.typed {
		return false
	}
	for i := max(0, h.from+1-w.words.exceptions.longest); i <= h.from; i++ {
		if w.units[i].is&isFirst != 0 && w.exceptedFrom(i, h) {
			return true
		}
	}
	return false
}

func (w *walker) exceptedFrom(i int, h hit) bool {
	tr, n := w.words.exceptions, int32(0)
	for k := i; k < len(w.units) && k < i+tr.longest; k++ {
		if n = tr.child(n, w.units[k].sym); n == 0 {
			return false
		}
		for _, e := range tr.ends[tr.nodes[n].ends:tr.nodes[n].after] {
			if e.word != h.word || !w.equal(e.units, i) {
				continue
			}
			end := k + 1
			for e.openEnd && w.atLatin(end) {
				end++
			}
			bounded := !w.atLatin(end) || w.units[end-1].is&isLatin == 0
			if end >= h.to && bounded && (w.units[i].is&isLatin == 0 || w.beginsLatin(i)) && (!e.wordStart || w.beginsWord(i)) {
				return true
			}
		}
	}
	return false
}

// equal says whether a target stands at units[i] as it is.
func (w *walker) equal(target []unit, i int) bool {
	for j, tu := range target {
		u := w.units[i+j]
		if u.r != tu.r || u.is&^isSign != tu.is&^isSign {
			return false
		}
	}
	return w.units[i+len(target)-1].is&isLast != 0
}

// beginsWord says whether no letter stands before units[i].
func (w *walker) beginsWord(i int) bool {
	return i == 0 || w.units[i-1].is&(isSign|isBlank|isWall) != 0 && !isDigit(w.units[i-1].r)
}
