package db

import (
	"errors"
	"strings"
	"testing"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const toldCount engine.SQL = `SELECT count(*) FROM message WHERE coalesce(user_id, 0) = ? AND kind = ?`

func one(dst *int, user int64, kind MessageKind) engine.Query {
	return engine.One(dst, toldCount, user, kind)
}

// rejected is a comment of kim's that desk rejected.
func (n newsroom) rejected(t testing.TB, text string) int64 {
	t.Helper()
	id := n.submit(t, n.kim, text)
	n.act(t, id, n.desk, moderation.Reject)
	return id
}

func (n newsroom) appeal(t testing.TB, comment int64) {
	t.Helper()
	if err := n.Appeal(n.ctx, comment, n.kim, "I only asked.", n.Now()); err != nil {
		t.Fatal(err)
	}
}

// open is the open appeal on a comment, 0 for none.
func (n newsroom) open(t testing.TB, comment int64) int64 {
	t.Helper()
	id, _, err := n.AppealOpen(n.ctx, comment, n.night)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// logged is the detail of the last row of the log of an action.
func (n newsroom) logged(t testing.TB, action string) string {
	t.Helper()
	rows, err := n.Log(n.ctx, LogFilter{}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Action == action {
			return r.Detail
		}
	}
	return ""
}

func TestAppealRefusals(t *testing.T) {
	n := newNewsroom(t)
	rejected, waits, shown := n.rejected(t, "Rejected"), n.submit(t, n.kim, "Waits"), n.stands(t, "Shown")
	for _, tc := range []struct {
		name        string
		comment, by int64
		after       time.Duration
		want        error
	}{
		{"somebody else's", rejected, n.lee, 0, ErrNotFound}, {"not there", 7, n.kim, 0, ErrNotFound}, {"undecided", waits, n.kim, 0, ErrNoAppeal},
		{"published", shown, n.kim, 0, ErrNoAppeal}, {"after six months", rejected, n.kim, 190 * 24 * time.Hour, ErrNoAppeal},
	} {
		if err := n.Appeal(n.ctx, tc.comment, tc.by, "Why?", n.Now().Add(tc.after)); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	n.appeal(t, rejected)
	if err := n.Appeal(n.ctx, rejected, n.kim, "Once more.", n.Now()); !errors.Is(err, ErrAppealed) {
		t.Errorf("twice: %v", err)
	}
	if err := n.Withdraw(n.ctx, rejected, n.kim, n.Now()); err != nil {
		t.Fatal(err)
	}
	if n.open(t, rejected) != 0 {
		t.Error("the appeal of a comment that was withdrawn is open")
	}
	n.sound(t)
}

func TestAppealUntil(t *testing.T) {
	day := func(text string) time.Time {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for from, until := range map[string]string{"2026-01-15": "2026-07-15", "2026-08-31": "2027-03-03", "2026-12-01": "2027-06-01"} {
		if got := AppealUntil(day(from)); !got.Equal(day(until)) {
			t.Errorf("from %s until %v, want %s", from, got, until)
		}
	}
}

// Any decision while an appeal is open answers it, by somebody else than who ruled.
func TestAppealIsAnswered(t *testing.T) {
	for _, tc := range []struct {
		name   string
		action moderation.Action
		state  moderation.State
	}{{"overturned", moderation.Approve, moderation.Published}, {"turned down", moderation.Reject, moderation.Rejected}} {
		t.Run(tc.name, func(t *testing.T) {
			n := newNewsroom(t)
			id := n.rejected(t, "Words")
			n.appeal(t, id)
			open := n.open(t, id)
			if err := n.tryAct(t, id, n.desk, tc.action, "No."); !errors.Is(err, ErrOwnRuling) {
				t.Fatalf("who ruled: %v", err)
			}
			if err := n.Decidable(n.ctx, Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, Action: tc.action}); !errors.Is(err, ErrOwnRuling) {
				t.Errorf("asked beforehand: %v", err)
			}
			if tc.action == moderation.Reject {
				if err := n.tryAct(t, id, n.night, tc.action, ""); !errors.Is(err, ErrAnswer) {
					t.Errorf("without an answer: %v", err)
				}
			}
			if err := n.tryAct(t, id, n.night, tc.action, "On second thoughts."); err != nil {
				t.Fatal(err)
			}
			if n.state(t, id) != tc.state || n.open(t, id) != 0 {
				t.Errorf("%s, open %d", n.state(t, id), n.open(t, id))
			}
			d, err := n.LastDecision(n.ctx, id)
			if err != nil || d.Appeal != open || d.Answer != "On second thoughts." {
				t.Errorf("the answer: %+v %v", d, err)
			}
			if detail := n.logged(t, "comment."+string(tc.action)); !strings.Contains(detail, "appeal:") || strings.Contains(detail, "alone") {
				t.Errorf("the log says %q", detail)
			}
			labels, err := n.Labels(n.ctx, 0, 10)
			if err != nil || len(labels) != 1 || labels[0].ID != d.ID {
				t.Errorf("the classifier learns %+v, %v", labels, err)
			}
			if err := n.Appeal(n.ctx, id, n.kim, "Again.", n.Now()); !errors.Is(err, ErrNoAppeal) {
				t.Errorf("an appeal against the answer: %v", err)
			}
			n.sound(t)

			// The answer is taken back: the appeal is open again.
			if _, err := n.Undo(n.ctx, Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.night, At: n.Now()}); err != nil {
				t.Fatal(err)
			}
			if n.open(t, id) != open || n.state(t, id) != moderation.Rejected {
				t.Errorf("after the answer was taken back: %s, open %d", n.state(t, id), n.open(t, id))
			}
			n.act(t, id, n.adm, moderation.Approve)
			if n.open(t, id) != 0 {
				t.Error("the second answer does not close it")
			}
			n.sound(t)
		})
	}
}

// An appeal against a block leaves its clock alone when it is turned down.
func TestAppealAgainstABlock(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	n.act(t, id, n.desk, moderation.Block)
	until, err := n.LastDecision(n.ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	n.appeal(t, id)
	v := Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.night, Action: moderation.Block, Clause: "respect", Answer: "It stays.", At: n.Now(),
		Until: n.Now().AddDate(0, 0, 29).Add(100 * time.Hour)}
	if _, err := n.Decide(n.ctx, v); err != nil {
		t.Fatal(err)
	}
	d, err := n.LastDecision(n.ctx, id)
	if err != nil || !d.Until.Equal(until.Until) || n.state(t, id) != moderation.Blocked {
		t.Errorf("upheld until %v, was %v; %v", d.Until, until.Until, err)
	}
	if restored, err := n.RestoreDue(n.ctx, until.Until); err != nil || restored != 1 || n.state(t, id) != moderation.Published {
		t.Errorf("restored %d, %s, %v", restored, n.state(t, id), err)
	}
	n.sound(t)
}

// With nobody else on the staff, who ruled hears the appeal, and the log says so.
func TestAppealHeardAlone(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "Words")
	n.act(t, id, n.adm, moderation.Reject)
	n.appeal(t, id)
	for i, m := range []int64{n.desk, n.night} {
		if err := n.tryAct(t, id, n.adm, moderation.Approve, ""); !errors.Is(err, ErrOwnRuling) {
			t.Fatalf("with %d others: %v", 2-i, err)
		}
		if err := n.SetDisabled(n.ctx, m, true, n.adm); err != nil {
			t.Fatal(err)
		}
	}
	if _, may, err := n.AppealOpen(n.ctx, id, n.adm); err != nil || !may {
		t.Errorf("alone: may %v, %v", may, err)
	}
	n.act(t, id, n.adm, moderation.Approve)
	if detail := n.logged(t, ActCommentApprove); !strings.HasSuffix(detail, " alone") {
		t.Errorf("the log says %q", detail)
	}
	n.sound(t)
}

// Who ruled cannot take the decision back from under whoever hears the appeal, unless there is nobody else.
func TestUndoUnderAnAppeal(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "Words")
	n.act(t, id, n.adm, moderation.Reject)
	n.appeal(t, id)
	undo := func() error {
		return n.takeBack(Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.adm, At: n.Now()})
	}
	for _, m := range []int64{n.desk, n.night} {
		if err := undo(); !errors.Is(err, ErrOwnRuling) || n.open(t, id) == 0 {
			t.Fatalf("with others to hear it: %v, open %d", err, n.open(t, id))
		}
		if err := n.SetDisabled(n.ctx, m, true, n.adm); err != nil {
			t.Fatal(err)
		}
	}
	if err := undo(); err != nil || n.open(t, id) != 0 || n.state(t, id) != moderation.Pending {
		t.Errorf("alone: %v, open %d, %s", err, n.open(t, id), n.state(t, id))
	}
	if detail := n.logged(t, "comment.reopen"); !strings.HasSuffix(detail, " alone") {
		t.Errorf("the log says %q", detail)
	}
	n.sound(t)
}

// The only other moderator wrote the comment: they cannot hear the appeal about it.
func TestAppealOfTheOnlyOther(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.night, "A moderator's words")
	n.act(t, id, n.adm, moderation.Reject)
	if err := n.Appeal(n.ctx, id, n.night, "Why?", n.Now()); err != nil {
		t.Fatal(err)
	}
	if err := n.SetDisabled(n.ctx, n.desk, true, n.adm); err != nil {
		t.Fatal(err)
	}
	if err := n.tryAct(t, id, n.night, moderation.Approve, ""); !errors.Is(err, ErrOwn) {
		t.Errorf("the author: %v", err)
	}
	n.act(t, id, n.adm, moderation.Approve)
	n.sound(t)
}
