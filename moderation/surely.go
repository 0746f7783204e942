package moderation

import (
	"strings"
	"unicode"
)

// How surely a disguise was meant: what ordinary writing has between two syllables as well (질병·신체) is one only where a
// word begins; what it has not (병1신, 시😂발) is one anywhere, unless an exception stands over it (표시.발급).

// surely says whether a severe Korean term, met before units[k] inside a word of the text or as if a number counted by it, is
// disguised as no harmless word is. Nobody counts by what goes on after a sign, apart from the number: 3 병.신.
func (w *walker) surely(e *ending, k, depth int, m met, t trail) bool {
	if t.blanks || m.degree > near || e.hiddenOnly || e.word.Severity < 2 {
		return false
	}
	sure := false
	switch t.odd {
	case odder:
		sure = true
	case strange:
		sure = e.word.Severity == 3
	case glued:
		sure = e.word.Severity == 3 && !(isDigit(w.units[w.from-1].r) && w.counts(w.from)) // 7시.발차
	}
	return (sure || t.signs && w.afterNumber()) && !w.undisguised(e, k, depth)
}

// The degrees of oddness of what stands between two syllables without a blank.
const (
	ordinary = iota // a comma, a number, the dots of a list, brackets
	glued           // one full stop or hyphen
	strange         // emoji and laughter, more seldom without a blank after
	odder           // a digit, @, *, or signs between more than two syllables
)

// odd tells how odd the signs of units[k:end] are after what was skipped before.
func (w *walker) odd(k, end int, before trail) int {
	odd := ordinary
	if before.signs {
		odd = odder
	}
	for _, u := range w.units[k:end] {
		switch {
		case isDigit(u.r):
			if end == k+1 {
				odd = odder
			}
		case u.r == '.' || u.r == '-':
			if end == k+1 {
				odd = max(odd, glued)
			}
		case u.is&isSign == 0 || usual(u.r):
		case unicode.Is(unicode.So, u.r):
			odd = max(odd, strange)
		default:
			odd = odder
		}
	}
	return odd
}

// usual says whether a sign ends or joins words in ordinary writing.
func usual(r rune) bool {
	switch {
	case strings.ContainsRune("@#_*\\", r):
		return false
	case r >= 0x2190 && r <= 0x21FF, r >= 0x25A0 && r <= 0x25FF: // arrows and bullets
		return true
	}
	return unicode.IsPunct(r) || strings.ContainsRune("~+=<>|^`※", r)
}

// bracketed says whether what was met before units[k] goes into brackets and ends inside them: 시(발표작).
func (w *walker) bracketed(k int) bool {
	if w.latin || k == len(w.units) || w.units[k].is&isSign != 0 {
		return false
	}
	open := false
	for _, u := range w.units[w.from:k] {
		open = u.r == '(' || u.r == '[' || open && u.r != ')' && u.r != ']'
	}
	return open
}

// undisguised says whether an exception stands over what was met before units[k] when all that was skipped is left out: 역시😂발연기.
func (w *walker) undisguised(e *ending, k, depth int) bool {
	w.budget -= 5 // what looking exceptions up costs
	around := w.words.exceptions.longest
	from, to := max(0, w.from-around), min(len(w.units), k+around)
	bare := walker{words: w.words, text: w.text, units: make([]unit, 0, to-from)}
	h := hit{word: e.word}
	for i := from; i < to; i++ {
		switch {
		case i == w.from:
			h.from = len(bare.units)
		case i > w.from && i < k && !w.stepped(i, depth):
			continue
		}
		bare.units = append(bare.units, w.units[i])
		if i < k {
			h.to = len(bare.units)
		}
	}
	return bare.excepted(h)
}
