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
	case p.all == p.single: // f u c k, but not s k i l l
		return p.all > 1 && (p.all < 3 || w.spelledOn(k, p.all))
	case t.blanks: // shh it, but not k i l l yourself
		return p.single < 3 && p.single+p.words == p.all || m.degree > same
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

// spelledOn says whether a word of some single letters, before units[k], is part of a longer one that is spelled out with the
// same sign: c l a s s. Of four letters and more only a longer one that goes on after it, or is an English word, counts.
func (w *walker) spelledOn(k, letters int) bool {
	sign := w.units[w.from+1].r
	before := w.from >= 2 && w.units[w.from-1].r == sign && w.single(w.from-2) && !strings.ContainsRune("iua", w.units[w.from-2].r)
	after := k < len(w.units) && w.units[k].r == sign && w.single(k+1)
	if letters == 3 {
		return before || after
	}
	return before && (after || w.spellsEnglish(k, sign))
}

// spellsEnglish says whether the single letters before units[k], apart by one sign, are an English word.
func (w *walker) spellsEnglish(k int, sign rune) bool {
	from := w.from
	for from >= 2 && w.units[from-1].r == sign && w.single(from-2) {
		from -= 2
	}
	var word [maxTerm]byte
	n := 0
	for i := from; i < k && n < maxTerm; i++ {
		if w.atLatin(i) {
			word[n] = byte(w.units[i].r)
			n++
		}
	}
	return isEnglish(string(word[:n]))
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
		if k > i && w.pauses(k) && tr.child(n, w.units[k].sym) == 0 {
			continue
		}
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

// equal says whether a target stands at units[i] as it is; a blank in it is met by a line break, and with a comma before, too.
func (w *walker) equal(target []unit, i int) bool {
	for _, tu := range target {
		if tu.is&isBlank != 0 && w.pauses(i) {
			i++
		}
		if i == len(w.units) {
			return false
		}
		u := w.units[i]
		i++
		if tu.is&isBlank != 0 && u.isBreak() {
			continue
		}
		if u.r != tu.r || (u.is^tu.is)&^(isSign|isChanged) != 0 {
			return false
		}
	}
	return w.units[i-1].is&isLast != 0
}

// pauses says whether units[k] is a comma before a blank: "Moron, Argentina".
func (w *walker) pauses(k int) bool {
	return k+1 < len(w.units) && w.units[k].r == ',' && w.units[k+1].is&isBlank != 0
}

// beginsWord says whether no letter stands before units[i].
func (w *walker) beginsWord(i int) bool {
	return i == 0 || w.units[i-1].is&(isSign|isBlank|isWall) != 0 && !isDigit(w.units[i-1].r)
}
