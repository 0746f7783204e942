package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// What is blocked only until a time that has come, and nothing else was decided since.
const dueMeasures engine.SQL = `SELECT c.id, c.version, d.id FROM decision d JOIN comment c ON c.id = d.comment_id AND c.version = d.version
WHERE d.until IS NOT NULL AND d.until <= ? AND d.action = 'block' AND c.state = 'blocked' AND d.id = ` + lastOn + ` ORDER BY d.until LIMIT 500`

// guardRenewed holds for words that the clock has put back, and of which no notice was given since.
const guardRenewed engine.SQL = `SELECT 1 FROM comment c JOIN decision d ON d.id = (SELECT max(e.id) FROM decision e
  WHERE e.comment_id = c.id AND e.version = c.version AND e.action = 'restore' AND e.user_id IS NULL)
WHERE c.id = ?1 AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.comment_id = c.id AND n.version = c.version AND n.id > d.id)`

// RestoreDue puts back the comments whose block has ended, each by a decision of nobody, which answers an open appeal against
// it, and tells those concerned. It returns how many; comments that were decided meanwhile are left alone.
func (a *Archive) RestoreDue(ctx context.Context, now time.Time) (restored int, err error) {
	for {
		var due []struct {
			Comment int64
			Version int
			Block   int64
		}
		if err := a.engine.Read(ctx, engine.All(&due, dueMeasures, now)); err != nil || len(due) == 0 {
			return restored, err
		}
		before := restored
		for _, d := range due {
			_, err := a.Decide(ctx, Verb{Comment: d.Comment, Version: d.Version, After: d.Block, Action: moderation.Restore, At: now})
			switch {
			case err == nil:
				restored++
			case !errors.Is(err, ErrConflict) && !errors.Is(err, ErrAction):
				return restored, err
			}
		}
		if restored == before {
			return restored, nil
		}
	}
}
