package db

import (
	"context"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// Waiting is a comment in a queue with the evidence on its words.
type Waiting struct {
	Placed
	Findings  []moderation.Finding `sql:"json"`
	Reason    string
	Standards string
	Last      int64  // the last decision on these words, 0 when undecided
	Place     Cursor // in the queue it was read from
}

const (
	queueColumns            = placedColumns + `, v.findings, v.reason, v.standards, ` + lastOn
	queueFrom               = placedFrom + `JOIN verdict v ON v.comment_id = c.id AND v.version = c.version `
	waitingByID  engine.SQL = `SELECT ` + queueColumns + `, 0.0, c.id` + queueFrom + `WHERE c.id = ?`
	nextPending  engine.SQL = `SELECT id FROM comment WHERE state = 'pending' AND id <> ?1 AND author_id <> ?2 AND id NOT IN (SELECT value FROM json_each(?3))
ORDER BY id LIMIT 1`
)

// Evidence reads one comment with the evidence on its words; fs.ErrNotExist when there is none.
func (a *Archive) Evidence(ctx context.Context, comment int64) (Waiting, error) {
	var w Waiting
	err := a.engine.Read(ctx, engine.One(&w, waitingByID, comment))
	return w, err
}

// NextPending is the oldest waiting comment but this one, the moderator's own and those that others read, 0 when none waits.
func (a *Archive) NextPending(ctx context.Context, but, moderator int64, read []int64) (int64, error) {
	var next int64
	var found bool
	err := a.engine.Read(ctx, engine.Maybe(&next, &found, nextPending, but, moderator, jsonList(append([]int64{}, read...))))
	return next, err
}
