package moderation

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Print is a fingerprint of a text: alike for texts that are alike, the same for those that differ only in case,
// spacing, signs, digits and the length of runs. 0 is that of a text too short to be compared.
type Print uint64

const (
	printLetters = 10 // the fewest letters of a text that can be compared
	nearBits     = 14 // the most bits in which the Prints of two texts that are nearly the same differ
)

// PrintOf returns the fingerprint of a normalised text: for each of 64 orders of the pairs of neighbouring letters,
// one bit of the first pair (b-bit minwise hashing with b = 1, Li and König 2010). Two texts that share J of their
// pairs (Jaccard) differ in about 32(1-J) bits. SimHash was measured, too: at the same precision it finds less.
func PrintOf(text string) Print {
	var first [64]uint64
	for i := range first {
		first[i] = ^uint64(0)
	}
	n, run := 0, 0
	last := rune(-1)
	for _, r := range text {
		if r = letterOf(r); r < 0 {
			continue
		}
		if run++; r != last {
			run = 0
		}
		if run >= 2 {
			continue // a run of three is one of two
		}
		if n++; n > 1 {
			pair := scramble(uint64(last)<<32 | uint64(r))
			for i := range first {
				first[i] = min(first[i], pair*orders[i])
			}
		}
		last = r
	}
	if n < printLetters {
		return 0
	}
	var p Print
	for i, f := range first {
		p |= Print(f>>31&1) << i
	}
	return max(p, 1)
}

// letterOf returns a letter in its small form, -1 for any other character.
func letterOf(r rune) rune {
	switch {
	case r >= hangulFirst && r <= hangulLast:
		return r
	case r < utf8.RuneSelf:
		if r |= 0x20; r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	case r >= 'Ａ' && r <= 'ｚ': // full width
		return letterOf(r - 'Ａ' + 'A')
	case !unicode.IsLetter(r):
		return -1
	}
	return unicode.ToLower(r)
}

// near says whether two Prints, neither of them 0, are those of nearly the same text.
func (p Print) near(q Print) bool { return bits.OnesCount64(uint64(p^q)) <= nearBits }

// orders are 64 odd numbers: a pair's place in an order is its product with one.
var orders = func() (out [64]uint64) {
	for i := range out {
		out[i] = scramble(uint64(i)+1) | 1
	}
	return out
}()

// scramble is the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
