package db

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"time"

	"broadsheet/moderation"
)

// published is what the review alone may do.
func published(c *NewComment) { c.Verdict.Outcome = moderation.Publish }

// acts takes a decision on the first wording of a comment and returns the decision that stands then.
func (n newsroom) acts(t *testing.T, id, by int64, action moderation.Action) int64 {
	t.Helper()
	after, err := n.LastOn(n.ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	v := Verb{Comment: id, Version: 1, After: after, By: by, Action: action, At: n.Now()}
	if action.NeedsClause() {
		v.Clause = "respect"
	}
	if action == moderation.Block {
		v.Until = v.At.Add(time.Hour)
	}
	if _, err := n.Decide(n.ctx, v); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	if after, err = n.LastOn(n.ctx, id); err != nil {
		t.Fatal(err)
	}
	return after
}

// heard are the messages about decisions that a reader has.
func (n newsroom) heard(t *testing.T, user int64) (count int) {
	t.Helper()
	if err := n.rawRow(t, "SELECT count(*) FROM message WHERE user_id = ?", user).Scan(&count); err != nil {
		t.Fatal(err)
	}
	return count
}

func (n newsroom) undo(id, after, by int64) error {
	return n.takeBack(Verb{Comment: id, Version: 1, After: after, By: by, At: n.Now()})
}

func TestBlockAndRestore(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "Words under dispute")
	block := Verb{Comment: id, Version: 1, By: n.desk, Action: moderation.Block, Clause: "respect", At: n.Now()}
	if _, err := n.Decide(n.ctx, block); !errors.Is(err, ErrAction) {
		t.Errorf("blocking what waits: %v, want ErrAction", err)
	}
	approved := n.acts(t, id, n.desk, moderation.Approve)
	if _, err := n.Decide(n.ctx, Verb{Comment: id, Version: 1, After: approved, By: n.desk, Action: moderation.Restore, At: n.Now()}); !errors.Is(err, ErrAction) {
		t.Errorf("putting back what stands there: %v, want ErrAction", err)
	}
	blocked := n.acts(t, id, n.night, moderation.Block)
	d, err := n.Decision(n.ctx, blocked)
	if err != nil || n.state(t, id) != moderation.Blocked || d.Until.IsZero() || d.Clause != "respect" {
		t.Errorf("blocked: %s, %+v %v", n.state(t, id), d, err)
	}
	n.acts(t, id, n.desk, moderation.Restore)
	if s := n.state(t, id); s != moderation.Published {
		t.Errorf("put back: %s", s)
	}
	n.sound(t)
}

// TestAfter: what a decision returns is what the next one must have seen, also when nothing stands any more.
func TestAfter(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "Words to decide on")
	v := Verb{Comment: id, Version: 1, By: n.desk, At: n.Now()}
	step := func(what string, by func(context.Context, Verb) (int64, error)) {
		t.Helper()
		after, err := by(n.ctx, v)
		if want := n.lastOn(t, id); err != nil || after != want {
			t.Errorf("%s: %d %v, want %d", what, after, err, want)
		}
		v.After = after
	}
	v.Action = moderation.Approve
	step("approved", n.Decide)
	v.Action, v.Clause = moderation.Reject, "respect"
	step("rejected", n.Decide)
	step("taken back", n.Undo)
	other := n.submit(t, n.kim, "Words decided once")
	id, v.Comment, v.After = other, other, 0
	step("rejected", n.Decide)
	step("taken back to nothing", n.Undo)
	if v.After != 0 {
		t.Errorf("after %d, want none", v.After)
	}
}

// What a decision is taken back to is what stood before it, by the review or by somebody's decision.
func TestUndo(t *testing.T) {
	n := newNewsroom(t)
	for _, tc := range []struct {
		name   string
		review func(*NewComment)
		first  moderation.Action // by the other moderator, "" for none
		second moderation.Action // taken back
		want   moderation.State
	}{
		{"an approval", func(*NewComment) {}, "", moderation.Approve, moderation.Pending},
		{"a rejection of what the review published", published, "", moderation.Reject, moderation.Published},
		{"a rejection over an approval", func(*NewComment) {}, moderation.Approve, moderation.Reject, moderation.Published},
		{"an approval over a rejection", func(*NewComment) {}, moderation.Reject, moderation.Approve, moderation.Rejected},
		{"a restoring of what was blocked", published, moderation.Block, moderation.Restore, moderation.Blocked},
	} {
		t.Run(tc.name, func(t *testing.T) {
			id := n.submit(t, n.kim, tc.name, tc.review)
			var first Decision
			if tc.first != "" {
				var err error
				if first, err = n.Decision(n.ctx, n.acts(t, id, n.night, tc.first)); err != nil {
					t.Fatal(err)
				}
			}
			before := n.heard(t, n.kim)
			second := n.acts(t, id, n.desk, tc.second)
			if n.heard(t, n.kim) != before+1 {
				t.Error("the author is not told")
			}
			if err := n.undo(id, second, n.night); !errors.Is(err, ErrConflict) {
				t.Errorf("taken back by somebody else: %v, want ErrConflict", err)
			}
			if err := n.undo(id, second, n.desk); err != nil {
				t.Fatal(err)
			}
			if s := n.state(t, id); s != tc.want {
				t.Errorf("it is %s, want %s", s, tc.want)
			}
			if n.heard(t, n.kim) != before {
				t.Error("the author is told of what was taken back")
			}
			last, err := n.LastDecision(n.ctx, id)
			if err != nil || last.Undoes != second || last.Clause != first.Clause || !last.Until.Equal(first.Until) {
				t.Errorf("the counter-decision: %+v %v", last, err)
			}
			if err := n.undo(id, last.ID, n.desk); !errors.Is(err, ErrConflict) {
				t.Errorf("taking back a taking back: %v, want ErrConflict", err)
			}
			n.acts(t, id, n.desk, moderation.Reject) // life goes on
			n.sound(t)
		})
	}
	if err := n.undo(7, 8, n.desk); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a comment that is none: %v", err)
	}
	labels, err := n.Labels(n.ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(labels) != 2+5 { // the first decisions that approve or reject, and the last of each
		t.Errorf("%d decisions teach, want 7: %+v", len(labels), labels)
	}
}

func TestUndoOfWhatIsLost(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "Soon to be edited")
	d := n.acts(t, id, n.desk, moderation.Approve)
	if err := n.Edit(n.ctx, id, n.kim, 1, "en", verdict("Edited"), n.Now()); err != nil {
		t.Fatal(err)
	}
	if err := n.undo(id, d, n.desk); !errors.Is(err, ErrConflict) {
		t.Errorf("after an edit: %v, want ErrConflict", err)
	}
	id = n.submit(t, n.kim, "Soon to be withdrawn")
	d = n.acts(t, id, n.desk, moderation.Approve)
	if err := n.Withdraw(n.ctx, id, n.kim, n.Now()); err != nil {
		t.Fatal(err)
	}
	if err := n.undo(id, d, n.desk); !errors.Is(err, ErrConflict) {
		t.Errorf("after it was withdrawn: %v, want ErrConflict", err)
	}
	n.sound(t)
}
