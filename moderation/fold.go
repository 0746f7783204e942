package moderation

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unit is one letter, digit or sign of the folded stream in which words are looked for: a small Latin letter without
// accents, a jamo of the Hangul Compatibility block (syllables come apart, and compound finals too), or any
// other character that shows. A run of blanks is one unit.
type unit struct {
	r          rune
	start, end int32 // bytes of the source character, or of a run of three and more that are alike
	sym        symbol
	is         traits
}

// traits says what a unit is.
type traits uint16

const (
	isFirst   traits = 1 << iota // of its source character
	isLast                       // of its source character; each jamo that is not in a syllable is both
	isHangul                     // a jamo, in a syllable or alone
	isFinal                      // a consonant that ends a syllable
	isLatin                      // a letter a to z
	isSign                       // a digit, mark or symbol: may stand for a letter, or for nothing
	isBlank                      // white space
	isWall                       // a line break, or an address: no word goes across that
	isChanged                    // is not what was typed, but for case
)

const whole = isFirst | isLast

// isBreak says whether u is a line break, which between two letters is no more than a blank.
func (u unit) isBreak() bool { return u.r == '\n' }

// isBetween says whether u may stand between the letters of a word that is met: a sign, a blank, or a letter of another script
// that is typed for its looks.
func (u unit) isBetween() bool {
	return u.is&(isSign|isBlank) != 0 || u.isBreak() || u.is&(isHangul|isLatin) == 0 && standsFor[u.r] != ""
}

// alone says whether u is a jamo that is not in a syllable.
func (u unit) alone() bool { return u.is&(whole|isHangul) == whole|isHangul }

// fold appends the stream of a normalised text to units, in linear time. Characters that do not show are dropped, so are
// marks on letters; compatibility forms (full width, enclosed …) become plain; letters that only look Latin
// become Latin in a word that has Latin letters. Addresses are walls.
func fold(text string, units []unit) []unit { return foldAround(text, linkSpans(text), units) }

// foldAround is fold with the byte spans of the addresses.
func foldAround(text string, links [][]int, units []unit) []unit {
	f := folder{units: units}
	for i := 0; i < len(text); {
		if len(links) > 0 && i == links[0][0] {
			f.put(0, i, links[0][1], symNone, whole|isWall)
			i, links = links[0][1], links[1:]
			continue
		}
		if c := text[i]; c < utf8.RuneSelf {
			f.add(rune(c), i, i+1)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r >= hangulFirst && r <= hangulLast {
			f.syllable(r, i, i+size)
		} else {
			first := len(f.units)
			f.compat(text[i:i+size], r, i)
			f.mark(first, r)
		}
		i += size
	}
	f.endWord()
	return f.units
}

type folder struct {
	units []unit
	word  int  // where the run of letters began that may all be Latin
	latin bool // it has a letter a to z
	looks bool // it has one that may only look so
}

func (f *folder) syllable(r rune, start, end int) {
	f.endWord()
	initial, vowel, final := syllable(r)
	f.units = append(f.units, unit{initial, int32(start), int32(end), initialSymbols[initial-'ㄱ'], isFirst | isHangul})
	is := isHangul
	if final == "" {
		is |= isLast
	}
	f.units = append(f.units, unit{vowel, int32(start), int32(end), initialSymbols[vowel-'ㄱ'], is})
	for i, j := range final {
		is := isHangul | isFinal
		if i+utf8.RuneLen(j) == len(final) {
			is |= isLast
		}
		f.units = append(f.units, unit{j, int32(start), int32(end), finalSymbol(j), is})
	}
}

// compat adds the compatibility decomposition of a character, without its marks; of a letter in brackets only
// the letter.
func (f *folder) compat(s string, r rune, at int) {
	end := at + len(s)
	if e := enclosedLetter(r); e != 0 {
		f.add(e, at, end)
		return
	}
	if looks := latinLooks[r]; looks != 0 && unicode.IsLetter(r) {
		f.look(r, looks, at, end)
		return
	}
	d := norm.NFKD.PropertiesString(s).Decomposition()
	if d == nil {
		f.standalone(r, at, end)
		return
	}
	letters := 0
	for _, r := range string(d) {
		if unicode.IsLetter(r) {
			f.standalone(r, at, end)
			letters++
		}
	}
	if letters > 0 {
		return
	}
	for _, r := range string(d) {
		f.standalone(r, at, end)
	}
}

// mark notes which units since first are not the character itself; a jamo is, however it is encoded.
func (f *folder) mark(first int, r rune) {
	for i := first; i < len(f.units); i++ {
		if u := &f.units[i]; u.r != r && !isJamo(r) {
			u.is |= isChanged
		}
	}
}

func (f *folder) standalone(r rune, at, end int) {
	if isHidden(r) {
		f.hide(r, end)
		return
	}
	if looks := latinLooks[r]; looks != 0 {
		f.look(r, looks, at, end)
		return
	}
	for _, j := range standalone(r) {
		f.add(j, at, end)
	}
}

// hide drops a character that follows another: a mark on it belongs to what was typed.
func (f *folder) hide(r rune, end int) {
	if n := len(f.units); n > 0 && f.units[n-1].is&(isSign|isBlank|isWall) == 0 {
		f.units[n-1].is |= isChanged
		if unicode.In(r, unicode.Mn, unicode.Me) {
			f.units[n-1].end = int32(end)
		}
	}
}

// isHidden says whether r is dropped: it does not show, or is a mark on another character.
func isHidden(r rune) bool {
	return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Variation_Selector) || r == 0xAD
}

// look adds a letter that looks like a Latin one; whether it is taken for that is told at the end of its word.
func (f *folder) look(r, looks rune, at, end int) {
	if needsLatin(r) {
		f.looks = true
		f.put(r, at, end, symbolOf(r), whole)
		return
	}
	f.add(looks, at, end)
}

// add adds a character that is no syllable.
func (f *folder) add(r rune, at, end int) {
	switch {
	case r >= 'a' && r <= 'z':
		f.latin = true
		f.put(r, at, end, latinSymbol[r-'a'], whole|isLatin)
	case r >= 'A' && r <= 'Z':
		f.add(r+'a'-'A', at, end)
	case isJamo(r):
		f.endWord()
		f.put(r, at, end, symbolOf(r), whole|isHangul)
	case r == '\n':
		f.endWord()
		f.put(r, at, end, symBlank, whole|isWall)
	case unicode.IsSpace(r):
		f.endWord()
		f.put(' ', at, end, symBlank, whole|isBlank)
	case !unicode.IsLetter(r):
		f.endWord()
		f.put(r, at, end, symbolOf(r), whole|isSign)
	default:
		r = unicode.ToLower(r)
		f.put(r, at, end, symbolOf(r), whole)
	}
}

// put appends a unit. Blanks in a row are one; the third and further letters of a kind are one with the second.
func (f *folder) put(r rune, start, end int, sym symbol, is traits) {
	if n := len(f.units); n > 0 && f.units[n-1].r == r && (f.units[n-1].is^is)&^isChanged == 0 && (is&isBlank != 0 ||
		is&(isSign|isWall) == 0 && n > 1 && f.units[n-2].r == r && (f.units[n-2].is^is)&^isChanged == 0) {
		f.units[n-1].end = int32(end)
		return
	}
	f.units = append(f.units, unit{r, int32(start), int32(end), sym, is})
}

// endWord ends the run of letters that may all be Latin: where some are, those that look so become so.
func (f *folder) endWord() {
	for i := f.word; i < len(f.units) && f.looks; i++ {
		u := &f.units[i]
		if u.is&^isChanged != whole {
			continue
		}
		if l := latinLooks[u.r]; l != 0 && f.latin {
			u.r, u.is = l, whole|isLatin|isChanged
		}
		u.r = unicode.ToLower(u.r)
		u.sym = symbolOf(u.r)
	}
	f.word, f.latin, f.looks = len(f.units), false, false
}
