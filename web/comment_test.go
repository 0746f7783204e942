package web

import (
	"context"
	"database/sql"
	"html"
	"net/http"
	"strings"
	"testing"

	"broadsheet/moderation"
)

func TestCommentIsSeenByItsAuthorUntilApproved(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	id := kim.comment("A thought of my own")
	contains(t, "the author's page", kim.page(), row(id, "pending"), "A thought of my own", `href="/comments/`+id+`"`)
	lacks(t, "another reader's page", lee.page(), "A thought of my own", id)
	want(t, "another reader at the permalink", lee.get("/comments/"+id).Status, 404)
	contains(t, "the queue", desk.get("/desk").Body, `data-comment="`+id+`" data-version="1" data-risk="0.00"`, "A thought of my own")
	desk.approve(id)
	contains(t, "another reader's page", lee.page(), row(id, "published"), "A thought of my own")
	want(t, "another reader at the permalink", lee.get("/comments/"+id).Status, 200)
	if r, err := s.archive.Verify(context.Background(), nil); err != nil || len(r.Broken) > 0 {
		t.Error(r.Broken, err)
	}
}

func TestRejectionTellsTheAuthorWhy(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	id := kim.comment("Words that break a rule")
	path := "/desk/comments/" + id + "/decision"
	want(t, "rejecting without a clause", desk.post(path, "action", "reject", "version", "1").Status, 422)
	want(t, "rejecting by a clause that is none", desk.post(path, "action", "reject", "version", "1", "clause", "nope").Status, 422)
	want(t, "rejecting", desk.post(path, "action", "reject", "version", "1", "clause", "respect", "note", "for the record").Status, 303)
	contains(t, "the author's page", kim.page(), row(id, "rejected"), "/standards#clause-respect")
	contains(t, "the author's page of it", kim.get("/comments/"+id).Body, "/standards#clause-respect")
	lacks(t, "the author's page of it", kim.get("/comments/"+id).Body, "for the record", ">desk<")
	lacks(t, "another reader's page", lee.page(), "Words that break")
	kim.post("/account/language", "language", "ko")
	contains(t, "the author's page in Korean", kim.page(), `<html lang="ko"`, "0/250자")
	if r := s.as(t, "night").post(path, "action", "approve", "version", "1"); r.Status != 409 || !strings.Contains(r.Body, "desk") {
		t.Errorf("the second moderator: %d, or not told who decided", r.Status)
	}
	want(t, "an unknown comment", desk.post("/desk/comments/7/decision", "action", "approve", "version", "1").Status, 404)
	own := desk.comment("A moderator's own comment")
	want(t, "deciding one's own", desk.post("/desk/comments/"+own+"/decision", "action", "approve", "version", "1").Status, 403)
}

func TestBadInputComesBack(t *testing.T) {
	s := newSite(t)
	kim := s.as(t, "kim")
	post := "/articles/" + s.slug + "/comments"
	for _, tc := range []struct {
		name, body string
		status     int
	}{
		{"empty", "", 422},
		{"blank", " \r\n\t ", 422},
		{"251", strings.Repeat("가", 251), 422},
		{"2,000 marks on one letter", "a" + strings.Repeat("\u0301", 2000), 422},
		{"250", strings.Repeat("각", 250), 303},
		{"invalid UTF-8", "bad \xff\xfe bytes", 303},
		{"NUL", "a\x00b nul", 303},
		{"bidi", "abc\u202Edef bidi", 303},
		{"looks like SQL", "x'4142'", 303},
		{"HTML", `<script>alert(1)</script><b onclick="x">&amp;`, 303},
		{"emoji families", strings.Repeat("👨‍👩‍👧‍👦", 250), 303},
	} {
		r := kim.post(post, "body", tc.body)
		want(t, tc.name, r.Status, tc.status)
		if tc.status == 422 && tc.body != "" {
			contains(t, tc.name, r.Body, html.EscapeString(strings.TrimSpace(tc.body)), `role="alert"`, "aria-describedby")
		}
	}
	page := kim.page()
	lacks(t, "the page", page, "<script>alert", "<b onclick", "\x00", "\u202e")
	contains(t, "the page", page, "&lt;script&gt;alert(1)", "x&#39;4142&#39;", "ab nul", "abcdef bidi", "bad \ufffd")
	big := kim.post(post, "body", strings.Repeat("x", 10<<20))
	want(t, "10 MB", big.Status, 413)
	want(t, "65 KiB", kim.post(post, "body", strings.Repeat("x", 65<<10)).Status, 413)
	if r := kim.post(post, "body", strings.Repeat("가", 253)); !strings.Contains(r.Body, "253/250") {
		t.Error("the counter of the form that comes back does not say 253/250")
	}
}

func TestRateAndRepeatKeepTheText(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Rate = moderation.Rate{N: 1, Per: 10e9} })
	kim := s.as(t, "kim")
	post := "/articles/" + s.slug + "/comments"
	kim.comment("first")
	r := kim.post(post, "body", "second, too soon")
	want(t, "too fast", r.Status, http.StatusTooManyRequests)
	contains(t, "too fast", r.Body, "second, too soon")
	s = newSite(t)
	kim = s.as(t, "kim")
	kim.comment("same")
	r = kim.post("/articles/"+s.slug+"/comments", "body", "same")
	want(t, "repeat", r.Status, 422)
	contains(t, "repeat", r.Body, "same", `name="anyway" value="1"`)
	kim.comment("same", "anyway", "1")
}

// Who sends the words again that they were warned of is told that nothing has changed; other words are not.
func TestWarnedTwice(t *testing.T) {
	s := newSite(t)
	kim := s.as(t, "kim")
	post, same := "/articles/"+s.slug+"/comments", "Nothing has been changed yet."
	r := kim.post(post, "body", "Only an idiot believes it")
	want(t, "the first time", r.Status, 422)
	lacks(t, "the first time", r.Body, same)
	warned := attr(t, r.Body, `name="warned" value="([^"]+)"`)
	contains(t, "the same again", kim.post(post, "body", "Only an idiot believes it", "warned", warned).Body, same)
	lacks(t, "other words", kim.post(post, "body", "Only an idiot would believe it", "warned", warned).Body, same)
}

// An answer is called an answer, and the way to what can be done with a comment stands under each.
func TestReplyForm(t *testing.T) {
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	id := kim.comment("A comment to answer")
	desk.approve(id)
	page := kim.get("/articles/" + s.slug + "?reply=" + id).Body
	contains(t, "the reply", page, "You are replying to kim.", "Write a reply</label>", "Send reply</button>")
	contains(t, "the article", kim.page(), "Send comment</button>", `<a href="/comments/`+id+`" title="Report, mute, link">More`)
}

func TestClosedArticle(t *testing.T) {
	s := newSite(t)
	kim, editor := s.as(t, "kim"), s.as(t, "editor")
	want(t, "closing", editor.post("/admin/articles/"+s.slug, "comments", "closed").Status, 303)
	r := kim.post("/articles/"+s.slug+"/comments", "body", "too late")
	want(t, "a comment on a closed article", r.Status, 409)
	contains(t, "the answer", r.Body, "too late")
	want(t, "opening", editor.post("/admin/articles/"+s.slug, "comments", "open").Status, 303)
	kim.comment("in time")
	want(t, "an unknown article", kim.post("/articles/none/comments", "body", "x").Status, 404)
}

func TestTextSurvivesTheLogIn(t *testing.T) {
	s := newSite(t)
	v := s.visit(t)
	r := v.post("/articles/"+s.slug+"/comments", "body", "typed for <ten> minutes")
	want(t, "without a session", r.Status, 401)
	contains(t, "the log-in form", r.Body, "typed for &lt;ten&gt; minutes", `name="draft_body"`)
	r = v.post("/login", "email", "kim@example.com", "password", "wrong wrong wrong", "draft_article", s.slug, "draft_body", "typed for <ten> minutes")
	want(t, "wrong password", r.Status, 422)
	contains(t, "the log-in form after a slip", r.Body, "typed for &lt;ten&gt; minutes", "kim@example.com")
	r = v.post("/login", "email", "kim@example.com", "password", password, "next", "/articles/"+s.slug, "draft_article", s.slug, "draft_body", "typed for <ten> minutes")
	want(t, "log-in", r.Status, 303)
	contains(t, "the article after the log-in", v.page(), "typed for &lt;ten&gt; minutes")
	v.comment("typed for <ten> minutes")
	lacks(t, "the form after it was sent", attr(t, v.page(), `(?s)<textarea[^>]*>(.*?)</textarea>`), "typed for")
}

func TestTextSurvivesWhateverFails(t *testing.T) {
	s := newSite(t)
	kim := s.as(t, "kim")
	id := kim.comment("First words")
	out := s.visit(t)
	r := out.post("/comments/"+id+"/edit", "body", "edited <words>")
	want(t, "an edit without a session", r.Status, 401)
	contains(t, "the log-in form", r.Body, "edited &lt;words&gt;", `name="draft_edit" value="`+id+`"`)
	r = out.post("/login", "email", "kim@example.com", "password", password, "next", "/comments/"+id, "draft_edit", id, "draft_body", "edited <words>")
	want(t, "log-in", r.Status, 303)
	contains(t, "the comment's page", out.get("/comments/"+id).Body, "edited &lt;words&gt;</textarea>")

	out = s.visit(t)
	r = out.post("/signup", "draft_article", s.slug, "draft_body", "typed by a newcomer")
	want(t, "on to the sign-up", r.Status, 200)
	contains(t, "the sign-up form", r.Body, "typed by a newcomer", `name="draft_article"`)
	r = out.post("/signup", "email", "new@example.com", "name", "Newcomer", "password", "long enough pw", "age", "14", "next", "/articles/"+s.slug, "draft_article", s.slug, "draft_body", "typed by a newcomer")
	want(t, "sign-up", r.Status, 303)
	contains(t, "the article after the sign-up", out.page(), "typed by a newcomer</textarea>")

	r = kim.do("POST", "/articles/"+s.slug+"/comments", "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\nsent in parts\r\n--x--\r\n"))
	want(t, "a multipart form", r.Status, 303)
	contains(t, "the page", kim.page(), "sent in parts")

	r = s.visit(t).post("/articles/"+s.slug+"/comments", "body", "x")
	lacks(t, "the links of the log-in form", r.Body, "/comments?lang", "%2Fcomments\"")
}

func TestRepliesEditAndWithdraw(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	head := kim.comment("Head of the thread")
	want(t, "answer to a pending comment", lee.post("/articles/"+s.slug+"/comments", "body", "early", "parent", head).Status, 409)
	desk.approve(head)
	contains(t, "the form of an answer", lee.get("/articles/"+s.slug+"?reply="+head).Body, `name="parent" value="`+head+`"`)
	answer := lee.comment("An answer", "parent", head)
	desk.approve(answer)
	contains(t, "the page", kim.page(), row(answer, "published"))

	want(t, "editing another's", lee.post("/comments/"+head+"/edit", "body", "mine now").Status, 403)
	want(t, "an edit that is too long", kim.post("/comments/"+head+"/edit", "body", strings.Repeat("x", 251)).Status, 422)
	want(t, "an edit", kim.post("/comments/"+head+"/edit", "body", "Edited head").Status, 303)
	page := lee.page()
	lacks(t, "another reader after the edit", page, "Head of the thread", "Edited head")
	contains(t, "another reader after the edit", page, row(answer, "published"))
	contains(t, "the author after the edit", kim.page(), row(head, "pending"), "Edited head")
	want(t, "approving the old words", desk.post("/desk/comments/"+head+"/decision", "action", "approve", "version", "1").Status, 409)
	want(t, "approving the new words", desk.post("/desk/comments/"+head+"/decision", "action", "approve", "version", "2").Status, 303)
	contains(t, "another reader", lee.page(), "Edited head")

	want(t, "deleting another's", lee.post("/comments/"+head+"/delete").Status, 403)
	want(t, "deleting", kim.post("/comments/"+head+"/delete").Status, 303)
	lacks(t, "another reader", lee.page(), "Edited head")
	want(t, "the permalink of a withdrawn comment", lee.get("/comments/"+head).Status, 404)
	want(t, "editing it after all", kim.post("/comments/"+head+"/edit", "body", "again").Status, 409)
}

// TestLockedArchive holds the file locked by another process's transaction.
func TestLockedArchive(t *testing.T) {
	s := newSite(t)
	kim := s.as(t, "kim")
	raw, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	r := kim.post("/articles/"+s.slug+"/comments", "body", "while it is locked")
	want(t, "a comment on a locked archive", r.Status, 503)
	contains(t, "the 503 page", r.Body, "while it is locked</textarea>")
	want(t, "reading a locked archive", kim.get("/articles/"+s.slug).Status, 200)
	if _, err := raw.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	lacks(t, "the page", kim.page(), "while it is locked")
	kim.comment("while it is open")
}
