package main

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// fits waits for a page and holds it to the width of a telephone.
func (p *tab) fits(expression string) {
	p.t.Helper()
	p.wait(expression)
	if wide := p.text(`String(document.documentElement.scrollWidth)`); wide != "390" {
		p.t.Errorf("%s is %s pixels wide, want 390", p.text(`location.pathname`), wide)
	}
}

func (p *tab) click(selector string) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.Click(selector)))
}

func (p *tab) fill(selector, text string) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.SetValue(selector, text)))
}

// TestCasesInTheBrowser: a report, its rejection, the appeal and its answer, and a request from somebody without an account,
// on a telephone; in Korean without scripts, in English with.
func TestCasesInTheBrowser(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "lee": "reader", "desk": "moderator", "night": "moderator"} {
		makeAccount(t, db, name, role)
	}
	command(t, capture, "import", "--db", db, "-")
	slug := "2026-11-20-harbour-lights-return-after-the-storm"
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0")
	b := browser(t)
	author, moderator := newClient(t, s), newClient(t, s)
	author.login(t, "kim")
	moderator.login(t, "desk")
	for _, tc := range []struct {
		lang, words, waits, removed, upheld, blocked string
		scripts                                      bool
	}{
		{"ko", "항구의 불빛이 돌아왔습니다", "운영자의 판단을 기다립니다", "댓글을 삭제했습니다", "받아들여 댓글을 게시했습니다", "최장 30일", false},
		{"en", "The lights are back at last", "Waits for a moderator", "The comment was removed", "Upheld: the comment was published", "up to 30 days", true},
	} {
		t.Run(tc.lang, func(t *testing.T) {
			_, header := author.post(context.Background(), "/articles/"+slug+"/comments", url.Values{"body": {tc.words}})
			_, id, _ := strings.Cut(header.Get("Location"), "#comment-")
			decision := "/desk/comments/" + id + "/decision"
			moderator.post(context.Background(), decision, url.Values{"action": {"approve"}, "version": {"1"}})
			tab := func(name string) *tab {
				p := person(t, b, s.url, name, tc.lang, tc.scripts)
				p.must(chromedp.Do(p.ctx, chromedp.EmulateViewport(390, 844)))
				return p
			}

			lee := tab("lee")
			lee.open("/comments/" + id)
			lee.click(`#report summary`)
			lee.fits(`document.querySelector("#report[open] select")`)
			lee.fill(`#reason`, "respect")
			lee.fill(`#note`, "<b>Rude</b>")
			lee.click(`#report button`)
			lee.fits(`document.querySelector(".done a[href='/account/reports']")`)
			lee.open("/comments/" + id)
			lee.fits(`document.body.innerText.includes("` + tc.waits + `")`)

			desk := tab("desk")
			desk.open("/desk/comments/" + id)
			desk.fits(`[...document.querySelectorAll(".cases .note")].some(n => n.textContent === "<b>Rude</b>")`)
			after := desk.text(`document.querySelector("input[name=after]").value`)
			moderator.post(context.Background(), decision, url.Values{"action": {"reject"}, "clause": {"respect"}, "version": {"1"}, "after": {after}})
			lee.open("/account/reports")
			lee.fits(`document.querySelector("[data-report='` + id + `']").innerText.includes("` + tc.removed + `")`)

			kim := tab("kim")
			kim.open("/comments/" + id)
			kim.fits(`document.querySelector("form[action$='/appeal']")`)
			kim.fill(`#text`, "<i>Why?</i>")
			kim.click(`form[action$="/appeal"] button`)
			kim.fits(`document.querySelector(".done") && document.querySelector(".matter .words").textContent === "<i>Why?</i>"`)

			night := tab("night")
			night.open("/desk/comments/" + id)
			night.fits(`document.querySelector(".case-appeal .words").textContent === "<i>Why?</i>"`)
			night.click(`form.answer button[value=reject]`) // without an answer
			night.fits(`document.activeElement.id === "appeal-answer" && document.querySelector("#problem-appeal-answer")`)
			night.fill(`#appeal-answer`, "On second thoughts.")
			night.click(`form.answer button[value=approve]`)
			night.wait(`location.pathname !== "/desk/comments/` + id + `/decision"`)
			kim.open("/comments/" + id)
			kim.fits(`document.querySelector("[data-state=published]") && document.body.innerText.includes("` + tc.upheld + `")`)

			lee.open("/notices/new?law=kr&comment=" + id)
			lee.fits(`document.body.innerText.includes("` + tc.blocked + `") && document.querySelector(".quoted")`)
			lee.fill(`#ground`, "privacy")
			lee.fill(`#relation`, "self")
			lee.fill(`#text`, "<u>Mine</u>")
			lee.fill(`#name`, "Requester")
			lee.fill(`#email`, "requester@example.com")
			lee.click(`#faith`)
			lee.click(`form[action="/notices/new"] button`)
			lee.fits(`location.pathname.startsWith("/notices/") && document.querySelector(".matter .note").textContent === "<u>Mine</u>"`)
		})
	}
	s.stop(t)
	command(t, "", "verify", "--db", db)
}
