package classifier

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A text is read as two streams of units: its characters, and its letters with Hangul syllables taken apart into
// the jamo that are typed for them. A unit is the code point with its script in the bits above.
type unit uint32

const (
	hangul     unit = 1 << 24 // a syllable or jamo
	latin      unit = 2 << 24 // a Latin letter
	scripts         = hangul | latin
	scriptBits      = 24
)

const (
	maxRunes = 4096 // of a text that are read, in NFC; moderation.Validate allows fewer in a comment
	maxRun   = 2    // of the same unit, one after the other
)

const (
	hangulFirst, hangulLast = '가', '힣'
	vowels, finals          = 21, 28
)

var (
	initialJamo = [...]unit{'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'}
	// finalJamo are the jamo of each final; what is typed with two keys comes apart.
	finalJamo = [finals][2]unit{{}, {'ㄱ'}, {'ㄲ'}, {'ㄱ', 'ㅅ'}, {'ㄴ'}, {'ㄴ', 'ㅈ'}, {'ㄴ', 'ㅎ'}, {'ㄷ'}, {'ㄹ'}, {'ㄹ', 'ㄱ'},
		{'ㄹ', 'ㅁ'}, {'ㄹ', 'ㅂ'}, {'ㄹ', 'ㅅ'}, {'ㄹ', 'ㅌ'}, {'ㄹ', 'ㅍ'}, {'ㄹ', 'ㅎ'}, {'ㅁ'}, {'ㅂ'}, {'ㅂ', 'ㅅ'}, {'ㅅ'}, {'ㅆ'},
		{'ㅇ'}, {'ㅈ'}, {'ㅊ'}, {'ㅋ'}, {'ㅌ'}, {'ㅍ'}, {'ㅎ'}}
)

// span is where a unit comes from: bytes of the source.
type span struct{ start, end int }

// reader builds the streams. sources is kept only when track is set.
type reader struct {
	units   []unit
	sources []span
	track   bool
	hangul  int  // units up to and with the last Hangul one
	joined  bool // only separators have come since
	blank   bool // and a blank is among them
}

// read appends the characters of the text to the reader: NFC, small letters, no ignorable characters, blanks and
// runs shortened, no marks between two Hangul characters.
func (rd *reader) read(text string) {
	rd.space(span{})
	n := 0
	if !rd.track {
		if !norm.NFC.IsNormalString(text) {
			text = norm.NFC.String(text)
		}
		for i, r := range text {
			if n++; n > maxRunes {
				break
			}
			rd.add(r, span{i, i})
		}
		rd.space(span{})
		return
	}
	var segments norm.Iter
	segments.InitString(norm.NFC, text)
	for !segments.Done() && n < maxRunes {
		from := segments.Pos()
		b := segments.Next()
		s := span{from, segments.Pos()}
		for _, r := range string(b) {
			if n++; n > maxRunes {
				break
			}
			rd.add(r, s)
		}
	}
	rd.space(span{len(text), len(text)})
}

// add puts one character of the text.
func (rd *reader) add(r rune, s span) {
	if r >= 'Ａ' && r <= 'ｚ' { // full width
		r -= 'Ａ' - 'A'
	}
	switch {
	case r >= 'a' && r <= 'z':
		rd.put(unit(r)|latin, s)
	case r >= hangulFirst && r <= hangulLast, r >= 'ㄱ' && r <= 'ㆎ' && r != 'ㅤ':
		rd.syllable(unit(r)|hangul, s)
	case r >= 'A' && r <= 'Z':
		rd.put(unit(r+'a'-'A')|latin, s)
	case r <= ' ' || unicode.IsSpace(r):
		rd.blank = true
		rd.space(s)
	case r < 0x80:
		rd.put(unit(r), s)
	default:
		rd.rare(r, s)
	}
}

// rare puts a character that is neither ASCII nor modern Hangul.
func (rd *reader) rare(r rune, s span) {
	switch {
	case r >= 0x1100 && r <= 0x1112: // a jamo that NFC left alone
		rd.syllable(initialJamo[r-0x1100]|hangul, s)
	case r >= 0x1161 && r <= 0x1175:
		rd.syllable(unit(r-0x1161+'ㅏ')|hangul, s)
	case r == 'ㅤ', r == 0xFFA0, r >= 0x115F && r <= 0x1160, unicode.In(r, unicode.Cf, unicode.Variation_Selector):
	case unicode.Is(unicode.Latin, r):
		rd.put(unit(unicode.ToLower(r))|latin, s)
	default:
		rd.put(unit(unicode.ToLower(r)), s)
	}
}

// syllable puts a Hangul character and takes marks away that stand between it and the one before.
func (rd *reader) syllable(u unit, s span) {
	if rd.joined && rd.hangul > 0 && len(rd.units) > rd.hangul {
		rd.cut(rd.hangul)
		if rd.blank {
			rd.space(span{s.start, s.start})
		}
	}
	rd.put(u, s)
	rd.hangul, rd.joined, rd.blank = len(rd.units), true, false
}

// space puts a blank where there is none.
func (rd *reader) space(s span) {
	if n := len(rd.units); n == 0 || rd.units[n-1] != ' ' {
		rd.put(' ', s)
	}
}

func (rd *reader) cut(n int) {
	rd.units = rd.units[:n]
	if rd.track {
		rd.sources = rd.sources[:n]
	}
}

func (rd *reader) put(u unit, s span) {
	n := len(rd.units)
	if n >= maxRun && rd.units[n-1] == u && rd.units[n-2] == u {
		if rd.track {
			rd.sources[n-1].end = s.end
		}
		return
	}
	if u&scripts != 0 || u >= '0' && u <= '9' {
		rd.joined = false
	}
	rd.units = append(rd.units, u)
	if rd.track {
		rd.sources = append(rd.sources, s)
	}
}

// letters appends the stream of letters to dst: Hangul as jamo, all else as it is. from, when it is
// not nil, gets for each the index of its character.
func letters(dst []unit, chars []unit, from *[]int) []unit {
	put := func(u unit, i int) {
		if n := len(dst); u != 0 && !(n >= maxRun && dst[n-1] == u && dst[n-2] == u) {
			dst = append(dst, u)
			if from != nil {
				*from = append(*from, i)
			}
		}
	}
	for i, u := range chars {
		r := u &^ scripts
		switch {
		case r >= hangulFirst && r <= hangulLast:
			n := r - hangulFirst
			put(initialJamo[n/(vowels*finals)]|hangul, i)
			put('ㅏ'+n/finals%vowels|hangul, i)
			for _, f := range finalJamo[n%finals] {
				if f != 0 {
					put(f|hangul, i)
				}
			}
		default:
			put(u, i)
		}
	}
	return dst
}
