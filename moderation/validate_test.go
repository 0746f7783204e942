package moderation

import (
	"errors"
	"strings"
	"testing"
)

func TestValidate(t *testing.T) {
	family := "👨‍👩‍👧‍👦"
	tests := []struct {
		name, text string
		want       error
		count      int // of a *TooLong
	}{
		{"one letter", "a", nil, 0},
		{"exactly the limit", strings.Repeat("가", Limit), nil, 0},
		{"trimmed to the limit", "  " + strings.Repeat("가", Limit) + "\r\n", nil, 0},
		{"one over", strings.Repeat("가", Limit+1), ErrTooLong, Limit + 1},
		{"10,000", strings.Repeat("a", 10000), ErrTooLong, 10000},
		{"limit in families", strings.Repeat(family, Limit), nil, 0},
		{"families over", strings.Repeat(family, Limit+1), ErrTooLong, Limit + 1},
		{"nothing", "", ErrEmpty, 0},
		{"blanks", " \n\u3000\t", ErrEmpty, 0},
		{"NUL", "\x00\x00", ErrEmpty, 0},
		{"joiners only", "\u200D\u200C\uFE0F", ErrEmpty, 0},
		{"many joiners only", strings.Repeat("\u200D", 5000), ErrEmpty, 0},
		{"braille blank", "\u2800", ErrEmpty, 0},
		{"2,000 marks on a letter", "a" + strings.Repeat("\u0301", 2000), ErrTooComplex, 0},
		{"32 code points in a cluster", "x" + strings.Repeat("\u200D", 31), nil, 0},
		{"33 code points in a cluster", "x" + strings.Repeat("\u200D", 32), ErrTooComplex, 0},
		{"4,000 code points", strings.Repeat("x"+strings.Repeat("\u200D", 15), Limit), nil, 0},
		{"over 4,000 code points", strings.Repeat("x"+strings.Repeat("\u200D", 16), Limit), ErrTooComplex, 0},
		{"over 16 KiB", strings.Repeat("😀"+strings.Repeat("\U0001F3FB", 15), Limit) + "😀", ErrTooLong, Limit + 1},
		{"bidi override", "abc\u202Edef", nil, 0},
		{"invalid utf-8", "\xff\xff", nil, 0},
		{"sql", "x'4142'", nil, 0},
		{"html", "<script>alert(1)</script>", nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Validate(tt.text)
			if !errors.Is(err, tt.want) || err == nil != (tt.want == nil) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if long, ok := errors.AsType[*TooLong](err); ok && (long.Count != tt.count || !strings.Contains(err.Error(), "shorten")) {
				t.Errorf("count %d, want %d: %v", long.Count, tt.count, err)
			}
		})
	}
}
