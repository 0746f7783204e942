package templates

import (
	"testing"
	"time"
)

func wordsIn(t *testing.T, lang string) words {
	t.Helper()
	c, err := loadCatalogues()
	if err != nil {
		t.Fatal(err)
	}
	return words{c, lang, seoul}
}

func TestTimes(t *testing.T) {
	at := time.Date(2024, 6, 26, 5, 2, 0, 0, time.UTC)
	may := time.Date(2024, 5, 1, 16, 0, 0, 0, time.UTC) // already the 2nd in Seoul
	for lang, want := range map[string][4]string{
		"en": {"26 Jun. 2024, 14:02", "26 Jun. 2024", "Wednesday, 26 June 2024", "2 May 2024, 01:00"},
		"ko": {"2024년 6월 26일 14:02", "2024년 6월 26일", "2024년 6월 26일 수요일", "2024년 5월 2일 01:00"},
	} {
		w := wordsIn(t, lang)
		var got [4]string
		var errs [4]error
		got[0], errs[0] = w.clock(at)
		got[1], errs[1] = w.date(at)
		got[2], errs[2] = w.day(at)
		got[3], errs[3] = w.clock(may)
		if got != want || errs != [4]error{} {
			t.Errorf("%s: %q %v, want %q", lang, got, errs, want)
		}
		if iso := w.iso(at); iso != "2024-06-26T14:02:00+09:00" {
			t.Errorf("%s: machines read %s", lang, iso)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -999: "-999"} {
		if got := number(n); got != want {
			t.Errorf("%d is shown as %s, want %s", n, got, want)
		}
	}
}

func TestInLang(t *testing.T) {
	for path, want := range map[string]string{
		"/":                    "/?lang=ko",
		"/desk?q=a&lang=en":    "/desk?lang=ko&q=a",
		"":                     "/?lang=ko",
		"//evil.example.com/":  "/?lang=ko",
		"https://example.com/": "/?lang=ko",
		"javascript:alert(1)":  "/?lang=ko",
		"/\\evil.example.com":  "/%5Cevil.example.com?lang=ko",
		"/articles/%ED%95%9C":  "/articles/%ED%95%9C?lang=ko",
	} {
		if got := inLang(path, "ko"); got != want {
			t.Errorf("%q leads to %q, want %q", path, got, want)
		}
	}
}

func TestText(t *testing.T) {
	p := load(t)
	tests := []struct {
		lang, id string
		args     map[string]any
		want     string
	}{
		{"en", "title.login", nil, "Log in"},
		{"ko", "title.login", nil, "로그인"},
		{"fr", "title.login", nil, "Log in"},
		{"ko", "no.such.text", nil, "no.such.text"},
		{"en", "comments.count", map[string]any{"Count": 1, "Number": "1"}, "1 comment"},
		{"en", "comments.count", map[string]any{"Count": 2, "Number": "2"}, "2 comments"},
		{"ko", "comments.count", map[string]any{"Count": 1, "Number": "1"}, "댓글 1개"},
		{"en", "comment.rate", map[string]any{"Wait": 1}, "You are commenting very quickly. Please wait 1 second and send it again."},
		{"en", "comment.rate", map[string]any{"Wait": int64(30)}, "You are commenting very quickly. Please wait 30 seconds and send it again."},
		{"en", "comment.rate", nil, "comment.rate"}, // an argument is missing
	}
	for _, tt := range tests {
		if got := p.Text(tt.lang, tt.id, tt.args); got != tt.want {
			t.Errorf("%s %s %v: %q, want %q", tt.lang, tt.id, tt.args, got, tt.want)
		}
	}
}

// A missing id in a template is an error; a problem or a name from outside that the catalogue does not
// know is said in general words.
func TestMissing(t *testing.T) {
	w := wordsIn(t, "ko")
	if got, err := w.t("no.such.text"); err == nil {
		t.Errorf("a missing text is %q", got)
	}
	if got, err := w.t("clause.numbered", "Number", 1); err == nil {
		t.Errorf("without its title a clause is %q", got)
	}
	general := "처리하지 못했습니다. 입력한 내용을 확인하고 다시 시도해 주십시오."
	for _, p := range []*Problem{{Message: "no.such.text"}, {Message: "comment.rate"}} {
		if got, err := w.problem(p); err != nil || got != general {
			t.Errorf("%v: %q, %v", p, got, err)
		}
	}
	if got, err := w.either("finding", "telepathy"); err != nil || got != "점검에서 발견" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := w.action("comet.land"); err != nil || got != "comet.land" {
		t.Errorf("%q, %v", got, err)
	}
	for _, e := range []ErrorPage{{Status: 418, Message: "error.418"}, {}} {
		if got, err := w.errorTitle(e); err != nil || got != "오류가 발생했습니다" {
			t.Errorf("%v: %q, %v", e, got, err)
		}
		if got, err := w.errorText(e); err != nil || got != general {
			t.Errorf("%v: %q, %v", e, got, err)
		}
	}
	if got, err := w.errorText(ErrorPage{Status: 403, Message: "desk.own"}); err != nil || got != "본인이 쓴 댓글입니다. 다른 운영자가 판단합니다." {
		t.Errorf("%q, %v", got, err)
	}
}

func TestSignature(t *testing.T) {
	p := load(t)
	for _, tc := range []struct {
		lang string
		i    int
		name string
		role string
		want string
	}{
		{"en", 0, "Ann Gull", "", "By Ann Gull"}, {"en", 1, "Ann Gull", "", "Ann Gull"}, {"en", 0, "이도현", "", "By 이도현"},
		{"ko", 0, "이도현", "", "이도현 기자"}, {"ko", 1, "이도현", "", "이도현 기자"}, {"ko", 0, "Ann Gull", "", "Ann Gull"},
		{"ko", 0, "이도현", "photo", "이도현"}, {"ko", 0, "이도현 기자", "", "이도현 기자"},
	} {
		w := words{p.catalogues, tc.lang, seoul}
		if got, err := w.signature(tc.i, Byline{Link: Link{Name: tc.name}, Role: tc.role}); err != nil || got != tc.want {
			t.Errorf("%v: %q, %v", tc, got, err)
		}
	}
}
