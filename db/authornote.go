package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
)

const (
	authorNotes engine.SQL = `SELECT a.id, a.by_id, u.name, n.body, a.at FROM author_note a JOIN note n ON n.id = a.note_id JOIN user u ON u.id = a.by_id
WHERE a.user_id = ? AND n.body <> '' ORDER BY a.id DESC LIMIT 50`
	authorNoteByID   engine.SQL = `SELECT user_id, note_id FROM author_note WHERE id = ?`
	insertAuthorNote engine.SQL = `INSERT INTO author_note (id, user_id, by_id, note_id, at) VALUES (?, ?, ?, ?, ?)`
	eraseNote        engine.SQL = `UPDATE note SET body = '' WHERE id = ?`
	userThere        engine.SQL = `SELECT 1 FROM user WHERE id = ?`
	guardNote        engine.SQL = `SELECT 1 FROM author_note a, user u WHERE a.id = ?1 AND u.id = ?2 AND (a.by_id = u.id OR u.role = 'admin')`
)

// AuthorNote is what one of the staff wrote down about a reader.
type AuthorNote struct {
	ID   int64
	By   int64
	Name string // of who wrote it
	Text string
	At   time.Time
}

// ErrNotYours is a note that somebody else wrote: only they and admins may erase it.
var ErrNotYours = errors.New("only who wrote a note and admins may erase it")

// AuthorNotes lists the notes on a reader that were not erased, newest first, at most 50.
func (a *Archive) AuthorNotes(ctx context.Context, user int64) ([]AuthorNote, error) {
	var out []AuthorNote
	err := a.engine.Read(ctx, engine.All(&out, authorNotes, user))
	return out, err
}

// AddAuthorNote writes a note about a reader; ErrNotFound when there is no such reader.
func (a *Archive) AddAuthorNote(ctx context.Context, user, by int64, text string, at time.Time) error {
	b := engine.Batch{Guard: []engine.Check{engine.Must(guardStaff, errNotStaff, by), engine.Must(userThere, ErrNotFound, user)}}
	note, hash := a.note(&b, text)
	b.Do = append(b.Do,
		engine.Do(insertAuthorNote, a.engine.NewID(), user, by, note, at),
		audit(at, by, ActUserNote, user, "note:"+hash))
	return a.engine.Write(ctx, b)
}

// EraseAuthorNote takes the words of a note away for good; ErrNotFound when there is none of that id, ErrNotYours for
// moderators who did not write it.
func (a *Archive) EraseAuthorNote(ctx context.Context, id, by int64, at time.Time) error {
	var n struct{ User, Note int64 }
	if err := a.engine.Read(ctx, engine.One(&n, authorNoteByID, id)); err != nil {
		return err
	}
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.Must(guardStaff, errNotStaff, by), engine.Must(guardNote, ErrNotYours, id, by)},
		Do:    []engine.Stmt{engine.Do(eraseNote, n.Note), audit(at, by, ActUserUnnote, n.User, "")},
	})
}
