package moderation

import (
	"strings"
	"testing"
	"unicode/utf8"
)

var trustedAuthor = Author{ID: 9, Known: true, Published: 3, Ever: 3}

// found is what the checks of some kinds find in a submission: "why:words", joined by "|".
func found(t *testing.T, s Submission, rules Rules, kinds ...Kind) string {
	t.Helper()
	v := NewReviewer(policy(), rules, kinds...).Review(s)
	var out []string
	for _, f := range v.Findings {
		if f.Score > 0 {
			out = append(out, f.Why+":"+v.Text[f.Start:f.End])
		} else {
			out = append(out, "("+f.Why+":"+v.Text[f.Start:f.End]+")")
		}
	}
	return strings.Join(out, "|")
}

func TestLinks(t *testing.T) {
	tests := []struct {
		text   string
		author Author
		want   string
	}{
		// with scheme or www
		{"see https://a.example/x?y=1 now", Author{}, "new_domain:https://a.example/x?y=1"},
		{"see https://a.example/x.", trustedAuthor, "(new_domain:https://a.example/x)"},
		{"www.a.example www.b.example www.c.example", trustedAuthor, "new_domain:www.a.example|new_domain:www.b.example|new_domain:www.c.example"},
		{"(hxxp://bad.example/a)", Author{}, "new_domain:hxxp://bad.example/a"},
		{"https://한국.한국 에서", Author{}, "new_domain:https://한국.한국"},
		{"http://user:pw@a.example:8080/x", Author{}, "new_domain:http://user:pw@a.example:8080/x"},
		// bare domains
		{"example.com에서 봤다", Author{}, "new_domain:example.com"},
		{"보세요example.co.kr", Author{}, "new_domain:example.co.kr"},
		{"가게.kr 열었어요", Author{}, "new_domain:가게.kr"},
		{"EXAMPLE.COM으로", Author{}, "new_domain:EXAMPLE.COM"}, {"exаmple.com", Author{}, "new_domain:mple.com"}, // a Cyrillic letter
		{"xn--3e0b707e.xn--3e0b707e", Author{}, "new_domain:xn--3e0b707e.xn--3e0b707e"},
		{"지금 win77.club 오세요", Author{}, "new_domain:win77.club"},
		{"지금 lucky.shop 오세요", Author{}, "new_domain:lucky.shop"},
		{"www.plum", Author{}, "new_domain:www.plum"},
		{"read it at plum.news/today", Author{}, "new_domain:plum.news/today"},
		// known, shortened, messengers
		{"https://news.plum.example/1 https://plum.example.evil.com", Author{}, "(link:https://news.plum.example/1)|new_domain:https://plum.example.evil.com"},
		{"bit.ly/3abc", Author{}, "shortener:bit.ly/3abc"},
		{"han.gl/AbCdE 클릭", Author{}, "shortener:han.gl/AbCdE"},
		{"t.me/plum777", Author{}, "messenger:t.me/plum777"},
		{"https://open.kakao.com/o/abc 로 문의", Author{}, "messenger:https://open.kakao.com/o/abc"},
		{"discord.gg/abc", Author{}, "messenger:discord.gg/abc"},
		{"텔레그램 @plum_king 문의", Author{}, "messenger:텔레그램 @plum_king"},
		{"카톡 아이디 plumking 주세요", Author{}, "messenger:카톡 아이디 plumking"},
		{"카톡 plum77로 연락", Author{}, "messenger:카톡 plum77"},
		{"Telegram: plum_77", Author{}, "messenger:Telegram: plum_77"},
		// hidden
		{"example[.]com", Author{}, "new_domain:example[.]com"},
		{"example(dot)com 접속", Author{}, "new_domain:example(dot)com"},
		{"example 점 com", Author{}, "new_domain:example 점 com"},
		{"플럼 점 com으로", Author{}, "new_domain:플럼 점 com"},
		{"visit example dot com now", Author{}, "new_domain:example dot com"},
		{"shop.example [.] co [.] kr", Author{}, "new_domain:shop.example [.] co [.] kr"},
		{"example . com 으로", Author{}, "new_domain:example . com"},
		{"ｅｘａｍｐｌｅ．ｃｏｍ", Author{}, "new_domain:ｅｘａｍｐｌｅ．ｃｏｍ"},
		{"example。com", Author{}, "new_domain:example。com"},
		{"exam\u200dple.com", Author{}, "new_domain:exam\u200dple.com"},
		{"news 점 plum 점 example", Author{}, ""},
		// nothing of the kind
		{"no numbers, no links. End.", Author{}, ""}, {"3.5 percent, v2.0, e.g. this, i.e. that, U.S. and U.S.A.", Author{}, ""},
		{"끝.그리고 또", Author{}, ""}, {"main.rs:12 and script.js:8080", Author{}, ""}, {"plum.com:8080/x", Author{}, "new_domain:plum.com:8080/x"}, {"Node.js와 main.py, readme.md, run.sh 파일", Author{}, ""}, {"기다려 봅시다...com", Author{}, ""},
		{"2026.11.24 발표", Author{}, ""}, {"1.com", Author{}, ""}, {"M.net 방송", Author{}, ""}, {"18일.BMW 화재", Author{}, ""},
		{"I went home.today I stay.so what", Author{}, ""}, {"핵심이다.What", Author{}, ""}, {"감독이다.De Niro", Author{}, ""}, {"레전드십니다.skt", Author{}, ""},
		{"좋은 점 com", Author{}, "new_domain:좋은 점 com"}, // read as a Hangul domain: rare enough
		{"관점 비교, 장점 and 단점", Author{}, ""}, {"the dot product", Author{}, ""}, {"백화점 vip 행사", Author{}, ""}, {"I said no.be quiet now.no", Author{}, ""}, {"polka dot dress", Author{}, ""},
		{"텔레그램 n번방 사건", Author{}, ""}, {"카톡 2020년", Author{}, ""}, {"Telegram: the company", Author{}, ""}, {"텔레그램 CEO 체포", Author{}, ""},
		{"write to kim.minseo@example.co.kr please", Author{}, ""}, {"...", Author{}, ""}, {"http://", Author{}, ""}, {"www...", Author{}, ""},
		{"a.b.c.d", Author{}, ""}, {"Mr.Kim met Dr.No", Author{}, ""}, {"It is over.com", Author{}, "new_domain:over.com"},
	}
	rules := Rules{Lists: map[string]string{"domains": "# ours\nPlum.example\n"}}
	for _, tt := range tests {
		if got := found(t, Submission{Text: tt.text, Author: tt.author}, rules, linksKind()); got != tt.want {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestLinksAllowed(t *testing.T) {
	rules := Rules{Lists: map[string]string{"domains": "plum.example"}, Checks: map[string]Rule{"links": {Numbers: map[string]float64{"free": 1, "trusted": 0}}}}
	for text, want := range map[string]string{
		"a1.com https://plum.example/1": "(new_domain:a1.com)|(link:https://plum.example/1)",
		"a1.com":                        "(new_domain:a1.com)",
		"plum-a.com and plum-b.com":     "new_domain:plum-a.com|new_domain:plum-b.com",
	} {
		for _, author := range []Author{{}, trustedAuthor} {
			if got := found(t, Submission{Text: text, Author: author}, rules, linksKind()); got != want {
				t.Errorf("%q: %q, want %q", text, got, want)
			}
		}
	}
}

func TestParseDomains(t *testing.T) {
	domains, err := parseDomains("# ours\r\n\n Plum.example \n한국.kr")
	if err != nil || len(domains) != 2 || !inDomains(domains, "a.plum.example") || inDomains(domains, "aplum.example") || inDomains(domains, "example") || inDomains(domains, "") {
		t.Errorf("%v %v", domains, err)
	}
	for _, line := range []string{"https://plum.example", "plum", "*.plum.example", "a@plum.example", "plum..example", ".example", "plum.example/x", "a.b c.d"} {
		if _, err := parseDomains("ok.example\n" + line); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestLinkSpans(t *testing.T) {
	text := "a kim@plum.example b https://plum.example/x, c example[.]com"
	var got []string
	for _, s := range linkSpans(text) {
		got = append(got, text[s[0]:s[1]])
	}
	if want := "kim@plum.example|https://plum.example/x"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// longRuns are texts of one long run that may be one address.
var longRuns = []string{"www.", "com.", ".com", "www.a", "[.]com ", "a.", "http://", "a점"}

// TestHostsAreShort: a host is looked up with each of its parents, so it must not be as long as a text.
func TestHostsAreShort(t *testing.T) {
	for _, run := range longRuns[:5] {
		found := webAddresses("a" + strings.Repeat(run, 1000) + ".plum.com")
		if len(found) == 0 {
			t.Errorf("%q: no address", run)
		}
		for _, a := range found {
			if len(a.host) > maxHost || a.host == "" {
				t.Errorf("%q: a host of %d bytes", run, len(a.host))
			}
		}
	}
	for address, want := range map[string]string{
		"www.Plum.example/x": "www.plum.example", "http://" + strings.Repeat("a.", 200) + "plum.example": strings.Repeat("a.", 120) + "plum.example",
		"http://" + strings.Repeat("a", 300) + "./x": strings.Repeat("a", 300) + ".",
	} {
		if got := hostOf(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func FuzzLinks(f *testing.F) {
	seeds(f)
	for _, text := range []string{"ｅｘ．ｃｏｍ a [.] com", "İ.com 카톡 id: aaaa", "텔레 @aaaa.b.com", "https://한.한/[.]", "a.b@c.d://e.kr?"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = Normalize(text)
		end := 0
		for _, s := range linkSpans(text) {
			if s[0] < end || s[1] <= s[0] || s[1] > len(text) {
				t.Errorf("%q: link %v", text, s)
			}
			end = s[1]
		}
		end = 0
		for _, a := range webAddresses(text) {
			if a.start < end || a.end <= a.start || a.end > len(text) || !utf8.ValidString(text[a.start:a.end]) {
				t.Errorf("%q: address %+v", text, a)
			}
			end = a.end
		}
	})
}

func BenchmarkLinks(b *testing.B) {
	c, _ := linksKind().New(linksKind().setting(Rules{}))
	texts := map[string]string{
		"korean": strings.Repeat("예산안을 다시 살펴봐야 합니다. ", 3), "english": strings.Repeat("The budget needs another look. ", 8),
		"link": "기사 원문은 https://plum.example/2026/11/24 에서 볼 수 있습니다.", "1MB": strings.Repeat("a.b점c", 1<<20/7),
	}
	for _, run := range longRuns {
		texts[run+"1MB"] = strings.Repeat(run, 1<<20/len(run))
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				c.Check(Submission{Text: text})
			}
		})
	}
}
