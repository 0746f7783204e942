package db

import (
	"database/sql"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"broadsheet/moderation"
)

// rawRow asks the file itself.
func (n newsroom) rawRow(t *testing.T, query string, args ...any) *sql.Row {
	t.Helper()
	raw, err := sql.Open("sqlite", n.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw.QueryRow(query, args...)
}

func TestRecordCountsByClause(t *testing.T) {
	n := newNewsroom(t)
	other := policy
	other.Version, other.Clauses = "t2", append(other.Clauses, moderation.Clause{ID: "subject"})
	for i, clause := range []string{"subject", "respect", "subject", ""} {
		id := n.submit(t, n.kim, strings.Repeat("x", i+1))
		v := Verb{Comment: id, Version: 1, By: n.desk, Action: moderation.Reject, Clause: clause, At: n.Now()}
		if clause == "" {
			v.Action = moderation.Approve
		}
		if _, err := n.Decide(n.ctx, v); err != nil {
			t.Fatal(err)
		}
		if i == 0 { // taken back, and decided otherwise: only what stands counts
			after, err := n.LastOn(n.ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if err := n.undo(id, after, n.desk); err != nil {
				t.Fatal(err)
			}
			n.acts(t, id, n.night, moderation.Reject)
		}
	}
	c, err := n.Comment(n.ctx, n.submit(t, n.kim, "The one that waits"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := n.Record(n.ctx, c.Comment)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Clauses) != 2 || r.Clauses[0] != (ClauseCount{"respect", 2}) || r.Clauses[1] != (ClauseCount{"subject", 1}) {
		t.Errorf("by clause: %+v", r.Clauses)
	}
	if r.Counts[moderation.Rejected] != 3 || r.Counts[moderation.Published] != 1 || r.Counts[moderation.Pending] != 1 || len(r.Recent) != 5 {
		t.Errorf("record: %+v", r)
	}
}

func TestAuthorNotes(t *testing.T) {
	n := newNewsroom(t)
	if err := n.AddAuthorNote(n.ctx, n.kim, n.desk, "Was warned by telephone", n.Now()); err != nil {
		t.Fatal(err)
	}
	if err := n.AddAuthorNote(n.ctx, 7, n.desk, "Nobody", n.Now()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("about nobody: %v", err)
	}
	if err := n.AddAuthorNote(n.ctx, n.kim, n.lee, "By a reader", n.Now()); err == nil {
		t.Error("a reader writes a note")
	}
	notes, err := n.AuthorNotes(n.ctx, n.kim)
	if err != nil || len(notes) != 1 || notes[0].Text != "Was warned by telephone" || notes[0].Name != "desk" {
		t.Fatalf("notes: %+v %v", notes, err)
	}
	if err := n.EraseAuthorNote(n.ctx, notes[0].ID, n.night, n.Now()); !errors.Is(err, ErrNotYours) {
		t.Errorf("erased by another moderator: %v", err)
	}
	if err := n.EraseAuthorNote(n.ctx, notes[0].ID, n.adm, n.Now()); err != nil {
		t.Fatal(err)
	}
	if notes, err = n.AuthorNotes(n.ctx, n.kim); err != nil || len(notes) != 0 {
		t.Errorf("after it was erased: %+v %v", notes, err)
	}
	var left int
	if err := n.rawRow(t, "SELECT count(*) FROM note WHERE body <> ''").Scan(&left); err != nil || left != 0 {
		t.Errorf("%d notes still have words: %v", left, err)
	}
	var words, acts int
	if err := n.rawRow(t, `SELECT count(*) FILTER (WHERE detail LIKE '%telephone%'), count(*) FILTER (WHERE action IN (?, ?) AND subject = ?) FROM audit`,
		ActUserNote, ActUserUnnote, n.kim).Scan(&words, &acts); err != nil || words != 0 || acts != 2 {
		t.Errorf("the log has the words %d times and %d rows about notes, want none and 2: %v", words, acts, err)
	}
	n.sound(t)
}
