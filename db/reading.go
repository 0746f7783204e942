package db

import (
	"context"
	"fmt"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// Whether a decision d comes up for a second reading: a hash of its id, ?1 in a hundred of them; it is a person's
	// first word on words that still stand, and was not taken back.
	secondDue = `(((((d.id & 1048575) + ((d.id >> 20) & 1048575)) * 2654435761) & 4294967295) >> 16) % 100 < ?1
  AND d.user_id IS NOT NULL AND d.action IN ('approve', 'reject') AND d.undoes IS NULL AND d.appeal_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.undoes = d.id)
  AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.comment_id = d.comment_id AND (e.id < d.id OR e.user_id = ?2))
  AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.decision_id = d.id)
  AND EXISTS (SELECT 1 FROM comment c WHERE c.id = d.comment_id AND c.version = d.version AND c.author_id <> ?2 AND c.state <> 'withdrawn')`

	nextSecond engine.SQL = `SELECT d.id, d.comment_id FROM decision d WHERE d.at > ?3 AND ` + secondDue + ` ORDER BY d.at LIMIT 1`
	waitSecond engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM decision d WHERE d.at > ?3 AND ` + secondDue + ` LIMIT 1001)`
	guardDue   engine.SQL = `SELECT 1 FROM decision d WHERE d.id = ?3 AND ` + secondDue

	insertReading engine.SQL = `INSERT INTO reading (id, decision_id, user_id, action, clause, at) VALUES (?, ?, ?, ?, ?, ?)`
	commentOfDec  engine.SQL = `SELECT comment_id FROM decision WHERE id = ?`
	readingPage   engine.SQL = `SELECT d.comment_id, d.action, d.clause, d.user_id, u.name, d.at, r.action, r.clause, r.user_id, s.name, r.at
FROM reading r JOIN decision d ON d.id = r.decision_id JOIN user u ON u.id = d.user_id JOIN user s ON s.id = r.user_id
WHERE r.at >= ?1 AND r.at < ?2` + onSection + ` ORDER BY r.at DESC`
)

// SecondWindow is how long a decision may wait for its second reading; afterwards it comes up no more.
const SecondWindow = 14 * 24 * time.Hour

// Second is a decision that waits for a second reading, without what was decided.
type Second struct {
	Decision, Comment int64
}

// NextSecond is the decision that has waited longest for a second reading by a moderator, nil when none does, and how many
// do, exact up to CountLimit. Nobody reads again what they decided or wrote. A share is in per cent of the decisions.
func (a *Archive) NextSecond(ctx context.Context, share int, by int64, now time.Time) (*Second, int, error) {
	var s Second
	var found bool
	var n int
	err := a.engine.Read(ctx,
		engine.Maybe(&s, &found, nextSecond, share, by, now.Add(-SecondWindow)),
		engine.One(&n, waitSecond, share, by, now.Add(-SecondWindow)))
	if err != nil || !found {
		return nil, 0, err
	}
	return &s, n, nil
}

// Answer is what a moderator would have decided.
type Answer struct {
	Action moderation.Action // Approve or Reject
	Clause string            // of a Reject
	By     int64
	Name   string
	At     time.Time
}

// Reading is a decision and what a second moderator answered, who did not know it.
type Reading struct {
	Comment       int64
	First, Second Answer
}

// Same reports whether both would have done the same with the words, whatever the clause.
func (r Reading) Same() bool { return r.First.Action == r.Second.Action }

// Answer stores a second reading and changes nothing else: ErrConflict when the decision does not wait for this
// moderator's (any more).
func (a *Archive) Answer(ctx context.Context, share int, decision int64, s Answer) error {
	var comment int64
	if err := a.engine.Read(ctx, engine.One(&comment, commentOfDec, decision)); err != nil {
		return err
	}
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(guardStaff, errNotStaff, s.By),
			engine.Must(guardDue, ErrConflict, share, s.By, decision),
		},
		Do: []engine.Stmt{
			engine.Do(insertReading, a.engine.NewID(), decision, s.By, s.Action, s.Clause, s.At),
			audit(s.At, s.By, ActReadingGive, comment, fmt.Sprintf("decision:%d %s %s", decision, s.Action, s.Clause)),
		},
		Quiet: true,
	})
}

// Readings lists the second readings of a period, newest first.
func (a *Archive) Readings(ctx context.Context, p Period) ([]Reading, error) {
	var out []Reading
	err := a.engine.Read(ctx, engine.All(&out, readingPage, p.From, p.To, p.Section))
	return out, err
}
