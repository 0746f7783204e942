package moderation

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters returns a folded text as a string, blanks and walls as they are.
func lettersOf(text string) string {
	var b strings.Builder
	for _, u := range fold(Normalize(text), nil) {
		b.WriteRune(u.r)
	}
	return b.String()
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":      "",
		"값 Ab1": "ㄱㅏㅂㅅ ab1", "가": "ㄱㅏ", "ᄀ": "ㄱ", "ﾲﾵ": "ㅂㅅ", "ㅄ": "ㅂㅅ", "도ㆍ시": "ㄷㅗ·ㅅㅣ", "ㄱ\u119e": "ㄱ·", "ㄱㅏ": "ㄱㅏ",
		"Ｆｕ①": "fu1", "⒮ⓘ": "si", "🅕🆄🇨": "fuc", "𝒻": "f", "ﬁ": "fi", "é̶ü": "eu", "ø": "o", "ꜰᴜ": "fu",
		"сunt": "cunt", "Сunt": "cunt", "суп": "суп", "Ηi": "hi", "ΜΕΝ": "μεν", "ꓝꓴ": "fu", "中文": "中文",
		"a\u200db": "ab", "a\ufe0fb": "ab", "a\u00adb": "ab", "ㅋㅋㅋㅋ": "ㅋㅋ", "aaaa": "aa", "aa": "aa", "!!!": "!!!", "a   b": "a b", "a\nb": "a\nb",
		"see http://fuck.example now": "see \x00 now", "a@b.example": "\x00",
	} {
		if got := lettersOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFoldCoversARun(t *testing.T) {
	u := fold("ba̶aaad", nil)
	if len(u) != 4 || u[1].start != 1 || u[1].end != 4 || u[2].end != 7 {
		t.Errorf("%+v", u)
	}
}

func FuzzFold(f *testing.F) {
	seeds(f)
	f.Add("시1발 ｆüсk 값ㅄ ﾲﾵ 🅵🇺")
	f.Fuzz(func(t *testing.T, raw string) {
		text := Normalize(raw)
		units := fold(text, nil)
		at := int32(0)
		for i, u := range units {
			if u.start < at || u.end <= u.start || int(u.end) > len(text) || !utf8.RuneStart(text[u.start]) || !boundary(text, int(u.end)) {
				t.Fatalf("%q: unit %d is %+v after byte %d", text, i, u, at)
			}
			at = u.start
		}
		if again := fold(Normalize(norm.NFD.String(text)), nil); !reflect.DeepEqual(units, again) {
			t.Errorf("%q: NFD folds to another stream", text)
		}
		if again := fold(Normalize(stuffed(text)), nil); !reflect.DeepEqual(units, again) {
			t.Errorf("%q: characters that Normalize deletes change the stream", text)
		}
	})
}

// stuffed puts characters that Normalize deletes between all others.
func stuffed(text string) string {
	const noise = "\u200b\u3164\u00ad\u2060\u115f"
	var b strings.Builder
	for _, r := range text {
		b.WriteRune(r)
		b.WriteString(noise)
	}
	return b.String()
}
