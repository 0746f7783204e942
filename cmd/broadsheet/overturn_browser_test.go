package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestFromCommentToOverturn is bar 5 of the desk: a comment, its rejection, the statement of reasons in the account and by
// mail once it can no longer be taken back, the appeal, another moderator's answer, and the mail about that. What the
// reader wrote comes by mail as text.
func TestFromCommentToOverturn(t *testing.T) {
	for _, tc := range []struct {
		lang, words, ground, how, why, answered string
		scripts                                 bool
	}{
		{"ko", `<a href="https://evil.example/">누르세요</a>`, "지킬 것", "이의 신청", "인용이었습니다.", "처음 결정을 취소했습니다", true},
		{"en", `<a href="https://evil.example/">press here</a>`, "respect", "appeal", "It was a quotation.", "took the first decision back", false},
	} {
		t.Run(tc.lang, func(t *testing.T) {
			t.Parallel()
			db := filepath.Join(t.TempDir(), "archive.db")
			for name, role := range map[string]string{"kim": "reader", "lee": "reader", "desk": "moderator", "night": "moderator"} {
				makeAccount(t, db, name, role)
			}
			command(t, capture, "import", "--db", db, "-")
			box, addr := newMailbox(t)
			s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0", "--smtp", "smtp://"+addr, "--mail-from", "news@example.com")
			b := browser(t)
			article := "/articles/2026-11-20-harbour-lights-return-after-the-storm"
			kim := person(t, b, s.url, "kim", tc.lang, tc.scripts)
			kim.open("/account")
			kim.fill(`select[name=language]`, tc.lang)
			kim.click(`form[action="/account/language"] button`)
			kim.wait(`document.querySelector("[role=status]")`)

			kim.open(article)
			kim.write(tc.words)
			kim.click(`form[data-write] button`)
			kim.wait(`document.querySelector("button[name=anyway]")`) // it looks like advertising
			kim.click(`button[name=anyway]`)
			kim.wait(`document.querySelector("[data-state=pending]")`)
			id := kim.text(`document.querySelector("[data-state=pending]").dataset.comment`)
			desk := person(t, b, s.url, "desk", tc.lang, tc.scripts)
			desk.open("/desk/comments/" + id)
			desk.fill(`form.decide select[name=clause]`, "respect")
			desk.click(`form.decide button[value=reject]`)
			desk.wait(`location.pathname === "/desk"`)

			mail := box.next(t)
			for _, want := range []string{"> " + tc.words, "&lt;a href", "/standards#clause-respect", tc.how} {
				if !strings.Contains(mail, want) {
					t.Errorf("the mail lacks %q:\n%s", want, mail)
				}
			}
			if _, html, _ := strings.Cut(mail, "text/html"); strings.Contains(html, `href="https://evil`) || strings.Contains(mail, "desk@") {
				t.Errorf("the mail has the comment's link, or who decided:\n%s", mail)
			}
			kim.open(link(t, mail, "/comments/"+id))
			kim.wait(`document.querySelector("[data-state=rejected]") && document.querySelector("a[href='/standards#clause-respect']")`)
			kim.fill(`#text`, tc.why)
			kim.click(`form[action$="/appeal"] button`)
			kim.wait(`document.querySelector(".done")`)

			desk.open("/desk/comments/" + id) // whoever took the decision does not hear the appeal
			desk.wait(`document.querySelector(".case-appeal") && !document.querySelector("form.answer")`)
			night := person(t, b, s.url, "night", tc.lang, tc.scripts)
			night.open("/desk?queue=appeals")
			night.wait(fmt.Sprintf(`document.querySelector("[data-comment='%s']").innerText.includes(%q)`, id, tc.why))
			night.must(chromedp.Do(night.ctx, chromedp.Click(`[data-comment="`+id+`"] [data-open]`)))
			night.wait(`document.querySelector("form.answer")`)
			night.fill(`#appeal-answer`, "Right: "+tc.why)
			night.click(`form.answer button[value=approve]`)
			night.wait(`location.pathname === "/desk"`)

			mail = box.next(t)
			for _, want := range []string{"Right: " + tc.why, tc.answered} {
				if !strings.Contains(mail, want) {
					t.Errorf("the mail about the appeal lacks %q:\n%s", want, mail)
				}
			}
			lee := person(t, b, s.url, "lee", tc.lang, tc.scripts)
			lee.open(article)
			lee.wait(fmt.Sprintf(`document.querySelector("[data-comment='%s'][data-state=published] .words").textContent.trim() === %q`, id, tc.words))
			s.stop(t)
			command(t, "", "verify", "--db", db)
		})
	}
}
