package moderation

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestNormalizeAndCount(t *testing.T) {
	tests := []struct {
		name, in, want string
		count          int
	}{
		{"nothing", "", "", 0},
		{"white space of every kind", " \t\r\n\u00A0\u2003\u3000\u2028", "", 0},
		{"only invisible", "\u200B\uFEFF\u3164\x00", "", 0},
		{"inner spaces stay", "하나  둘", "하나  둘", 5},
		{"nfd", norm.NFD.String("값진 말"), "값진 말", 4},
		{"jamo apart", "\u1100\u1161", "가", 1},
		{"filler between jamo", "\u1100\u115F\u1160\u1161", "가", 1},
		{"crlf, cr, lf", "a\r\nb\rc\nd", "a\nb\nc\nd", 7},
		{"crlf with what is deleted between", "a\r\u200B\x07\nb", "a\nb", 3},
		{"crlf with a hidden tag between", "a\r\U000E0041\nb", "a\nb", 3},
		{"cr, crlf, lf", "a\r\r\n\nb", "a\n\nb", 4},
		{"three breaks", "a\n\n\nb\n\nc", "a\n\nb\n\nc", 7},
		{"breaks with blanks between stay", "a\n \n \nb", "a\n \n \nb", 7},
		{"tab", "a\tb", "a b", 3},
		{"next line is a control", "a\u0085b", "ab", 2},
		{"line separator stays", "a\u2028b", "a\u2028b", 3},
		{"soft hyphen", "auto\u00ADmobile", "automobile", 10},
		{"bidi override", "a\u202Eb\u202Cc\u2067d\u2069", "abcd", 4},
		{"isolated surrogate bytes", "a\xed\xa0\x80b", "a\uFFFD\uFFFD\uFFFDb", 5},
		{"broken utf-8", "\xffa\xc3", "\uFFFDa\uFFFD", 3},
		{"joined family", "👩‍👩‍👦", "👩‍👩‍👦", 1},
		{"persian zwnj", "می\u200Cخواهم", "می\u200Cخواهم", 7},
		{"flag of tags", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F", 1},
		{"tags after skin tone", "👍🏽\U000E0061", "👍🏽\U000E0061", 1},
		{"tags after a letter", "a\U000E0061\U000E0062", "a", 1},
		{"language tag", "🏴\U000E0001", "🏴", 1},
		{"tags on their own", "\U000E0061", "", 0},
		{"heart with selector", "❤\uFE0F", "❤\uFE0F", 1},
		{"keycap", "1\uFE0F\u20E3", "1\uFE0F\u20E3", 1},
		{"three regional indicators", "🇰🇷🇺", "🇰🇷🇺", 2},
		{"bengali conjunct", "ক্ষ", "ক্ষ", 1},
		{"sql blob literal is text", "x'4142'", "x'4142'", 7},
		{"html is text", "<b>&amp;</b>", "<b>&amp;</b>", 12},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Normalize(tt.in); got != tt.want {
				t.Errorf("Normalize(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got := Count(tt.in); got != tt.count {
				t.Errorf("Count(%q) = %d, want %d", tt.in, got, tt.count)
			}
		})
	}
}

// shared returns a file of the house's shared cases, nil where they are not there.
func shared(t testing.TB, name string) []byte {
	data, err := os.ReadFile("../../shared/" + name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return data
}

func TestSharedCharacters(t *testing.T) {
	var file struct {
		Limit int
		Cases []struct {
			Text, Note string
			Count      int
		}
	}
	data := shared(t, "cases/characters.json")
	if data == nil {
		return
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if file.Limit != Limit || len(file.Cases) == 0 {
		t.Errorf("limit %d, %d cases", file.Limit, len(file.Cases))
	}
	for _, c := range file.Cases {
		if got := Count(c.Text); got != c.Count {
			t.Errorf("%s: Count(%q) = %d, want %d", c.Note, c.Text, got, c.Count)
		}
	}
}

func seeds(f *testing.F) {
	for _, s := range []string{
		"", "안녕하세요 \r\n\r\n\r\n세상", "\xff\xfe\x00", "e\u0301\u200B\u0323", "🏴\U000E0067\U000E007F a\U000E0067",
		"시1발 씨~~발 f.u.c.k", "http://a.example/x 010-1234-5678", strings.Repeat("\u0300", 90), "क्षि", "\u2194\u0338\U000E0061",
		"人ㅣ발⒮ⓘ", "🇰🇷🇺", "\u1100\u1161\u11A8\u11A8",
	} {
		f.Add(s)
	}
}

func FuzzNormalize(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		once := Normalize(text)
		if twice := Normalize(once); twice != once {
			t.Errorf("%q: %q, again %q", text, once, twice)
		}
		if !utf8.ValidString(once) || strings.ContainsAny(once, "\r\t\x00\u200B\u202E\uFEFF") || strings.Contains(once, "\n\n\n") {
			t.Errorf("%q: %q", text, once)
		}
	})
}

func FuzzCount(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		n := Count(text)
		if n < 0 || n > utf8.RuneCountInString(text) || (n == 0) != (Normalize(text) == "") {
			t.Errorf("Count(%q) = %d", text, n)
		}
		if d := Count(norm.NFD.String(text)); d != n {
			t.Errorf("Count(%q) = %d, decomposed %d", text, n, d)
		}
		valid := strings.ToValidUTF8(text, "?")
		if strewn := Normalize(strings.Join(strings.Split(valid, ""), "\u200B")); strewn != Normalize(valid) {
			t.Errorf("Normalize(%q) with zero-width spaces = %q", text, strewn)
		}
	})
}
