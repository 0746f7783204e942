package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

const (
	keysOf  engine.SQL = `SELECT keys FROM preference WHERE user_id = ?`
	setKeys engine.SQL = `INSERT INTO preference (user_id, keys) VALUES (?1, ?2) ON CONFLICT (user_id) DO UPDATE SET keys = ?2`
)

// Keys is the document in which one of the staff keeps the keys they chose for the desk, "" for the usual ones.
func (a *Archive) Keys(ctx context.Context, user int64) (string, error) {
	var doc string
	var found bool
	err := a.engine.Read(ctx, engine.Maybe(&doc, &found, keysOf, user))
	return doc, err
}

// SetKeys keeps the keys that one of the staff chose for the desk, "" for the usual ones.
func (a *Archive) SetKeys(ctx context.Context, user int64, doc string, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.Must(guardStaff, errNotStaff, user)},
		Do:    []engine.Stmt{engine.Do(setKeys, user, doc), audit(at, user, ActUserKeys, user, "")},
	})
}
