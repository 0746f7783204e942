package db

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const requesterOf engine.SQL = `SELECT name || email FROM notice WHERE id = ?`

// known reports whether it is still known who gave a notice.
func (n newsroom) known(t testing.TB, notice int64) bool {
	t.Helper()
	var who string
	n.must(t, "reading a notice", n.engine.Read(n.ctx, engine.One(&who, requesterOf, notice)))
	return who != ""
}

// Who gave a notice is forgotten when nothing has happened to its words for as long as is set, and nothing is to come.
func TestRequestersAreForgotten(t *testing.T) {
	n := newNewsroom(t)
	start, day := n.Now(), 24*time.Hour
	given := map[string]int64{}
	give := func(name string) int64 {
		t.Helper()
		id := n.stands(t, "Words of "+name)
		no, err := n.notice(id, 0, LawKorea, "privacy", start, "192.0.2.1")
		n.must(t, "giving notice", err)
		given[name] = no.ID
		return id
	}
	decide := func(id int64, action moderation.Action, at, until time.Time) {
		t.Helper()
		n.must(t, "deciding", n.rule(Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, Action: action, Clause: "respect", Until: until, At: at}))
	}
	give("open")
	decide(give("decided"), moderation.Reject, start, time.Time{})
	decide(give("decided later"), moderation.Reject, start.Add(10*day), time.Time{})
	decide(give("blocked for a time"), moderation.Block, start, start.AddDate(0, 0, 200))
	decide(give("blocked"), moderation.Block, start, time.Time{})
	appealed := give("appealed")
	decide(appealed, moderation.Reject, start, time.Time{})
	n.appeal(t, appealed)
	n.must(t, "editing", n.Edit(n.ctx, give("edited"), n.kim, 1, "en", verdict("Other words"), start))
	n.must(t, "withdrawing", n.Withdraw(n.ctx, give("withdrawn"), n.kim, start))

	check := func(after time.Duration, forgotten int, gone ...string) {
		t.Helper()
		if got, err := n.ForgetRequesters(n.ctx, start.Add(after)); err != nil || got != forgotten {
			t.Errorf("after %v: %d forgotten, want %d; %v", after, got, forgotten, err)
		}
		want := map[string]bool{}
		for _, name := range gone {
			want[name] = true
		}
		for name, id := range given {
			if n.known(t, id) == want[name] {
				t.Errorf("after %v the requester of the %s case is known: %v", after, name, !want[name])
			}
		}
		n.sound(t)
	}
	check(180*day-time.Millisecond, 0)
	first := []string{"decided", "blocked", "edited", "withdrawn"}
	check(180*day, 2, "edited", "withdrawn")
	check(180*day, 0, "edited", "withdrawn")
	if detail := n.logged(t, ActNoticeErase); detail != "notice:"+caseNumber(given["withdrawn"]) {
		t.Errorf("the log says %q", detail)
	}
	if mail, _, err := n.Outbox(n.ctx, 0, "wait", 0, 100); err != nil {
		t.Error(err)
	} else {
		for _, m := range mail {
			if m.UserID == 0 && m.To == "" {
				t.Errorf("a mail to nobody waits: %+v", m.Message)
			}
		}
	}
	check(185*day, 2, first...) // nobody can appeal against the decisions any more
	check(195*day, 1, append(first, "decided later")...)
	if restored, err := n.RestoreDue(n.ctx, start.AddDate(0, 0, 200)); err != nil || restored != 1 {
		t.Fatal(restored, err)
	}
	check(379*day, 0, append(first, "decided later")...)
	n.must(t, "keeping them", n.SetDesk(n.ctx, 0, DeskSettings{}, n.adm))
	check(4000*day, 0, append(first, "decided later")...)
	n.must(t, "after a week", n.SetDesk(n.ctx, 1, DeskSettings{EraseAfter: 7}, n.adm))
	check(380*day, 1, append(first, "decided later", "blocked for a time")...)
}

// Settings that were applied before there was one for this say nothing of it: the default is in force.
func TestOldDeskSettings(t *testing.T) {
	d, err := deskRow{Version: 3, Document: `{"hide_after":2.5}`}.desk()
	if err != nil || d.DeskSettings != (DeskSettings{HideAfter: 2.5, EraseAfter: 180}) {
		t.Errorf("%+v, %v", d, err)
	}
}

// TestForgottenLeavesTheFile: what is erased is not left behind in the bytes of the archive.
func TestForgottenLeavesTheFile(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	no, err := n.notice(id, 0, LawKorea, "privacy", n.Now(), "192.0.2.1")
	n.must(t, "giving notice", err)
	n.must(t, "deciding", n.rule(Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, Action: moderation.Reject, Clause: "respect", At: n.Now()}))
	inFile := func() bool {
		found := false
		for _, end := range []string{"", "-wal"} {
			b, err := os.ReadFile(n.path + end)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			found = found || bytes.Contains(b, []byte(no.Email))
		}
		return found
	}
	if !inFile() {
		t.Fatal("the address is not where it is looked for")
	}
	if got, err := n.ForgetRequesters(n.ctx, n.Now().AddDate(1, 0, 0)); err != nil || got != 1 {
		t.Fatalf("%d forgotten, %v", got, err)
	}
	var busy, pages, moved int
	if err := n.rawRow(t, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil || busy != 0 {
		t.Fatalf("moving the log into the file: %d %v", busy, err)
	}
	if inFile() {
		t.Error("the address is still in the file")
	}
}
