package db

import (
	"context"
	"fmt"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	verifyPage engine.SQL = `SELECT c.id, c.state, c.version, c.body, c.characters, coalesce(v.outcome, ''), coalesce(v.at, 0)
FROM comment c LEFT JOIN verdict v ON v.comment_id = c.id AND v.version = c.version
WHERE c.id > ? ORDER BY c.id LIMIT 1000`
	verifyDecisions engine.SQL = `SELECT d.id, d.comment_id, d.version, d.user_id, '', d.action, d.clause, '', d.standards, d.at
FROM decision d WHERE d.comment_id IN (SELECT id FROM comment WHERE id > ? ORDER BY id LIMIT 1000) ORDER BY d.id`
	tallies engine.SQL = `SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM user), (SELECT count(*) FROM comment),
  (SELECT count(*) FROM decision), (SELECT count(*) FROM audit)`
)

// Report is what Verify found.
type Report struct {
	Articles, Users, Comments, Decisions, Audit int
	Unsealed                                    int64    `sql:"-"` // rows at the end of the log that no seal covers yet
	Broken                                      []string `sql:"-"` // what differs, a sentence each; empty when all is well
}

// Verify checks the whole archive: the file's integrity and foreign keys, that the state of every
// comment is the fold of its verdict and decisions, that its stored count is that of the rule, and
// the seals of the audit log. A nil key checks the seals for gaps only.
func (a *Archive) Verify(ctx context.Context, key []byte) (Report, error) {
	var r Report
	if err := a.engine.Read(ctx, engine.One(&r, tallies)); err != nil {
		return r, err
	}
	sound, err := a.engine.Check(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, sound...)
	states, err := a.verifyStates(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, states...)
	seals, tail, err := a.verifySeals(ctx, key)
	r.Broken, r.Unsealed = append(r.Broken, seals...), tail
	return r, err
}

// verifyStates folds every comment's verdict and decisions and compares.
func (a *Archive) verifyStates(ctx context.Context) (broken []string, err error) {
	for last := int64(0); ; {
		var page []struct {
			ID         int64
			State      moderation.State
			Version    int
			Body       string
			Characters int
			Outcome    moderation.Outcome
			At         time.Time
		}
		var decisions []Decision
		if err := a.engine.Read(ctx, engine.All(&page, verifyPage, last), engine.All(&decisions, verifyDecisions, last)); err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return broken, nil
		}
		by := map[int64][]moderation.Decision{}
		for _, d := range decisions {
			by[d.CommentID] = append(by[d.CommentID], moderation.Decision{Version: d.Version, By: d.By, Action: d.Action, Clause: d.Clause, At: d.At})
		}
		for _, c := range page {
			last = c.ID
			if want := moderation.Resolve(c.Version, []moderation.Reviewed{{Version: c.Version, Outcome: c.Outcome}}, by[c.ID]); want != c.State {
				broken = append(broken, fmt.Sprintf("comment %d is stored as %s, its verdict and decisions say %s", c.ID, c.State, want))
			}
			if n := moderation.Count(c.Body); n != c.Characters {
				broken = append(broken, fmt.Sprintf("comment %d is stored with %d characters, it has %d", c.ID, c.Characters, n))
			}
		}
	}
}
