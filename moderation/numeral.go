package moderation

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// numeral is a row of digits in a text, however they are typed: plain, full width or enclosed, as Korean words
// ("공일공"), with letters for digits ("0l0"), or each one apart ("0 1 0").
type numeral struct {
	digits     string
	start, end int  // bytes
	before     byte // what joins it to the numeral before, one of " -.()/,+"; 0 when that is more or something else
	typed      typed
}

// typed says how the digits of a numeral are typed.
type typed uint8

const (
	asDigits typed = iota
	asLetters
	asWords
)

const (
	minDigits     = 7 // the fewest of any number that is looked for
	minSoftDigits = 9 // the fewest of one in which words and letters are read as digits
)

// numerals returns the rows of digits of a text, from left to right, in linear time; none where there are fewer
// than minDigits in all.
func numerals(text string) []numeral {
	if !mayHoldNumber(text) {
		return nil
	}
	return mergeSingles(dropWords(rows(text)))
}

func mayHoldNumber(text string) bool {
	n := 0
	for i := 0; i < len(text) && n < minDigits; i++ {
		if b := text[i]; b >= '0' && b <= '9' {
			n++
		} else if b >= 0xE2 { // the first byte of every other digit and word
			r, _ := utf8.DecodeRuneInString(text[i:])
			if d, _ := digit(r); d >= 0 {
				n++
			}
		}
	}
	return n >= minDigits
}

// rows splits a text into numerals as they stand in it.
func rows(text string) (out []numeral) {
	var sep separator
	open, hard, hardEnd := false, 0, 0 // whether the last row may go on; its digits and bytes without letters at its end
	afterLetter := false
	for i, c := range text {
		d, how := digit(c)
		letter := c < utf8.RuneSelf && c|0x20 >= 'a' && c|0x20 <= 'z' || isJamo(c)
		if d < 0 || how == asLetters && afterLetter {
			if open && letter && hard < len(out[len(out)-1].digits) {
				last := &out[len(out)-1]
				last.digits, last.end = last.digits[:hard], hardEnd
				if hard == 0 {
					out = out[:len(out)-1]
				}
			}
			open, afterLetter = false, letter
			sep.add(c)
			continue
		}
		end := i + utf8.RuneLen(c)
		if open && (how == asWords) == (out[len(out)-1].typed == asWords) {
			last := &out[len(out)-1]
			last.digits, last.end, last.typed = text[last.start:end], end, max(last.typed, how)
		} else {
			out = append(out, numeral{digits: text[i:end], start: i, end: end, before: sep.sign(open), typed: how})
			hard = 0
		}
		open, afterLetter, sep = true, false, separator{}
		if how != asLetters {
			hard, hardEnd = len(out[len(out)-1].digits), end
		}
	}
	for i := range out {
		out[i].digits = plainDigits(out[i].digits)
	}
	return out
}

// plainDigits returns the digits in ASCII.
func plainDigits(typed string) string {
	if strings.Trim(typed, "0123456789") == "" {
		return typed
	}
	return strings.Map(func(r rune) rune {
		d, _ := digit(r)
		return '0' + rune(d)
	}, typed)
}

// dropWords drops the rows of words and letters that are no part of a long number. In a chain of rows with at least
// minSoftDigits those stay that have three words, or that the next row touches ("공1공-"), or all when there are
// seven words: in "5678이" the word is a particle.
func dropWords(rows []numeral) []numeral {
	out := rows[:0]
	for i := 0; i < len(rows); {
		k, total, words := i, 0, 0
		for ; k < len(rows) && (k == i || rows[k].before != 0); k++ {
			total += len(rows[k].digits)
			if rows[k].typed == asWords {
				words += len(rows[k].digits)
			}
		}
		cut := false
		for n := i; n < k; n++ {
			r := rows[n]
			touched := n+1 < k && (rows[n+1].start == r.end || rows[n+1].before == '-')
			soft := r.typed != asDigits && total < minSoftDigits || r.typed == asWords && len(r.digits) < 3 && words < minDigits && !touched
			if cut {
				r.before = 0
			}
			if cut = soft; !soft {
				out = append(out, r)
			}
		}
		i = k
	}
	return out
}

// mergeSingles makes one row of three or more single digits that the same sign keeps apart.
func mergeSingles(rows []numeral) []numeral {
	out := rows[:0]
	for i := 0; i < len(rows); {
		k := i + 1
		for k < len(rows) && len(rows[i].digits) == 1 && len(rows[k].digits) == 1 && rows[k].before != 0 && rows[k].before == rows[i+1].before {
			k++
		}
		if k-i < 3 {
			out = append(out, rows[i])
			i++
			continue
		}
		r := rows[i]
		var b strings.Builder
		for _, one := range rows[i:k] {
			b.WriteString(one.digits)
		}
		r.digits, r.end = b.String(), rows[k-1].end
		out = append(out, r)
		i = k
	}
	return slices.Clip(out)
}

// separator collects what stands between two rows: blanks, and one sign besides. A comma with a blank ends a number.
type separator struct {
	seen byte
	bad  bool
}

func (s *separator) add(c rune) {
	k := separatorSign(c)
	switch {
	case k == '+' || k == '(': // begins a number, whatever was before
		*s = separator{seen: k}
	case k == 0 || k == ',' && s.seen == ' ' || k == ' ' && s.seen == ',' || k != ' ' && s.seen != 0 && s.seen != ' ' && s.seen != k && s.seen != ')':
		s.bad = true
	case s.seen == 0 || s.seen == ' ':
		s.seen = k
	}
}

// sign is the sign, 0 for anything else. Two rows that touch are joined by a blank.
func (s separator) sign(touch bool) byte {
	switch {
	case touch:
		return ' '
	case s.bad:
		return 0
	}
	return s.seen
}
