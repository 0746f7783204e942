package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
)

// MaxMutes is how many others a reader may mute.
const MaxMutes = 200

// Why a reader cannot be muted.
var (
	ErrOwnMute = errors.New("nobody mutes themselves")
	ErrMutes   = errors.New("too many are muted: unmute somebody first")
)

const (
	insertMute engine.SQL = `INSERT INTO mute (user_id, muted_id, at) SELECT ?1, author_id, ?3 FROM comment WHERE id = ?2
ON CONFLICT (user_id, muted_id) DO NOTHING`
	deleteMute engine.SQL = `DELETE FROM mute WHERE user_id = ? AND muted_id = ?`
	guardMutes engine.SQL = `SELECT 1 FROM mute WHERE user_id = ? LIMIT 1 OFFSET ?`
	mutesOf    engine.SQL = `SELECT u.id, u.name, m.at FROM mute m JOIN user u ON u.id = m.muted_id WHERE m.user_id = ? ORDER BY m.at DESC, u.id`
)

// Muted is somebody whom a reader has muted.
type Muted struct {
	ID   int64
	Name string // as it is now
	At   time.Time
}

// Mute folds the comments of a published comment's author for one reader, and stops messages about their answers. To
// mute again changes nothing. It returns ErrNotFound when the comment is not published, ErrOwnMute, or ErrMutes beyond
// MaxMutes. It is the reader's own affair, so the log says nothing.
func (a *Archive) Mute(ctx context.Context, reader, comment int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{
		Quiet: true,
		Guard: []engine.Check{
			engine.Must(guardPublished, ErrNotFound, comment),
			engine.Must(guardOthers, ErrOwnMute, comment, reader),
			engine.MustNot(guardMutes, ErrMutes, reader, MaxMutes-1),
		},
		Do: []engine.Stmt{engine.Do(insertMute, reader, comment, at)},
	})
}

// Unmute ends it; nothing happens when there was none.
func (a *Archive) Unmute(ctx context.Context, reader, muted int64) error {
	return a.engine.Write(ctx, engine.Batch{Quiet: true, Do: []engine.Stmt{engine.Do(deleteMute, reader, muted)}})
}

// Mutes lists whom a reader has muted, the latest first; at most MaxMutes.
func (a *Archive) Mutes(ctx context.Context, reader int64) ([]Muted, error) {
	var out []Muted
	err := a.engine.Read(ctx, engine.All(&out, mutesOf, reader))
	return out, err
}
