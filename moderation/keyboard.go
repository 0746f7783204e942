package moderation

import "strings"

// Korean typed while the keyboard was set to Latin letters (two-set layout): qudtls is 병신.

// keyJamo holds the jamo of the keys a to z.
var keyJamo = [26]rune([]rune("ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ"))

// shifted holds the jamo of the keys that have another with shift.
const shifted = "ㅃQㅉWㄸEㄲRㅆTㅒOㅖP"

// compound vowels are typed by two keys.
var compoundVowels = strings.NewReplacer("ㅗㅏ", "ㅘ", "ㅗㅐ", "ㅙ", "ㅗㅣ", "ㅚ", "ㅜㅓ", "ㅝ", "ㅜㅔ", "ㅞ", "ㅜㅣ", "ㅟ", "ㅡㅣ", "ㅢ")

const minTyped = 4 // keys of a word that is looked at

// typedHangul returns the jamo that the Latin word units[from:to] types, in syllables; nil unless the whole word is one
// syllable after another.
func typedHangul(text string, units []unit, from, to int) (out []unit) {
	if to-from < minTyped || to-from > maxTerm {
		return nil
	}
	for i := from; i < to; i++ {
		u := units[i]
		r := keyJamo[u.r-'a']
		if out == nil {
			out = make([]unit, 0, to-from)
		}
		if at := strings.IndexByte(shifted, text[u.start]); at >= 0 {
			r = []rune(shifted[at-3 : at])[0]
		}
		u.r, u.is = r, isHangul|isFinal|isLast
		if n := len(out); isVowel(r) {
			if n == 0 {
				return nil
			}
			p := &out[n-1]
			switch compound := compoundVowels.Replace(string(p.r) + string(r)); {
			case isVowel(p.r) && len(compound) == 3:
				p.r, p.end = []rune(compound)[0], u.end
				continue
			case isVowel(p.r):
				return nil
			}
			p.is = isHangul | isFirst
			if n > 1 {
				out[n-2].is |= isLast
			}
			u.is = isHangul | isLast
		} else if n > 0 {
			out[n-1].is &^= isLast
		}
		out = append(out, u)
	}
	if len(out) < 3 || out[0].is&isFirst == 0 {
		return nil
	}
	for i, run := 0, 0; i < len(out); i++ {
		u := &out[i]
		if u.is&isFinal == 0 {
			u.sym, run = initialSymbols[u.r-'ㄱ'], 0
			continue
		}
		if run++; run > 2 {
			return nil
		}
		u.sym = finalSymbol(u.r)
	}
	return out
}
