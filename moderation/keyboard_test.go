package moderation

import "testing"

func TestTypedHangul(t *testing.T) {
	for text, want := range map[string]string{
		"qudtls": "ㅂㅕㅇㅅㅣㄴ", "Tlqkf": "ㅆㅣㅂㅏㄹ", "rkqtdl": "ㄱㅏㅂㅅㅇㅣ", "dhkfh": "ㅇㅘㄹㅗ", "rotoRl": "ㄱㅐㅅㅐㄲㅣ",
		"the": "", "street": "", "khgh": "", "rkk": "", "rksrwr": "", "dhkkf": "", // too short, no vowel, begins with one, two vowels that do not join, three finals
	} {
		units := fold(text, nil)
		got := ""
		for _, u := range typedHangul(text, units, nil) {
			got += string(u.r)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestIsEnglish(t *testing.T) {
	for word, want := range map[string]bool{"aah": false, "an": true, "zoom": true, "hit": true, "": false, "#": false, "fuk": false, "sh": false, "zzzz": false, "street": true} {
		if isEnglish(word) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
}
