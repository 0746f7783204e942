package db

import (
	"context"
	"errors"
	"strconv"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// What a sanction may be refused for.
var (
	ErrStaff   = errors.New("only admins sanction staff")
	ErrNothing = errors.New("nothing is in force that could be lifted")
	ErrBarred  = errors.New("this account may not comment at present")
)

const (
	// lifted is the last lift of account u: what came before it is over.
	lifted = `coalesce((SELECT max(l.id) FROM sanction l WHERE l.user_id = u.id AND l.action = 'lift'), 0)`
	// Until when account u may not comment, or is held; a ban has no end (the year 9999).
	barred = `(SELECT max(coalesce(s.until, 253402300799000)) FROM sanction s WHERE s.user_id = u.id AND s.action IN ('suspend', 'ban') AND s.id > ` + lifted + `)`
	held   = `(SELECT max(coalesce(s.until, 253402300799000)) FROM sanction s WHERE s.user_id = u.id AND s.action = 'premoderate' AND s.id > ` + lifted + `)`

	guardBarred    engine.SQL = `SELECT 1 FROM user u WHERE u.id = ?1 AND ` + barred + ` > ?2`
	guardReader    engine.SQL = `SELECT 1 FROM user u, user b WHERE u.id = ?1 AND b.id = ?2 AND (u.role = 'reader' OR b.role = 'admin')`
	guardLaterPen  engine.SQL = `SELECT 1 FROM sanction WHERE user_id = ? AND id > ?`
	guardInForce   engine.SQL = `SELECT 1 FROM user u JOIN sanction s ON s.user_id = u.id WHERE u.id = ? AND s.action IN ('premoderate', 'suspend', 'ban') AND s.id > ` + lifted
	insertSanction engine.SQL = `INSERT INTO sanction (id, user_id, by_id, action, clause, note_id, answer_id, standards, at, until, objection_id)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT version FROM standards ORDER BY applied DESC, version DESC LIMIT 1), ?8, ?9, ?10`
	tellSanction    engine.SQL = `INSERT INTO message (id, user_id, kind, sanction_id, at, mail, due) VALUES (?1, ?2, 'sanction', ?3, ?4, 'wait', ?5)`
	unmailSanctions engine.SQL = `UPDATE message SET mail = 'none' WHERE user_id = ?1 AND mail = 'wait' AND tries = 0
  AND sanction_id IN (SELECT id FROM sanction WHERE user_id = ?1 AND action <> 'warn')`

	sanctionsOf engine.SQL = `SELECT s.id, s.action, s.by_id, b.name, s.clause, coalesce(n.body, ''), coalesce(w.body, ''), s.standards, s.at, s.until,
  (SELECT count(*) FROM decision d WHERE d.sanction_id = s.id), s.id > ` + lifted + `,
  coalesce(o.id, 0), coalesce(t.body, ''), o.at, o.id IS NOT NULL AND ` + openObjection + `
FROM sanction s JOIN user u ON u.id = s.user_id JOIN user b ON b.id = s.by_id LEFT JOIN note n ON n.id = s.note_id LEFT JOIN note w ON w.id = s.answer_id
LEFT JOIN objection o ON o.sanction_id = s.id LEFT JOIN note t ON t.id = o.note_id
WHERE s.user_id = ? ORDER BY s.id DESC LIMIT 100`
	standingOf engine.SQL = `SELECT ` + barred + `, ` + held + ` FROM user u WHERE u.id = ?`
)

// Restraint is what the sanctions of an account forbid, as instants: they are compared when it acts.
type Restraint struct {
	Barred time.Time // it may not comment before; zero when it may
	Held   time.Time // its comments wait for a moderator before; zero when they need not
}

// Endless reports whether an instant of a Restraint stands for no end.
func Endless(t time.Time) bool { return t.Year() == 9999 }

// Sanctioned is one sanction, as it was appended.
type Sanctioned struct {
	ID        int64
	Action    moderation.Sanction
	By        int64
	Name      string // who did it: for staff only
	Clause    string
	Note      string // for the staff
	Answer    string // for the reader
	Standards string
	At        time.Time
	Until     time.Time // zero: until it is lifted
	Comments  int       // decisions on comments that went with it
	Open      bool      // it was not lifted; whether its time is over is not asked
	Objection Objection
}

// InForce reports whether the sanction forbids anything at a time.
func (s Sanctioned) InForce(at time.Time) bool {
	return s.Open && s.Action.Forbids() && (s.Until.IsZero() || s.Until.After(at))
}

// Penalty is a sanction about to be imposed.
type Penalty struct {
	User    int64 // whose account
	By      int64
	Last    int64 // the last sanction that was seen on it, 0 for none
	Action  moderation.Sanction
	Clause  string    // for all but Lift
	Note    string    // for the staff, "" for none
	Answer  string    // for the reader, "" for none
	Until   time.Time // of Suspend, and of Premoderate where it ends by itself
	Objects int64     // of Uphold: the objection that it answers
	Purge   bool      // with a ban: reject all comments of the account; with a lift: take that back
	At      time.Time
}

// Sanctions lists the sanctions of an account, newest first, at most 100.
func (a *Archive) Sanctions(ctx context.Context, user int64) ([]Sanctioned, error) {
	var out []Sanctioned
	err := a.engine.Read(ctx, engine.All(&out, sanctionsOf, user))
	return out, err
}

// Restraint reads what the sanctions of an account forbid; fs.ErrNotExist when there is no such account.
func (a *Archive) Restraint(ctx context.Context, user int64) (Restraint, error) {
	var s Restraint
	err := a.engine.Read(ctx, engine.One(&s, standingOf, user))
	return s, err
}

// penaltyGuards are what must hold for a sanction, in the order of the answers.
func penaltyGuards(p Penalty) []engine.Check {
	g := []engine.Check{
		engine.Must(guardStaff, errNotStaff, p.By),
		engine.Must(userExists, ErrNotFound, p.User),
		engine.Must(guardReader, ErrStaff, p.User, p.By),
		engine.MustNot(guardLaterPen, ErrConflict, p.User, p.Last),
	}
	switch p.Action {
	case moderation.Lift:
		g = append(g, engine.Must(guardInForce, ErrNothing, p.User))
	case moderation.Uphold:
		g = append(g,
			engine.Must(guardObjection, ErrNothing, p.Objects, p.User),
			engine.Must(guardOther, ErrOwnSanction, p.Objects, p.By))
	}
	return g
}

// Sanctionable says why a sanction would be refused, without imposing it: ErrOwn, ErrNotFound, ErrStaff,
// ErrConflict, ErrNothing, or nil.
func (a *Archive) Sanctionable(ctx context.Context, p Penalty) error {
	if p.User == p.By {
		return ErrOwn
	}
	return a.engine.Write(ctx, engine.Batch{Guard: penaltyGuards(p), Quiet: true})
}

// Sanction imposes a sanction, logs it and tells the reader, with all that goes with it or not at all: ErrOwn on one's
// own account, ErrNotFound, ErrStaff, ErrConflict when somebody else sanctioned the account meanwhile, ErrNothing, and
// ErrOwnSanction for an answer to an objection against one's own sanction.
func (a *Archive) Sanction(ctx context.Context, p Penalty) error {
	if p.User == p.By {
		return ErrOwn
	}
	return anew(func() error { return a.sanction(ctx, p) })
}

// sanction is one try of Sanction; errMoved when a comment that goes with it changed meanwhile.
func (a *Archive) sanction(ctx context.Context, p Penalty) error {
	sanction := a.engine.NewID()
	b := engine.Batch{Guard: penaltyGuards(p)}
	note, noted := a.note(&b, p.Note)
	answer, answered := a.note(&b, p.Answer)
	b.Do = append(b.Do, engine.Do(insertSanction, sanction, p.User, p.By, p.Action, p.Clause, note, answer, p.At, p.Until, id(p.Objects)))
	n := 0
	if p.Purge {
		verbs, err := a.purge(ctx, &b, p)
		if err != nil {
			return err
		}
		for _, v := range verbs {
			v.sanction = sanction
			a.record(&b, v.Verb, v.state)
		}
		n = len(verbs)
	}
	if p.Action == moderation.Lift {
		b.Do = append(b.Do, engine.Do(unmailSanctions, p.User))
	}
	b.Do = append(b.Do,
		audit(p.At, p.By, "user."+string(p.Action), p.User, penaltyDetail(p, noted, answered, n)),
		engine.Do(tellSanction, a.engine.NewID(), p.User, sanction, p.At, p.At.Add(UndoWindow)))
	return a.engine.Write(ctx, b)
}

// penaltyDetail is what the log says of a sanction.
func penaltyDetail(p Penalty, noted, answered string, comments int) string {
	detail := p.Clause
	add := func(name, value string) { detail += " " + name + ":" + value }
	if !p.Until.IsZero() {
		add("until", strconv.FormatInt(p.Until.UnixMilli(), 10))
	}
	if noted != "" {
		add("note", noted)
	}
	if answered != "" {
		add("answer", answered)
	}
	if p.Objects != 0 {
		add("objection", strconv.FormatInt(p.Objects, 10))
	}
	if comments > 0 {
		add("comments", strconv.Itoa(comments))
	}
	return detail
}
