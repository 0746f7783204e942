package db

import (
	"cmp"
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// What an appeal, or a decision on a comment with an open one, is refused for.
var (
	ErrAppealed  = errors.New("an appeal against this decision was made before")
	ErrNoAppeal  = errors.New("there is no decision to appeal against")
	ErrOwnRuling = errors.New("an appeal is heard by somebody else than who took the decision")
	ErrAnswer    = errors.New("whoever turns an appeal down tells its author why")
)

const appealMonths = 6

// AppealUntil is until when a decision can be appealed against: six months.
func AppealUntil(decided time.Time) time.Time { return decided.AddDate(0, appealMonths, 0) }

const (
	openAppealOn engine.SQL = `SELECT p.id FROM appeal p WHERE p.comment_id = ? AND ` + openAppeal + ` ORDER BY p.id DESC LIMIT 1`
	guardAppeal  engine.SQL = `SELECT 1 FROM appeal p WHERE p.comment_id = ? AND p.id = ? AND ` + openAppeal
	// ruled holds where moderator ?2 rejected or blocked the words of comment c, and that was not taken back.
	ruled = `EXISTS (SELECT 1 FROM decision d WHERE d.comment_id = c.id AND d.version = c.version AND d.user_id = ?2
  AND d.action IN ('reject', 'block') AND d.undoes IS NULL AND NOT ` + takenBack + `)`
	// overruled holds where somebody else has heard an appeal against moderator ?2 on the words of comment c, and granted it.
	overruled = `EXISTS (SELECT 1 FROM appeal p JOIN decision d ON d.id = p.decision_id JOIN decision w ON w.appeal_id = p.id
  WHERE p.comment_id = c.id AND d.version = c.version AND d.user_id = ?2 AND w.user_id <> ?2 AND w.action IN ('approve', 'restore')
  AND NOT EXISTS (SELECT 1 FROM decision t WHERE t.undoes = w.id))`
	// others holds where anybody else on the staff could hear the appeal of comment c.
	others = `EXISTS (SELECT 1 FROM user u WHERE u.status = 'active' AND u.role <> 'reader' AND u.id NOT IN (?2, c.author_id))`
	// casesOn is what a decision by ?2 on comment ?1 must know beside its own form.
	casesOn engine.SQL = `SELECT ` + openAppealID + `, ` + ruled + `, ` + overruled + `,
  CASE c.state WHEN 'blocked' THEN (SELECT d.until FROM decision d WHERE d.id = ` + lastOn + `) END, EXISTS (SELECT 1 FROM notice n WHERE n.comment_id = c.id AND n.version = c.version), c.parent_id IS NULL
FROM comment c WHERE c.id = ?1`
	guardOwnRuling engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ?1 AND ` + ruled + ` AND ` + openAppealID + ` <> 0 AND ` + others
	guardOverruled engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ?1 AND ` + overruled + ` AND ` + others
	guardAnswer    engine.SQL = `SELECT 1 WHERE ? <> ''`

	guardRuled engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ?1 AND c.state IN ('rejected', 'blocked') AND ` + lastOn + ` = ?2`
	appealsOn  engine.SQL = `SELECT p.id, p.comment_id, p.decision_id, p.user_id, n.body, p.at, coalesce(` + appealAnswer + `, 0)
FROM appeal p JOIN note n ON n.id = p.note_id WHERE p.comment_id = ? ORDER BY p.id DESC`
	appealMade   engine.SQL = `SELECT 1 FROM appeal WHERE decision_id = ?`
	insertAppeal engine.SQL = `INSERT INTO appeal (id, comment_id, decision_id, user_id, note_id, at) VALUES (?, ?, ?, ?, ?, ?)`
	// wasPublished holds where the words of a comment were on the page: by the review, or by a decision that needs them there.
	wasPublished engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ? AND (
  EXISTS (SELECT 1 FROM verdict v WHERE v.comment_id = c.id AND v.version = c.version AND v.outcome = 'publish')
  OR EXISTS (SELECT 1 FROM decision d WHERE d.comment_id = c.id AND d.version = c.version AND d.action IN ('approve', 'block', 'restore')))`
	// noticesOf are those that speak of the words of a comment as they are.
	noticesOf engine.SQL = `SELECT n.id FROM comment c JOIN notice n ON n.comment_id = c.id AND n.version = c.version WHERE c.id = ? ORDER BY n.id`
)

// Appeal is an author's wish for another look at a decision.
type Appeal struct {
	ID       int64
	Comment  int64
	Decision int64 // that it is made against
	By       int64 // the author
	Text     string
	At       time.Time
	Answer   int64 // the decision that answers it, 0 while there is none
}

// Appeal stores an author's appeal against the decision that stands on their words, or nothing: ErrNotFound when the comment
// is not theirs, ErrNoAppeal when nothing is to be appealed against, the six months are over or an appeal was answered by
// that decision, ErrAppealed when there was an appeal against it before.
func (a *Archive) Appeal(ctx context.Context, comment, author int64, text string, at time.Time) error {
	var last []Decision
	if err := a.engine.Read(ctx, engine.All(&last, lastOnWords, comment)); err != nil {
		return err
	}
	b := engine.Batch{Guard: []engine.Check{engine.Must(guardMine, ErrNotFound, comment, author)}}
	if len(last) == 0 || last[0].Appeal != 0 || !last[0].Action.NeedsClause() || at.After(AppealUntil(last[0].At)) {
		b.Quiet = true
		b.Guard = append(b.Guard, engine.Must(guardAnswer, ErrNoAppeal, ""))
		return a.engine.Write(ctx, b)
	}
	appeal, against := a.engine.NewID(), last[0].ID
	note, hash := a.note(&b, text)
	b.Guard = append(b.Guard,
		engine.MustNot(openAppealOn, ErrAppealed, comment),
		engine.MustNot(appealMade, ErrAppealed, against),
		engine.Must(guardRuled, ErrNoAppeal, comment, against))
	b.Do = append(b.Do,
		engine.Do(insertAppeal, appeal, comment, against, author, note, at),
		audit(at, author, ActCommentAppeal, comment, "appeal:"+decimal(appeal)+" decision:"+decimal(against)+" note:"+hash))
	return a.engine.Write(ctx, b)
}

// Appeals lists the appeals on a comment, newest first.
func (a *Archive) Appeals(ctx context.Context, comment int64) ([]Appeal, error) {
	var out []Appeal
	err := a.engine.Read(ctx, engine.All(&out, appealsOn, comment))
	return out, err
}

// WasPublished reports whether the words of a comment, as they are now, ever were on the page; false when there is no such
// comment.
func (a *Archive) WasPublished(ctx context.Context, comment int64) (bool, error) {
	var x int
	var found bool
	err := a.engine.Read(ctx, engine.Maybe(&x, &found, wasPublished, comment))
	return found, err
}

// AppealOpen finds the open appeal on a comment, 0 for none, and whether a moderator may hear it: not who rejected or blocked
// the words, unless nobody else on the staff could.
func (a *Archive) AppealOpen(ctx context.Context, comment, moderator int64) (appeal int64, may bool, err error) {
	var found, own bool
	var x int
	err = a.engine.Read(ctx,
		engine.Maybe(&appeal, &found, openAppealOn, comment),
		engine.Maybe(&x, &own, guardOwnRuling, comment, moderator))
	return appeal, !own, err
}

// toCases completes a decision by the cases on its comment: whatever is decided while an appeal is open answers it, and who
// gave notice of these words will be told. A block that is upheld ends when it would have ended. What takes a decision back
// answers nothing, but is no way around whoever hears the appeal against it.
func (a *Archive) toCases(ctx context.Context, v Verb) (Verb, error) {
	var on struct {
		Appeal    int64
		Ruled     bool
		Overruled bool
		Ends      time.Time // of the block that stands
		Noticed   bool
		Top       bool
	}
	var found bool
	if err := a.engine.Read(ctx, engine.Maybe(&on, &found, casesOn, v.Comment, v.By)); err != nil {
		return v, err
	}
	v.top = on.Top
	v.open = on.Appeal
	v.alone = cmp.Or(v.Appeal, on.Appeal) != 0 && on.Ruled
	v.overruled = on.Overruled && v.undoes == 0 && v.Action.NeedsClause()
	if v.undoes == 0 {
		v.Appeal = cmp.Or(v.Appeal, on.Appeal)
	}
	if v.Appeal != 0 && v.Action == moderation.Block && !on.Ends.IsZero() {
		v.Until = on.Ends
	}
	if !on.Noticed {
		return v, nil
	}
	err := a.engine.Read(ctx, engine.All(&v.notices, noticesOf, v.Comment))
	return v, err
}

// appealGuards are what must hold of a decision that answers an appeal.
func appealGuards(v Verb) (g []engine.Check) {
	if v.Appeal != 0 {
		g = append(g, engine.Must(guardAppeal, ErrConflict, v.Comment, v.Appeal))
		if v.Action.NeedsClause() {
			g = append(g, engine.Must(guardAnswer, ErrAnswer, v.Answer))
		}
	}
	return g
}
