package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
)

// ObjectionWindow is how long a reader can object to a sanction, and appeal against a decision: six months.
func ObjectionWindow(from time.Time) time.Time { return from.AddDate(0, 6, 0) }

// What an objection may be refused for.
var (
	ErrOwnSanction = errors.New("somebody else than who imposed the sanction answers")
	ErrObjected    = errors.New("an objection to this sanction was made before")
)

const (
	insertObjection engine.SQL = `INSERT INTO objection (id, sanction_id, note_id, at) VALUES (?, ?, ?, ?)`
	guardObjectable engine.SQL = `SELECT 1 FROM sanction s JOIN user u ON u.id = s.user_id
WHERE s.id = ?1 AND u.id = ?2 AND s.action IN ('warn', 'premoderate', 'suspend', 'ban') AND s.at > ?3 AND s.id > ` + lifted
	guardObjected engine.SQL = `SELECT 1 FROM objection WHERE sanction_id = ?`

	// openObjection holds for an objection o to sanction s of account u that nobody answered.
	openObjection = `s.id > ` + lifted + ` AND NOT EXISTS (SELECT 1 FROM sanction e WHERE e.user_id = u.id AND e.objection_id = o.id)`

	guardObjection engine.SQL = `SELECT 1 FROM objection o JOIN sanction s ON s.id = o.sanction_id JOIN user u ON u.id = s.user_id
WHERE o.id = ?1 AND u.id = ?2 AND ` + openObjection
	// Somebody else than who imposed the sanction; they themselves only where there is nobody else.
	guardOther engine.SQL = `SELECT 1 FROM objection o JOIN sanction s ON s.id = o.sanction_id WHERE o.id = ?1
  AND (s.by_id <> ?2 OR NOT EXISTS (SELECT 1 FROM user b WHERE b.role <> 'reader' AND b.status = 'active' AND b.id NOT IN (?2, s.user_id)))`
)

// Objection is what a reader says against a sanction.
type Objection struct {
	ID   int64 // 0: none
	Text string
	At   time.Time
	Open bool // nobody has answered it
}

// Object stores what a reader says against a sanction on their account: once for each, while it is not lifted and not
// older than ObjectionWindow. It returns ErrNotFound and ErrObjected.
func (a *Archive) Object(ctx context.Context, sanction, user int64, text string, at time.Time) error {
	b := engine.Batch{
		Guard: []engine.Check{
			engine.Must(guardObjectable, ErrNotFound, sanction, user, at.AddDate(0, -6, 0)),
			engine.MustNot(guardObjected, ErrObjected, sanction),
		},
		Quiet: true,
	}
	objection := a.engine.NewID()
	note, hash := a.note(&b, text)
	b.Do = append(b.Do,
		engine.Do(insertObjection, objection, sanction, note, at),
		audit(at, user, ActUserObject, user, "objection:"+hash))
	return a.engine.Write(ctx, b)
}
