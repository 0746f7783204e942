package web

import (
	"regexp"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
)

// Who asks for a comment to be taken down needs no account: each step comes by mail, with a link that opens the case. The
// author is told of the case, not of who began it nor in which words.
func TestNoticeByMail(t *testing.T) {
	for lang, w := range map[string][]string{
		"en": {"We received your request", "taken off the page", "is over", "Somebody asked us to take down"},
		"ko": {"게시 중단 요청을 접수했습니다", "게시를 중단했습니다", "기간이 끝나", "댓글의 게시 중단 요청이"},
	} {
		t.Run(lang, func(t *testing.T) {
			s, k := mailSite(t)
			kim, out := s.as(t, "kim"), s.visit(t)
			kim.post("/account/language", "language", lang)
			out.header.Set("Accept-Language", lang)
			id := s.publish(t, kim, hostile)
			s.post(t, k, soon)
			want(t, "the request", out.post("/notices/new", kr(id, "email", "one@example.com")...).Status, 303)
			got := map[string]opened{}
			step := func(after time.Duration) {
				t.Helper()
				clear(got)
				for _, m := range s.post(t, k, after) {
					got[m.to[0]] = m
				}
			}
			step(time.Second)
			asked, author := got["one@example.com"], got["kim@example.com"]
			contains(t, "the requester's first mail", asked.subject+asked.text, w[0])
			contains(t, "the author's mail", author.subject+author.text, w[3], hostile)
			lacks(t, "the author's mail", author.text+author.html, "Requester One", "one@example.com", "It says what is not", "key=")
			lacks(t, "the requester's mail", asked.text+asked.html, "evil.example", "unsubscribe")
			link := regexp.MustCompile(`https://news\.example\.com(/notices/\S+\?key=\S+)`).FindStringSubmatch(asked.text)
			if link == nil {
				t.Fatal("no link to the case in the mail: ", asked.text)
			}
			want(t, "the link", s.visit(t).get(link[1]).Status, 303)

			until := s.archive.Now().AddDate(0, 0, db.MeasureDays)
			s.block(t, id, until)
			want(t, "the objection", kim.post("/comments/"+id+"/appeal", "text", "It is true.").Status, 303)
			step(soon)
			contains(t, "the mail about the block", got["one@example.com"].text, w[1], "/standards#clause-privacy")
			if n, err := s.archive.RestoreDue(t.Context(), until); n != 1 || err != nil {
				t.Fatal(n, err)
			}
			step(time.Until(until) + soon)
			contains(t, "the requester's mail at the end", got["one@example.com"].text, w[2])
			lacks(t, "the author's mail at the end: nobody heard the appeal", got["kim@example.com"].text, "Another moderator", "다른 운영자")
			s.verify(t)
		})
	}
}

// Who was told of a decision on their notice is told when it is taken back, by an undo or with the lift of a ban; who was
// not told yet hears of neither.
func TestNoticeDecisionTakenBack(t *testing.T) {
	for lang, w := range map[string][2]string{"en": {"was taken back", "We took back the decision"}, "ko": {"결정을 취소했습니다", "알려 드린 결정을 취소했습니다"}} {
		t.Run(lang, func(t *testing.T) {
			s, k := mailSite(t)
			ctx := t.Context()
			kim, lee, out := s.as(t, "kim"), s.as(t, "lee"), s.visit(t)
			lee.post("/account/language", "language", lang)
			out.header.Set("Accept-Language", lang)
			id, by := s.publish(t, kim, hostile), s.account(t, "desk").ID
			want(t, "a request", out.post("/notices/new", kr(id, "email", "one@example.com")...).Status, 303)
			want(t, "a notice", lee.post("/notices/new", kr(id, "law", "dsa", "ground", "hate")...).Status, 303)
			s.post(t, k, soon)
			undo := func() {
				t.Helper()
				last, err := s.archive.LastDecision(ctx, number(id))
				if err != nil {
					t.Fatal(err)
				}
				if _, err := s.archive.Undo(ctx, db.Verb{Comment: number(id), Version: 1, After: last.ID, By: by, At: s.archive.Now()}); err != nil {
					t.Fatal(err)
				}
			}
			sanction := func(action moderation.Sanction, clause string) {
				t.Helper()
				p := db.Penalty{User: s.account(t, "kim").ID, By: by, Action: action, Clause: clause, Purge: true, At: s.archive.Now()}
				if list, err := s.archive.Sanctions(ctx, p.User); err != nil {
					t.Fatal(err)
				} else if len(list) > 0 {
					p.Last = list[0].ID
				}
				if err := s.archive.Sanction(ctx, p); err != nil {
					t.Fatal(err)
				}
			}
			takes := map[string]func(){"undo": func() { s.block(t, id, time.Time{}) }, "lift": func() { sanction(moderation.Ban, "respect") }}
			backs := map[string]func(){"undo": undo, "lift": func() { sanction(moderation.Lift, "") }}
			for _, how := range []string{"undo", "lift"} {
				takes[how]()
				backs[how]()
				for _, m := range s.post(t, k, soon) {
					if m.to[0] != "kim@example.com" {
						t.Errorf("%s: a mail to %s about what was taken back before", how, m.to[0])
					}
				}
				takes[how]()
				if n := len(s.post(t, k, soon)); n != 3 {
					t.Fatalf("%s: %d mails about the decision", how, n)
				}
				backs[how]()
				got := map[string]opened{}
				for _, m := range s.post(t, k, soon) {
					got[m.to[0]] = m
				}
				for _, to := range []string{"one@example.com", "lee@example.com"} {
					contains(t, how+": the mail to "+to, got[to].subject+got[to].text, w[0], w[1], "https://news.example.com/notices/")
					lacks(t, how+": the mail to "+to, got[to].text+got[to].html, "evil.example", "automated", "자동화")
				}
			}
			contains(t, "the account", lee.get("/account/messages").Body, w[1])
			s.verify(t)
		})
	}
}
