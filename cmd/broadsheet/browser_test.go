package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"broadsheet/moderation"
)

// tab is a page of a real browser.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string // of the site
}

// patience is how long a page may take to become what is waited for; it bounds a hang, not a speed.
const patience = time.Minute

// browser starts Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath("chromium"),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal("Chromium does not start; make test installs it: ", err)
	}
	return ctx
}

// stranger opens a tab with cookies of its own, in a language, with or without scripts.
func stranger(t *testing.T, b context.Context, url, lang string, scripts bool) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	p := &tab{t, ctx, url}
	p.must(chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)))
	_, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}})
	p.must(err)
	_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
	p.must(err)
	return p
}

// person is a stranger who has logged in.
func person(t *testing.T, b context.Context, url, name, lang string, scripts bool) *tab {
	t.Helper()
	p := stranger(t, b, url, lang, scripts)
	p.open("/login")
	p.must(chromedp.Do(p.ctx, chromedp.SendKeys(`input[name=email]`, name+"@example.com"), chromedp.SendKeys(`input[name=password]`, accountPassword),
		chromedp.KeyEvent("\r")))
	p.wait(`location.pathname === "/"`)
	return p
}

func (p *tab) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) open(path string) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.Navigate(p.url+path)))
}

// wait asks the page until an expression is true; it survives navigations.
func (p *tab) wait(expression string) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && !!("+expression+")"))
		if ok && err == nil {
			return
		}
		if time.Now().After(deadline) {
			text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
			p.t.Fatalf("never became true: %s (%v)\n%s", expression, err, text)
		}
	}
}

func (p *tab) text(expression string) string {
	p.t.Helper()
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](expression))
	p.must(err)
	return s
}

// write puts text into the comment's field as a paste over all that is there would.
func (p *tab) write(text string) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.Click(`textarea[name=body]`)))
	quoted, err := json.Marshal(text)
	p.must(err)
	_, err = chromedp.Run(p.ctx, chromedp.Evaluate[bool](`(() => { const f = document.querySelector("textarea[name=body]");
		f.value = `+string(quoted)+`; return f.dispatchEvent(new Event("input", {bubbles: true})); })()`))
	p.must(err)
}

const counter = `document.querySelector("[data-counter]").textContent`

// TestWholeLoop is bar 9: import by upload, read, write 251 then 250 characters, pending, approve,
// published; in both languages, with scripts and by key, and without scripts.
func TestWholeLoop(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "lee": "reader", "desk": "moderator", "editor": "admin"} {
		makeAccount(t, db, name, role)
	}
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0")
	b := browser(t)
	for i, tc := range []struct {
		lang, unit, letter string
		scripts            bool
	}{{"en", "", "x", true}, {"ko", "자", "각", true}, {"en", "", "y", false}, {"ko", "자", "힣", false}} {
		t.Run(fmt.Sprintf("%s scripts=%v", tc.lang, tc.scripts), func(t *testing.T) {
			slug := upload(t, person(t, b, s.url, "editor", tc.lang, tc.scripts), i)
			kim := person(t, b, s.url, "kim", tc.lang, tc.scripts)
			kim.open("/articles/" + slug)
			if got := kim.text(counter); got != "0/250"+tc.unit {
				t.Errorf("the counter begins with %q", got)
			}
			words := strings.Repeat(tc.letter, 250)
			kim.write(words + "!")
			if tc.scripts {
				kim.wait(counter + ` === "251/250` + tc.unit + `" && document.querySelector("form.too-long")`)
			}
			kim.must(chromedp.Do(kim.ctx, chromedp.Click(`form[data-write] button`)))
			kim.wait(`document.querySelector("[role=alert]") && document.querySelector("textarea[name=body]").value === ` + fmt.Sprintf("%q", words+"!"))
			if got := kim.text(counter); got != "251/250"+tc.unit {
				t.Errorf("the counter of the form that came back says %q", got)
			}
			kim.write(words)
			if tc.scripts {
				kim.wait(counter + ` === "250/250` + tc.unit + `" && !document.querySelector("form.too-long")`)
			}
			kim.must(chromedp.Do(kim.ctx, chromedp.Click(`form[data-write] button`)))
			kim.wait(`document.querySelector('[data-state=pending]')`)

			lee := person(t, b, s.url, "lee", tc.lang, tc.scripts)
			lee.open("/articles/" + slug)
			lee.wait(`!document.querySelector("[data-comment]")`)
			desk := person(t, b, s.url, "desk", tc.lang, tc.scripts)
			desk.open("/desk?article=" + slug)
			desk.wait(`document.querySelectorAll("[data-queue] > li").length === 1`)
			if tc.scripts {
				desk.wait(`document.activeElement.matches("[data-queue] > li")`)
				desk.must(chromedp.Do(desk.ctx, chromedp.KeyEvent("a")))
			} else {
				desk.must(chromedp.Do(desk.ctx, chromedp.Click(`button[value=approve]`)))
			}
			desk.wait(`document.querySelectorAll("[data-queue] > li").length === 0 && !document.querySelector("[data-sending]")`)
			lee.open("/articles/" + slug)
			lee.wait(`document.querySelector("[data-state=published] .words").textContent.trim() === ` + fmt.Sprintf("%q", words))
			lee.wait(`document.documentElement.lang === "` + tc.lang + `"`)
		})
	}
}

// upload imports an article through the admin's form and returns its slug.
func upload(t *testing.T, editor *tab, n int) string {
	t.Helper()
	headline := fmt.Sprintf("Harbour lights return for the %c time", 'a'+n)
	file := filepath.Join(t.TempDir(), "capture.txt")
	if err := os.WriteFile(file, []byte(strings.Replace(capture, "Harbour lights return after the storm", headline, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	editor.open("/admin/import")
	editor.must(chromedp.Do(editor.ctx, chromedp.SetUploadFiles(`input[type=file]`, []string{file}), chromedp.Click(`form[enctype] button`)))
	editor.wait(`/^\/admin\/import\/\d+$/.test(location.pathname)`)
	deadline := time.Now().Add(patience)
	for editor.text(`document.querySelector('a[href^="/articles/"]')?.getAttribute("href") ?? ""`) == "" {
		if time.Now().After(deadline) {
			t.Fatal("the import does not end")
		}
		editor.must(chromedp.Do(editor.ctx, chromedp.Navigate(editor.text(`location.href`))))
	}
	return strings.TrimPrefix(editor.text(`document.querySelector('a[href^="/articles/"]').getAttribute("href")`), "/articles/")
}

// TestCounterCountsAsTheServer is bar 5 in the browser: every case through the page's own counter.
func TestCounterCountsAsTheServer(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	makeAccount(t, db, "kim", "reader")
	command(t, capture, "import", "--db", db, "-")
	s := serve(t, "serve", "--db", db, "--addr", "127.0.0.1:0")
	kim := person(t, browser(t), s.url, "kim", "ko", true)
	kim.open("/articles/2026-11-20-harbour-lights-return-after-the-storm")
	cases := countingCases(t)
	for text, wanted := range cases {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		got := kim.text(`(() => { const f = document.querySelector("textarea[name=body]"); f.value = ` + string(quoted) + `;
			f.dispatchEvent(new Event("input", {bubbles: true})); return ` + counter + `; })()`)
		if got != fmt.Sprintf("%d/250자", wanted) {
			t.Errorf("%.60q: the page says %s, the rule %d", text, got, wanted)
		}
		if n := moderation.Count(text); n != wanted {
			t.Errorf("%.60q: Count is %d, want %d", text, n, wanted)
		}
	}
	t.Logf("%d cases", len(cases))
}

// countingCases are texts with their count: our own, and the published ones where they are.
func countingCases(t *testing.T) map[string]int {
	t.Helper()
	cases := map[string]int{
		"": 0, "  a  ": 1, "안녕하세요": 5, "\u110b\u1161\u11ab\u1102\u1167\u11bc": 2, "👨‍👩‍👧‍👦": 1, "🇰🇷🇺🇸": 2, "👍🏽": 1, "क्षि": 1,
		"a\u200bb": 2, "\u3164\u115f": 0, "ㅋㅋㅋ": 3, "é": 1, "e\u0301": 1, "한\n\n\n\n글": 4, "ก็": 1, "1\ufe0f\u20e3": 1,
		strings.Repeat("각", 250): 250, strings.Repeat("👍", 251): 251, "<b>&amp;</b>": 12, "x'4142'": 7,
	}
	b, err := os.ReadFile("../../../shared/cases/characters.json")
	if err != nil {
		return cases // not on this machine: ours stand alone
	}
	var published struct {
		Cases []struct {
			Text  string
			Count int
		}
	}
	if err := json.Unmarshal(b, &published); err != nil || len(published.Cases) == 0 {
		t.Fatal("the published cases cannot be read: ", err)
	}
	for _, c := range published.Cases {
		cases[c.Text] = c.Count
	}
	return cases
}
