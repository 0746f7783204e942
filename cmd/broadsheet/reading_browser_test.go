package main

import (
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestReadersActs: a reader recommends and mutes, and staff pin, in both languages, with scripts in place and without
// them by forms.
func TestReadersActs(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "lee": "reader", "desk": "moderator", "editor": "admin"} {
		makeAccount(t, db, name, role)
	}
	s := serve(t, "serve", "--db", db, "--mode", "publish-clean", "--comment-rate", "off", "--addr", "127.0.0.1:0")
	b := browser(t)
	for i, tc := range []struct {
		lang, words, recommend, pinned, folded string
		scripts                                bool
	}{
		{"en", "The harbour was never so bright", "Recommend", "Pinned", "A comment by somebody you have muted", true},
		{"ko", "항구가 이렇게 밝은 적이 없습니다", "추천", "고정", "숨긴 독자의 댓글", true},
		{"en", "My grandfather kept that light", "Recommend", "Pinned", "A comment by somebody you have muted", false},
		{"ko", "할아버지가 그 등대를 지키셨습니다", "추천", "고정", "숨긴 독자의 댓글", false},
	} {
		t.Run(tc.lang, func(t *testing.T) {
			slug := upload(t, person(t, b, s.url, "editor", tc.lang, tc.scripts), i)
			kim, lee := person(t, b, s.url, "kim", tc.lang, tc.scripts), person(t, b, s.url, "lee", tc.lang, tc.scripts)
			click := func(p *tab, what string) { t.Helper(); p.must(chromedp.Do(p.ctx, chromedp.Click(what))) }
			kim.open("/articles/" + slug)
			kim.write(tc.words)
			click(kim, `form[data-write] button`)
			kim.wait(`document.querySelector("[data-state=published]")`)

			const button = `[data-state=published] button.react`
			pressed := func(on string) string {
				return `document.querySelector("` + button + `").getAttribute("aria-pressed") === "` + on + `"`
			}
			number := func(n string) string { return `document.querySelector("` + button + ` b").textContent === "` + n + `"` }
			lee.open("/articles/" + slug)
			lee.wait(`document.querySelector("` + button + `").innerText.startsWith("` + tc.recommend + `")`)
			click(lee, button)
			lee.wait(number("1"))
			if tc.scripts {
				lee.wait(pressed("true"))
				lee.open("/articles/" + slug)
				lee.wait(number("1") + ` && ` + pressed("true"))
				click(lee, button)
				lee.wait(number("") + ` && ` + pressed("false"))
				click(kim, button) // their own
				kim.wait(`document.querySelector("[data-state=published] .tools [role=alert]").textContent !== ""`)
			}
			lee.open(lee.text(`document.querySelector("[data-state=published] .meta a").getAttribute("href")`))
			if !tc.scripts {
				const own = `document.querySelector("#recommend button").getAttribute("aria-pressed") === `
				lee.wait(own + `"true"`)
				click(lee, `#recommend button`)
				lee.wait(own + `"false"`)
			}
			click(lee, `#mute button`)
			lee.wait(`document.querySelector("details.muted:not([open]) summary").textContent === "` + tc.folded + `"`)
			lee.open("/articles/" + slug)
			lee.wait(`document.querySelector("[data-state=published] details.muted:not([open]) .words").textContent.trim() === "` + tc.words + `"`)
			lee.open("/account")
			click(lee, `#mutes button`)
			lee.wait(`document.querySelector(".done") && !document.querySelector("#mutes")`)

			desk := person(t, b, s.url, "desk", tc.lang, tc.scripts)
			desk.open(kim.text(`document.querySelector("[data-state=published] .meta a").getAttribute("href")`))
			click(desk, `#pick button[value=pinned]`)
			desk.wait(`document.querySelector("#pick button[name=unpick]")`)
			lee.open("/articles/" + slug)
			lee.wait(`document.querySelector("[data-state=published] .pick").textContent === "` + tc.pinned + `"`)
		})
	}
}
