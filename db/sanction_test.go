package db

import (
	"database/sql"
	"errors"
	"testing"
	"time"

	"broadsheet/moderation"
)

// A suspension ends by the clock of what is sent, without anybody doing anything; the commit itself asks.
func TestSuspensionEndsByItself(t *testing.T) {
	n := newNewsroom(t)
	now := n.Now()
	if err := n.Sanction(n.ctx, Penalty{User: n.kim, By: n.desk, Action: moderation.Suspend, Clause: "respect", Until: now.Add(time.Hour), At: now}); err != nil {
		t.Fatal(err)
	}
	at := func(at time.Time) func(*NewComment) { return func(c *NewComment) { c.At = at } }
	for _, tc := range []struct {
		after time.Duration
		want  error
	}{{0, ErrBarred}, {time.Hour - time.Millisecond, ErrBarred}, {time.Hour, nil}} {
		if _, err := n.trySubmit(n.kim, "words "+tc.after.String(), at(now.Add(tc.after))); !errors.Is(err, tc.want) {
			t.Errorf("after %v: %v, want %v", tc.after, err, tc.want)
		}
	}
	n.submit(t, n.lee, "somebody else's words")
	f, err := n.Facts(n.ctx, n.article.Slug, n.kim, now)
	if err != nil || !f.Restraint.Barred.Equal(now.Add(time.Hour)) || !f.Restraint.Held.IsZero() {
		t.Errorf("%+v %v", f.Restraint, err)
	}
}

// A ban is not ended by a suspension that ends, nor by time; a lift ends all of them.
func TestRestraint(t *testing.T) {
	n := newNewsroom(t)
	now := n.Now()
	var last int64
	impose := func(action moderation.Sanction, until time.Time) {
		t.Helper()
		p := Penalty{User: n.kim, By: n.desk, Last: last, Action: action, Until: until, At: now}
		if action != moderation.Lift {
			p.Clause = "respect"
		}
		if err := n.Sanction(n.ctx, p); err != nil {
			t.Fatal(err)
		}
		list, err := n.Sanctions(n.ctx, n.kim)
		if err != nil {
			t.Fatal(err)
		}
		last = list[0].ID
	}
	standing := func() Restraint {
		s, err := n.Restraint(n.ctx, n.kim)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := standing(); !s.Barred.IsZero() || !s.Held.IsZero() {
		t.Errorf("at first: %+v", s)
	}
	impose(moderation.Warn, time.Time{})
	impose(moderation.Suspend, now.Add(3*time.Hour))
	impose(moderation.Suspend, now.Add(time.Hour))
	impose(moderation.Premoderate, now.Add(2*time.Hour))
	if s := standing(); !s.Barred.Equal(now.Add(3*time.Hour)) || !s.Held.Equal(now.Add(2*time.Hour)) {
		t.Errorf("suspended twice: %+v", s)
	}
	impose(moderation.Ban, time.Time{})
	impose(moderation.Suspend, now.Add(time.Hour))
	impose(moderation.Premoderate, time.Time{})
	if s := standing(); !Endless(s.Barred) || !Endless(s.Held) {
		t.Errorf("banned: %+v", s)
	}
	impose(moderation.Lift, time.Time{})
	if s := standing(); !s.Barred.IsZero() || !s.Held.IsZero() {
		t.Errorf("lifted: %+v", s)
	}
}

// Two moderators at once: the second is told to look again.
func TestSanctionConflict(t *testing.T) {
	n := newNewsroom(t)
	p := Penalty{User: n.kim, By: n.desk, Action: moderation.Warn, Clause: "respect", At: n.Now()}
	if err := n.Sanction(n.ctx, p); err != nil {
		t.Fatal(err)
	}
	if p.By = n.night; !errors.Is(n.Sanction(n.ctx, p), ErrConflict) {
		t.Error("the second moderator was not told")
	}
}

// What a ban rejects teaches the classifier nothing, and so does taking it back; what was decided before still does.
func TestBansTeachNothing(t *testing.T) {
	n := newNewsroom(t)
	approved, waiting := n.submit(t, n.kim, "good words"), n.submit(t, n.kim, "more words")
	if err := n.decide(approved, 1, 0, n.desk, moderation.Approve); err != nil {
		t.Fatal(err)
	}
	if err := n.Sanction(n.ctx, Penalty{User: n.kim, By: n.desk, Action: moderation.Ban, Clause: "respect", Purge: true, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
	labels, err := n.Labels(n.ctx, 0, 10)
	if err != nil || len(labels) != 1 || labels[0].Comment != approved || labels[0].Rejected {
		t.Errorf("%+v %v (waiting: %d)", labels, err, waiting)
	}
}

// A sanction that is altered, taken away or put in behind the program's back is found.
func TestVerifyFindsForgedSanctions(t *testing.T) {
	for what, change := range map[string]string{
		"nothing": `SELECT 1`, "a longer time": `UPDATE sanction SET until = until + 3600000 WHERE action = 'suspend'`,
		"another clause": `UPDATE sanction SET clause = 'x' WHERE action = 'warn'`, "another moderator": `UPDATE sanction SET by_id = user_id WHERE action = 'warn'`,
		"one less": `DELETE FROM sanction WHERE action = 'suspend'`,
		"one more": `INSERT INTO sanction (id, user_id, by_id, action, clause, standards, at) SELECT 5, user_id, by_id, 'ban', 'respect', standards, at FROM sanction WHERE action = 'warn'`,
	} {
		n := newNewsroom(t)
		if err := n.Sanction(n.ctx, Penalty{User: n.kim, By: n.desk, Action: moderation.Warn, Clause: "respect", Note: "a note", At: n.Now()}); err != nil {
			t.Fatal(err)
		}
		if err := n.Sanction(n.ctx, Penalty{User: n.lee, By: n.desk, Action: moderation.Suspend, Clause: "respect", Until: n.Now().Add(time.Hour), Answer: "a word", At: n.Now()}); err != nil {
			t.Fatal(err)
		}
		raw, err := sql.Open("sqlite", n.path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = raw.Exec(`DELETE FROM message`)
		if err == nil {
			_, err = raw.Exec(change)
		}
		raw.Close()
		if err != nil {
			t.Fatal(what, err)
		}
		r, err := n.Verify(n.ctx, nil)
		if err != nil || (len(r.Broken) > 0) != (what != "nothing") {
			t.Errorf("%s: %v %v", what, r.Broken, err)
		}
	}
}

// A reader is told of a ban once, not of each comment.
func TestBanIsToldOnce(t *testing.T) {
	n := newNewsroom(t)
	for _, words := range []string{"one", "two", "three"} {
		n.submit(t, n.kim, words)
	}
	if err := n.Sanction(n.ctx, Penalty{User: n.kim, By: n.desk, Action: moderation.Ban, Clause: "respect", Purge: true, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
	list, err := n.Messages(n.ctx, n.kim, 0, 10)
	if err != nil || len(list) != 1 || list[0].Penalty.Action != moderation.Ban || list[0].Penalty.Comments != 3 {
		t.Errorf("%+v %v", list, err)
	}
}

// A message shows the words that were decided on, also when they were edited since.
func TestMessageKeepsTheWordsDecidedOn(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "first words")
	if err := n.decide(id, 1, 0, n.desk, moderation.Approve); err != nil {
		t.Fatal(err)
	}
	if err := n.Edit(n.ctx, id, n.kim, 1, "en", verdict("second words"), n.Now()); err != nil {
		t.Fatal(err)
	}
	if err := n.decide(id, 2, 0, n.desk, moderation.Reject); err != nil {
		t.Fatal(err)
	}
	list, err := n.Messages(n.ctx, n.kim, 0, 10)
	if err != nil || len(list) != 2 || list[0].About.Body != "second words" || list[1].About.Body != "first words" {
		t.Errorf("%+v %v", list, err)
	}
	if older, err := n.Messages(n.ctx, n.kim, list[0].ID, 10); err != nil || len(older) != 1 || older[0].ID != list[1].ID {
		t.Errorf("the next page: %+v %v", older, err)
	}
	if err := n.SeeMessages(n.ctx, n.lee, list[1].ID, list[0].ID, n.Now()); err != nil {
		t.Fatal(err)
	}
	if c, err := n.Unread(n.ctx, n.kim); err != nil || c != 2 {
		t.Errorf("%d unread after somebody else looked: %v", c, err)
	}
}
