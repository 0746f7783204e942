package moderation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/unicode/norm"
)

// Limit is the greatest length of a comment, in user-perceived characters as told by Count.
const Limit = 250

// deleted are the invisible characters that Normalize drops beside the controls (category Cc): soft hyphen,
// bidirectional controls, zero-width space and no-break space, invisible operators, Hangul fillers.
// Joiners (U+200C, U+200D) and variation selectors carry meaning and stay.
var deleted = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00AD, Hi: 0x00AD, Stride: 1},
		{Lo: 0x061C, Hi: 0x061C, Stride: 1},
		{Lo: 0x115F, Hi: 0x1160, Stride: 1},
		{Lo: 0x180E, Hi: 0x180E, Stride: 1},
		{Lo: 0x200B, Hi: 0x200B, Stride: 1},
		{Lo: 0x200E, Hi: 0x200F, Stride: 1},
		{Lo: 0x202A, Hi: 0x202E, Stride: 1},
		{Lo: 0x2060, Hi: 0x2064, Stride: 1},
		{Lo: 0x2066, Hi: 0x2069, Stride: 1},
		{Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1},
		{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1},
	},
	R32:         []unicode.Range32{{Lo: 0xE0000, Hi: 0xE001F, Stride: 1}},
	LatinOffset: 1,
}

// Normalize returns the one form of a text that is counted, reviewed, stored and shown. In this order: a byte
// that is no UTF-8 becomes U+FFFD; a tab becomes a space; controls and the invisible characters
// named above are deleted, and so are tag characters that do not follow an emoji; CR and CRLF become LF; NFC; white space
// (Unicode White_Space) at both ends is trimmed; three or more line breaks become two. Inner spaces stay.
// It is idempotent, takes linear time, and gives "" for a text of which nothing is left.
// web/static/count.js is the same rule in the page.
func Normalize(text string) string {
	text = norm.NFC.String(clean(text))
	return shortenBreaks(strings.TrimFunc(text, unicode.IsSpace))
}

// Count returns the number of user-perceived characters of Normalize(text): extended grapheme clusters of
// UAX #29 (Unicode 17). It is 0 for a text of which nothing is left.
func Count(text string) int {
	return clusters(Normalize(text), func(string) {})
}

// clusters calls each with every grapheme cluster of text and returns how many there were.
func clusters(text string, each func(string)) int {
	n := 0
	for it := graphemes.FromString(text); it.Next(); n++ {
		each(it.Value())
	}
	return n
}

// clean does all that Normalize does before NFC.
func clean(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	var base, previous rune // base: what a tag would belong to; previous: the last that was not deleted, as it was sent
	for _, r := range text {
		sent := r
		switch {
		case r == '\n' && previous == '\r':
			previous = r
			continue
		case r == '\r':
			r = '\n'
		case r == '\t':
			r = ' '
		case r == '\n':
		case r < utf8.RuneSelf && r >= ' ' && r != 0x7F: // the common case
		case unicode.Is(unicode.Cc, r) || unicode.Is(deleted, r):
			continue
		case isTag(r):
			if !pictographic(base) {
				continue
			}
		}
		if !isTag(r) && !extendsEmoji(r) {
			base = r
		}
		previous = sent
		b.WriteRune(r)
	}
	return b.String()
}

// isTag says whether r is a tag character: those spell a flag such as Scotland's after U+1F3F4, and hidden
// text elsewhere.
func isTag(r rune) bool { return r >= 0xE0020 && r <= 0xE007F }

// extendsEmoji says whether r may stand between an emoji and its tags: skin tones and VS16 (UTS #51, ED-14a).
func extendsEmoji(r rune) bool { return r >= 0x1F3FB && r <= 0x1F3FF || r == 0xFE0F }

// pictographic says whether r has the property Extended_Pictographic, by asking the segmenter for its rule
// GB11: such a character is joined to a following one by ZWJ, and no other is.
func pictographic(r rune) bool {
	if r < 0xA9 {
		return false
	}
	return clusters(string(r)+"\u200D\u2764", func(string) {}) == 1
}

// shortenBreaks turns every run of three or more line feeds into two.
func shortenBreaks(text string) string {
	if !strings.Contains(text, "\n\n\n") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	run := 0
	for _, r := range text {
		if r != '\n' {
			run = 0
		} else if run++; run > 2 {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
