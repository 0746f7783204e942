package moderation

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What Validate finds wrong. Compare with errors.Is; errors.As with *TooLong gives the count.
var (
	// ErrEmpty: nothing visible is left of the text.
	ErrEmpty = errors.New("the comment is empty: write something")
	// ErrTooLong: more than Limit characters.
	ErrTooLong = errors.New("the comment is too long")
	// ErrTooComplex: a character is piled up from too many code points, or the whole is too heavy for its length.
	ErrTooComplex = errors.New("the comment has characters built from too many marks: remove some")
)

// TooLong is the error of a text over the limit. It is ErrTooLong for errors.Is.
type TooLong struct {
	Count int // user-perceived characters, as Count tells; greater than Limit
}

// Error says by how much the text is over the limit.
func (e *TooLong) Error() string {
	return fmt.Sprintf("the comment has %d characters: shorten it by %d, to %d", e.Count, e.Count-Limit, Limit)
}

// Is makes every *TooLong equal to ErrTooLong.
func (e *TooLong) Is(target error) bool { return target == ErrTooLong }

// Bounds of ErrTooComplex. The longest emoji in use has 10 code points (a family with skin tones), so that
// 250 of anything real stay far below.
const (
	maxClusterRunes = 32
	maxRunes        = 4000
	maxBytes        = 16 << 10
)

// Validate returns nil when Normalize(text) may be a comment, else ErrEmpty, a *TooLong or ErrTooComplex, in
// this order of precedence. A text of nothing but white space and invisible characters is empty.
func Validate(text string) error {
	_, err := measure(Normalize(text))
	return err
}

// measure counts a normalised text and says what Validate says.
func measure(text string) (int, error) {
	heavy := len(text) > maxBytes || utf8.RuneCountInString(text) > maxRunes
	count := clusters(text, func(c string) {
		heavy = heavy || len(c) > maxClusterRunes && utf8.RuneCountInString(c) > maxClusterRunes
	})
	switch {
	case strings.IndexFunc(text, visible) < 0:
		return count, ErrEmpty
	case count > Limit:
		return count, &TooLong{Count: count}
	case heavy:
		return count, ErrTooComplex
	}
	return count, nil
}

// visible says whether r alone leaves something on the page.
func visible(r rune) bool {
	const graphemeJoiner, brailleBlank = 0x034F, 0x2800
	return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Variation_Selector) &&
		r != graphemeJoiner && r != brailleBlank
}
