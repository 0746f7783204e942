package moderation

import "strings"

// Where a word that was met is none after all: made of English words, or part of an exception.

// innocent says whether what was met in Latin letters is made of English words: "mass hit", "as shore", "fuchsia".
func (w *walker) innocent(e *ending, k, depth int, m met, t trail) bool {
	if !m.disguised || !w.latin {
		return false
	}
	w.budget -= 5 // what looking words up costs
	p := w.pieces(k, depth)
	switch {
	case p.all == p.single: // f u c k, but not c l a s s
		return p.all > 1 && (p.all < 3 || w.afterSingle() || p.all == 3 && w.single(k+1))
	case t.blanks:
		return p.single+p.words == p.all || m.degree > same // shh it
	case t.signs: // "Moro, no", but not no-good for nogood
		return p.words == p.all && !(m.degree == same && w.hyphened(k))
	}
	return p.words == p.all && m.degree > same
}

// hyphened says whether the only signs from the beginning of what was met to units[k] are hyphens, each between two letters.
func (w *walker) hyphened(k int) bool {
	for i := w.from; i < k; i++ {
		if w.units[i].is&isLatin == 0 && !(w.units[i].r == '-' && w.between(i)) {
			return false
		}
	}
	return true
}

// pieces counts the runs of letters of which a Latin word is made.
type pieces struct{ all, words, single int }

// pieces counts those from the beginning to the end of the word of the text before units[k]. A sign that was met as a letter
// is one: its piece is no English word.
func (w *walker) pieces(k, depth int) (p pieces) {
	for w.atLatin(k) {
		k++
	}
	var piece [maxTerm]byte
	n := 0
	for i := w.from; i <= k; i++ {
		switch {
		case i < k && w.units[i].is&isLatin != 0:
			piece[min(n, maxTerm-1)] = byte(w.units[i].r)
			n++
			continue
		case i < k && w.units[i].is&isBlank == 0 && w.stepped(i, depth):
			piece[min(n, maxTerm-1)] = '*'
			n++
			continue
		case n == 0:
			continue
		case n == 1:
			p.single++
		case n <= maxTerm && isEnglish(string(piece[:n])):
			p.words++
		}
		p.all++
		n = 0
	}
	return p
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
				if len(w.excused) < maxFindings {
					w.excused = append(w.excused, [2]int{int(w.units[i].start), int(w.units[end-1].end)})
				}
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
		if u.r != tu.r || (u.is^tu.is)&^(isSign|isChanged) != 0 {
			return false
		}
	}
	return w.units[i+len(target)-1].is&isLast != 0
}

// beginsWord says whether no letter stands before units[i].
func (w *walker) beginsWord(i int) bool {
	return i == 0 || w.units[i-1].is&(isSign|isBlank|isWall) != 0 && !isDigit(w.units[i-1].r)
}
