package db

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	verifyPage engine.SQL = `SELECT c.id, c.state, c.version, c.body, c.characters, c.named, coalesce(v.outcome, ''), coalesce(v.at, 0), coalesce(v.findings, '[]')
FROM comment c LEFT JOIN verdict v ON v.comment_id = c.id AND v.version = c.version
WHERE c.id > ? ORDER BY c.id LIMIT 1000`
	verifyDecisions engine.SQL = `SELECT ` + plainDecision + `
FROM decision d WHERE d.comment_id IN (SELECT id FROM comment WHERE id > ? ORDER BY id LIMIT 1000) ORDER BY d.id`
	tallies engine.SQL = `SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM user), (SELECT count(*) FROM comment),
  (SELECT count(*) FROM decision), (SELECT count(*) FROM audit)`
)

const (
	logDecisions engine.SQL = `SELECT l.seq, l.at, coalesce(l.user_id, 0), l.action, l.subject, l.detail FROM audit l
WHERE l.seq > ? AND l.action IN ('comment.submit', 'comment.approve', 'comment.reject', 'comment.block', 'comment.restore', 'comment.reopen', 'comment.withdraw') ORDER BY l.seq LIMIT 5000`
	decisionPage engine.SQL = `SELECT ` + plainDecision + `
FROM decision d WHERE d.id > ? ORDER BY d.id LIMIT 5000`
	commentPage engine.SQL = `SELECT id, author_id, submitted FROM comment WHERE id > ? ORDER BY id LIMIT 5000`
)

// beside is what the log says of a decision that the decision's own row does not.
var beside = regexp.MustCompile(` (note:[0-9a-f]*|answer:[0-9a-f]*|alone|reports)`)

// logged is an act as both the log and the tables have it.
type logged struct {
	action  string
	comment int64
	by      int64
	detail  string // without hashes and circumstances
	at      int64  // unix milliseconds
}

// verifyLogged compares every comment and decision with the log's rows of them, both ways.
func (a *Archive) verifyLogged(ctx context.Context) (broken []string, err error) {
	log, err := a.loggedActs(ctx)
	if err != nil {
		return nil, err
	}
	meet := func(act logged, what string) {
		if log[act]--; log[act] < 0 {
			broken = append(broken, what+" has no row in the audit log that says the same")
		}
	}
	for last := int64(0); ; {
		var page []Decision
		if err := a.engine.Read(ctx, engine.All(&page, decisionPage, last)); err != nil {
			return nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, d := range page {
			last = d.ID
			meet(logged{"comment." + string(d.Action), d.CommentID, d.By, decisionDetail(Verb{Clause: d.Clause, Until: d.Until, Appeal: d.Appeal, undoes: d.Undoes}, "", ""), d.At.UnixMilli()}, fmt.Sprintf("decision %d", d.ID))
		}
	}
	for last := int64(0); ; {
		var page []struct {
			ID, Author int64
			At         time.Time
		}
		if err := a.engine.Read(ctx, engine.All(&page, commentPage, last)); err != nil {
			return nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			last = c.ID
			meet(logged{ActCommentSubmit, c.ID, c.Author, "", c.At.UnixMilli()}, fmt.Sprintf("comment %d", c.ID))
		}
	}
	for act, n := range log {
		if n > 0 {
			broken = append(broken, fmt.Sprintf("the audit log has %s of comment %d, the archive has not", act.action, act.comment))
		}
	}
	return broken, nil
}

// loggedActs counts the acts on comments that the log has.
func (a *Archive) loggedActs(ctx context.Context) (map[logged]int, error) {
	log := map[logged]int{}
	for last := int64(0); ; {
		var page []sealedRow
		if err := a.engine.Read(ctx, engine.All(&page, logDecisions, last)); err != nil || len(page) == 0 {
			return log, err
		}
		for _, l := range page {
			last = l.Seq
			detail := ""
			if l.Action != ActCommentSubmit {
				detail = beside.ReplaceAllString(l.Detail, "")
			}
			log[logged{l.Action, l.Subject, l.By, detail, l.At.UnixMilli()}]++
		}
	}
}

// Report is what Verify found.
type Report struct {
	Articles, Users, Comments, Decisions, Audit int
	Unsealed                                    int64    `sql:"-"` // rows at the end of the log that no seal covers yet
	Row                                         int64    `sql:"-"` // the first row of the log that cannot be vouched for, 0 for none
	Head                                        Head     `sql:"-"` // of the log's seals; zero when it has none
	Broken                                      []string `sql:"-"` // what differs, a sentence each; empty when all is well
}

// Verify checks the whole archive: the file's integrity and foreign keys, that the state of every
// comment is the fold of its verdict and decisions and that it is found by what they name, that its stored count is that of the rule, that
// the audit log has every comment, decision, free text, sanction, case, second reading, policy and setting as they are, and the seals of the log. A nil key
// checks the seals for gaps only. It cannot see words that were altered, what was done to rows that are not sealed yet,
// nor a log whose end was cut off together with its seals and all that it speaks of: HasHead does.
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
	logged, err := a.verifyLogged(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, logged...)
	sanctions, err := a.verifySanctions(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, sanctions...)
	notes, err := a.verifyNotes(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, notes...)
	rules, err := a.verifyRules(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, rules...)
	desk, err := a.verifyDesk(ctx)
	if err != nil {
		return r, err
	}
	r.Broken = append(r.Broken, desk...)
	fault, last, tail, err := a.verifySeals(ctx, key)
	if fault != nil {
		r.Broken, r.Row = append(r.Broken, fault.String()), fault.Row
	}
	r.Unsealed, r.Head = tail, Head{last.Last, last.MAC}
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
			Named      string
			Outcome    moderation.Outcome
			At         time.Time
			Findings   []moderation.Finding `sql:"json"`
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
			if c.Outcome == "" {
				broken = append(broken, fmt.Sprintf("comment %d has no verdict on version %d of its words", c.ID, c.Version))
			}
			names := named(c.Findings)
			for _, d := range by[c.ID] {
				if d.Version == c.Version {
					names += naming("clause", d.Clause)
				}
			}
			if !sameNames(c.Named, names) {
				broken = append(broken, fmt.Sprintf("comment %d is stored as naming %q, its verdict and decisions name %q", c.ID, c.Named, names))
			}
			if n := moderation.Count(c.Body); n != c.Characters {
				broken = append(broken, fmt.Sprintf("comment %d is stored with %d characters, it has %d", c.ID, c.Characters, n))
			}
		}
	}
}
