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

// longestTyped returns the best word that the Latin word at units[i] types on a Korean keyboard, or the letters from there that
// stand apart: tlq.kf.
func (w *walker) longestTyped(i int) hit {
	if !w.atLatin(i) || i > 0 && w.atLatin(i-1) || isVowel(keyJamo[w.units[i].r-'a']) {
		return hit{}
	}
	to := i
	for w.atLatin(to) {
		to++
	}
	if h := w.typedIn(w.units[i:to], i, to); h.word != nil || w.joined(i-1) || !w.joined(to) {
		return h
	}
	letters := append(make([]unit, 0, maxTerm+1), w.units[i:min(to, i+maxTerm)]...)
	for len(letters) <= maxTerm && (w.atLatin(to) || w.joined(to)) {
		if w.atLatin(to) {
			letters = append(letters, w.units[to])
		}
		to++
	}
	return w.typedIn(letters, i, to)
}

// joined says whether units[k] is a sign between two Latin letters, or a blank between two that stand alone.
func (w *walker) joined(k int) bool {
	return k > 0 && w.between(k) && (w.units[k].is&isSign != 0 || w.units[k].is&isBlank != 0 && w.single(k-1) && w.single(k+1))
}

// typedIn returns the best word that some letters type, those of units[i:to].
func (w *walker) typedIn(letters []unit, i, to int) hit {
	if len(letters) < minTyped || !isVowel(keyJamo[letters[1].r-'a']) {
		return hit{}
	}
	if w.keys == nil {
		w.keys = make([]unit, 0, maxTerm)
	}
	units := typedHangul(w.text, letters, w.keys)
	if units == nil {
		return hit{}
	}
	typed := walker{words: w.words, text: w.text, units: units, typed: true, bank: bankStart}
	for k := range units {
		h := typed.longest(k)
		if h.word == nil || h.to-h.from < minTyped || isEnglishWord(letters) {
			continue
		}
		h.from, h.to = i, to
		if !w.excepted(h) {
			return h
		}
	}
	return hit{}
}

// typedHangul appends the jamo that some Latin letters type, in syllables, to out; it returns nil unless they all are one
// syllable after another.
func typedHangul(text string, letters, out []unit) []unit {
	if len(letters) < minTyped || len(letters) > maxTerm {
		return nil
	}
	for _, u := range letters {
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
