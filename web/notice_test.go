package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
)

// kr is a complete Korean request about a comment, with some fields changed.
func kr(comment string, change ...string) []string {
	fields := map[string]string{"law": "kr", "comment": comment, "ground": "defamation", "relation": "self", "text": "It says what is not <true>.",
		"name": "Requester One", "email": "one@example.com", "faith": "1"}
	for i := 0; i < len(change); i += 2 {
		fields[change[i]] = change[i+1]
	}
	var out []string
	for k, v := range fields {
		out = append(out, k, v)
	}
	return out
}

// block takes a comment down until a time.
func (s *site) block(t testing.TB, id string, until time.Time) {
	t.Helper()
	ctx := context.Background()
	c, err := s.archive.Evidence(ctx, number(id))
	if err != nil {
		t.Fatal(err)
	}
	u, _, err := s.archive.Credentials(ctx, "desk@example.com")
	if err != nil {
		t.Fatal(err)
	}
	v := db.Verb{Comment: c.ID, Version: c.Version, After: c.Last, By: u.ID, Action: moderation.Block, Clause: "privacy", Until: until, At: s.archive.Now()}
	if _, err := s.archive.Decide(ctx, v); err != nil {
		t.Fatal(err)
	}
}

func TestNoticeForm(t *testing.T) {
	s := newSite(t)
	kim, out := s.as(t, "kim"), s.visit(t)
	id, waits := s.publish(t, kim, "Words in public"), kim.comment("Words that wait")
	form := "/notices/new?comment=" + id
	contains(t, "the form", out.get(form).Body, `name="comment" value="`+id+`"`, `value="minors"`, `value="dsa"`)
	contains(t, "the Korean request", out.get(form+"&law=kr").Body, `name="relation"`, "up to 30 days")
	lacks(t, "the form for a stranger to a members' newspaper", out.get(form).Body, "Words in public")
	contains(t, "the form for a reader", s.as(t, "lee").get(form).Body, "Words in public")
	out.header.Set("Accept-Language", "ko")
	contains(t, "the form in Korean", out.get(form).Body, `<html lang="ko"`, `name="law" value="kr"`, "게시 중단", "최장 30일")
	out.header.Del("Accept-Language")

	strip := func(body, id string) string { return strings.ReplaceAll(body, id, "N") }
	missing := itoa(number(waits) + 1)
	a, b := out.get("/notices/new?comment="+waits), out.get("/notices/new?comment="+missing)
	want(t, "a comment that waits", a.Status, 404)
	want(t, "a comment that is not there", b.Status, 404)
	if strip(a.Body, waits) != strip(b.Body, missing) {
		t.Error("the answer tells whether there is an unpublished comment")
	}
	for name, f := range map[string][]string{
		"no comment": kr(""), "not a comment": kr("https://news.example.com/articles/x"), "what waits": kr(waits), "no ground": kr(id, "ground", ""),
		"a ground of another law": kr(id, "ground", "hate"), "no relation": kr(id, "relation", ""), "no name": kr(id, "name", " "),
		"a long name": kr(id, "name", strings.Repeat("가", 101)), "no address": kr(id, "email", "nobody"), "not in good faith": kr(id, "faith", ""),
		"a long text":         kr(id, "text", "It says what is not <true>."+strings.Repeat("x", 2000)),
		"no name, not minors": kr(id, "law", "dsa", "ground", "hate", "name", "", "email", ""),
	} {
		r := out.post("/notices/new", f...)
		want(t, name, r.Status, 422)
		contains(t, name, r.Body, "It says what is not &lt;true&gt;.", `role="alert"`, `aria-invalid="true"`)
	}
	want(t, "no text", out.post("/notices/new", kr(id, "text", "")...).Status, 422)
	want(t, "without a name, of minors", out.post("/notices/new", kr(id, "law", "dsa", "ground", "minors", "name", "", "email", "")...).Status, 303)
	want(t, "by the comment's address", out.post("/notices/new", kr("http://127.0.0.1/comments/"+id)...).Status, 303)
	want(t, "by its place on the page", out.post("/notices/new", kr("http://127.0.0.1/articles/"+s.slug+"#comment-"+id)...).Status, 303)
	s.verify(t)
}

func TestCommentOf(t *testing.T) {
	for text, want := range map[string]int64{
		"12": 12, " /comments/12 ": 12, "https://x.example/comments/12?done=reported": 12, "https://x.example/comments/12/": 12,
		"https://x.example/articles/a-1#comment-12": 12, "https://x.example/articles/a-1?reply=3#comment-12": 12,
		"": 0, "-12": 0, "x12": 0, "/comments/": 0, "/comments/x": 0, "/articles/12": 0, "99999999999999999999": 0, "/comments/12/edit": 0,
	} {
		if got := commentOf(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// The whole way of a Korean request: case, block, objection, the end of the time; all concerned see where it stands.
func TestNoticeFromRequestToRestore(t *testing.T) {
	s := newSite(t)
	kim, lee, desk, out := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk"), s.visit(t)
	id := s.publish(t, kim, "Words in public")
	r := out.post("/notices/new", kr(id)...)
	want(t, "the request", r.Status, 303)
	path, _, _ := strings.Cut(r.location(), "?")
	page := out.get(r.location()).Body
	lacks(t, "the requester's page, to whom the newspaper shows no comments", page, "Words in public")
	contains(t, "the requester's page", page, "Your request has been received.", `class="done" role="status"`, "Received", "Requester One", "one@example.com", "It says what is not &lt;true&gt;.")
	link := attr(t, page, `href="http://127.0.0.1(/notices/[^"]+\?key=[^"]+)"`)
	if link != s.noticeLink(strings.TrimPrefix(path, "/notices/")) {
		t.Error("the link in the mail would be another one")
	}
	later := s.visit(t)
	want(t, "without the link", later.get(path).Status, 404)
	want(t, "with another key", later.get(path+"?key=AAAA").Status, 404)
	r = later.get(link)
	if r.Status != 303 || r.location() != path {
		t.Fatalf("the link: %d to %q", r.Status, r.location())
	}
	want(t, "after the link", later.get(path).Status, 200)
	want(t, "another reader", lee.get(path).Status, 404)

	author := kim.get(path)
	contains(t, "the author's page", author.Body, "Words in public", "The request", "Defamation", "Received")
	lacks(t, "the author's page", author.Body, "Requester One", "one@example.com", "It says what is not", "key=")
	contains(t, "the desk's page", desk.get("/desk/comments/"+id).Body, "It says what is not &lt;true&gt;.", `href="`+path+`"`)
	lacks(t, "the desk's page", desk.get("/desk/comments/"+id).Body, "Requester One", "one@example.com")
	contains(t, "the case, for staff", desk.get(path).Body, "Requester One", "one@example.com")
	contains(t, "the log", desk.get("/desk/log").Body, "Requester’s details shown", "Legal notice given of a comment")

	until := s.archive.Now().AddDate(0, 0, db.MeasureDays)
	s.block(t, id, until)
	contains(t, "the case for who may read the words", kim.get(path).Body, "Words in public")
	contains(t, "the case once it is blocked", out.get(path).Body, "The comment was blocked", "/standards#clause-privacy", "Until")
	contains(t, "the author's page of the comment", kim.get("/comments/"+id).Body, "blocked for all readers", `action="/comments/`+id+`/appeal"`)
	want(t, "the objection", kim.post("/comments/"+id+"/appeal", "text", "It is true.").Status, 303)
	night := s.as(t, "night").get("/desk/comments/" + id).Body
	contains(t, "another moderator's page", night, "It is true.", `value="restore"`, `value="block"`)
	ctx := context.Background()
	if n, err := s.archive.RestoreDue(ctx, until.Add(-time.Millisecond)); n != 0 || err != nil {
		t.Errorf("before the time: %d, %v", n, err)
	}
	if n, err := s.archive.RestoreDue(ctx, until); n != 1 || err != nil {
		t.Errorf("when the time is over: %d, %v", n, err)
	}
	contains(t, "the case at its end", out.get(path).Body, "put back by itself")
	contains(t, "the author's page of the comment", kim.get("/comments/"+id).Body, row(id, "published"), "The time of the block was up")
	contains(t, "the article", lee.page(), row(id, "published"))
	again := s.as(t, "night")
	r = again.decided(id, "block", "after", s.standing(t, id), "clause", "privacy", "until", "7d")
	want(t, "a block begun anew", r.Status, 422)
	contains(t, "a block begun anew", r.Body, "only on a new request")
	want(t, "the same without a clause", again.decided(id, "block", "after", s.standing(t, id)).Status, 422)
	s.verify(t)
}

func TestNoticeRateKeepsTheText(t *testing.T) {
	s := newSite(t)
	id := s.publish(t, s.as(t, "kim"), "Words in public")
	out := s.visit(t)
	for i := range db.NoticeAddress {
		out.header.Set("X-Forwarded-For", fmt.Sprint("203.0.113.", i))
		want(t, "a notice", out.post("/notices/new", kr(id, "email", fmt.Sprint("p", i, "@example.com"))...).Status, 303)
	}
	r := out.post("/notices/new", kr(id)...)
	want(t, "one too many", r.Status, 429)
	contains(t, "one too many", r.Body, "It says what is not &lt;true&gt;.", "Requester One")
}

// The author does not learn of a notice about minors before the decision.
func TestNoticeThatMustNotWarn(t *testing.T) {
	s := newSite(t)
	kim, out := s.as(t, "kim"), s.visit(t)
	id := s.publish(t, kim, "Words in public")
	r := out.post("/notices/new", kr(id, "law", "dsa", "ground", "minors", "name", "", "email", "")...)
	path, _, _ := strings.Cut(r.location(), "?")
	want(t, "the author before", kim.get(path).Status, 404)
	s.block(t, id, time.Time{})
	want(t, "the author after", kim.get(path).Status, 200)
}

// What becomes of other words than those that a notice speaks of is not told as its answer.
func TestNoticeOfWordsThatWereEdited(t *testing.T) {
	for lang, w := range map[string][]string{
		"en": {"The author put other words", "The comment was removed", "A moderator decided that the comment stays", "<span>Closed</span>", "is closed: the words are gone", "off the page for good"},
		"ko": {"작성자가 댓글을 고쳐", "댓글을 삭제했습니다", "그대로 두기로", "<span>처리됨</span>", "댓글을 작성자가 고쳤습니다", "더 이상 게시하지 않기로"},
	} {
		t.Run(lang, func(t *testing.T) {
			s := newSite(t)
			kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
			for _, v := range []*visitor{kim, lee, desk} {
				v.post("/account/language", "language", lang)
			}
			id := s.publish(t, kim, "Words in public")
			notice := func() string {
				path, _, _ := strings.Cut(lee.post("/notices/new", kr(id)...).location(), "?")
				return path
			}
			decided, open := notice(), ""
			desk.post("/desk/comments/"+id+"/decision", "action", "approve", "version", "1", "after", s.standing(t, id))
			open = notice()
			want(t, "the edit", kim.post("/comments/"+id+"/edit", "body", "Quite another sentence").Status, 303)
			later := func(action string, more ...string) {
				more = append(more, "action", action, "version", "2", "after", s.standing(t, id))
				want(t, action, desk.post("/desk/comments/"+id+"/decision", more...).Status, 303)
			}
			later("approve")
			lacks(t, "the requester's page, though the comment is published", lee.get(open).Body, "Words in public", "Quite another", w[2])
			later("reject", "clause", "respect")
			for _, path := range []string{open, decided} {
				page := lee.get(path).Body
				contains(t, "the requester's page", page, w[0], w[3])
				lacks(t, "the requester's page", page, w[1])
				for _, v := range []*visitor{kim, desk} {
					page := v.get(path).Body
					contains(t, "the page of author and staff", page, "Words in public", w[0])
					lacks(t, "the page of author and staff", page, "Quite another", w[1])
				}
			}
			messages := lee.get("/account/messages").Body
			contains(t, "the requester's messages", messages, w[4])
			lacks(t, "the requester's messages", messages, w[5], "Quite another")
			contains(t, "the requester's page of what was decided before", lee.get(decided).Body, w[2])
			want(t, "the withdrawal", kim.post("/comments/"+id+"/delete").Status, 303)
			contains(t, "the requester's page at the end", lee.get(open).Body, w[0])
			s.verify(t)
		})
	}
}

// Who gave a notice is erased in time, which the log says; what they wrote stays.
func TestRequesterIsErased(t *testing.T) {
	s := newSite(t)
	kim, out := s.as(t, "kim"), s.visit(t)
	id := s.publish(t, kim, "Words in public")
	path, _, _ := strings.Cut(out.post("/notices/new", kr(id)...).location(), "?")
	contains(t, "the case, for staff", s.as(t, "desk").get(path).Body, "Requester One", "one@example.com")
	s.block(t, id, time.Time{})
	if err := s.tidy(t.Context(), s.archive.Now().AddDate(0, 0, 181)); err != nil {
		t.Fatal(err)
	}
	desk := s.as(t, "desk") // the earlier session has run out
	for _, v := range []*visitor{desk, out} {
		page := v.get(path).Body
		contains(t, "the case", page, "It says what is not &lt;true&gt;.", "The comment was blocked")
		lacks(t, "the case", page, "Requester One", "one@example.com")
	}
	contains(t, "the log", desk.get("/desk/log?action=notice.erase").Body, "Requester’s details erased")
	s.verify(t)
}

// From where a notice came is known as long as it counts against the next ones, whether or not any come.
func TestSenderIsErased(t *testing.T) {
	s := newSite(t)
	id := s.publish(t, s.as(t, "kim"), "Words in public")
	want(t, "the request", s.visit(t).post("/notices/new", kr(id)...).Status, 303)
	given := s.archive.Now()
	for _, step := range []struct {
		after time.Duration
		left  int
	}{{db.NoticeWindow / 2, 1}, {db.NoticeWindow, 0}} {
		if err := s.tidy(t.Context(), given.Add(step.after)); err != nil {
			t.Fatal(err)
		}
		want(t, "networks kept after "+step.after.String(), asked(t, s.path, `SELECT count(*) FROM notice_sender`), step.left)
	}
}
