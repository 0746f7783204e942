package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// The decision carries the version of the words it speaks of and the standards in force.
	insertDecision engine.SQL = `INSERT INTO decision (id, comment_id, version, user_id, action, clause, note_id, standards, at)
SELECT ?1, c.id, c.version, ?3, ?4, ?5, ?6, (SELECT version FROM standards ORDER BY applied DESC, version DESC LIMIT 1), ?7
FROM comment c WHERE c.id = ?2`
	insertNote engine.SQL = `INSERT INTO note (id, body, salt) VALUES (?, ?, ?)`
	setState   engine.SQL = `UPDATE comment SET state = ?2 WHERE id = ?1`

	commentThere engine.SQL = `SELECT 1 FROM comment WHERE id = ?`
	guardOthers  engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND author_id <> ?`
	guardStaff   engine.SQL = `SELECT 1 FROM user WHERE id = ? AND status = 'active' AND role <> 'reader'`
	guardCurrent engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ?1 AND c.version = ?2 AND c.state <> 'withdrawn'
  AND coalesce((SELECT max(d.id) FROM decision d WHERE d.comment_id = c.id AND d.version = c.version), 0) = ?3
  AND (?3 <> 0 OR c.state IN ('pending', 'published'))` // published: by the review

	decisionColumns = `d.id, d.comment_id, d.version, d.user_id, u.name, d.action, d.clause, coalesce(n.body, ''), d.standards, d.at
FROM decision d JOIN user u ON u.id = d.user_id LEFT JOIN note n ON n.id = d.note_id`

	decisionsOf  engine.SQL = `SELECT ` + decisionColumns + ` WHERE d.comment_id = ? ORDER BY d.id DESC`
	lastDecision engine.SQL = `SELECT ` + decisionColumns + ` WHERE d.comment_id = ? ORDER BY d.id DESC LIMIT 1`
)

// Decision is one decision on a comment, as it was appended.
type Decision struct {
	ID        int64
	CommentID int64
	Version   int // of the comment it speaks of
	By        int64
	Name      string // who decided: for staff only
	Action    moderation.Action
	Clause    string
	Note      string
	Standards string
	At        time.Time
}

// Verb is a decision about to be taken.
type Verb struct {
	Comment int64
	Version int   // of the words that were read
	After   int64 // the last decision that was seen on them, 0 when they were pending
	By      int64
	Action  moderation.Action // Approve or Reject
	Clause  string            // needed to reject
	Note    string            // for the record, "" for none
	At      time.Time
}

var errNotStaff = errors.New("only moderators decide")

// Decide appends a decision, sets the state that follows from it, and logs both, or does nothing:
// ErrNotFound, ErrOwn, or ErrConflict when the words were edited, withdrawn or decided meanwhile.
func (a *Archive) Decide(ctx context.Context, v Verb) error {
	state, action := moderation.Published, ActCommentApprove
	if v.Action == moderation.Reject {
		state, action = moderation.Rejected, ActCommentReject
	}
	b := engine.Batch{Guard: decideGuards(v)}
	var note any
	detail := v.Clause
	if v.Note != "" {
		salt := make([]byte, 16)
		rand.Read(salt) // never fails: crypto/rand aborts the program instead
		sum := sha256.Sum256(append(salt[:16:16], v.Note...))
		noteID := a.engine.NewID()
		note, detail = noteID, detail+" note:"+hex.EncodeToString(sum[:])
		b.Do = append(b.Do, engine.Do(insertNote, noteID, v.Note, salt))
	}
	b.Do = append(b.Do,
		engine.Do(insertDecision, a.engine.NewID(), v.Comment, v.By, v.Action, v.Clause, note, v.At),
		engine.Do(setState, v.Comment, state),
		engine.Do(bumpOf, v.Comment),
		audit(v.At, v.By, action, v.Comment, detail))
	return a.engine.Write(ctx, b)
}

// decideGuards are what must hold for a decision, in the order of the answers.
func decideGuards(v Verb) []engine.Check {
	return []engine.Check{
		engine.Must(guardStaff, errNotStaff, v.By),
		engine.Must(commentThere, ErrNotFound, v.Comment),
		engine.Must(guardOthers, ErrOwn, v.Comment, v.By),
		engine.Must(guardCurrent, ErrConflict, v.Comment, v.Version, v.After),
	}
}

// Decisions lists all decisions on a comment, newest first.
func (a *Archive) Decisions(ctx context.Context, comment int64) ([]Decision, error) {
	var out []Decision
	err := a.engine.Read(ctx, engine.All(&out, decisionsOf, comment))
	return out, err
}

// LastDecision reads the latest decision on a comment; fs.ErrNotExist when there is none.
func (a *Archive) LastDecision(ctx context.Context, comment int64) (Decision, error) {
	var d Decision
	err := a.engine.Read(ctx, engine.One(&d, lastDecision, comment))
	return d, err
}

// Decidable says why a decision would be refused, without taking it: ErrNotFound, ErrOwn,
// ErrConflict, or nil.
func (a *Archive) Decidable(ctx context.Context, v Verb) error {
	return a.engine.Write(ctx, engine.Batch{Guard: decideGuards(v), Quiet: true})
}
