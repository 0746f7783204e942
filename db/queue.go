package db

import (
	"context"
	"math"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// Order is the order of the pending queue.
type Order string

// The orders of the pending queue.
const (
	Oldest Order = "oldest"
	Newest Order = "newest"
	Risk   Order = "risk" // the riskiest first
)

// Filter narrows a queue. Empty fields do not.
type Filter struct {
	Section string // a section's slug
	Article string // an article's slug
	Text    string // letters of the comment, any case in ASCII
}

// Cursor is a place in a queue: the last comment (or decision) that was seen, and its risk.
type Cursor struct {
	ID   int64
	Risk float64
}

// Waiting is a comment in a queue with the evidence on its words.
type Waiting struct {
	Placed
	Findings  []moderation.Finding `sql:"json"`
	Reason    string
	Standards string
	Last      int64 // the last decision on these words, 0 when undecided
}

const (
	queueColumns = placedColumns + `, v.findings, v.reason, v.standards, ` + lastOn
	queueFrom    = placedFrom + `JOIN verdict v ON v.comment_id = c.id AND v.version = c.version `
	// ?1 section, ?2 article, ?3 text
	queueFilter = ` AND (?1 = '' OR a.section_slug = ?1) AND (?2 = '' OR a.slug = ?2) AND (?3 = '' OR instr(lower(c.body), lower(?3)) > 0) `

	pendingOldest engine.SQL = `SELECT ` + queueColumns + queueFrom + `WHERE c.state = 'pending' AND c.id > ?4` + queueFilter + `ORDER BY c.id LIMIT ?5`
	pendingNewest engine.SQL = `SELECT ` + queueColumns + queueFrom + `WHERE c.state = 'pending' AND c.id < ?4` + queueFilter + `ORDER BY c.id DESC LIMIT ?5`
	pendingRisk   engine.SQL = `SELECT ` + queueColumns + queueFrom + `WHERE c.state = 'pending' AND (c.risk, c.id) < (?6, ?4)` + queueFilter + `ORDER BY c.risk DESC, c.id DESC LIMIT ?5`
	pendingCount  engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM comment c JOIN article a ON a.id = c.article_id WHERE c.state = 'pending'` + queueFilter + `LIMIT 1001)`

	latestOnly             = `d.action IN ('approve', 'reject', 'block', 'restore') AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.comment_id = d.comment_id AND e.id > d.id)`
	decidedPage engine.SQL = `SELECT ` + queueColumns + ` FROM decision d JOIN comment c ON c.id = d.comment_id
JOIN user u ON u.id = c.author_id JOIN article a ON a.id = c.article_id JOIN verdict v ON v.comment_id = c.id AND v.version = c.version
WHERE d.id < ?4 AND ` + latestOnly + queueFilter + `ORDER BY d.id DESC LIMIT ?5`
	decidedCount engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM decision d JOIN comment c ON c.id = d.comment_id
JOIN article a ON a.id = c.article_id WHERE ` + latestOnly + queueFilter + `LIMIT 1001)`

	// What the review alone published: no decision speaks of these words.
	unread                 = `c.state = 'published' AND ` + lastOn + ` = 0`
	unreadPage  engine.SQL = `SELECT ` + queueColumns + queueFrom + `WHERE ` + unread + ` AND c.id < ?4` + queueFilter + `ORDER BY c.id DESC LIMIT ?5`
	unreadCount engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM comment c JOIN article a ON a.id = c.article_id WHERE ` + unread + queueFilter + `LIMIT 1001)`

	waitingByID engine.SQL = `SELECT ` + queueColumns + queueFrom + `WHERE c.id = ?`
	nextPending engine.SQL = `SELECT id FROM comment WHERE state = 'pending' AND id <> ?1 AND author_id <> ?2 ORDER BY id LIMIT 1`
)

// CountLimit is up to where queues are counted exactly; a larger count means "more".
const CountLimit = 1000

// Pending lists the comments that wait, in an order, after a cursor (nil: from the beginning), at
// most n, and how many wait in all, exact up to CountLimit.
func (a *Archive) Pending(ctx context.Context, f Filter, o Order, after *Cursor, n int) ([]Waiting, int, error) {
	var out []Waiting
	var total int
	q, c := pendingOldest, Cursor{}
	switch o {
	case Newest:
		q, c = pendingNewest, Cursor{ID: math.MaxInt64}
	case Risk:
		q, c = pendingRisk, Cursor{ID: math.MaxInt64, Risk: 2}
	}
	if after != nil {
		c = *after
	}
	args := []any{f.Section, f.Article, f.Text, c.ID, n}
	if o == Risk {
		args = append(args, c.Risk)
	}
	err := a.engine.Read(ctx,
		engine.All(&out, q, args...),
		engine.One(&total, pendingCount, f.Section, f.Article, f.Text))
	return out, total, err
}

// Decided lists the comments that moderators decided, the latest decision first, before one
// decision (0: from the latest), at most n, and how many there are, exact up to CountLimit.
func (a *Archive) Decided(ctx context.Context, f Filter, before int64, n int) ([]Waiting, int, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []Waiting
	var total int
	err := a.engine.Read(ctx,
		engine.All(&out, decidedPage, f.Section, f.Article, f.Text, before, n),
		engine.One(&total, decidedCount, f.Section, f.Article, f.Text))
	return out, total, err
}

// Published lists the comments that the review published and no moderator has read, the newest first, before one
// comment (0: from the newest), at most n, and how many there are, exact up to CountLimit.
func (a *Archive) Published(ctx context.Context, f Filter, before int64, n int) ([]Waiting, int, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []Waiting
	var total int
	err := a.engine.Read(ctx,
		engine.All(&out, unreadPage, f.Section, f.Article, f.Text, before, n),
		engine.One(&total, unreadCount, f.Section, f.Article, f.Text))
	return out, total, err
}

// Evidence reads one comment with the evidence on its words; fs.ErrNotExist when there is none.
func (a *Archive) Evidence(ctx context.Context, comment int64) (Waiting, error) {
	var w Waiting
	err := a.engine.Read(ctx, engine.One(&w, waitingByID, comment))
	return w, err
}

// NextPending is the oldest waiting comment but this one and the moderator's own, 0 when none waits.
func (a *Archive) NextPending(ctx context.Context, but, moderator int64) (int64, error) {
	var next int64
	var found bool
	err := a.engine.Read(ctx, engine.Maybe(&next, &found, nextPending, but, moderator))
	return next, err
}
