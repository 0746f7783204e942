package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	logSanctions engine.SQL = `SELECT l.seq, l.at, coalesce(l.user_id, 0), l.action, l.subject, l.detail FROM audit l
WHERE l.seq > ? AND l.action IN ('user.warn', 'user.premoderate', 'user.suspend', 'user.ban', 'user.lift', 'user.uphold') ORDER BY l.seq LIMIT 5000`
	sanctionPage engine.SQL = `SELECT id, action, user_id, by_id, clause, at, until FROM sanction WHERE id > ? ORDER BY id LIMIT 5000`
)

// sanctioned is a sanction as both the log and the table have it.
type sanctioned struct {
	action   string
	user, by int64
	detail   string // clause and end
	at       int64  // unix milliseconds
}

// verifySanctions compares every sanction with the log's rows of them, both ways.
func (a *Archive) verifySanctions(ctx context.Context) (broken []string, err error) {
	log, err := a.loggedSanctions(ctx)
	if err != nil {
		return nil, err
	}
	for last := int64(0); ; {
		var page []struct {
			ID       int64
			Action   moderation.Sanction
			User, By int64
			Clause   string
			At       time.Time
			Until    time.Time
		}
		if err := a.engine.Read(ctx, engine.All(&page, sanctionPage, last)); err != nil {
			return nil, err
		}
		for _, s := range page {
			last = s.ID
			act := sanctioned{"user." + string(s.Action), s.User, s.By, penaltyDetail(Penalty{Clause: s.Clause, Until: s.Until}, "", "", 0), s.At.UnixMilli()}
			if log[act]--; log[act] < 0 {
				broken = append(broken, fmt.Sprintf("sanction %d has no row in the audit log that says the same", s.ID))
			}
		}
		if len(page) == 0 {
			break
		}
	}
	for act, n := range log {
		if n > 0 {
			broken = append(broken, fmt.Sprintf("the audit log has %s of account %d, the archive has not", act.action, act.user))
		}
	}
	return broken, nil
}

// loggedSanctions counts the sanctions that the log has.
func (a *Archive) loggedSanctions(ctx context.Context) (map[sanctioned]int, error) {
	log := map[sanctioned]int{}
	for last := int64(0); ; {
		var page []sealedRow
		if err := a.engine.Read(ctx, engine.All(&page, logSanctions, last)); err != nil || len(page) == 0 {
			return log, err
		}
		for _, l := range page {
			last = l.Seq
			clause, rest, _ := strings.Cut(l.Detail, " ")
			if end, _, _ := strings.Cut(rest, " "); strings.HasPrefix(end, "until:") {
				clause += " " + end
			}
			log[sanctioned{l.Action, l.Subject, l.By, clause, l.At.UnixMilli()}]++
		}
	}
}
