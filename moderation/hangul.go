package moderation

// Hangul syllables by arithmetic (Unicode Standard, 3.12), into compatibility jamo: one letter for one jamo,
// whether it stands first or last, as it is on the keyboard.

const (
	hangulFirst, hangulLast = '가', '힣'
	vowels, finals          = 21, 28
)

var (
	initialJamo = [...]rune{'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'}
	finalJamo   = [finals]string{"", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ",
		"ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"}
	clusterJamo = map[rune]string{'ㄳ': "ㄱㅅ", 'ㄵ': "ㄴㅈ", 'ㄶ': "ㄴㅎ", 'ㄺ': "ㄹㄱ", 'ㄻ': "ㄹㅁ", 'ㄼ': "ㄹㅂ", 'ㄽ': "ㄹㅅ",
		'ㄾ': "ㄹㅌ", 'ㄿ': "ㄹㅍ", 'ㅀ': "ㄹㅎ", 'ㅄ': "ㅂㅅ", 0x1121: "ㅂㅅ"}
)

// oldJamo holds the jamo of today for those of old that are typed in their place: ᄉᆡ발.
var oldJamo = map[rune]rune{
	0x1140: 'ㅅ', 0x317F: 'ㅅ', 0x112B: 'ㅂ', 0x3178: 'ㅂ', 0x114C: 'ㅇ', 0x3181: 'ㅇ', 0x1159: 'ㅎ', 0x3186: 'ㅎ', 0x11A1: 'ㅣ', 0x318E: 'ㅣ', 0x1194: 'ㅠ', 0x318C: 'ㅣ',
}

// syllable returns the jamo of a syllable; its final ones are none to two.
func syllable(r rune) (initial, vowel rune, final string) {
	n := int(r - hangulFirst)
	return initialJamo[n/(vowels*finals)], 'ㅏ' + rune(n/finals%vowels), finalJamo[n%finals]
}

// standalone returns the compatibility jamo for a jamo that stands alone, however it is encoded, and any other
// rune as it is; the letter ㆍ (U+318D, U+119E), of no word of today, is the middle dot for which it is typed.
func standalone(r rune) string {
	switch {
	case r == 0x318D || r == 0x119E:
		return "·"
	case r >= 0x1100 && r <= 0x1112: // conjoining initials
		r = initialJamo[r-0x1100]
	case r >= 0x1161 && r <= 0x1175: // conjoining vowels
		r = 'ㅏ' + r - 0x1161
	case r >= 0x11A8 && r <= 0x11C2: // conjoining finals
		return finalJamo[r-0x11A7]
	}
	if c, ok := clusterJamo[r]; ok {
		return c
	}
	if j := oldJamo[r]; j != 0 {
		r = j
	}
	return string(r)
}

func isJamo(r rune) bool  { return r >= 'ㄱ' && r <= 'ㅣ' }
func isVowel(r rune) bool { return r >= 'ㅏ' && r <= 'ㅣ' }
