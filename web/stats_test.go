package web

import (
	"context"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/web/identity"
)

// table reads one table of the figures as a program would.
func table(t *testing.T, v *visitor, path string) [][]string {
	t.Helper()
	r := v.get(path)
	if r.Status != 200 || r.Header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("%s: %d %s", path, r.Status, r.Header.Get("Content-Type"))
	}
	c := csv.NewReader(strings.NewReader(strings.TrimPrefix(r.Body, "\ufeff")))
	c.FieldsPerRecord = -1
	rows, err := c.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v\n%s", path, err, r.Body)
	}
	return rows
}

// cells are the cells of the row that begins with a word.
func cells(t *testing.T, rows [][]string, first string) string {
	t.Helper()
	for _, row := range rows {
		if row[0] == first {
			return strings.Join(row[1:], " ")
		}
	}
	t.Fatalf("no row %q in %q", first, rows)
	return ""
}

func TestStats(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	for _, path := range []string{"/desk/stats", "/desk/transparency", "/desk/second"} {
		r := desk.get(path)
		want(t, path+" of an empty archive", r.Status, 200)
		contains(t, path, r.Body, `href="/desk/stats"`, `href="/desk/second"`, `href="/desk/transparency"`, `href="`+path+`" aria-current="page"`)
	}
	one, two := kim.comment("One thought"), kim.comment("Another thought")
	kim.comment("A third one")
	desk.approve(one)
	want(t, "a rejection", night.post("/desk/comments/"+two+"/decision", "action", "reject", "clause", "respect", "version", "1").Status, 303)

	page := desk.get("/desk/stats?period=day").Body
	contains(t, "the page", page, `role="img"`, "<title id=", "<desc id=", `id="outcomes"`, `<option value="economy">Economy`)
	lacks(t, "the page", page, "style=", "NaN")
	outcomes := table(t, desk, "/desk/stats/outcomes.csv")
	for first, want := range map[string]string{"Published": "1 0.3333", "Awaiting review": "1 0.3333", "Rejected": "1 0.3333", "Blocked": "0 0.0000"} {
		if got := cells(t, outcomes, first); got != want {
			t.Errorf("%s: %s, want %s", first, got, want)
		}
	}
	if got := cells(t, table(t, desk, "/desk/stats/clauses.csv"), "respect"); got != "1 0 1.0000" {
		t.Errorf("the clause: %s", got)
	}
	if got := cells(t, table(t, desk, "/desk/stats/moderators.csv"), "night"); !strings.HasPrefix(got, "1 1.0000 0 ") {
		t.Errorf("a moderator: %s", got)
	}
	if rows := table(t, desk, "/desk/stats/outcomes.csv?section=sport&from=2026-01-01&to=2026-01-31"); len(rows) != 1 {
		t.Errorf("a section without comments: %q", rows)
	}
	all := table(t, desk, "/desk/transparency/all.csv")
	if got := cells(t, all, "Comments reviewed"); got != "3 1.0000" {
		t.Errorf("the transparency report: %s", got)
	}
	if got := cells(t, all, "respect"); got != "reject reading person 1" {
		t.Errorf("own measures: %s", got)
	}
	contains(t, "the report", desk.get("/desk/transparency").Body, `id="own"`, `id="errors"`)
	for path, status := range map[string]int{
		"/desk/stats/none.csv": 404, "/desk/stats/outcomes": 404, "/desk/stats/all": 404, "/desk/stats/all.csv?from=x&to=y": 400,
		"/desk/transparency/all.csv?from=2026-02-01&to=2026-01-01": 400,
	} {
		want(t, path, desk.get(path).Status, status)
	}
	contains(t, "a period that is none", desk.get("/desk/stats?from=2026-02-01&to=2026-01-01").Body, `role="alert"`)
}

// Cases that the author answered by other words, or none, are in a column of their own.
func TestCasesThatTheAuthorAnswered(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	edited, gone, open := s.publish(t, kim, "Words in public"), s.publish(t, kim, "Other words"), s.publish(t, kim, "Last words")
	for _, id := range []string{edited, gone, open} {
		want(t, "a report", lee.post("/comments/"+id+"/report", "reason", "respect").Status, 303)
		want(t, "a request", s.visit(t).post("/notices/new", kr(id)...).Status, 303)
	}
	want(t, "an edit", kim.post("/comments/"+edited+"/edit", "body", "Kinder words").Status, 303)
	want(t, "a withdrawal", kim.post("/comments/"+gone+"/delete").Status, 303)
	for path, row := range map[string][2]string{"/desk/stats/reports.csv": {"respect", "3 1 0 0   2 "}, "/desk/transparency/notices.csv": {"kr", "defamation 3 1 0 0  2 "}} {
		if got := cells(t, table(t, desk, path), row[0]); !strings.HasPrefix(got, row[1]) {
			t.Errorf("%s: %q, want %q", path, got, row[1])
		}
	}
	for lang, name := range map[string]string{"en": "Changed by the author", "ko": "작성자가 고치거나 철회"} {
		desk.header.Set("Accept-Language", lang)
		contains(t, "the figures", desk.get("/desk/stats").Body, ">"+name+"<")
		contains(t, "the report", desk.get("/desk/transparency").Body, ">"+name+"<")
		contains(t, "the table", desk.get("/desk/transparency/notices.csv").Body, name)
	}
}

func TestFormulasStayWords(t *testing.T) {
	s := newSite(t)
	if _, err := s.archive.CreateUser(context.Background(), db.NewUser{Email: "x@example.com", Name: "=1+1", Role: db.Moderator, Verified: true,
		Password: identity.HashPassword(password)}, 0); err != nil {
		t.Fatal(err)
	}
	kim, odd := s.as(t, "kim"), s.as(t, "x")
	odd.approve(kim.comment("One thought"))
	cells(t, table(t, odd, "/desk/stats/moderators.csv"), "'=1+1")
}

func TestSecondReading(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	id := kim.comment("A debatable thought")
	want(t, "the first decision", desk.post("/desk/comments/"+id+"/decision", "action", "reject", "clause", "respect", "note", "my reason", "version", "1").Status, 303)
	off := night.get("/desk/second").Body
	lacks(t, "when it is off", off, "debatable", "/admin/desk")
	contains(t, "when it is off", off, "An admin can turn them on")
	if err := s.archive.SetDesk(context.Background(), 0, db.DeskSettings{SecondShare: 100}, 0); err != nil {
		t.Fatal(err)
	}
	lacks(t, "who decided first", desk.get("/desk/second").Body, "debatable")
	page := night.get("/desk/second").Body
	contains(t, "the second", page, "A debatable thought", "A quiet headline", `name="action" value="approve"`)
	_, main, _ := strings.Cut(page, "<main")
	lacks(t, "the second reader's page", main, ">desk<", "my reason", `data-state`, "Rejected", `value="respect" selected`)
	contains(t, "the figures", night.get("/desk/stats").Body, `<span class="tag">1</span>`)
	decision := attr(t, page, `name="decision" value="(\d+)"`)
	r := night.post("/desk/second", "decision", decision, "action", "reject")
	want(t, "a rejection without a clause", r.Status, 422)
	contains(t, "the form", r.Body, `id="problem-clause"`, "A debatable thought")
	want(t, "nothing", night.post("/desk/second", "decision", decision).Status, 400)
	want(t, "an answer", night.post("/desk/second", "decision", decision, "action", "approve").Status, 303)
	want(t, "the same again", night.post("/desk/second", "decision", decision, "action", "approve").Status, 409)
	want(t, "one's own", desk.post("/desk/second", "decision", decision, "action", "approve").Status, 409)
	want(t, "none", desk.post("/desk/second", "decision", "7", "action", "approve").Status, 404)
	contains(t, "the comment", kim.get("/comments/"+id).Body, row(id, "rejected"))
	if got := cells(t, table(t, night, "/desk/stats/agreement.csv"), "Approve or reject"); got != "1 0 0.0000 0.0000-0.7935 0.00" {
		t.Errorf("agreement: %s", got)
	}
	contains(t, "the differences", desk.get("/desk/stats").Body, `href="/desk/comments/`+id+`"`, "night · Approved", "desk · Rejected")
	contains(t, "the log", desk.get("/desk/log?action=reading.give").Body, "/desk/comments/"+id)
}

func TestPeriods(t *testing.T) {
	s := newSite(t)
	v := s.as(t, "desk")
	today := time.Now().In(s.cfg.Zone)
	for query, want := range map[string][2]string{
		"?period=day":                    {today.Format(time.DateOnly), today.Format(time.DateOnly)},
		"":                               {today.AddDate(0, 0, -6).Format(time.DateOnly), today.Format(time.DateOnly)},
		"?period=month":                  {today.AddDate(0, 0, -29).Format(time.DateOnly), today.Format(time.DateOnly)},
		"?from=2026-02-27&to=2026-03-01": {"2026-02-27", "2026-03-01"},
	} {
		page := v.get("/desk/stats" + query).Body
		if from, to := attr(t, page, `name="from" value="([^"]*)"`), attr(t, page, `name="to" value="([^"]*)"`); from != want[0] || to != want[1] {
			t.Errorf("%s: %s to %s, want %s to %s", query, from, to, want[0], want[1])
		}
	}
}

func TestSuspensionsAreReported(t *testing.T) {
	s := newSite(t)
	desk := s.as(t, "desk")
	path := "/desk/users/" + itoa(s.account(t, "kim").ID)
	last := func() string { return attr(t, desk.get(path).Body, `name="version" value="(\d+)"`) }
	want(t, "a ban", desk.post(path+"/sanction", "action", "ban", "clause", "respect", "version", last()).Status, 303)
	want(t, "its end", desk.post(path+"/sanction", "action", "lift", "version", last()).Status, 303)
	if got := cells(t, table(t, desk, "/desk/transparency/suspensions.csv"), "ban"); got != "respect 1 1" {
		t.Errorf("the ban: %s", got)
	}
	contains(t, "the log", desk.get("/desk/log?action=user.ban").Body, `href="`+path+`"`)
}

// The head comes by mail in words of the admin's language, as it was when the message was written.
func TestHeadLetter(t *testing.T) {
	for lang, words := range map[string]string{"en": "Keep this mail", "ko": "보관해 주십시오"} {
		s, k := mailSite(t)
		ctx := context.Background()
		editor := s.as(t, "editor")
		editor.post("/account/language", "language", lang)
		if err := s.seal(ctx); err != nil {
			t.Fatal(err)
		}
		head, err := s.archive.HeadAt(ctx, s.archive.Now())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.archive.SetDesk(ctx, 0, db.DeskSettings{MailHead: true}, 0); err != nil {
			t.Fatal(err)
		}
		if err := s.tellHead(ctx); err != nil {
			t.Fatal(err)
		}
		m := only(t, s.post(t, k, time.Second))
		contains(t, "the mail", m.text, words, head.String(), "https://news.example.com/desk/log")
		contains(t, "the account", editor.get("/account/messages").Body, head.String())
	}
}
