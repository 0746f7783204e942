package web

import (
	"strings"
	"testing"

	"broadsheet/db"
	"broadsheet/moderation"
)

// Whose comment readers' reports hide is told all that a statement of reasons has, whatever the reports name: that it was
// automated, for how long, on what ground, and what they can do.
func TestStatementWhenReportsHide(t *testing.T) {
	for lang, w := range map[string][]string{
		"en": {"until a moderator has read it and decided", "had been reported", "by automated means", "you can appeal that decision free of charge", "a court"},
		"ko": {"운영자가 읽고 결정할 때까지", "신고가 있었습니다", "자동으로 게시가 중단되었습니다", "그 결정에 대해서는 비용 없이 이의를 신청하실 수 있습니다", "법원"},
	} {
		for reason, ground := range map[string]map[string]string{
			otherReason: {"en": "for “another reason”", "ko": "‘그 밖의 이유’로", "link": "/standards"},
			"respect":   {"en": "under clause 1 of our standards", "ko": "(2026-11판) 제1조", "link": "/standards#clause-respect"},
		} {
			t.Run(lang+" "+reason, func(t *testing.T) {
				s, k := mailSite(t)
				if err := s.archive.SetDesk(t.Context(), 0, db.DeskSettings{HideAfter: .1}, s.account(t, "editor").ID); err != nil {
					t.Fatal(err)
				}
				kim := s.as(t, "kim")
				kim.post("/account/language", "language", lang)
				id := s.publish(t, kim, "Words in public")
				s.post(t, k, soon)
				want(t, "the report", s.as(t, "lee").post("/comments/"+id+"/report", "reason", reason).Status, 303)
				contains(t, "the author's page", kim.get("/comments/"+id).Body, row(id, string(moderation.Pending)))
				mail, page := only(t, s.post(t, k, soon)), kim.get("/account/messages").Body
				contains(t, "the mail", mail.text, append(w, "2026-11", ground[lang], "https://news.example.com"+ground["link"]+"\n")...)
				contains(t, "the account", page, append(w, "2026-11", ground[lang], `href="`+ground["link"]+`"`)...)
				lacks(t, "both", page+mail.text, "was up", "#appeal")
				if strings.Contains(mail.text, "lee") {
					t.Error("the mail names the reader")
				}
				s.verify(t)
			})
		}
	}
}
