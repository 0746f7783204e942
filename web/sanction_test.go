package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/moderation"
)

// user is the address of an account at the desk.
func (s *site) user(t testing.TB, name string) string {
	t.Helper()
	return "/desk/users/" + itoa(s.account(t, name).ID)
}

// last is the last sanction that the page of an account shows.
func (v *visitor) last(user string) string {
	v.t.Helper()
	return attr(v.t, v.get(user).Body, `name="version" value="(\d+)"`)
}

// impose takes a measure as somebody who has just looked at the account.
func (v *visitor) impose(user, action string, more ...string) {
	v.t.Helper()
	r := v.post(user+"/sanction", append([]string{"action", action, "version", v.last(user)}, more...)...)
	if r.Status != 303 || !strings.HasPrefix(r.location(), user) {
		v.t.Fatalf("%s: %d to %q\n%s", action, r.Status, r.location(), r.Body)
	}
}

// sound says what verify finds.
func (s *site) sound(t testing.TB) {
	t.Helper()
	ctx := context.Background()
	if err := s.archive.Seal(ctx, s.cfg.SealKey); err != nil {
		t.Fatal(err)
	}
	r, err := s.archive.Verify(ctx, s.cfg.SealKey)
	if err != nil || len(r.Broken) > 0 {
		t.Fatal(err, r.Broken)
	}
}

// A suspended reader is told until when and why, keeps the text, and can still read and withdraw.
func TestSuspension(t *testing.T) {
	for lang, w := range map[string]string{"en": "You cannot comment until", "ko": "까지 댓글을 쓰실 수 없습니다"} {
		t.Run(lang, func(t *testing.T) {
			s, k := mailSite(t)
			kim, desk := s.as(t, "kim"), s.as(t, "desk")
			kim.post("/account/language", "language", lang)
			id := kim.comment("An earlier comment")
			kim.page() // what is known of kim is kept in memory from here on
			desk.impose(s.user(t, "kim"), "suspend", "until", "3h", "clause", "respect", "note", "for the staff only", "answer", "Please calm down.")
			r := kim.post("/articles/"+s.slug+"/comments", "body", "A kept text")
			want(t, "a comment", r.Status, 403)
			contains(t, "the answer", r.Body, "A kept text", w, "(KST)")
			contains(t, "the answer", r.Body, `<textarea id="body"`, `href="/account#standing"`)
			page := kim.page()
			contains(t, "kim's page", page, w, "(KST)", `href="/account#standing"`)
			lacks(t, "kim's page", page, "<textarea")
			for _, other := range []*visitor{s.as(t, "lee"), s.visit(t)} {
				lacks(t, "somebody else's page", other.page(), w, "/account#standing")
			}
			contains(t, "lee's page", s.as(t, "lee").page(), "<textarea")
			r = kim.post("/comments/"+id+"/edit", "body", "Another kept text")
			want(t, "an edit", r.Status, 403)
			contains(t, "the answer", r.Body, "Another kept text", w)
			s.as(t, "lee").comment("Somebody else's comment")
			contains(t, "the account", kim.get("/account").Body, `id="standing"`, "Please calm down.", `action="/account/objection"`)
			lacks(t, "the account", kim.get("/account").Body, "for the staff only", ">desk<")
			m := only(t, s.post(t, k, soon))
			contains(t, "the mail", m.text, "Please calm down.", "#clause-respect", "https://news.example.com/account#standing")
			lacks(t, "the mail", m.text, "for the staff only", "desk")
			want(t, "withdrawal", kim.post("/comments/"+id+"/delete").Status, 303)
			desk.impose(s.user(t, "kim"), "lift")
			contains(t, "kim's page", kim.page(), "<textarea")
			kim.comment("A comment after all")
			lacks(t, "the account", kim.get("/account").Body, `id="standing"`)
			s.sound(t)
		})
	}
}

// An end is chosen from a list, or given as a date and time in the newspaper's zone; what is wrong with it comes back.
func TestSanctionEnd(t *testing.T) {
	s := newSite(t)
	s.as(t, "kim")
	user, desk := s.user(t, "kim"), s.as(t, "desk")
	kim := s.account(t, "kim").ID
	own := s.archive.Now().Add(48 * time.Hour).In(s.cfg.Zone).Truncate(time.Minute)
	field := own.Format("2006-01-02T15:04")
	for _, fields := range [][]string{{"until", "at", "until_at", field}, {"until", "", "until_at", field}, {"until", own.Format(time.RFC3339)}} {
		desk.impose(user, "suspend", append(fields, "clause", "respect")...)
		list, err := s.archive.Sanctions(context.Background(), kim)
		if err != nil || !list[0].Until.Equal(own) {
			t.Errorf("%v: until %v, want %v; %v", fields, list[0].Until, own, err)
		}
	}
	desk.impose(user, "suspend", "until", "30d", "until_at", field, "clause", "respect")
	list, err := s.archive.Sanctions(context.Background(), kim)
	if err != nil || list[0].Until.Sub(list[0].At) != 30*24*time.Hour {
		t.Errorf("for 30 days: %v to %v; %v", list[0].At, list[0].Until, err)
	}
	for _, fields := range [][]string{{"until", "at", "until_at", "2020-01-01T10:00"}, {"until", "2020-01-01T10:00:00" + own.Format("Z07:00")}} {
		r := desk.post(user+"/sanction", append(fields, "action", "suspend", "clause", "respect", "version", desk.last(user))...)
		want(t, "an end that is over", r.Status, 422)
		contains(t, "the form", r.Body, `<option value="at" selected>`, `value="2020-01-01T10:00" aria-invalid="true"`, `id="problem-until"`)
	}
	want(t, "no end", desk.post(user+"/sanction", "until", "at", "action", "suspend", "clause", "respect", "version", desk.last(user)).Status, 422)
}

// Comments of a reader who is premoderated wait whatever the mode.
func TestPremoderation(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Mode = moderation.PublishClean })
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	first := kim.comment("The park looks good this autumn")
	contains(t, "the page", s.as(t, "lee").page(), row(first, "published"))
	desk.impose(s.user(t, "kim"), "premoderate", "clause", "respect")
	second := kim.comment("The trees are being looked after")
	contains(t, "kim's page", kim.page(), row(second, "pending"))
	desk.impose(s.user(t, "kim"), "lift")
	third := kim.comment("The benches are new")
	contains(t, "the page", kim.page(), row(third, "published"), row(second, "pending"))
}

// A ban takes all comments with it, and lifting it brings each back to where it stood; what was decided since is left alone.
func TestBanWithEverythingAndBack(t *testing.T) {
	s, k := mailSite(t, func(c *Config) { c.Mode = moderation.PublishClean })
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	user := s.user(t, "kim")
	byReview := kim.comment("The park looks good this autumn")
	approved := kim.comment("Honestly you idiot", "anyway", "1")
	desk.approve(approved)
	waiting := kim.comment("What an idiot", "anyway", "1")
	rejected := kim.comment("The trees are being looked after")
	desk.reject(rejected)
	since := kim.comment("The benches are new")
	other := s.as(t, "lee").comment("Somebody else's comment")
	s.post(t, k, soon)

	desk.impose(user, "ban", "clause", "spam", "purge", "1")
	s.sound(t)
	page := kim.page()
	for _, id := range []string{byReview, approved, waiting, rejected, since} {
		contains(t, "after the ban", page, row(id, "rejected"))
	}
	contains(t, "after the ban", page, row(other, "published"))
	want(t, "a comment", kim.post("/articles/"+s.slug+"/comments", "body", "One more").Status, 403)
	m := only(t, s.post(t, k, soon))
	contains(t, "the one mail", m.text, "were rejected with this decision: 4", "until a moderator lifts the ban")

	d, err := s.archive.LastDecision(context.Background(), number(since))
	if err != nil {
		t.Fatal(err)
	}
	want(t, "a decision since", night.post("/desk/comments/"+since+"/decision", "action", "reject", "clause", "respect", "version", "1", "after", itoa(d.ID)).Status, 303)
	night.impose(user, "lift", "purge", "1")
	s.sound(t)
	page = kim.page()
	for id, state := range map[string]string{byReview: "published", approved: "published", waiting: "pending", rejected: "rejected", since: "rejected", other: "published"} {
		contains(t, "after the lift", page, row(id, state))
	}
	contains(t, "the messages", kim.get("/account/messages").Body, "stand again as they did before: 3")
	kim.comment("Back again after all this")

	// And once more: what was taken back is not taken back twice.
	desk.impose(user, "ban", "clause", "spam")
	night.impose(user, "lift", "purge", "1")
	contains(t, "after a ban without", kim.page(), row(byReview, "published"), row(waiting, "pending"))
	s.sound(t)
}

// A lift that takes rejections back ends the appeals against them, and says so.
func TestLiftEndsAppeals(t *testing.T) {
	for lang, w := range map[string][]string{
		"en": {"Ended: the decision was taken back", "not answered yet: 1.", "Waits for an answer", "Upheld", "awaited"},
		"ko": {"결정이 취소되어 이의 신청을 종결했습니다", "이의 신청 1건은", "답변을 기다리", "받아들", "답변을 기다립니다"},
	} {
		t.Run(lang, func(t *testing.T) {
			s, k := mailSite(t)
			kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
			for _, v := range []*visitor{kim, night} {
				v.post("/account/language", "language", lang)
			}
			appealed, answered, quiet := kim.comment("The park looks good"), kim.comment("The trees are looked after"), kim.comment("The benches are new")
			user := s.user(t, "kim")
			desk.impose(user, "ban", "clause", "spam", "purge", "1")
			for _, id := range []string{appealed, answered} {
				want(t, "the appeal", kim.post("/comments/"+id+"/appeal", "text", "I only wrote of the park.").Status, 303)
			}
			want(t, "the answer", night.post("/desk/comments/"+answered+"/decision", "action", "reject", "clause", "spam", "answer", "It is the tenth.", "version", "1", "after", s.standing(t, answered)).Status, 303)
			s.post(t, k, soon)
			night.impose(user, "lift", "purge", "1")
			page := kim.get("/comments/" + appealed).Body
			contains(t, "the page of the comment", page, row(appealed, "pending"), w[0])
			lacks(t, "the page of the comment", page, w[2], w[3])
			lacks(t, "the page of what was not appealed against", kim.get("/comments/"+quiet).Body, w[0])
			lacks(t, "the page of what was answered", kim.get("/comments/"+answered).Body, w[0])
			messages := kim.get("/account/messages").Body
			contains(t, "the messages", messages, w[1])
			lacks(t, "the messages", messages, w[4])
			contains(t, "the mail", only(t, s.post(t, k, soon)).text, w[1])
			lacks(t, "the queue of appeals", night.get("/desk?queue=appeals").Body, row(appealed, "pending"), "I only wrote")
			contains(t, "the desk", night.get("/desk/comments/"+appealed).Body, w[0])
			s.sound(t)
		})
	}
}

// Every refusal, in the order 403, 404, 409, 422; nothing is stored, and the form keeps what was typed.
func TestSanctionRefusals(t *testing.T) {
	s := newSite(t)
	desk, editor := s.as(t, "desk"), s.as(t, "editor")
	kim := s.user(t, "kim")
	desk.impose(kim, "warn", "clause", "respect")
	last := desk.last(kim)
	later := s.archive.Now().Add(time.Hour).Format(time.RFC3339)
	for _, tc := range []struct {
		what, user string
		by         *visitor
		fields     []string
		status     int
	}{
		{"oneself", s.user(t, "desk"), desk, []string{"action", "warn", "clause", "respect", "version", "0"}, 403},
		{"an admin oneself", s.user(t, "editor"), editor, []string{"action", "ban", "clause", "respect", "version", "0"}, 403},
		{"staff", s.user(t, "night"), desk, []string{"action", "warn", "clause", "respect", "version", "0"}, 403},
		{"an admin", s.user(t, "editor"), desk, []string{"action", "ban", "clause", "respect", "version", "0"}, 403},
		{"staff, with a form that is wrong", s.user(t, "night"), desk, []string{"action", "nothing"}, 403},
		{"nobody", "/desk/users/1", desk, []string{"action", "warn", "clause", "respect", "version", "0"}, 404},
		{"nobody, with a form that is wrong", "/desk/users/1", desk, []string{"action", "nothing"}, 404},
		{"unseen", kim, desk, []string{"action", "warn", "clause", "respect"}, 409},
		{"stale", kim, desk, []string{"action", "warn", "clause", "respect", "version", "12"}, 409},
		{"stale and wrong", kim, desk, []string{"action", "warn", "version", "12"}, 409},
		{"no action", kim, desk, []string{"version", last}, 422},
		{"an unknown action", kim, desk, []string{"action", "hang", "clause", "respect", "version", last}, 422},
		{"no clause", kim, desk, []string{"action", "ban", "version", last}, 422},
		{"an unknown clause", kim, desk, []string{"action", "ban", "clause", "nonsense", "version", last}, 422},
		{"no end", kim, desk, []string{"action", "suspend", "clause", "respect", "version", last}, 422},
		{"an end that is over", kim, desk, []string{"action", "suspend", "clause", "respect", "until", "2020-01-01T00:00:00Z", "version", last}, 422},
		{"an end that is none", kim, desk, []string{"action", "suspend", "clause", "respect", "until", "tomorrow", "version", last}, 422},
		{"an end too far", kim, desk, []string{"action", "suspend", "clause", "respect", "until", "9998-01-01T00:00:00Z", "version", last}, 422},
		{"nothing to lift", kim, desk, []string{"action", "lift", "version", last}, 422},
		{"nothing to uphold", kim, desk, []string{"action", "uphold", "answer", "no", "objection", "7", "version", last}, 422},
		{"a suspension with all comments", kim, desk, []string{"action", "suspend", "clause", "respect", "until", "1h", "purge", "1", "version", last}, 422},
		{"a long note", kim, desk, []string{"action", "warn", "clause", "respect", "note", strings.Repeat("x", 1001), "version", last}, 422},
		{"a long answer", kim, desk, []string{"action", "warn", "clause", "respect", "answer", strings.Repeat("x", 1001), "version", last}, 422},
	} {
		r := tc.by.post(tc.user+"/sanction", append(tc.fields, "unused", "")...)
		want(t, tc.what, r.Status, tc.status)
		if tc.status == 422 {
			contains(t, tc.what, r.Body, `role="alert"`)
		}
	}
	if got := desk.last(kim); got != last {
		t.Error("a refused measure was taken")
	}
	r := desk.post(kim+"/sanction", "action", "suspend", "clause", "privacy", "until", "soon", "note", "typed note", "answer", "typed answer", "version", last)
	contains(t, "the form that comes back", r.Body, `<option value="suspend" selected>`, `<option value="privacy" selected>`, `aria-describedby="help-until problem-until" aria-invalid="true" autofocus`, "typed note", "typed answer")
	desk.impose(kim, "suspend", "clause", "respect", "until", later)
	editor.impose(s.user(t, "night"), "warn", "clause", "respect")
	want(t, "a reader at the desk", s.as(t, "lee").get(kim).Status, 403)
}

// A reader objects once; somebody else than who took the measure answers; lifting answers too.
func TestObjection(t *testing.T) {
	s, k := mailSite(t)
	kim, lee, desk, night := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk"), s.as(t, "night")
	user := s.user(t, "kim")
	desk.impose(user, "suspend", "clause", "respect", "until", "7d")
	contains(t, "the message", kim.get("/account/messages").Body, "You can object until")
	sanction := attr(t, kim.get("/account").Body, `name="sanction" value="(\d+)"`)
	want(t, "somebody else's", lee.post("/account/objection", "sanction", sanction, "text", "Let them speak").Status, 404)
	r := kim.post("/account/objection", "sanction", sanction, "text", strings.Repeat("x", 1001))
	want(t, "too long", r.Status, 422)
	contains(t, "too long", r.Body, strings.Repeat("x", 1001), `role="alert"`)
	want(t, "the objection", kim.post("/account/objection", "sanction", sanction, "text", "I quoted <b>somebody</b>").Status, 303)
	want(t, "once more", kim.post("/account/objection", "sanction", sanction, "text", "Again").Status, 409)
	contains(t, "the account", kim.get("/account").Body, "I quoted &lt;b&gt;somebody&lt;/b&gt;", "Your objection has been received")
	messages := kim.get("/account/messages").Body
	contains(t, "the message", messages, "You objected; the answer is awaited.")
	lacks(t, "the message", messages, "You can object")
	contains(t, "the desk", night.get(user).Body, "I quoted &lt;b&gt;", `value="uphold"`)
	lacks(t, "the desk of who did it", desk.get(user).Body, `value="uphold"`)
	id := attr(t, night.get(user).Body, `name="objection" value="(\d+)"`)
	uphold := []string{"action", "uphold", "objection", id, "answer", "The quotation was not marked.", "version", desk.last(user)}
	want(t, "who did it answers", desk.post(user+"/sanction", uphold...).Status, 403)
	want(t, "no answer", night.post(user+"/sanction", "action", "uphold", "objection", id, "version", desk.last(user)).Status, 422)
	want(t, "the answer", night.post(user+"/sanction", uphold...).Status, 303)
	want(t, "still suspended", kim.post("/articles/"+s.slug+"/comments", "body", "One more").Status, 403)
	mails := s.post(t, k, soon)
	contains(t, "the mail", mails[len(mails)-1].text, "The quotation was not marked.", "stands")
	lacks(t, "the mail", mails[len(mails)-1].text, "night")
	contains(t, "the account", kim.get("/account").Body, "has been answered")
	lacks(t, "the messages", kim.get("/account/messages").Body, "You can object", "is awaited")
	desk.impose(user, "warn", "clause", "respect")
	contains(t, "the message of another sanction", kim.get("/account/messages").Body, "You can object until")
	desk.impose(user, "lift")
	lacks(t, "the message of what was lifted", kim.get("/account/messages").Body, "You can object")
	want(t, "one more answer", night.post(user+"/sanction", append(uphold[:6:6], "version", desk.last(user))...).Status, 422)
	s.sound(t)
}

// The log has who of the staff looked at whom, once an hour, and no personal data.
func TestLooksAreLogged(t *testing.T) {
	s := newSite(t)
	desk, night, editor := s.as(t, "desk"), s.as(t, "night"), s.as(t, "editor")
	s.as(t, "kim").comment("A comment")
	user := s.user(t, "kim")
	for range 3 {
		contains(t, "the page", desk.get(user).Body, "kim@example.com", "A comment", "confirmed")
	}
	night.get(user)
	log := logRows(t, editor)
	if n := strings.Count(log, "Account looked at"); n != 2 {
		t.Errorf("%d looks in the log, want 2", n)
	}
	lacks(t, "the log", log, "kim@example.com")
	ctx, kim, by := context.Background(), s.account(t, "kim").ID, s.account(t, "desk").ID
	if err := s.archive.ViewUser(ctx, kim, by, s.archive.Now().Add(61*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(logRows(t, editor), "Account looked at"); n != 3 {
		t.Errorf("%d looks in the log after an hour, want 3", n)
	}
	want(t, "nobody", desk.get("/desk/users/"+fmt.Sprint(1)).Status, 404)
}
