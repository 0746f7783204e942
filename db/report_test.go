package db

import (
	"errors"
	"fmt"
	"testing"

	"broadsheet/moderation"
)

// stands is a comment of kim's that a moderator let stand.
func (n newsroom) stands(t testing.TB, text string) int64 {
	t.Helper()
	id := n.submit(t, n.kim, text)
	if err := n.decide(id, 1, 0, n.desk, moderation.Approve); err != nil {
		t.Fatal(err)
	}
	return id
}

func (n newsroom) report(t testing.TB, comment, reader int64, reason string) {
	t.Helper()
	if err := n.Report(n.ctx, NewReport{Comment: comment, By: reader, Reason: reason, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
}

// reader makes one more reader.
func (n newsroom) reader(t testing.TB, name string) int64 {
	t.Helper()
	id, err := n.CreateUser(n.ctx, NewUser{Email: name + "@example.com", Name: name, Password: "phc", Role: Reader}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// act decides on a comment as it stands.
func (n newsroom) act(t testing.TB, comment, by int64, action moderation.Action) {
	t.Helper()
	if err := n.tryAct(t, comment, by, action, "Because."); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
}

func (n newsroom) tryAct(t testing.TB, comment, by int64, action moderation.Action, answer string) error {
	t.Helper()
	v := Verb{Comment: comment, Version: 1, After: n.lastOn(t, comment), By: by, Action: action, Answer: answer, At: n.Now()}
	if action.NeedsClause() {
		v.Clause = "respect"
	}
	if action == moderation.Block {
		v.Until = n.Now().AddDate(0, 0, MeasureDays)
	}
	return n.rule(v)
}

func (n newsroom) openOn(t testing.TB, comment int64) []OpenReport {
	t.Helper()
	open, err := n.OpenReports(n.ctx, comment)
	if err != nil {
		t.Fatal(err)
	}
	return open
}

func TestReportRefusals(t *testing.T) {
	n := newNewsroom(t)
	pending, shown := n.submit(t, n.kim, "Waits"), n.stands(t, "Stands")
	out := n.reader(t, "out")
	if err := n.SetDisabled(n.ctx, out, true, n.adm); err != nil {
		t.Fatal(err)
	}
	n.report(t, shown, n.lee, "respect")
	for _, tc := range []struct {
		name        string
		comment, by int64
		want        error
	}{
		{"not published", pending, n.lee, ErrNotFound}, {"not there", 7, n.lee, ErrNotFound}, {"their own", shown, n.kim, ErrOwn},
		{"twice", shown, n.lee, ErrReported}, {"a disabled account", shown, out, ErrDisabled},
	} {
		if err := n.Report(n.ctx, NewReport{Comment: tc.comment, By: tc.by, Reason: "other", At: n.Now()}); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	for i := range ReportRate - 1 {
		n.report(t, n.stands(t, fmt.Sprint("Comment ", i)), n.lee, "other")
	}
	late := n.stands(t, "One too many")
	again := NewReport{Comment: late, By: n.lee, Reason: "other", At: n.Now()}
	if err := n.Report(n.ctx, again); !errors.Is(err, ErrRate) {
		t.Errorf("report %d of an hour: %v", ReportRate+1, err)
	}
	again.At = again.At.Add(ReportWindow)
	if err := n.Report(n.ctx, again); err != nil {
		t.Errorf("an hour later: %v", err)
	}
	n.sound(t)
}

// A report is answered by the first decision after it that stands; one that is taken back answers nothing.
func TestReportIsOpenUntilADecisionStands(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Stands")
	n.report(t, id, n.lee, "respect")
	became := func() string {
		r, found, err := n.ReportOf(n.ctx, n.lee, id)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		return r.Became
	}
	if open := n.openOn(t, id); len(open) != 1 || became() != "" {
		t.Fatalf("open: %+v, became %q", open, became())
	}
	n.act(t, id, n.desk, moderation.Reject)
	if open := n.openOn(t, id); len(open) != 0 || became() != "reject" {
		t.Errorf("after a rejection: %d open, became %q", len(open), became())
	}
	if _, err := n.Undo(n.ctx, Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
	if open := n.openOn(t, id); len(open) != 1 || became() != "" || n.state(t, id) != moderation.Published {
		t.Errorf("after it was taken back: %d open, became %q, %s", len(open), became(), n.state(t, id))
	}
	n.act(t, id, n.night, moderation.Approve)
	if open := n.openOn(t, id); len(open) != 0 || became() != "approve" {
		t.Errorf("after an approval: %d open, became %q", len(open), became())
	}
	if list, err := n.ReportsBy(n.ctx, n.lee, 0, 10); err != nil || len(list) != 1 || list[0].Body != "Stands" {
		t.Errorf("the reader's list: %+v %v", list, err)
	}
	n.act(t, id, n.night, moderation.Reject)
	if list, err := n.ReportsBy(n.ctx, n.lee, 0, 10); err != nil || list[0].Body != "" || list[0].Became != "approve" {
		t.Errorf("the reader's list once it is gone: %+v %v", list, err)
	}
	n.sound(t)
}

// Reporters weigh by how often they were right: three who never reported weigh 1.5 together.
func TestEnoughReportsHide(t *testing.T) {
	for _, byReview := range []bool{false, true} {
		t.Run(fmt.Sprint("published by the review: ", byReview), func(t *testing.T) {
			n := newNewsroom(t)
			readers := []int64{n.lee, n.reader(t, "park"), n.reader(t, "choi"), n.reader(t, "jung")}
			publish := func(text string) int64 {
				if !byReview {
					return n.stands(t, text)
				}
				return n.submit(t, n.kim, text, func(c *NewComment) { c.Verdict.Outcome = moderation.Publish })
			}
			id := publish("Stands")
			for _, r := range readers {
				n.report(t, id, r, "other")
			}
			if s := n.state(t, id); s != moderation.Published {
				t.Fatalf("number alone made it %s", s)
			}
			if err := n.SetDesk(n.ctx, 0, DeskSettings{HideAfter: 1.5}, n.adm); err != nil {
				t.Fatal(err)
			}
			id = publish("Is reported")
			before := n.lastOn(t, id)
			for i, r := range readers[:3] {
				if s := n.state(t, id); s != moderation.Published {
					t.Fatalf("%s after %d reports", s, i)
				}
				n.report(t, id, r, []string{"respect", "other", "respect"}[i])
			}
			if s := n.state(t, id); s != moderation.Pending || n.lastOn(t, id) != 0 {
				t.Fatalf("after enough reports: %s", s)
			}
			n.sound(t)
			d, err := n.LastDecision(n.ctx, id)
			if err != nil || d.By != 0 || d.Action != moderation.Reopen || d.Clause != "respect" {
				t.Errorf("hidden by %+v, %v", d, err)
			}
			if open := n.openOn(t, id); len(open) != 3 {
				t.Errorf("hiding answered the reports: %d are open", len(open))
			}
			if before != 0 {
				if err := n.decide(id, 1, before, n.desk, moderation.Reject); !errors.Is(err, ErrConflict) {
					t.Errorf("a decision that has not seen it: %v", err)
				}
			}

			// An approval that is taken back leaves it hidden; one that stands stands against the old reports.
			n.act(t, id, n.desk, moderation.Approve)
			if _, err := n.Undo(n.ctx, Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, At: n.Now()}); err != nil {
				t.Fatal(err)
			}
			if s := n.state(t, id); s != moderation.Pending {
				t.Errorf("an approval that was taken back: %s", s)
			}
			n.sound(t)
			n.act(t, id, n.night, moderation.Approve)
			n.report(t, id, readers[3], "other")
			if s := n.state(t, id); s != moderation.Published {
				t.Errorf("old reports count against an approval: %s", s)
			}
			if open := n.openOn(t, id); len(open) != 1 {
				t.Errorf("%d reports are open after the approval, want the new one", len(open))
			}
			n.sound(t)
		})
	}
}

// A reader who was right weighs more, one who was wrong less.
func TestReportsWeighByAgreement(t *testing.T) {
	n := newNewsroom(t)
	right, wrong := n.reader(t, "right"), n.reader(t, "wrong")
	for i := range 4 {
		bad, good := n.stands(t, fmt.Sprint("Bad ", i)), n.stands(t, fmt.Sprint("Good ", i))
		n.report(t, bad, right, "respect")
		n.report(t, good, wrong, "respect")
		n.act(t, bad, n.night, moderation.Reject)
		n.act(t, good, n.night, moderation.Approve)
	}
	if err := n.SetDesk(n.ctx, 0, DeskSettings{HideAfter: 0.8}, n.adm); err != nil {
		t.Fatal(err)
	}
	id := n.stands(t, "Stands")
	n.report(t, id, wrong, "respect") // (0+1)/(4+2)
	n.report(t, id, n.lee, "respect") // 1/2
	if s := n.state(t, id); s != moderation.Published {
		t.Fatalf("a weight of two thirds made it %s", s)
	}
	if open := n.openOn(t, id); open[0].Upheld != 0 || open[0].Judged != 4 || open[1].Judged != 0 {
		t.Errorf("records: %+v", open)
	}
	other := n.stands(t, "Another")
	n.report(t, other, right, "respect") // (4+1)/(4+2)
	if s := n.state(t, other); s != moderation.Pending {
		t.Errorf("a weight of five sixths left it %s", s)
	}
	if msgs := n.told(t, n.kim, "decision"); msgs == 0 {
		t.Error("the author was not told")
	}
	n.sound(t)
}

// told counts the messages of a kind that an account got (0: those to nobody's account).
func (n newsroom) told(t testing.TB, user int64, kind MessageKind) (count int) {
	t.Helper()
	if err := n.engine.Read(n.ctx, one(&count, user, kind)); err != nil {
		t.Fatal(err)
	}
	return count
}

// lastOn is the last decision that stands on the words of a comment, 0 for none.
func (n newsroom) lastOn(t testing.TB, comment int64) int64 {
	t.Helper()
	last, err := n.LastOn(n.ctx, comment)
	n.must(t, "reading what stands", err)
	return last
}
