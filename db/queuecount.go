package db

import (
	"context"

	"broadsheet/db/engine"
)

const (
	auditHead engine.SQL = `SELECT coalesce(max(seq), 0) FROM audit`

	// How many stand in each queue, in the order of Queues; ?1 is the last place that Published looks at.
	queueTotals engine.SQL = `SELECT
  (SELECT count(*) FROM (SELECT 1 FROM comment WHERE state = 'pending' LIMIT 1001)),
  (SELECT count(*) FROM (SELECT DISTINCT comment_id FROM (SELECT r.comment_id FROM report r WHERE ` + openReport + ` UNION ALL SELECT n.comment_id FROM notice n WHERE ` + openNotice + `) LIMIT 1001)),
  (SELECT count(*) FROM (SELECT DISTINCT p.comment_id FROM appeal p WHERE ` + openAppeal + ` LIMIT 1001)),
  (SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'blocked' UNION SELECT n.comment_id FROM notice n WHERE n.law = 'kr' AND ` + openNotice + ` LIMIT 1001)),
  (SELECT count(*) FROM (SELECT 1 FROM verdict v JOIN comment c ON c.id = v.comment_id AND c.version = v.version
    WHERE v.outcome = 'publish' AND v.comment_id >= -?1 AND ` + unread + ` LIMIT 1001)),
  (SELECT count(*) FROM (SELECT 1 FROM decision d JOIN comment c ON c.id = d.comment_id AND c.version = d.version WHERE ` + stands + ` LIMIT 1001))`

	// What happened to comments, also by a report, a notice or an appeal.
	changesAfter engine.SQL = `SELECT l.seq, l.action, coalesce(l.user_id, 0), coalesce(u.name, ''), l.subject, coalesce(c.author_id, 0)
FROM audit l LEFT JOIN user u ON u.id = l.user_id LEFT JOIN comment c ON c.id = l.subject WHERE l.seq > ?1 AND l.action LIKE 'comment.%' ORDER BY l.seq LIMIT ?2`
)

// Totals say how many comments stand in each queue, exact up to CountLimit; a larger number means "more".
type Totals map[QueueName]int

type totalsRow struct{ Pending, Reported, Appeals, Measures, Published, Decided int }

func (n totalsRow) totals() Totals {
	return Totals{QueuePending: n.Pending, QueueReported: n.Reported, QueueAppeals: n.Appeals, QueueMeasures: n.Measures,
		QueuePublished: n.Published, QueueDecided: n.Decided}
}

// Totals counts every queue, and says which was the last row of the log at that moment.
func (a *Archive) Totals(ctx context.Context) (Totals, int64, error) {
	n, err := a.News(ctx, lastID, 0)
	return n.Totals, n.Head, err
}

// Change is something that happened to a comment.
type Change struct {
	Seq     int64 // of its row in the log
	Action  string
	By      int64  // 0: the program
	Name    string // of who did it
	Comment int64
	Author  int64 // of the comment
}

// FromOthers reports whether the change is what somebody reports of the comment or asks about it, which is not for its author.
func (c Change) FromOthers() bool {
	return c.Action == ActCommentReport || c.Action == ActCommentNotice
}

// Decides reports whether the change was a decision.
func (c Change) Decides() bool {
	switch c.Action {
	case ActCommentApprove, ActCommentReject, ActCommentBlock, ActCommentRestore:
		return true
	}
	return false
}

// Changes lists what happened to comments after a row of the log, in its order, at most n.
func (a *Archive) Changes(ctx context.Context, after int64, n int) ([]Change, error) {
	var out []Change
	err := a.engine.Read(ctx, engine.All(&out, changesAfter, after, n))
	return out, err
}

// News is what an open desk does not know yet, at one moment.
type News struct {
	Changes []Change
	Totals  Totals
	Head    int64 // the log was read up to here
	Cut     bool  // there is more after Head
}

// News reads what happened to comments after a row of the log, at most n changes, and counts every queue.
func (a *Archive) News(ctx context.Context, after int64, n int) (News, error) {
	last, far := Cursor{}, false
	if err := a.engine.Read(ctx, engine.Maybe(&last, &far, reachPublished, 0, -lastID, Reach-1)); err != nil {
		return News{}, err
	}
	var row totalsRow
	var news News
	err := a.engine.Read(ctx,
		engine.All(&news.Changes, changesAfter, after, n),
		engine.One(&row, queueTotals, last.Tie),
		engine.One(&news.Head, auditHead))
	news.Totals = row.totals()
	if n > 0 && len(news.Changes) == n {
		news.Head, news.Cut = news.Changes[n-1].Seq, true
	}
	return news, err
}
