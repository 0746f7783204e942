package web

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// verify holds the archive to its own proof.
func (s *site) verify(t testing.TB) {
	t.Helper()
	if r, err := s.archive.Verify(context.Background(), nil); err != nil || len(r.Broken) > 0 {
		t.Error(r.Broken, err)
	}
}

func (s *site) publish(t testing.TB, by *visitor, body string) string {
	t.Helper()
	id := by.comment(body)
	s.as(t, "desk").approve(id)
	return id
}

// after is the last decision on a comment, as the desk's page has it.
func after(t testing.TB, v *visitor, id string) string {
	t.Helper()
	return attr(t, v.get("/desk/comments/"+id).Body, `name="after" value="(\d+)"`)
}

func TestReport(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	id, waits := s.publish(t, kim, "Words in public"), kim.comment("Words that wait")
	page, path := "/comments/"+id, "/comments/"+id+"/report"
	contains(t, "another reader's page", lee.get(page).Body, `action="`+path+`"`, `<option value="respect">`, `<option value="other">`, "/notices/new?comment="+id)
	lacks(t, "the author's page", kim.get(page).Body, path)
	for _, tc := range []struct {
		name, path string
		by         *visitor
		fields     []string
		status     int
	}{
		{"no reason", path, lee, []string{"note", "typed <words>"}, 422},
		{"a reason that is none", path, lee, []string{"reason", "nope", "note", "typed <words>"}, 422},
		{"too long", path, lee, []string{"reason", "respect", "note", "typed <words>" + strings.Repeat("가", 500)}, 422},
		{"their own", path, kim, []string{"reason", "respect"}, 403},
		{"what waits", "/comments/" + waits + "/report", lee, []string{"reason", "respect"}, 404},
		{"what waits, by staff", "/comments/" + waits + "/report", desk, []string{"reason", "respect"}, 404},
		{"what is not there", "/comments/7/report", lee, []string{"reason", "respect"}, 404},
	} {
		r := tc.by.post(tc.path, tc.fields...)
		want(t, tc.name, r.Status, tc.status)
		if tc.status == 422 {
			contains(t, tc.name, r.Body, "typed &lt;words&gt;", `role="alert"`, `<details class="matter" id="report" open>`)
		}
	}
	r := lee.post(path, "reason", "respect", "note", "It is rude.")
	want(t, "a report", r.Status, 303)
	done := lee.get(r.location()).Body
	contains(t, "the page after it", done, `class="done" role="status">Thank you`, `<a href="/account/reports">Your reports</a></p>`)
	lacks(t, "the page after it", done, "You reported this comment")
	contains(t, "the page later", lee.get(page).Body, "You reported this comment", "Waits for a moderator")
	lacks(t, "the page after it", lee.get(page).Body, `action="`+path+`"`)
	r = lee.post(path, "reason", "other", "note", "more <words>")
	want(t, "the same again", r.Status, 409)
	contains(t, "the same again", r.Body, "more &lt;words&gt;", "already reported")

	contains(t, "the desk's page", desk.get("/desk/comments/"+id).Body, "One report", "It is rude.", "No report by this reader")
	lacks(t, "the desk's page", desk.get("/desk/comments/"+id).Body, ">lee<")
	lacks(t, "the public's page", s.as(t, "editor").get(page).Body, "It is rude.")
	want(t, "rejecting", desk.post("/desk/comments/"+id+"/decision", "action", "reject", "clause", "respect", "version", "1", "after", after(t, desk, id)).Status, 303)
	lacks(t, "the desk's page afterwards", desk.get("/desk/comments/"+id).Body, "One report")
	list := lee.get("/account/reports").Body
	contains(t, "the reader's reports", list, `data-report="`+id+`" data-became="reject"`, "It is rude.")
	lacks(t, "the reader's reports", list, "Words in public")
	contains(t, "the account", lee.get("/account").Body, `href="/account/reports"`)
	other := s.publish(t, kim, "Other words")
	lee.post("/comments/"+other+"/report", "reason", "other")
	contains(t, "the next report of that reader", desk.get("/desk/comments/"+other).Body, "agreed with 1 of 1")
	s.verify(t)
}

func TestReportKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	kim, lee := s.as(t, "kim"), s.as(t, "lee")
	id := s.publish(t, kim, "Words in public")
	out := s.visit(t)
	r := out.post("/comments/"+id+"/report", "reason", "respect", "note", "kept <note>")
	want(t, "without a session", r.Status, 401)
	contains(t, "the log-in form", r.Body, "kept &lt;note&gt;", `name="draft_report" value="`+id+`"`)
	r = out.post("/login", "email", "lee@example.com", "password", password, "next", "/comments/"+id, "draft_report", id, "draft_body", "kept <note>")
	want(t, "log-in", r.Status, 303)
	contains(t, "the page after the log-in", out.get("/comments/"+id).Body, "kept &lt;note&gt;</textarea>")

	raw, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	r = lee.post("/comments/"+id+"/report", "reason", "respect", "note", "while locked")
	want(t, "a locked archive", r.Status, 503)
	contains(t, "a locked archive", r.Body, "while locked</textarea>", `<option value="respect" selected>`)
	if _, err := raw.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}

	for i := range 20 {
		want(t, "a report", lee.post("/comments/"+s.publish(t, kim, fmt.Sprint("Comment ", i))+"/report", "reason", "other").Status, 303)
	}
	r = lee.post("/comments/"+id+"/report", "reason", "respect", "note", "one too many")
	want(t, "the 21st of an hour", r.Status, 429)
	contains(t, "the 21st of an hour", r.Body, "one too many</textarea>")
	lee.header.Set("Accept", "application/json")
	r = lee.post("/comments/"+id+"/report", "reason", "respect")
	want(t, "for a program", r.Status, 429)
	contains(t, "for a program", r.Body, `"code":"rate"`)
	lee.header.Del("Accept")
	contains(t, "the next page of reports", lee.get("/account/reports").Body, "Comment 19")
}
