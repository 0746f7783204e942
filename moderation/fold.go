package moderation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unit is one letter of the folded stream in which words are looked for: a small Latin letter without accents, a
// jamo of the Hangul Compatibility block (syllables come apart, and compound finals too), or any other letter.
type unit struct {
	r           rune
	start, end  int  // bytes of the source character
	first, last bool // of its source character; each jamo that is not in a syllable is both
	gap         gap  // what stood between the unit before and this one
	numbered    bool // a digit stands directly before it
}

// gap says what was skipped before a unit.
type gap uint8

const (
	gapNone  gap = iota
	gapMark      // up to maxGap marks, symbols or digits
	gapSpace     // one blank or more
	gapMixed     // both
	gapWall      // a line break, an apostrophe, a link, more than maxGap: nothing goes across
)

const maxGap = 5 // characters

// fold returns the stream of a normalised text in linear time. Characters that do not show are dropped, so are
// marks on letters; compatibility forms (full width, enclosed …) become plain; letters that only look Latin
// become Latin in a word that has Latin letters; a digit or sign that stands for a letter becomes it beside
// Latin letters; three or more of the same become one. Links and addresses are walls.
func fold(text string) []unit {
	f := folder{units: make([]unit, 0, len(text)+8), gap: gapWall}
	links := linkSpans(text)
	for i := 0; i < len(text); {
		if len(links) > 0 && i == links[0][0] {
			f.wall()
			i, links = links[0][1], links[1:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		f.add(text[i:i+size], r, i)
		i += size
	}
	return squeeze(unmask(f.units))
}

type folder struct {
	units   []unit
	gap     gap
	skipped int  // characters in the gap
	digit   bool // the last of them is one
}

func (f *folder) add(s string, r rune, at int) {
	switch {
	case r < utf8.RuneSelf:
		f.put(unicode.ToLower(r), at, 1, true, true)
	case r >= hangulFirst && r <= hangulLast:
		jamo := decompose(r)
		for k, j := range jamo {
			f.put(j, at, len(s), k == 0, k == len(jamo)-1)
		}
	case isJamo(r):
		f.compatRune(r, at, len(s))
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Variation_Selector):
	case look[r] != 0:
		f.put(r, at, len(s), true, true)
	default:
		f.compat(s, at)
	}
}

// compat puts the compatibility decomposition of a character.
func (f *folder) compat(s string, at int) {
	if d := norm.NFKD.PropertiesString(s).Decomposition(); d != nil {
		for _, r := range string(d) {
			f.compatRune(unicode.ToLower(r), at, len(s))
		}
		return
	}
	for _, r := range s {
		f.compatRune(unicode.ToLower(r), at, len(s))
	}
}

func (f *folder) compatRune(r rune, at, size int) {
	if unicode.Is(unicode.Mn, r) {
		return
	}
	for _, j := range standalone(r) {
		f.put(j, at, size, true, true)
	}
}

// put appends a unit, or widens the gap when r is no letter and cannot stand for one.
func (f *folder) put(r rune, at, size int, first, last bool) {
	if unicode.IsLetter(r) || leet(r) != 0 {
		f.units = append(f.units, unit{r: r, start: at, end: at + size, first: first, last: last, gap: f.gap, numbered: f.digit})
		f.gap, f.skipped, f.digit = gapNone, 0, false
		return
	}
	f.gap, f.skipped, f.digit = widen(f.gap, r), f.skipped+1, unicode.IsDigit(r)
	if f.skipped > maxGap && f.gap != gapSpace {
		f.wall()
	}
}

func (f *folder) wall() { f.gap, f.skipped = gapWall, 0 }

// widen returns the gap that g and the skipped character r make.
func widen(g gap, r rune) gap {
	kind := gapMark
	switch {
	case r == '\n' || r == '\'' || r == '’' || g == gapWall:
		return gapWall
	case unicode.IsSpace(r):
		kind = gapSpace
	}
	if g != gapNone && g != kind {
		return gapMixed
	}
	return kind
}

// leet returns the Latin letter for which a digit or sign is typed, 0 when none.
func leet(r rune) rune {
	if r >= 'a' {
		return 0
	}
	if i := strings.IndexRune("013457@$!", r); i >= 0 {
		return rune("oieastasi"[i])
	}
	return 0
}

// unmask turns what stands for a letter into it where a letter of that script is its neighbour, and into a gap
// where none is.
func unmask(units []unit) []unit {
	out := make([]unit, 0, len(units))
	pending, dropped := gapNone, 0 // what dropped units leave
	for i, u := range units {
		u.numbered = u.numbered || u.gap == gapNone && pending != gapNone && unicode.IsDigit(units[i-1].r)
		u.gap = join(pending, u.gap)
		l := leet(u.r)
		switch {
		case l == 0:
			u.r = unlook(units, i)
		case besideLatin(units, out, i, u):
			u.r = l
		default:
			pending = join(u.gap, gapMark)
			if dropped++; dropped > maxGap {
				pending = gapWall
			}
			continue
		}
		pending, dropped = gapNone, 0
		out = append(out, u)
	}
	return out
}

// besideLatin says whether the sign units[i] stands directly between two Latin letters, or, for a digit, "@" and
// "$", directly beside one.
func besideLatin(units, before []unit, i int, u unit) bool {
	left := u.gap == gapNone && len(before) > 0 && isLatin(before[len(before)-1].r)
	right := i+1 < len(units) && units[i+1].gap == gapNone && isLatin(units[i+1].r)
	if u.r == '!' {
		return left && right
	}
	return left || right
}

// join returns the gap that two in a row make.
func join(a, b gap) gap {
	switch {
	case a == gapNone || a == b:
		return b
	case b == gapNone:
		return a
	case a == gapWall || b == gapWall:
		return gapWall
	}
	return gapMixed
}

// look holds letters of other scripts by what they look like: Latin letters, and jamo for ideographs.
var look = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ѕ': 's', 'ј': 'j', 'к': 'k',
	'м': 'm', 'т': 't', 'в': 'b', 'н': 'h', 'А': 'a', 'Е': 'e', 'О': 'o', 'Р': 'p', 'С': 'c', 'Т': 't', 'Н': 'h',
	'В': 'b', 'К': 'k', 'М': 'm', 'Х': 'x', 'І': 'i', 'Ѕ': 's', 'Ј': 'j', 'У': 'y', 'ո': 'n', 'ս': 'u',
	'α': 'a', 'ο': 'o', 'ρ': 'p', 'υ': 'u', 'ν': 'v', 'κ': 'k', 'ι': 'i', 'τ': 't', 'Α': 'a', 'Ε': 'e', 'Ο': 'o',
	'人': 'ㅅ', '口': 'ㅁ', '己': 'ㄹ',
}

// unlook returns what units[i] looks like when its word has letters of that script, else the letter itself.
func unlook(units []unit, i int) rune {
	if r := units[i].r; r < utf8.RuneSelf || isJamo(r) {
		return r
	}
	l := look[units[i].r]
	if l == 0 {
		return unicode.ToLower(units[i].r)
	}
	same := func(r rune) bool { return isLatin(l) == isLatin(r) && isJamo(l) == isJamo(r) }
	reach := 8 // letters either way
	if isJamo(l) {
		reach = 2 // that is, the neighbours
	}
	for k := i; k > 0 && k > i-reach && units[k].gap == gapNone; k-- {
		if same(units[k-1].r) {
			return l
		}
	}
	for k := i + 1; k < len(units) && k < i+reach && units[k].gap == gapNone; k++ {
		if same(units[k].r) {
			return l
		}
	}
	return unicode.ToLower(units[i].r)
}

// squeeze makes one unit of three or more equal ones without a gap.
func squeeze(units []unit) []unit {
	out := units[:0]
	for i := 0; i < len(units); {
		k := i + 1
		for k < len(units) && units[k].r == units[i].r && units[k].gap == gapNone {
			k++
		}
		if k-i < 3 {
			out = append(out, units[i:k]...)
		} else {
			u := units[i]
			u.end, u.last = units[k-1].end, units[k-1].last
			out = append(out, u)
		}
		i = k
	}
	return out
}

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r > unicode.MaxASCII && unicode.Is(unicode.Latin, r)
}
