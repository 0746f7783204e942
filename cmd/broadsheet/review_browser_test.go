package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestReviewInTheBrowser: an author is asked before their wording is held; an admin adds a word, tries it on past
// comments, puts it in force, and allows a false hit at the desk. In Korean with scripts, in English without.
func TestReviewInTheBrowser(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "editor": "admin"} {
		makeAccount(t, db, name, role)
	}
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0")
	b := browser(t)
	for i, tc := range []struct {
		lang, rude, mark, fresh, line string
		scripts                       bool
	}{
		{"ko", "이런 바보 같은 결정", "바보", "뭉게구름 같은 소리", "뭉게구름 | ko | 2 | respect", true},
		{"en", "What an idiot decided this", "idiot", "Talk like cotton candy", "cotton candy | en | 2 | respect", false},
	} {
		t.Run(tc.lang, func(t *testing.T) {
			editor := person(t, b, s.url, "editor", tc.lang, tc.scripts)
			slug := upload(t, editor, 10+i)
			kim := person(t, b, s.url, "kim", tc.lang, tc.scripts)
			send := func(button string) { kim.must(chromedp.Do(kim.ctx, chromedp.Click(button))) }
			kim.open("/articles/" + slug)
			kim.write(tc.rude)
			send(`form[data-write] button`)
			kim.wait(`document.querySelector(".warning mark").textContent === "` + tc.mark + `"`)
			kim.wait(`document.querySelector(".warning a[href='/standards#clause-respect']")`)
			kim.wait(`document.querySelector("textarea[name=body]").value === "` + tc.rude + `" && !document.querySelector("[data-state]")`)
			send(`button[name=anyway]`)
			kim.wait(`document.querySelector("[data-state=pending] .words").textContent.trim() === "` + tc.rude + `"`)
			kim.write(tc.fresh)
			send(`form[data-write] button`)
			kim.wait(`document.querySelectorAll("[data-state=pending]").length === 2`)

			editor.open("/admin/settings")
			own := editor.text(`document.querySelector("textarea[name='list.words']").value`)
			editor.must(chromedp.Do(editor.ctx, chromedp.SetValue(`textarea[name="list.words"]`, strings.TrimSpace(own+"\n"+tc.line))))
			editor.must(chromedp.Do(editor.ctx, chromedp.Click(`button[value=try]`)))
			word, _, _ := strings.Cut(tc.line, " |")
			editor.wait(`[...document.querySelectorAll(".trial mark")].some(m => m.textContent === "` + word + `")`)
			editor.must(chromedp.Do(editor.ctx, chromedp.Click(`button[value=apply]`)))
			editor.wait(`document.querySelector(".done") && document.querySelector("textarea[name='list.words']").value.includes("` + word + `")`)
			kim.open("/articles/" + slug)
			kim.write(tc.fresh + "!")
			send(`form[data-write] button`)
			kim.wait(`document.querySelector(".warning mark").textContent === "` + word + `"`)

			editor.open("/desk?article=" + slug + "&order=oldest")
			editor.open(editor.text(`document.querySelector("[data-queue] a[href^='/desk/comments/']").getAttribute("href")`))
			editor.must(chromedp.Do(editor.ctx, chromedp.Click(`form[action="/admin/settings/allow"] button`)))
			editor.wait(`document.querySelector(".done") && location.pathname.startsWith("/desk/comments/")`)
			kim.open("/articles/" + slug)
			kim.write(tc.rude + "?")
			send(`form[data-write] button`)
			kim.wait(`document.querySelectorAll("[data-state=pending]").length === 3`)
		})
	}
}
