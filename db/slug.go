package db

import (
	"strings"
	"unicode"
)

// slug makes the last part of an address from a section's or an author's name: letters and digits
// of any script in lower case, everything else one hyphen. "" comes back for a name without any.
func slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
