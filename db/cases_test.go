package db

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// The statements below put rows in as they stand in the file; who may put them in is another file's.
const (
	testReport engine.SQL = `INSERT INTO report (id, comment_id, version, user_id, reason, at) VALUES (?, ?, 1, ?, 'respect', ?)`
	testNotice engine.SQL = `INSERT INTO notice (id, number, law, comment_id, version, name, email, language, ground, note_id, token, at)
VALUES (?1, 'N' || ?1, ?2, ?3, 1, 'Somebody', 'somebody@example.com', 'en', 'privacy', ?4, x'00', ?5)`
	testAppeal engine.SQL = `INSERT INTO appeal (id, comment_id, decision_id, user_id, note_id, at) VALUES (?, ?, ?, ?, ?, ?)`
	testWeight engine.SQL = `SELECT ` + reportWeight + ` FROM report r WHERE r.id = ?`
)

func (n newsroom) write(t *testing.T, b engine.Batch) {
	t.Helper()
	if err := n.engine.Write(n.ctx, b); err != nil {
		t.Fatal(err)
	}
}

func (n newsroom) reported(t *testing.T, comment, reader int64) int64 {
	t.Helper()
	id := n.engine.NewID()
	n.write(t, engine.Batch{Do: []engine.Stmt{engine.Do(testReport, id, comment, reader, n.Now())}})
	return id
}

func (n newsroom) noticed(t *testing.T, comment int64, law string) {
	t.Helper()
	var b engine.Batch
	note, _ := n.note(&b, "This is about me")
	b.Do = append(b.Do, engine.Do(testNotice, n.engine.NewID(), law, comment, note, n.Now()))
	n.write(t, b)
}

func (n newsroom) appealed(t *testing.T, comment int64, at time.Time) int64 {
	t.Helper()
	d, err := n.LastDecision(n.ctx, comment)
	if err != nil {
		t.Fatal(err)
	}
	var b engine.Batch
	note, _ := n.note(&b, "It was a quotation")
	id := n.engine.NewID()
	b.Do = append(b.Do, engine.Do(testAppeal, id, comment, d.ID, n.kim, note, at))
	n.write(t, b)
	return id
}

// take decides whatever stands, as somebody who has just looked.
func (n newsroom) take(t *testing.T, comment, by int64, action moderation.Action, change ...func(*Verb)) {
	t.Helper()
	c, err := n.Evidence(n.ctx, comment)
	if err != nil {
		t.Fatal(err)
	}
	v := Verb{Comment: comment, Version: c.Version, After: c.Last, By: by, Action: action, At: n.Now()}
	if action == moderation.Reject || action == moderation.Block {
		v.Clause = "respect"
	}
	for _, f := range change {
		f(&v)
	}
	if _, err := n.Decide(n.ctx, v); err != nil {
		t.Fatal(err)
	}
}

func (n newsroom) standing(t *testing.T, q QueueName, o Order) []int64 {
	t.Helper()
	ids, first := walkThrough(t, n, Ask{Queue: q, Order: o, N: 1})
	totals, _, err := n.Totals(n.ctx)
	if err != nil || totals[q] != len(ids) || first.Count != len(ids) {
		t.Errorf("%s: %d rows, counted %d and %d (%v)", q, len(ids), totals[q], first.Count, err)
	}
	return ids
}

func TestReportsWeigh(t *testing.T) {
	n := newNewsroom(t)
	weight := func(report int64) (w float64) {
		if err := n.engine.Read(n.ctx, engine.One(&w, testWeight, report)); err != nil {
			t.Fatal(err)
		}
		return w
	}
	publish := func(text string) int64 {
		id := n.submit(t, n.kim, text)
		n.take(t, id, n.desk, moderation.Approve)
		return id
	}
	one, two, three, open := publish("one"), publish("two"), publish("three"), publish("open")
	first := n.reported(t, one, n.lee)
	if w := weight(first); w != .5 {
		t.Errorf("without a record: %g", w)
	}
	n.take(t, one, n.night, moderation.Block) // upheld
	n.reported(t, two, n.lee)
	n.take(t, two, n.night, moderation.Approve) // not
	if w := weight(first); w != 2./4 {
		t.Errorf("one of two upheld: %g", w)
	}
	n.reported(t, three, n.lee)
	n.take(t, three, n.night, moderation.Reject) // upheld, and taken back: it waits again
	last, err := n.LastDecision(n.ctx, three)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Undo(n.ctx, Verb{Comment: three, Version: 1, After: last.ID, By: n.night, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
	four := publish("four")
	n.reported(t, four, n.lee)
	if err := n.Withdraw(n.ctx, four, n.kim, n.Now()); err != nil { // judges nothing
		t.Fatal(err)
	}
	if w := weight(n.reported(t, open, n.lee)); w != 2./4 {
		t.Errorf("still one of two upheld: %g", w)
	}
	cases, err := n.OpenCases(n.ctx, []int64{one, two, three, four, open})
	if err != nil || len(cases) != 3 || cases[one][0].Kind != "block" || len(cases[three]) != 1 || len(cases[open]) != 1 || cases[open][0].Weight != 2./4 {
		t.Errorf("open cases: %+v %v", cases, err)
	}
}

// What is reported most heavily comes first, however risky or new it is; by the deadline, what was reported first.
func TestReportedStandByWeight(t *testing.T) {
	n := newNewsroom(t)
	var ids []int64
	for i, readers := range []int{2, 1, 3} {
		id := n.submit(t, n.kim, fmt.Sprint("comment ", i), func(c *NewComment) { c.Verdict.Risk = float64(i) / 10 })
		n.take(t, id, n.desk, moderation.Approve)
		for _, reader := range []int64{n.lee, n.night, n.adm}[:readers] {
			n.reported(t, id, reader)
		}
		ids = append(ids, id)
	}
	for order, want := range map[Order][]int64{Risk: {ids[2], ids[0], ids[1]}, Deadline: ids, Newest: {ids[2], ids[1], ids[0]}} {
		if got := n.standing(t, QueueReported, order); !slices.Equal(got, want) {
			t.Errorf("by %s: %v, want %v", order, got, want)
		}
	}
}

func TestCasesStandInTheirQueues(t *testing.T) {
	n := newNewsroom(t)
	var ids []int64
	for _, text := range []string{"first", "second", "third", "fourth"} {
		ids = append(ids, n.submit(t, n.kim, text))
		n.take(t, ids[len(ids)-1], n.desk, moderation.Approve)
	}
	want := func(what string, got []int64, wanted ...int64) {
		t.Helper()
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: %v, want %v", what, got, wanted)
		}
	}
	n.reported(t, ids[0], n.lee)
	n.reported(t, ids[1], n.lee)
	n.reported(t, ids[1], n.night)
	n.noticed(t, ids[2], "dsa")
	n.noticed(t, ids[3], "kr")
	want("reported", n.standing(t, QueueReported, Risk), ids[2], ids[3], ids[1], ids[0])
	want("reported by deadline", n.standing(t, QueueReported, Deadline), ids[0], ids[1], ids[2], ids[3])
	want("measures", n.standing(t, QueueMeasures, Deadline), ids[3])
	until := func(d time.Duration) func(*Verb) {
		return func(v *Verb) { v.Until = v.At.Add(d) }
	}
	n.take(t, ids[3], n.night, moderation.Block, until(30*24*time.Hour))
	n.take(t, ids[0], n.night, moderation.Block, until(24*time.Hour))
	n.take(t, ids[1], n.night, moderation.Block)
	want("reported", n.standing(t, QueueReported, Risk), ids[2])
	want("measures", n.standing(t, QueueMeasures, Deadline), ids[0], ids[3], ids[1])
	n.take(t, ids[0], n.night, moderation.Restore)
	want("after one was put back", n.standing(t, QueueMeasures, Deadline), ids[3], ids[1])

	n.take(t, ids[2], n.desk, moderation.Reject)
	want("appeals", n.standing(t, QueueAppeals, Deadline))
	n.appealed(t, ids[3], n.Now().Add(-time.Minute))
	answered := n.appealed(t, ids[2], n.Now())
	want("appeals", n.standing(t, QueueAppeals, Deadline), ids[3], ids[2])
	want("appeals, the newest first", n.standing(t, QueueAppeals, Newest), ids[3], ids[2])
	cases, err := n.OpenCases(n.ctx, ids)
	if c := cases[ids[2]]; err != nil || len(c) != 1 || c[0].Kind != "appeal" || c[0].Decider != n.desk || c[0].Text != "It was a quotation" {
		t.Errorf("the appeal: %+v %v", c, err)
	}
	n.take(t, ids[2], n.night, moderation.Restore, func(v *Verb) { v.Appeal = answered })
	want("after one was answered", n.standing(t, QueueAppeals, Deadline), ids[3])
	want("decided", n.standing(t, QueueDecided, Newest), ids[2], ids[0], ids[1], ids[3])
	narrowed, _ := walkThrough(t, n, Ask{Queue: QueueDecided, Filter: Filter{Reader: "kim"}, N: 3})
	want("decided, of one reader", narrowed, ids[2], ids[0], ids[1], ids[3])

	by := n.submit(t, n.lee, "by the review", func(c *NewComment) { c.Verdict.Outcome = moderation.Publish })
	want("published", n.standing(t, QueuePublished, Newest), by)
	n.take(t, by, n.desk, moderation.Approve)
	want("published and read", n.standing(t, QueuePublished, Newest))
}
