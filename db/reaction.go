package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
)

// A reader may recommend this many comments in a minute.
const reactionsAMinute = 30

// ErrOwnReaction is a reader who recommends their own comment.
var ErrOwnReaction = errors.New("nobody recommends their own comment")

const (
	guardReactions engine.SQL = `SELECT 1 FROM reaction WHERE user_id = ? AND at > ? LIMIT 1 OFFSET ?`

	react engine.SQL = `INSERT INTO reaction (comment_id, user_id, article_id, version, recommended, seq, at)
SELECT c.id, ?2, c.article_id, c.version, ?3, (SELECT coalesce(max(r.seq), 0) + 1 FROM reaction r WHERE r.article_id = c.article_id), ?4
FROM comment c WHERE c.id = ?1
ON CONFLICT (comment_id, user_id) DO UPDATE SET version = excluded.version, recommended = excluded.recommended,
  seq = excluded.seq, at = excluded.at
WHERE reaction.recommended <> excluded.recommended OR reaction.version <> excluded.version`

	// recommends is whether reaction r stands on comment c as it reads now.
	recommends = `r.comment_id = c.id AND r.version = c.version AND r.recommended = 1`

	reactionOf engine.SQL = `SELECT (SELECT count(*) FROM reaction r WHERE ` + recommends + `),
  EXISTS (SELECT 1 FROM reaction r WHERE r.user_id = ?2 AND ` + recommends + `),
  EXISTS (SELECT 1 FROM mute m WHERE m.user_id = ?2 AND m.muted_id = c.author_id)
FROM comment c WHERE c.id = ?1`

	marksUnder engine.SQL = `SELECT c.id FROM reaction r CROSS JOIN comment c ON ` + recommends + ` WHERE r.user_id = ?2 AND r.article_id = ?1`
	mutedUnder engine.SQL = mutedIn + `?1`
	// mutedIn are the published comments c by authors whom reader ?2 has muted, under the article that follows.
	mutedIn = `SELECT c.id FROM comment c CROSS JOIN mute m ON m.user_id = ?2 AND m.muted_id = c.author_id
WHERE EXISTS (SELECT 1 FROM mute x WHERE x.user_id = ?2) AND c.state = 'published' AND c.article_id = `
)

// React recommends a comment, or takes that back; to do again what stands changes nothing. It returns ErrNotFound
// when the comment is not published, ErrOwnReaction, ErrDisabled, or ErrRate beyond 30 comments a minute.
func (a *Archive) React(ctx context.Context, comment, reader int64, recommend bool, at time.Time) error {
	b := engine.Batch{
		Quiet: true, // the pulse tells of it, see Pulse.Reactions
		Guard: []engine.Check{
			engine.Must(guardActive, ErrDisabled, reader),
			engine.Must(guardPublished, ErrNotFound, comment),
			engine.Must(guardOthers, ErrOwnReaction, comment, reader),
		},
		Do: []engine.Stmt{engine.Do(react, comment, reader, recommend, at)},
	}
	if recommend {
		b.Guard = append(b.Guard, engine.MustNot(guardReactions, ErrRate, reader, at.Add(-time.Minute), reactionsAMinute-1))
	}
	return a.engine.Write(ctx, b)
}

// Regard is how one comment is seen by readers, and by one of them.
type Regard struct {
	Count       int  // readers who recommend it
	Recommended bool // the reader is one of them
	Muted       bool // the reader has muted its author
}

// Regard reads how a comment is seen, by a reader too (0: signed out); the zero value when there is no such comment.
func (a *Archive) Regard(ctx context.Context, comment, reader int64) (Regard, error) {
	var s Regard
	found := false
	err := a.engine.Read(ctx, engine.Maybe(&s, &found, reactionOf, comment, reader))
	return s, err
}

// Marks are the comments under an article that are something to one reader.
type Marks struct {
	Recommended []int64 // by the reader
	Muted       []int64 // published, by authors whom the reader has muted
}

// Marks reads a reader's marks under an article; empty when there are none.
func (a *Archive) Marks(ctx context.Context, article, reader int64) (Marks, error) {
	var m Marks
	err := a.engine.Read(ctx, engine.All(&m.Recommended, marksUnder, article, reader), engine.All(&m.Muted, mutedUnder, article, reader))
	return m, err
}
