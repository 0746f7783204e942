package moderation

import "unicode/utf8"

// invisible says whether a character changes nothing in a number: joiners, and what makes a key of a digit.
func invisible(c rune) bool { return c == 0xFE0F || c == 0x20E3 || c == 0x200C || c == 0x200D }

// separatorSign returns the plain form of a sign that stands inside numbers, 0 for any other character. "공일공에" is
// how a number is said.
func separatorSign(c rune) byte {
	switch c {
	case ' ', 0xA0, 0x3000:
		return ' '
	case '에', '-', '–', '—', '―', '−', '‐', '‑', '－', 'ㅡ', '_', '~', '∼':
		return '-'
	case '.', '·', 'ㆍ', '．', '•':
		return '.'
	case '(', ')', '/', ',', '+':
		return byte(c)
	case '（':
		return '('
	case '）':
		return ')'
	case '＋':
		return '+'
	}
	return 0
}

// digit returns the digit for which a character stands and how it is typed, -1 for none.
func digit(c rune) (int, typed) {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0'), asDigits
	case c < utf8.RuneSelf:
		switch c {
		case 'O', 'o':
			return 0, asLetters
		case 'l', 'I', '|':
			return 1, asLetters
		}
		return -1, asDigits
	case c >= '①' && c <= '⑨':
		return int(c-'①') + 1, asDigits
	case c >= '０' && c <= '９':
		return int(c - '０'), asDigits
	case c >= 0x1D7CE && c <= 0x1D7FF: // mathematical digits
		return int(c-0x1D7CE) % 10, asDigits
	}
	return wordDigit(c)
}

func wordDigit(c rune) (int, typed) {
	switch c {
	case '⓪':
		return 0, asDigits
	case '공', '영':
		return 0, asWords
	case '일':
		return 1, asWords
	case '이':
		return 2, asWords
	case '삼':
		return 3, asWords
	case '사':
		return 4, asWords
	case '오':
		return 5, asWords
	case '육', '륙':
		return 6, asWords
	case '칠':
		return 7, asWords
	case '팔':
		return 8, asWords
	case '구':
		return 9, asWords
	case 'ㅇ':
		return 0, asLetters
	case 'ㅣ':
		return 1, asLetters
	}
	return -1, asDigits
}
