package moderation

import "testing"

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"예산안을 다시 봐야 합니다": "ko", "ㅋㅋㅋ": "ko", "BTS 최고": "ko", "삼성전자 Galaxy S26 Ultra 출시": "ko", "Windows update 때문에": "ko", "美 대선": "ko", "영상 https://plum.example/watch-this-one/and-that-one": "ko", "https://plum.example/watch": "",
		"The budget needs another look.": "en", "LOL": "en", "I like kimchi (김치) and many other dishes of the country": "en", "Café society is a cliché, they say, and the naïve agree with the critics": "en",
		"": "", "123 !!": "", "😀": "", "a": "",
		"これは日本語の文章です": "", "这是中文": "", "Это по-русски": "", "Das ist ein schöner Tag für die ganze Größe": "", "C'est très bien, déjà vu à la télé": "",
		"El perro come en la casa de mi hermano cada noche porque tiene hambre siempre": "",
	} {
		if got := Language(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestOtherLanguage(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		noted         bool
	}{
		{"ko", "The budget needs another look.", true}, {"ko-KR", "예산안을 다시 봐야 합니다", false}, {"en", "예산안을 다시 봐야 합니다", true}, {"en-US", "Fine.", false},
		{"ko", "これは日本語の文章です", true}, {"en", "这是中文吗", true}, {"ja", "これは日本語の文章です", false}, {"ja", "예산안", true}, {"ko", "👍", false}, {"", "Fine.", false},
	} {
		want := ""
		if tt.noted {
			want = "(other_language:)"
		}
		if got := found(t, Submission{Text: tt.text, Article: Article{Language: tt.article}}, Rules{}, languageKind()); got != want {
			t.Errorf("%s %q: %q, want %q", tt.article, tt.text, got, want)
		}
	}
}

func FuzzLanguage(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		if l := Language(text); l != "" && l != "ko" && l != "en" {
			t.Errorf("%q: %q", text, l)
		}
	})
}
