package web

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
)

func logCount(page string) int { return strings.Count(page, `<tr><td class="num"`) }

func TestLogIsFiltered(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	one, two := kim.comment("One thought"), kim.comment("Another thought")
	desk.approve(one)
	night.approve(two)
	deskID := attr(t, desk.get("/desk/log").Body, `<option value="(\d+)">desk<`)
	today := time.Now().In(s.cfg.Zone).Format(time.DateOnly)
	for path, rows := range map[string]int{
		"/desk/log?action=comment.approve": 2, "/desk/log?action=comment.approve&by=" + deskID: 1, "/desk/log?subject=" + one: 2,
		"/desk/log?subject=" + one + "&action=comment.submit": 1, "/desk/log?by=" + deskID + "&day=" + today: 1, "/desk/log?day=2020-01-01": 0,
		"/desk/log?day=" + today + "&action=comment.submit": 2, "/desk/log?action=none": 0, "/desk/log?by=program&action=comment.submit": 0,
		"/desk/log?by=program&action=user.create": 5,
	} {
		r := desk.get(path)
		if got := logCount(r.Body); r.Status != 200 || got != rows {
			t.Errorf("%s: %d rows, want %d (status %d)", path, got, rows, r.Status)
		}
	}
	for _, path := range []string{"/desk/log?day=yesterday", "/desk/log?subject=x", "/desk/log?by=kim"} {
		want(t, path, desk.get(path).Status, 400)
	}
}

func TestLogShowsItsHead(t *testing.T) {
	s := newSite(t)
	desk := s.as(t, "desk")
	lacks(t, "a log without seals", desk.get("/desk/log").Body, `class="head"`)
	if err := s.seal(context.Background()); err != nil {
		t.Fatal(err)
	}
	head := attr(t, desk.get("/desk/log").Body, `<code class="head">([^<]+)<`)
	kept, err := db.ParseHead(head)
	if err != nil {
		t.Fatal(err)
	}
	if why, err := s.archive.HasHead(context.Background(), kept); why != "" || err != nil {
		t.Errorf("the head that is shown is not the log's: %s %v", why, err)
	}
}

func TestLookingAtAddressesIsLogged(t *testing.T) {
	s := newSite(t)
	editor, desk := s.as(t, "editor"), s.as(t, "desk")
	for range 3 {
		want(t, "the accounts", editor.get("/admin/users?q=kim").Status, 200)
	}
	if n := logCount(desk.get("/desk/log?action=user.list").Body); n != 1 {
		t.Errorf("looking three times within an hour is logged %d times", n)
	}
	want(t, "a moderator", desk.get("/admin/users").Status, 403)
	lacks(t, "the log", desk.get("/desk/log").Body, "@example.com")
}

func TestHeadIsMailedWhenWanted(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	heads := func() (n int) {
		t.Helper()
		if err := s.tellHead(ctx); err != nil {
			t.Fatal(err)
		}
		return asked(t, s.path, `SELECT count(*) FROM message WHERE kind = 'head'`)
	}
	if n := heads(); n != 0 {
		t.Errorf("%d messages nobody wanted", n)
	}
	if err := s.archive.SetDesk(ctx, 0, db.DeskSettings{MailHead: true}, 0); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if n := heads(); n != 1 {
			t.Errorf("%d messages of the day, want 1", n)
		}
	}
}

// asked asks the file behind the archive's back.
func asked(t testing.TB, path, query string, args ...any) (n int) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if err := raw.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// logRows is the table of the log's page, without its filter.
func logRows(t testing.TB, who *visitor) string {
	t.Helper()
	_, rows, ok := strings.Cut(who.get("/desk/log").Body, "<table")
	if !ok {
		t.Fatal("the log has no rows")
	}
	return rows
}
