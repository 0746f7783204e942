package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	clauseCounts engine.SQL = `SELECT d.clause, count(*) FROM comment c JOIN decision d ON d.id = ` + lastOn + `
WHERE c.author_id = ? AND d.action IN ('reject', 'block') GROUP BY d.clause ORDER BY count(*) DESC, d.clause`
	// A report was right when the next decision on the comment took it down or kept it off the page.
	reportsMade engine.SQL = `SELECT count(*), count(x.action), count(*) FILTER (WHERE x.action IN ('reject', 'block')) FROM
  (SELECT nullif(nullif(` + reportBecame + `, 'withdraw'), 'edit') AS action FROM report r WHERE r.user_id = ?) x`

	viewedLately engine.SQL = `SELECT 1 FROM audit WHERE action = 'user.view' AND subject = ? AND user_id = ? AND at > ?`
)

// ViewEvery is how long a look at an account is logged once for each member of the staff.
const ViewEvery = time.Hour

// History is what an account did and what came of it.
type History struct {
	Counts    map[moderation.State]int // its comments
	Clauses   []ClauseCount            // of those rejected or blocked, the most frequent first
	Reports   ReportCount
	Sanctions []Sanctioned // newest first
}

// ClauseCount is how many comments a clause was held against.
type ClauseCount struct {
	Clause string
	N      int
}

// ReportCount is how often an account reported comments of others.
type ReportCount struct {
	Made, Judged, Upheld int
}

// History reads what an account did; all zero for one that did nothing.
func (a *Archive) History(ctx context.Context, user int64) (History, error) {
	h := History{Counts: map[moderation.State]int{}}
	var counts []struct {
		State moderation.State
		N     int
	}
	err := a.engine.Read(ctx,
		engine.All(&counts, authorCounts, user),
		engine.All(&h.Clauses, clauseCounts, user),
		engine.One(&h.Reports, reportsMade, user),
		engine.All(&h.Sanctions, sanctionsOf, user))
	for _, c := range counts {
		h.Counts[c.State] = c.N
	}
	return h, err
}

// errSeen is a look that the log has already.
var errSeen = errors.New("this look was logged within the hour")

// ViewUser logs that one of the staff looked at somebody's account, at most once within ViewEvery; ErrNotFound when
// there is no such account.
func (a *Archive) ViewUser(ctx context.Context, user, by int64, at time.Time) error {
	err := a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(userExists, ErrNotFound, user),
			engine.MustNot(viewedLately, errSeen, user, by, at.Add(-ViewEvery)),
		},
		Do: []engine.Stmt{audit(at, by, ActUserView, user, "")}, Quiet: true,
	})
	if errors.Is(err, errSeen) {
		return nil
	}
	return err
}
