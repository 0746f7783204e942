package moderation

import "strings"

// What digits, signs and letters are typed for. A Latin letter is meant beside Latin letters only, a jamo beside
// Hangul only.

// standsFor returns the letters for which a digit, a sign or a letter of another script is typed.
func standsFor(r rune) string {
	if r < '0' {
		i := strings.IndexByte("!$(+-", byte(r))
		if i < 0 {
			return ""
		}
		return [...]string{"ilㅣ", "s", "c", "t", "ㅡ"}[i]
	}
	if r <= '9' {
		return [...]string{"oㅇ", "ilㅣ", "ㄹ", "e", "a", "s", "b", "tㄱㄲ", "b", "g"}[r-'0']
	}
	return signsFor[r]
}

var signsFor = map[rune]string{
	'@': "a", '|': "ilㅣ", '^': "ㅅ", '_': "ㅡ", '¡': "i", '€': "e", '£': "l", '¢': "c", '§': "s", '¥': "y", '†': "t",
	'人': "ㅅ", '入': "ㅅ", '∧': "ㅅ", 'Λ': "ㅅ", '己': "ㄹ", '口': "ㅁ", '囗': "ㅁ", '□': "ㅁ", 'ロ': "ㅁ", '匚': "ㄷ", 'コ': "ㄱ",
	'フ': "ㄱ", '¬': "ㄱ", 'ス': "ㅈ", '廿': "ㅂ", '○': "ㅇ", '〇': "ㅇ", '◯': "ㅇ", 'ヲ': "ㅋ", '卜': "ㅏ", 'ト': "ㅏ", '丨': "ㅣ",
	'一': "ㅡ", 'ー': "ㅡ", '─': "ㅡ", '—': "ㅡ", '–': "ㅡ", '⊥': "ㅗ", '上': "ㅗ", '丁': "ㅜ", '丅': "ㅜ",
}

// hides says whether a sign is put over letters so that they are not read: one of any number of letters.
func hides(r rune) bool {
	return r == '*' || r == '#' || strings.ContainsRune("×✕✖✗❌●○◯■□♡♥☆★＊※", r)
}

// romanJamo returns the jamo for which a Latin letter is typed inside a word that is Hangul otherwise (si발), and
// silent whether it may also add nothing (the h of shi, the g of ng).
func romanJamo(r rune) (jamo string, silent bool) {
	i := strings.IndexRune("abcdeghijklmnoprstuvwyz", r)
	if i < 0 {
		return "", false
	}
	return [...]string{"ㅏㅐ", "ㅂ", "ㅊㅋ", "ㄷ", "ㅔㅓ", "ㄱㅈ", "ㅎㅐ", "ㅣ", "ㅈ", "ㅋ", "ㄹㅣ", "ㅁ", "ㄴㅇ", "ㅗㅓㅇ", "ㅍ", "ㄹ", "ㅅ", "ㅌ", "ㅜㅓㅠ", "ㅂ",
		"ㅜ", "ㅣ", "ㅈ"}[i], strings.ContainsRune("hgwyeu", r)
}

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
