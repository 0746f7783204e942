package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"broadsheet/db/engine"
)

// PickKind is what the staff may make of a published comment.
type PickKind string

// The kinds of picks.
const (
	Pinned PickKind = "pinned" // stands first under its article
	Choice PickKind = "choice" // the editors' choice
)

// Valid reports whether it is one of the kinds.
func (k PickKind) Valid() bool { return k == Pinned || k == Choice }

// MaxPinned is how many comments may stand first under one article.
const MaxPinned = 3

// Why a comment cannot be picked.
var (
	ErrOwnPick   = errors.New("staff never pick their own comments")
	ErrPinAnswer = errors.New("only a comment that begins a thread can be pinned")
	ErrPins      = errors.New("three comments are pinned already: unpin one first")
)

const (
	// pickStands is whether pick p stands on comment c: the words are the same and never left the page since.
	pickStands = `p.version = c.version AND c.state = 'published' AND NOT EXISTS (SELECT 1 FROM decision d
  WHERE d.comment_id = c.id AND d.id > p.id AND d.action NOT IN ('approve', 'restore'))`

	guardPick  engine.SQL = `SELECT 1 FROM pick p JOIN comment c ON c.id = p.comment_id WHERE p.comment_id = ? AND p.kind = ? AND ` + pickStands
	guardHead  engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND parent_id IS NULL`
	guardWhich engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND version = ? AND state = 'published'`
	guardPins  engine.SQL = `SELECT 1 FROM comment x JOIN pick p ON p.article_id = x.article_id AND p.kind = 'pinned'
JOIN comment c ON c.id = p.comment_id WHERE x.id = ? AND c.id <> x.id AND ` + pickStands + ` LIMIT 1 OFFSET ?`

	deletePick engine.SQL = `DELETE FROM pick WHERE comment_id = ? AND kind = ?`
	insertPick engine.SQL = `INSERT INTO pick (id, article_id, comment_id, version, kind, user_id, at)
SELECT ?1, article_id, id, version, ?3, ?4, ?5 FROM comment WHERE id = ?2`
	picksOf engine.SQL = `SELECT p.kind FROM pick p JOIN comment c ON c.id = p.comment_id WHERE p.comment_id = ? AND ` + pickStands
)

// Pick pins a published comment or makes it the editors' choice, until its words leave the page. Version is that of the
// words that were read. It returns ErrNotFound, ErrOwnPick, ErrConflict when the words are no longer those or no longer
// published, ErrPinAnswer or ErrPins.
func (a *Archive) Pick(ctx context.Context, comment int64, version int, kind PickKind, by int64, at time.Time) error {
	b := engine.Batch{
		Guard: []engine.Check{
			engine.Must(guardStaff, errNotStaff, by),
			engine.Must(commentThere, ErrNotFound, comment),
			engine.Must(guardOthers, ErrOwnPick, comment, by),
			engine.Must(guardWhich, ErrConflict, comment, version),
		},
		Do: []engine.Stmt{
			engine.Do(deletePick, comment, kind), // one that has ended
			engine.Do(insertPick, a.engine.NewID(), comment, kind, by, at),
			engine.Do(bumpOf, comment),
			audit(at, by, ActCommentPick, comment, fmt.Sprintf("%s version:%d", kind, version)),
		},
	}
	if kind == Pinned {
		b.Guard = append(b.Guard,
			engine.Must(guardHead, ErrPinAnswer, comment),
			engine.MustNot(guardPins, ErrPins, comment, MaxPinned-1))
	}
	return a.engine.Write(ctx, b)
}

// Unpick ends a pick; ErrConflict when there is none that stands.
func (a *Archive) Unpick(ctx context.Context, comment int64, kind PickKind, by int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(guardStaff, errNotStaff, by),
			engine.Must(commentThere, ErrNotFound, comment),
			engine.Must(guardOthers, ErrOwnPick, comment, by),
			engine.Must(guardPick, ErrConflict, comment, kind),
		},
		Do: []engine.Stmt{
			engine.Do(deletePick, comment, kind),
			engine.Do(bumpOf, comment),
			audit(at, by, ActCommentUnpick, comment, string(kind)),
		},
	})
}

// Picks lists what stands of picks on a comment; empty for none.
func (a *Archive) Picks(ctx context.Context, comment int64) ([]PickKind, error) {
	var out []PickKind
	err := a.engine.Read(ctx, engine.All(&out, picksOf, comment))
	return out, err
}
