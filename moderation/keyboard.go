package moderation

import (
	"strings"
	"unicode/utf8"
)

// Korean typed while the keyboard was set to Latin letters (two-set layout): qudtls is 병신.

// keyJamo holds the jamo of the keys a to z.
var keyJamo = [26]rune([]rune("ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ"))

// shifted holds the jamo of the keys that have another with shift.
const shifted = "ㅃQㅉWㄸEㄲRㅆTㅒOㅖP"

// compound vowels are typed by two keys.
var compoundVowels = map[[2]rune]rune{
	{'ㅗ', 'ㅏ'}: 'ㅘ', {'ㅗ', 'ㅐ'}: 'ㅙ', {'ㅗ', 'ㅣ'}: 'ㅚ', {'ㅜ', 'ㅓ'}: 'ㅝ', {'ㅜ', 'ㅔ'}: 'ㅞ', {'ㅜ', 'ㅣ'}: 'ㅟ', {'ㅡ', 'ㅣ'}: 'ㅢ',
}

const minTyped = 4 // keys of a word that is looked at

// typedHangul appends the jamo that the Latin word units[from:to] types, in syllables, to out; it returns nil unless the
// whole word is one syllable after another.
func typedHangul(text string, units []unit, from, to int, out []unit) []unit {
	if to-from < minTyped || to-from > maxTerm {
		return nil
	}
	for _, u := range units[from:to] {
		u.r, u.is = keyOf(text, u), isHangul|isFinal|isLast // a final until a vowel follows
		n := len(out)
		if !isVowel(u.r) {
			if n > 0 {
				out[n-1].is &^= isLast
			}
			out = append(out, u)
			continue
		}
		if n == 0 {
			return nil
		}
		p := &out[n-1]
		if isVowel(p.r) {
			if p.r = compoundVowels[[2]rune{p.r, u.r}]; p.r == 0 {
				return nil
			}
			p.end = u.end
			continue
		}
		p.is = isHangul | isFirst
		if n > 1 {
			out[n-2].is |= isLast
		}
		u.is = isHangul | isLast
		out = append(out, u)
	}
	if out[0].is&isFirst == 0 || !setSymbols(out) {
		return nil
	}
	return out
}

// keyOf returns the jamo of the key with which a letter was typed.
func keyOf(text string, u unit) rune {
	if at := strings.IndexByte(shifted, text[u.start]); at >= 0 {
		r, _ := utf8.DecodeRuneInString(shifted[at-3:])
		return r
	}
	return keyJamo[u.r-'a']
}

// setSymbols gives the jamo of syllables their symbols; it says whether no syllable ends in more than two consonants.
func setSymbols(jamo []unit) bool {
	run := 0
	for i := range jamo {
		u := &jamo[i]
		if u.is&isFinal == 0 {
			u.sym, run = symbolOf(u.r), 0
			continue
		}
		if run++; run > 2 {
			return false
		}
		u.sym = finalSymbol(u.r)
	}
	return true
}
