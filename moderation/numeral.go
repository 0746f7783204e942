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
func rows(text string) []numeral {
	r := rowReader{text: text}
	for i, c := range text {
		d, how := digit(c)
		letter := c < utf8.RuneSelf && c|0x20 >= 'a' && c|0x20 <= 'z' || isJamo(c)
		switch {
		case invisible(c):
			if r.open && r.last().end == i {
				r.extend(i+utf8.RuneLen(c), r.hardEnd == i)
			}
		case d < 0 || how == asLetters && r.afterLetter:
			r.other(c, letter)
		default:
			r.digit(i, i+utf8.RuneLen(c), how)
		}
	}
	for i := range r.out {
		r.out[i].digits = plainDigits(r.out[i].digits)
	}
	return r.out
}

type rowReader struct {
	text          string
	out           []numeral // their digits as they are typed
	open          bool      // the last of them may go on
	hard, hardEnd int       // how long its digits are, and where they end, without the letters at its end
	sep           separator // since it ended
	afterLetter   bool
}

func (r *rowReader) last() *numeral { return &r.out[len(r.out)-1] }

// extend takes the text up to end into the last row; hard says that no letter stands for its last digit.
func (r *rowReader) extend(end int, hard bool) {
	n := r.last()
	n.digits, n.end = r.text[n.start:end], end
	if hard {
		r.hard, r.hardEnd = len(n.digits), end
	}
}

func (r *rowReader) digit(start, end int, how typed) {
	if !r.open || (how == asWords) != (r.last().typed == asWords) {
		r.out = append(r.out, numeral{start: start, before: r.sep.sign(r.open)})
		r.hard = 0
	}
	n := r.last()
	n.typed = max(n.typed, how)
	r.extend(end, how != asLetters)
	r.open, r.afterLetter, r.sep = true, false, separator{}
}

// other ends the row. When a letter follows, the letters at its end are no digits: "5678OK".
func (r *rowReader) other(c rune, letter bool) {
	if r.open && letter && r.hard < len(r.last().digits) {
		n := r.last()
		n.digits, n.end = n.digits[:r.hard], r.hardEnd
		if r.hard == 0 {
			r.out = r.out[:len(r.out)-1]
		}
	}
	r.open, r.afterLetter = false, letter
	r.sep.add(c)
}

// plainDigits returns the digits in ASCII.
func plainDigits(typed string) string {
	if strings.Trim(typed, "0123456789") == "" {
		return typed
	}
	return strings.Map(func(r rune) rune {
		if d, _ := digit(r); d >= 0 {
			return '0' + rune(d)
		}
		return -1
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
