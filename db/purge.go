package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// What a ban by ?2 can reject of account ?1, and how many there are of them at the commit.
	purgeable              = `c.author_id = ?1 AND c.state IN ('pending', 'published') AND NOT (` + overruled + ` AND ` + others + `)`
	toPurge     engine.SQL = `SELECT c.id, c.version, ` + lastOn + `, 0, '', '', NULL, '', 0 FROM comment c WHERE ` + purgeable + ` ORDER BY c.id`
	guardPurged engine.SQL = `SELECT 1 WHERE (SELECT count(*) FROM comment c WHERE ` + purgeable + `) = ?3`

	noticedHere                 = ` FROM notice n JOIN comment c ON c.id = n.comment_id AND c.version = n.version WHERE c.author_id = ?1`
	noticesAbout     engine.SQL = `SELECT n.comment_id, n.id` + noticedHere + ` ORDER BY n.id`
	guardNoticesHere engine.SQL = `SELECT 1 WHERE (SELECT count(*)` + noticedHere + `) = ?2`

	// The decisions of bans on account ?1 that still stand, with what stood before each.
	toRestore engine.SQL = `SELECT c.id, c.version, p.id, p.id, coalesce(d.action, 'reopen'), coalesce(d.clause, ''), d.until,
  coalesce((SELECT v.outcome FROM verdict v WHERE v.comment_id = c.id AND v.version = c.version), ''),
  ` + ruled + ` AND ` + openAppealID + ` <> 0
FROM sanction s JOIN decision p ON p.sanction_id = s.id AND p.undoes IS NULL JOIN comment c ON c.id = p.comment_id AND c.version = p.version
LEFT JOIN decision d ON d.id = (SELECT e.id FROM decision e WHERE e.comment_id = c.id AND e.version = c.version AND e.id < p.id ORDER BY e.id DESC LIMIT 1)
WHERE s.user_id = ?1 AND s.action = 'ban' AND c.state <> 'withdrawn' AND ` + lastOn + ` = p.id ORDER BY c.id`
)

// decided is a decision with the state that follows from it.
type decided struct {
	Verb
	state moderation.State
}

// purge lists the decisions that go with a sanction on all comments of an account, and guards them: with a ban the
// rejection of all that wait or are published, with a lift the counter-decisions on those, so that what stood before
// stands again.
func (a *Archive) purge(ctx context.Context, b *engine.Batch, p Penalty) ([]decided, error) {
	var rows []struct {
		Comment  int64
		Version  int
		After    int64
		Undoes   int64
		Action   moderation.Action
		Clause   string
		Until    time.Time
		Reviewed moderation.Outcome
		Alone    bool // an appeal against a decision of the moderator's own waits
	}
	list := toPurge
	if p.Action == moderation.Lift {
		list = toRestore
	}
	var notices []struct{ Comment, ID int64 }
	if err := a.engine.Read(ctx, engine.All(&rows, list, p.User, p.By), engine.All(&notices, noticesAbout, p.User)); err != nil {
		return nil, err
	}
	told := map[int64][]int64{}
	for _, n := range notices {
		told[n.Comment] = append(told[n.Comment], n.ID)
	}
	b.Guard = append(b.Guard, engine.Must(guardNoticesHere, errMoved, p.User, len(notices)))
	if p.Action != moderation.Lift {
		b.Guard = append(b.Guard, engine.Must(guardPurged, errMoved, p.User, p.By, len(rows)))
	}
	out := make([]decided, len(rows))
	for i, r := range rows {
		v := Verb{Comment: r.Comment, Version: r.Version, After: r.After, By: p.By, Action: r.Action, Clause: r.Clause, Until: r.Until, At: p.At,
			undoes: r.Undoes, notices: told[r.Comment], alone: r.Alone}
		if p.Action != moderation.Lift {
			v.Action, v.Clause = moderation.Reject, p.Clause
		}
		b.Guard = append(b.Guard, engine.Must(guardCurrent, errMoved, v.Comment, v.Version, v.After))
		if p.Action == moderation.Lift {
			b.Guard = append(b.Guard, engine.MustNot(guardOwnRuling, ErrOwnRuling, v.Comment, p.By))
		}
		out[i] = decided{v, moderation.Resolve(v.Version, []moderation.Reviewed{{Version: v.Version, Outcome: r.Reviewed}},
			[]moderation.Decision{{Version: v.Version, Action: v.Action, Clause: v.Clause}})}
	}
	return out, nil
}
