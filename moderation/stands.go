package moderation

import "strings"

// What digits, signs and letters are typed for. A Latin letter is meant beside Latin letters only, a jamo beside
// Hangul only.

// standsFor holds the letters for which a digit, a sign or a letter of another script is typed.
var standsFor = map[rune]string{
	'0': "oㅇ", '1': "ilㅣ", '2': "ㄹ", '3': "e", '4': "a", '5': "s", '6': "b", '7': "tㄱㄲ", '8': "b", '9': "g",
	'!': "ilㅣ", '$': "s", '(': "c", '+': "t", '-': "ㅡ", '_': "ㅡ", '@': "a", '|': "ilㅣ", '^': "ㅅ",
	'¡': "i", '€': "e", '£': "l", '¢': "c", '§': "s", '¥': "y", '†': "t",
	'人': "ㅅ", '入': "ㅅ", '∧': "ㅅ", 'Λ': "ㅅ", '己': "ㄹ", '口': "ㅁ", '囗': "ㅁ", '□': "ㅁ", 'ロ': "ㅁ", '匚': "ㄷ", 'コ': "ㄱ",
	'フ': "ㄱ", '¬': "ㄱ", 'ス': "ㅈ", '廿': "ㅂ", '○': "ㅇ", '〇': "ㅇ", '◯': "ㅇ", 'ヲ': "ㅋ", '卜': "ㅏ", 'ト': "ㅏ", '丨': "ㅣ",
	'一': "ㅡ", 'ー': "ㅡ", '─': "ㅡ", '—': "ㅡ", '–': "ㅡ", '⊥': "ㅗ", '上': "ㅗ", '丁': "ㅜ", '丅': "ㅜ",
}

// hides says whether a sign is put over letters so that they are not read: one of any number of letters.
func hides(r rune) bool {
	return r == '*' || r == '#' || strings.ContainsRune("×✕✖✗❌●○◯■□♡♥☆★＊※", r)
}

// romanJamo holds the jamo for which a Latin letter is typed inside a word that is Hangul otherwise (si발).
var romanJamo = map[rune]string{
	'a': "ㅏㅐ", 'b': "ㅂ", 'c': "ㅊㅋ", 'd': "ㄷ", 'e': "ㅔㅓ", 'g': "ㄱㅈ", 'h': "ㅎㅐ", 'i': "ㅣ", 'j': "ㅈ", 'k': "ㅋ", 'l': "ㄹㅣ", 'm': "ㅁ", 'n': "ㄴㅇ",
	'o': "ㅗㅓㅇ", 'p': "ㅍ", 'r': "ㄹ", 's': "ㅅ", 't': "ㅌ", 'u': "ㅜㅓㅠ", 'v': "ㅂ", 'w': "ㅜ", 'y': "ㅣ", 'z': "ㅈ",
}

// silentRoman are the letters that may also add nothing there: the h of shi, the g of ng.
const silentRoman = "hgwyeu"

// soundsLike returns the syllables as which digits and names of letters are read inside a Korean word (씨8, 18놈, G랄),
// and how many characters they are.
func soundsLike(a, b rune) (syllables string, n int) {
	switch {
	case a == '1' && b == '8':
		return "시팔", 2
	case a == '8':
		return "팔", 1
	case a == '2':
		return "이", 1
	case a == 'c':
		return "씨", 1
	case a == 'g':
		return "지", 1
	case a == 'd':
		return "디", 1
	}
	return "", 0
}
