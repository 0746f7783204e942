package db

import (
	"context"
	"errors"
	"math"
	"time"

	"broadsheet/db/engine"
)

const (
	logColumns = `SELECT l.seq, l.at, coalesce(l.user_id, 0), coalesce(u.name, ''), l.action, l.subject, l.detail,
  l.seq <= coalesce((SELECT max(last) FROM audit_seal), 0)
FROM audit l LEFT JOIN user u ON u.id = l.user_id WHERE l.seq < ?1 ` + logOthers
	// Account ?8 does not see what others reported of its comments, or asked about them.
	logOthers = ` AND NOT (l.action IN ('comment.report', 'comment.notice', 'notice.view', 'notice.erase')
  AND EXISTS (SELECT 1 FROM comment c WHERE c.id = l.subject AND c.author_id = ?8)) `
	// ?3 action, ?4 person, ?5 subject, ?6 and ?7 from and to: each statement is led by one of them and its index.
	logAction  = ` AND (?3 = '' OR l.action = ?3)`
	logPerson  = ` AND (?4 = 0 OR l.user_id IS nullif(?4, -1))`
	logSubject = ` AND (?5 = 0 OR l.subject = ?5)`
	logDays    = ` AND l.at >= ?6 AND l.at < ?7`
	logEnd     = ` ORDER BY l.seq DESC LIMIT ?2`

	logAll       engine.SQL = logColumns + logAction + logPerson + logSubject + logDays + logEnd
	logByAction  engine.SQL = logColumns + ` AND l.action = ?3` + logPerson + logSubject + logDays + logEnd
	logByPerson  engine.SQL = logColumns + ` AND l.user_id IS nullif(?4, -1)` + logAction + logSubject + logDays + logEnd
	logBySubject engine.SQL = logColumns + ` AND l.subject = ?5` + logAction + logPerson + logDays + logEnd
	logByDay     engine.SQL = logColumns + ` AND +l.seq > 0 AND l.at BETWEEN ?6 AND ?7 - 1` + logAction + logPerson + logSubject + logEnd

	logActions engine.SQL = `WITH RECURSIVE act(name) AS (SELECT min(action) FROM audit
UNION ALL SELECT (SELECT min(action) FROM audit WHERE action > act.name) FROM act WHERE act.name IS NOT NULL)
SELECT name FROM act WHERE name IS NOT NULL`
	staffNames engine.SQL = `SELECT id, name FROM user WHERE role IN ('moderator', 'admin') ORDER BY name, id`
	lookedAt   engine.SQL = `SELECT 1 FROM audit WHERE +user_id = ? AND action = ? AND +subject = ? AND +at > ?` // looks are few
)

// TheProgram stands for acts of the program or the command line in a LogFilter.
const TheProgram int64 = -1

// LogFilter narrows the log. Zero fields do not.
type LogFilter struct {
	Action   string
	By       int64 // who did it: an account, or TheProgram
	Subject  int64
	From, To time.Time // from one time to before another
	Viewer   int64     // whose own comments' reports and notices are left out; 0: nobody's
}

// AuditRow is one line of the log.
type AuditRow struct {
	Seq     int64
	At      time.Time
	By      int64 // 0: the program or the command line
	Name    string
	Action  string
	Subject int64
	Detail  string
	Sealed  bool
}

// Log lists the audit log before a sequence number (0: from its end), newest first, at most n.
func (a *Archive) Log(ctx context.Context, f LogFilter, before int64, n int) ([]AuditRow, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	from, to := int64(0), int64(math.MaxInt64)
	if !f.From.IsZero() {
		from = f.From.UnixMilli()
	}
	if !f.To.IsZero() {
		to = f.To.UnixMilli()
	}
	q := logAll
	switch {
	case f.Subject != 0:
		q = logBySubject
	case f.By != 0:
		q = logByPerson
	case f.Action != "":
		q = logByAction
	case !f.From.IsZero() && !f.To.IsZero():
		q = logByDay
	}
	var out []AuditRow
	err := a.engine.Read(ctx, engine.All(&out, q, before, n, f.Action, f.By, f.Subject, from, to, f.Viewer))
	return out, err
}

// Person is an account by its name.
type Person struct {
	ID   int64
	Name string
}

// LogChoices lists what the log can be filtered by: the actions that it has, and the staff.
func (a *Archive) LogChoices(ctx context.Context) (actions []string, staff []Person, err error) {
	err = a.engine.Read(ctx, engine.All(&actions, logActions), engine.All(&staff, staffNames))
	return actions, staff, err
}

// lookAgain is how long somebody's looking at the same personal data counts as once.
const lookAgain = time.Hour

// Look logs that somebody of the staff is shown personal data, once an hour for each action and subject. What is to be
// shown must wait for it, and is not shown when it fails.
func (a *Archive) Look(ctx context.Context, action string, subject, by int64) error {
	now := a.Now()
	err := a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.MustNot(lookedAt, ErrConflict, by, action, subject, now.Add(-lookAgain))},
		Do:    []engine.Stmt{audit(now, by, action, subject, "")},
		Quiet: true,
	})
	if errors.Is(err, ErrConflict) { // it stands there already
		return nil
	}
	return err
}

// LogEnd is the number of the last row of the log, 0 when it is empty.
func (a *Archive) LogEnd(ctx context.Context) (int64, error) {
	var end int64
	err := a.engine.Read(ctx, engine.One(&end, auditEnd))
	return end, err
}
