package moderation

import "strings"

// symbol is the coarse class of a letter: those that a disguise swaps are of one. Words are looked for by their
// symbols (see matcher); what was met is then compared letter by letter (see unlikeness). There are 64, so that
// a set of them is one word.
type symbol uint8

const (
	symNone    symbol = 0
	symLatin   symbol = 1  // to 26
	symBlank   symbol = 27 // a run of white space
	symDigit   symbol = 28 // to 37
	symInitial symbol = 38 // a consonant that begins a syllable or stands alone, to 47
	symFinal   symbol = 48 // one that ends a syllable, to 54
	symVowel   symbol = 55 // to 57
	symMask    symbol = 58 // "×" in a term: any sign that hides a letter
	symOther   symbol = 59 // any other letter or sign, to 63
	others            = 5
)

const latinSymbols uint64 = (1<<27 - 1) &^ 1

// The classes, by their first letter.
var (
	initialClasses = [...]string{"ㄱㄲㅋ", "ㄴ", "ㄷㄸㅌ", "ㄹ", "ㅁ", "ㅂㅃㅍ", "ㅅㅆ", "ㅇ", "ㅈㅉㅊ", "ㅎ"}
	finalClasses   = [...]string{"ㄱㄲㅋ", "ㄴ", "ㄷㄸㅌㅅㅆㅈㅉㅊㅎ", "ㄹ", "ㅁ", "ㅂㅃㅍ", "ㅇ"}
	vowelClasses   = [...]string{"ㅏㅑㅓㅕㅗㅛㅘㅝ", "ㅣㅢㅟㅡㅜㅠ", "ㅐㅔㅒㅖㅙㅚㅞ"}
	latinClasses   = [...]string{"ckq", "sz", "iy", "uv"}
)

const jamoCount = 'ㅣ' - 'ㄱ' + 1

var (
	initialSymbols = jamoSymbols(symInitial, initialClasses[:], vowelClasses[:])
	finalSymbols   = jamoSymbols(symFinal, finalClasses[:], nil)
	latinSymbol    = func() (table [26]symbol) {
		for i := range table {
			table[i] = symLatin + symbol(i)
			for _, class := range latinClasses {
				if strings.IndexByte(class, 'a'+byte(i)) > 0 {
					table[i] = symLatin + symbol(class[0]-'a')
				}
			}
		}
		return table
	}()
)

func jamoSymbols(first symbol, consonants, vowels []string) (table [jamoCount]symbol) {
	for i, class := range consonants {
		for _, r := range class {
			table[r-'ㄱ'] = first + symbol(i)
		}
	}
	for i, class := range vowels {
		for _, r := range class {
			table[r-'ㄱ'] = symVowel + symbol(i)
		}
	}
	return table
}

// symbolOf returns the symbol of a letter that does not end a syllable, of a digit or a sign.
func symbolOf(r rune) symbol {
	switch {
	case r >= 'a' && r <= 'z':
		return latinSymbol[r-'a']
	case isJamo(r):
		return initialSymbols[r-'ㄱ']
	case r >= '0' && r <= '9':
		return symDigit + symbol(r-'0')
	}
	return symOther + symbol(r%others)
}

// finalSymbol returns the symbol of a consonant that ends a syllable, symNone for what cannot.
func finalSymbol(r rune) symbol {
	if !isJamo(r) {
		return symNone
	}
	return finalSymbols[r-'ㄱ']
}

// The degrees of unlikeness of two letters; a Word says how far it goes.
const (
	same    = iota // the same letter
	near           // sounds alike in today's Korean: ㅐ and ㅔ, the finals ㅅ and ㅆ; a letter drawn out
	far            // a lax letter for a tense or aspirated one, ㅣ for ㅟ, c for k
	distant        // another vowel: 시벌, 쓰발
	unlike         // no disguise
)

// unlikeness tells how far the letter r of a text is from the letter t of a term, which are of one symbol.
func unlikeness(t, r rune, final bool) int {
	switch {
	case t == r:
		return same
	case !isJamo(t) || !isJamo(r):
		if t >= 'a' && t <= 'z' && r >= 'a' && r <= 'z' {
			return far
		}
		return unlike
	case !isVowel(t) && final:
		if t == 'ㅎ' || r == 'ㅎ' { // 좋 is not 좆
			return unlike
		}
		return near
	case !isVowel(t):
		return far
	}
	for degree, groups := range vowelGroups {
		for _, group := range groups {
			if strings.ContainsRune(group, t) && strings.ContainsRune(group, r) {
				return near + degree
			}
		}
	}
	return unlike
}

// vowelGroups holds the vowels that are near, far and distant.
var vowelGroups = [...][]string{
	{"ㅐㅔ", "ㅒㅖ", "ㅙㅚㅞ"},
	{vowelClasses[2], "ㅣㅟㅢ", "ㅏㅑㅘ", "ㅓㅕㅝ", "ㅗㅛ", "ㅜㅠ"},
	{vowelClasses[0], "ㅣㅢㅟㅡㅠ"},
}
