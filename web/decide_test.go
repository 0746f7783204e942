package web

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// decided sends a decision of a desk's form and returns the answer.
func (v *visitor) decided(id, action string, more ...string) reply {
	v.t.Helper()
	return v.post("/desk/comments/"+id+"/decision", append([]string{"action", action, "version", "1"}, more...)...)
}

// standing is the decision that stands on a comment, as a form sends it.
func (s *site) standing(t *testing.T, id string) string {
	t.Helper()
	last, err := s.archive.LastOn(context.Background(), number(id))
	if err != nil {
		t.Fatal(err)
	}
	return itoa(last)
}

func (s *site) verified(t *testing.T) {
	t.Helper()
	if r, err := s.archive.Verify(context.Background(), nil); err != nil || len(r.Broken) > 0 {
		t.Error(r.Broken, err)
	}
}

func TestBlockAndRestoreByForm(t *testing.T) {
	s := newSite(t)
	kim, lee, desk, night := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk"), s.as(t, "night")
	id := kim.comment("Words under dispute")
	r := desk.decided(id, "block", "clause", "privacy", "note", "kept <note>")
	want(t, "blocking what waits", r.Status, 422)
	contains(t, "the form that came back", r.Body, "Only a published comment can be blocked", "kept &lt;note&gt;</textarea>")
	desk.approve(id)
	last := s.standing(t, id)
	want(t, "blocking without a clause", night.decided(id, "block", "after", last).Status, 422)
	for _, until := range []string{"31d", "0h", "-1d", "soon", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"} {
		r := night.decided(id, "block", "after", last, "clause", "privacy", "until", until)
		want(t, "blocking until "+until, r.Status, 422)
		contains(t, "the form", r.Body, "at most 30 days")
	}
	want(t, "blocking too late, and wrongly", night.decided(id, "block", "until", "99d").Status, 409)
	want(t, "blocking", night.decided(id, "block", "after", last, "clause", "privacy", "until", "7d", "answer", "Until the court has spoken").Status, 303)
	contains(t, "the page of what is blocked", night.get("/desk/comments/"+id).Body, ">until ")
	lacks(t, "another reader's page", lee.page(), "Words under dispute")
	d, err := s.archive.LastDecision(context.Background(), number(id))
	if err != nil || d.Until.Sub(d.At) != 7*24*time.Hour || d.Answer != "Until the court has spoken" {
		t.Errorf("the decision: %+v %v", d, err)
	}
	contains(t, "the desk's page", desk.get("/desk/comments/"+id).Body, `value="restore"`)
	want(t, "putting it back", desk.decided(id, "restore", "after", s.standing(t, id)).Status, 303)
	contains(t, "another reader's page", lee.page(), "Words under dispute")
	desk.header.Set("Accept", "application/json")
	r = desk.decided(id, "restore", "after", s.standing(t, id))
	want(t, "putting it back again", r.Status, 422)
	contains(t, "the answer for programs", r.Body, "put back")
	s.verified(t)
}

// The page after a decision offers to take it back, which works without scripts.
func TestUndoByForm(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	id := kim.comment("Approved by a slip")
	page := desk.get(desk.decided(id, "approve", "next", "/desk?queue=pending").location()).Body
	contains(t, "the page after it", page, `<button name="action" value="undo"`, `name="next" value="/desk?queue=pending"`)
	after := attr(t, page, `name="after" value="(\d+)"`)
	want(t, "by somebody else", night.decided(id, "undo", "after", after).Status, 409)
	want(t, "without saying what", desk.decided(id, "undo").Status, 409)
	want(t, "of a comment that is none", desk.decided("7", "undo", "after", after).Status, 404)
	r := desk.decided(id, "undo", "after", after, "next", "/desk")
	want(t, "taking it back", r.Status, 303)
	page = desk.get(r.location()).Body
	contains(t, "the queue", page, `data-comment="`+id+`"`, "taken back")
	lacks(t, "the queue", page, `value="undo"`)
	lacks(t, "another reader's page", s.as(t, "lee").page(), "Approved by a slip")
	contains(t, "the author's page of it", kim.get("/comments/"+id).Body, "<strong>Decision taken back</strong>")

	contains(t, "the log", desk.get("/desk/log").Body, "Decision taken back")
	want(t, "rejecting it instead", desk.decided(id, "reject", "clause", "respect").Status, 303)
	contains(t, "its page", desk.get("/desk/comments/"+id).Body, `value="undo"`)
	lacks(t, "its page for somebody else", night.get("/desk/comments/"+id).Body, `value="undo"`)
	s.verified(t)
}

// What programs and the page's script are told of many decisions: what stands now, or why not.
func TestReportOfMany(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	one, two, own := kim.comment("One"), kim.comment("Two"), desk.comment("Own")
	night.approve(two)
	desk.header.Set("Accept", "application/json")
	ask := func(fields ...string) []report {
		var answer struct{ Decisions []report }
		if err := json.Unmarshal([]byte(desk.post("/desk/decisions", fields...).Body), &answer); err != nil {
			t.Fatal(err)
		}
		return answer.Decisions
	}
	list := ask("pick", one+"-1-0", "pick", two+"-1-0", "pick", own+"-1-0", "pick", "7-1-0", "action", "reject", "clause", "respect")
	if len(list) != 4 {
		t.Fatalf("reports: %+v", list)
	}
	for i, status := range []int{303, 409, 403, 404} {
		if list[i].Status != status || (list[i].Message == "") != (status == 303) {
			t.Errorf("report %d: %+v, want %d", i, list[i], status)
		}
	}
	if list[0].After != s.standing(t, one) || !strings.Contains(list[1].Message, "night") {
		t.Errorf("reports: %+v", list)
	}
	if back := ask("comment", one, "version", "1", "after", list[0].After, "action", "undo"); back[0].Status != 303 || back[0].After != "0" {
		t.Errorf("taking it back: %+v", back)
	}
	for what, fields := range map[string][]string{
		"nothing": {"action", "approve"}, "a box that is none": {"pick", one, "action", "approve"}, "an odd number": {"comment", one, "version", "1", "after", "0", "after", "0", "action", "approve"},
	} {
		want(t, what, desk.post("/desk/decisions", fields...).Status, 400)
	}
	if note := ask("pick", one+"-1-0", "action", "approve", "note", strings.Repeat("x", 501)); note[0].Status != 422 || !strings.Contains(note[0].Message, "500") {
		t.Errorf("a note that is too long: %+v", note)
	}
	s.verified(t)
}

func TestNotesOnAnAuthor(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	id := kim.comment("A comment of hers")
	path := "/desk/comments/" + id + "/notes"
	want(t, "an empty note", desk.post(path).Status, 422)
	r := desk.post(path, "about", strings.Repeat("y", 501))
	want(t, "a long note", r.Status, 422)
	contains(t, "the form that came back", r.Body, strings.Repeat("y", 501)+"</textarea>")
	r = desk.post(path, "about", "Writes <kindly> when asked to", "next", "/desk/comments/"+id)
	want(t, "a note", r.Status, 303)
	page := night.get(r.location()).Body
	contains(t, "the page of another moderator", page, "Writes &lt;kindly&gt; when asked to")
	lacks(t, "the page of another moderator", page, "/erase")
	lacks(t, "the author's page", kim.get("/comments/"+id).Body+kim.get("/account").Body, "kindly")
	erase := attr(t, desk.get("/desk/comments/"+id).Body, `action="(/desk/notes/\d+/erase)"`)
	want(t, "erased by another moderator", night.post(erase).Status, 403)
	want(t, "erased", desk.post(erase).Status, 303)
	lacks(t, "the page after it", desk.get("/desk/comments/"+id).Body, "kindly")
}

// A comment's page shows the decided ones that are like it, and how they were decided.
func TestSimilarComments(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	for _, text := range []string{"Buy your kites at the stall by the old gate", "Buy all your kites at the stall by the gate"} {
		want(t, "rejecting", desk.decided(kim.comment(text, "anyway", "1"), "reject", "clause", "relevance").Status, 303)
	}
	desk.approve(kim.comment("The mayor is right about the tram"))
	page := desk.get("/desk/comments/" + lee.comment("Buy kites at the stall by the old gate!", "anyway", "1")).Body
	contains(t, "the page", page, "2 comments like this", "Buy your kites", "Buy all your kites", "% alike")
	lacks(t, "the page", page, "The mayor is right")
}

func TestKeysByForm(t *testing.T) {
	s := newSite(t)
	desk := s.as(t, "desk")
	contains(t, "the queue", desk.get("/desk").Body, `data-key="approve"><kbd>a</kbd>`)
	r := desk.post("/desk/keys", "key.approve", "r")
	want(t, "a key that is taken", r.Status, 422)
	contains(t, "the form that came back", r.Body, `name="key.approve" value="r"`, "problem-reject")
	for _, key := range []string{"ab", "1", "é", "<"} {
		want(t, "the key "+key, desk.post("/desk/keys", "key.approve", key).Status, 422)
	}
	want(t, "two that change places", desk.post("/desk/keys", "key.approve", "R", "key.reject", "ㅁ", "key.block", "").Status, 303)
	page := desk.get("/desk").Body
	contains(t, "the queue", page, `data-key="approve"><kbd>r</kbd>`, `data-key="reject"><kbd>a</kbd>`, `data-key="next"><kbd>j</kbd>`)
	lacks(t, "the queue", page, `data-key="block"`)
	contains(t, "another moderator's queue", s.as(t, "night").get("/desk").Body, `data-key="approve"><kbd>a</kbd>`)
	want(t, "switching off", desk.post("/desk/keys", "key.approve", "r", "key.reject", "a", "off", "1").Status, 303)
	page = desk.get("/desk").Body
	contains(t, "the queue without keys", page, "data-off", "/desk/keys")
	lacks(t, "the queue without keys", page, "data-key=")
	want(t, "the usual ones", desk.post("/desk/keys", "key.approve", "zz", "usual", "1").Status, 303)
	contains(t, "the queue", desk.get("/desk").Body, `data-key="approve"><kbd>a</kbd>`)
}

// What was learned of a decision that was taken back is forgotten.
func TestUndoneIsNotLearned(t *testing.T) {
	s := newSite(t, withModel(t))
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	words := "The zeppelin should be painted lilac"
	score := func() float64 {
		t.Helper()
		if err := s.learner.follow(context.Background()); err != nil {
			t.Fatal(err)
		}
		return s.score(t, words)
	}
	desk.approve(kim.comment("The council counted votes on the ferry"))
	before := score()
	id := kim.comment(words)
	want(t, "rejecting", desk.decided(id, "reject", "clause", "relevance").Status, 303)
	if score() == before {
		t.Fatal("a rejection teaches nothing")
	}
	want(t, "taking it back", desk.decided(id, "undo", "after", s.standing(t, id)).Status, 303)
	if got := score(); got != before {
		t.Errorf("after it was taken back the score is %g, before it was %g", got, before)
	}
}
