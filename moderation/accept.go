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

// spelled says whether all letters of a severe word, from where the walk does to units[k], stand apart by signs: éf.u.c.k.
func (w *walker) spelled(e *ending, k int, t trail) bool {
	if t.blanks || !t.signs || e.word.Severity < 3 || len(e.units) < 4 {
		return false
	}
	for i := w.from; i < k-1; i++ {
		if w.atLatin(i) && w.atLatin(i+1) {
			return false
		}
	}
	return !w.atLatin(k)
}

// single says whether units[i] is a Latin letter that stands alone.
func (w *walker) single(i int) bool {
	return i >= 0 && w.atLatin(i) && !w.atLatin(i+1) && (i == 0 || !w.atLatin(i-1))
}

// keep makes the target the best hit if it stands in the text as it asks, and is better than the best so far.
func (w *walker) keep(e *ending, k, depth int, m met, t trail) {
	end := k
	first, last := w.path[0], w.units[k-1]
	switch {
	case last.is&isLast == 0 || !w.belongs(k-1, depth),
		w.bracketed(k) && w.undisguised(e, k, depth),
		e.wordStart && !w.begins() && !w.afterNumber(),
		isDigit(last.r) && k < len(w.units) && (isDigit(w.units[k].r) || w.atLatin(k)),
		e.hiddenOnly && (!m.hidden || t.blanks),
		!w.latin && t.blanks && m.degree > same, // 세 끼
		e.units[0].alone() && isJamo(e.units[0].r) && w.initials(),
		!w.latin && (m.degree > same || t.signs || t.blanks || t.noise) && !w.begins() && !w.surely(e, k, depth, m, t),
		w.latin && !w.begins() && !(e.openStart && !t.signs && !t.blanks) && !w.spelled(e, k, t),
		w.latin && m.disguised && w.numbers(k),
		m.masked > 0 && !(w.maskable(e, m, first, w.path[depth-1]) && w.bounded(k)),
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
	if w.better(h, w.best) && !w.innocent(e, k, depth, m, t) && !w.excepted(h) {
		w.best = h
	}
}

// numbers says whether what was met before units[k] is a number with letters, such as c117 and a33f49: it follows a
// digit, or has more than two digits for each letter, three where it begins with one: 5h17.
func (w *walker) numbers(k int) bool {
	if w.from > 0 && isDigit(w.units[w.from-1].r) {
		return true
	}
	digits, letters := 0, 0
	for _, u := range w.units[w.from:k] {
		switch {
		case isDigit(u.r):
			digits++
		case u.is&(isLatin|isHangul) != 0:
			letters++
		}
	}
	return digits > 3*letters || digits > 2*letters && !isDigit(w.units[w.from].r)
}

// bounded says whether a masked Latin word has all its letters: M*A*S*H has no a*s. A sign on its outer side, as in *f**k*, hides
// none.
func (w *walker) bounded(k int) bool {
	if !w.latin {
		return true
	}
	before := w.from > 0 && hides(w.units[w.from-1].r) && w.from > 1 && !w.outside(w.from-2)
	after := k < len(w.units) && hides(w.units[k].r) && (w.units[k-1].r == w.units[k].r || k+1 < len(w.units) && !w.outside(k+1))
	return !before && !after
}

// outside says whether units[i] is a blank or a sign that hides nothing.
func (w *walker) outside(i int) bool {
	u := w.units[i]
	return u.is&(isBlank|isWall) != 0 || u.is&isSign != 0 && !isDigit(u.r) && !hides(u.r)
}

// better says whether h is better than the best so far: the longer hit, then the one that is less disguised, then the more
// severe. An exclamation mark after a word that is no disguise is no letter of a longer one: "go to hell!"
func (w *walker) better(h, than hit) bool {
	switch {
	case than.word == nil:
		return true
	case h.end > than.end:
		return than.disguised || !w.exclaims(than.to, h.to)
	case h.end < than.end:
		return !h.disguised && w.exclaims(h.to, than.to)
	case h.disguised != than.disguised:
		return !h.disguised
	case h.degree != than.degree:
		return h.degree < than.degree
	}
	return h.word.Severity > than.word.Severity
}

// exclaims says whether units[from:to] are exclamation marks.
func (w *walker) exclaims(from, to int) bool {
	return !slices.ContainsFunc(w.units[from:to], func(u unit) bool { return u.r != '!' })
}

// atLatin says whether units[k] is a Latin letter.
func (w *walker) atLatin(k int) bool { return k >= 0 && k < len(w.units) && w.units[k].is&isLatin != 0 }

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
		i > w.from && u.is&(isSign|isBlank) == 0 && u.sym == w.units[i-1].sym && w.belongs(i-1, depth)
}
