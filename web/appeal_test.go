package web

import (
	"context"
	"errors"
	"strings"
	"testing"

	"broadsheet/db"
)

func TestAppealFromRejectionToOverturn(t *testing.T) {
	for lang, says := range map[string][]string{
		"en": {"We decided not to publish the comment.", "Another moderator hears the appeal", "Upheld: the comment was published", "Tell the author why", "You appealed; the answer is awaited."},
		"ko": {"댓글 전체를 게시하지 않기로 했습니다.", "다른 운영자가 심사합니다", "받아들여 댓글을 게시했습니다", "이유를 작성자에게", "이의 신청을 접수했습니다. 답변을 기다립니다."},
	} {
		t.Run(lang, func(t *testing.T) {
			s := newSite(t)
			kim, lee, desk, night := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk"), s.as(t, "night")
			for _, v := range []*visitor{kim, desk, night} {
				v.post("/account/language", "language", lang)
			}
			id := kim.comment("Words that break a rule")
			page, path, decision := "/comments/"+id, "/comments/"+id+"/appeal", "/desk/comments/"+id+"/decision"
			want(t, "an appeal against nothing", kim.post(path, "text", "Why?").Status, 409)
			want(t, "rejecting", desk.post(decision, "action", "reject", "version", "1", "clause", "respect", "answer", "Too harsh.").Status, 303)
			contains(t, "the author's page", kim.get(page).Body, says[0], "/standards#clause-respect", "Too harsh.", `action="`+path+`"`)

			for name, text := range map[string]string{"empty": " ", "too long": "typed <words>" + strings.Repeat("가", 1000)} {
				r := kim.post(path, "text", text)
				want(t, name, r.Status, 422)
				contains(t, name, r.Body, `aria-describedby="help-text problem-text"`)
				if text != " " {
					contains(t, name, r.Body, "typed &lt;words&gt;")
				}
			}
			want(t, "somebody else's appeal", lee.post(path, "text", "Why?").Status, 404)
			want(t, "a moderator's appeal", night.post(path, "text", "Why?").Status, 403)
			r := kim.post(path, "text", "I only <asked>.")
			want(t, "an appeal", r.Status, 303)
			contains(t, "the page after it", kim.get(r.location()).Body, `role="status"`, "I only &lt;asked&gt;.")
			contains(t, "the messages meanwhile", kim.get("/account/messages").Body, says[4])
			lacks(t, "the messages meanwhile", kim.get("/account/messages").Body, `href="`+page+`#appeal"`)
			r = kim.post(path, "text", "once more <words>")
			want(t, "the same again", r.Status, 409)
			contains(t, "the same again", r.Body, "once more &lt;words&gt;")
			lacks(t, "the author's page", kim.get(page).Body, `action="`+path+`"`)

			first := desk.get("/desk/comments/" + id).Body
			contains(t, "the page of who ruled", first, "I only &lt;asked&gt;.", says[1])
			lacks(t, "the page of who ruled", first, `name="appeal"`)
			last := after(t, night, id)
			want(t, "who ruled", desk.post(decision, "action", "approve", "version", "1", "after", last).Status, 403)
			contains(t, "another moderator's page", night.get("/desk/comments/"+id).Body, "I only &lt;asked&gt;.", `name="appeal"`, `value="approve"`)
			r = night.post(decision, "action", "reject", "version", "1", "clause", "respect", "after", last, "note", "kept note")
			want(t, "turning it down without a word", r.Status, 422)
			contains(t, "turning it down without a word", r.Body, says[3], "kept note", `id="problem-appeal-answer"`)
			want(t, "overturning", night.post(decision, "action", "approve", "version", "1", "after", last, "answer", "You are right.").Status, 303)
			contains(t, "the author's page", kim.get(page).Body, says[2], "You are right.", row(id, "published"))
			lacks(t, "the messages after the answer", kim.get("/account/messages").Body, says[4], `href="`+page+`#appeal"`)
			contains(t, "the article", lee.page(), row(id, "published"))
			contains(t, "the desk's page", desk.get("/desk/comments/"+id).Body, says[2])
			s.verify(t)
		})
	}
}

func TestAppealTurnedDown(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	id := kim.comment("Words that break a rule")
	decision := "/desk/comments/" + id + "/decision"
	desk.post(decision, "action", "reject", "version", "1", "clause", "respect")
	out := s.visit(t)
	r := out.post("/comments/"+id+"/appeal", "text", "typed for <ten> minutes")
	want(t, "without a session", r.Status, 401)
	contains(t, "the log-in form", r.Body, "typed for &lt;ten&gt; minutes", `name="draft_appeal" value="`+id+`"`)
	out.post("/login", "email", "kim@example.com", "password", password, "next", "/comments/"+id, "draft_appeal", id, "draft_body", "typed for <ten> minutes")
	contains(t, "the page after the log-in", out.get("/comments/"+id).Body, "typed for &lt;ten&gt; minutes</textarea>")
	want(t, "the appeal", out.post("/comments/"+id+"/appeal", "text", "typed for <ten> minutes").Status, 303)
	r = night.post("/desk/decisions", "comment", id, "version", "1", "action", "reject", "clause", "respect")
	want(t, "among many, without having seen the decision", r.Status, 409)
	want(t, "turning it down", night.post(decision, "action", "reject", "version", "1", "clause", "hate", "after", after(t, night, id), "answer", "It stays away.").Status, 303)
	page := kim.get("/comments/" + id).Body
	contains(t, "the author's page", page, "Turned down", "It stays away.", "/standards#clause-hate")
	lacks(t, "the author's page", page, "/appeal", ">night<")
	want(t, "an appeal against the answer", kim.post("/comments/"+id+"/appeal", "text", "Again.").Status, 409)
	s.verify(t)
}

// Who ruled has no button to take the decision back or to take another while the appeal waits. With nobody else to hear it
// they may, and then there is nothing left to hear.
func TestAppealIsOverWhenTheDecisionIsTakenBack(t *testing.T) {
	s := newSite(t)
	kim, first := s.as(t, "kim"), s.as(t, "editor")
	id := kim.comment("Words")
	first.post("/desk/comments/"+id+"/decision", "action", "reject", "version", "1", "clause", "respect")
	want(t, "the appeal", kim.post("/comments/"+id+"/appeal", "text", "Why?").Status, 303)
	ctx := context.Background()
	u, _, err := s.archive.Credentials(ctx, "editor@example.com")
	if err != nil {
		t.Fatal(err)
	}
	v := db.Verb{Comment: number(id), Version: 1, After: number(after(t, s.as(t, "night"), id)), By: u.ID, At: s.archive.Now()}
	for _, path := range []string{"/desk?queue=appeals", "/desk/comments/" + id} {
		contains(t, path+" of another", s.as(t, "night").get(path).Body, `name="after"`)
		body := first.get(path).Body
		contains(t, path, body, `data-comment="`+id+`"`)
		lacks(t, path, body, `value="undo"`, `name="after"`)
	}
	if _, err := s.archive.Undo(ctx, v); !errors.Is(err, db.ErrOwnRuling) {
		t.Errorf("with others to hear the appeal: %v", err)
	}
	for _, name := range []string{"night", "desk"} {
		m, _, err := s.archive.Credentials(ctx, name+"@example.com")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.archive.SetDisabled(ctx, m.ID, true, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.archive.Undo(ctx, v); err != nil {
		t.Fatal(err)
	}
	contains(t, "the author's page", kim.get("/comments/"+id).Body, row(id, "pending"), "Ended: the decision was taken back", "<strong>Decision taken back</strong>")
	contains(t, "the author's messages", kim.get("/account/messages").Body, "Your appeal against it has ended")
	lacks(t, "the desk's page", first.get("/desk/comments/"+id).Body, `name="appeal"`)
	first.approve(id)
	s.verify(t)
}
