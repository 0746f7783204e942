package web

import (
	"regexp"
	"testing"
	"time"

	"broadsheet/db"
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
