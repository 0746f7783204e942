package db

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// The decision carries the version of the words it speaks of and the standards in force.
	insertDecision engine.SQL = `INSERT INTO decision (id, comment_id, version, user_id, action, clause, note_id, answer_id, standards, at, until, undoes, appeal_id, sanction_id)
SELECT ?1, c.id, c.version, ?3, ?4, ?5, ?6, ?7, (SELECT version FROM standards ORDER BY applied DESC, version DESC LIMIT 1), ?8, ?9, ?10, ?11, ?12
FROM comment c WHERE c.id = ?2`
	insertNote engine.SQL = `INSERT INTO note (id, body, salt) VALUES (?, ?, ?)`
	setState   engine.SQL = `UPDATE comment SET state = ?2, named = named || ?3 WHERE id = ?1`

	// lastOn is the last decision on the words of comment c, 0 when there is none or all were taken back.
	lastOn = `coalesce((SELECT CASE d.action WHEN 'reopen' THEN 0 ELSE d.id END FROM decision d
  WHERE d.comment_id = c.id AND d.version = c.version ORDER BY d.id DESC LIMIT 1), 0)`

	standingOn   engine.SQL = `SELECT ` + lastOn + ` FROM comment c WHERE c.id = ?`
	commentThere engine.SQL = `SELECT 1 FROM comment WHERE id = ?`
	guardOthers  engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND author_id <> ?`
	guardStaff   engine.SQL = `SELECT 1 FROM user WHERE id = ? AND status = 'active' AND role <> 'reader'`
	// current holds where version ?2 of comment c and decision ?3 on it are the last; published: by the review.
	current = `c.version = ?2 AND c.state <> 'withdrawn' AND ` + lastOn + ` = ?3 AND (?3 <> 0 OR c.state IN ('pending', 'published'))`

	guardCurrent engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ?1 AND ` + current

	// The number of what speaks against a decision by ?4 on comment ?1, as in decisionErrs; it must stand in state ?5 or ?6
	// when those are given, and have ?7 notices and the open appeal ?8.
	decisionRules engine.SQL = `SELECT CASE
  WHEN ?4 <> 0 AND NOT EXISTS (SELECT 1 FROM user WHERE id = ?4 AND status = 'active' AND role <> 'reader') THEN 1
  WHEN c.id IS NULL THEN 2
  WHEN c.author_id = ?4 THEN 3
  WHEN NOT (` + current + `) THEN 4
  WHEN ?5 <> '' AND c.state NOT IN (?5, ?6) THEN 5
  WHEN ` + noticeCount + ` <> ?7 OR ` + openAppealID + ` <> ?8 THEN 6
  ELSE 0 END FROM (SELECT 1) LEFT JOIN comment c ON c.id = ?1`

	plainDecision = `d.id, d.comment_id, d.version, coalesce(d.user_id, 0), '', d.action, d.clause, '', '', d.standards, d.at, d.until,
  coalesce(d.undoes, 0), coalesce(d.appeal_id, 0)`
	decisionColumns = `d.id, d.comment_id, d.version, coalesce(d.user_id, 0), coalesce(u.name, ''), d.action, d.clause, coalesce(n.body, ''),
  coalesce(w.body, ''), d.standards, d.at, d.until, coalesce(d.undoes, 0), coalesce(d.appeal_id, 0)
FROM decision d LEFT JOIN user u ON u.id = d.user_id LEFT JOIN note n ON n.id = d.note_id LEFT JOIN note w ON w.id = d.answer_id`

	decisionsOf  engine.SQL = `SELECT ` + decisionColumns + ` WHERE d.comment_id = ? ORDER BY d.id DESC`
	decisionByID engine.SQL = `SELECT ` + decisionColumns + ` WHERE d.id = ?`
	lastDecision engine.SQL = `SELECT ` + decisionColumns + ` WHERE d.comment_id = ? ORDER BY d.id DESC LIMIT 1`
	lastOnWords  engine.SQL = `SELECT ` + decisionColumns + ` JOIN comment c ON c.id = d.comment_id AND c.version = d.version
WHERE d.comment_id = ? ORDER BY d.id DESC LIMIT 2`
	verdictOutcome engine.SQL = `SELECT v.outcome FROM verdict v JOIN comment c ON c.id = v.comment_id AND c.version = v.version WHERE c.id = ?`
)

// Decision is one decision on a comment, as it was appended.
type Decision struct {
	ID        int64
	CommentID int64
	Version   int    // of the comment it speaks of
	By        int64  // 0: the program
	Name      string // who decided: for staff only
	Action    moderation.Action
	Clause    string
	Note      string // for the staff
	Answer    string // for the author
	Standards string
	At        time.Time
	Until     time.Time // when a block ends by itself; zero when it does not
	Undoes    int64     // the decision that this one takes back, 0 for none
	Appeal    int64     // the appeal that this one answers, 0 for none
}

// Verb is a decision about to be taken.
type Verb struct {
	Comment int64
	Version int   // of the words that were read
	After   int64 // the last decision that was seen on them, 0 when there was none or all were taken back
	By      int64 // 0: the program, which may only restore
	Action  moderation.Action
	Clause  string    // for Reject and Block
	Note    string    // for the record, "" for none
	Answer  string    // for the author, "" for none
	Until   time.Time // of a Block: when it ends by itself; zero when it does not
	Appeal  int64     // the appeal that is answered, 0 for none
	At      time.Time

	undoes    int64
	overruled bool    // it takes words down again of which an appeal against the same moderator was granted
	sanction  int64   // the ban or lift that this is a part of
	alone     bool    // who answers the appeal, or ends it, took the first decision, for want of anybody else
	notices   []int64 // of these words: their requesters are told
	open      int64   // the open appeal on the comment
	top       bool    // the comment answers no other
}

// ErrAction is a decision that does not fit where the comment stands: only what is published can be
// blocked, only what is blocked or rejected restored.
var ErrAction = errors.New("this cannot be done to the comment as it stands")

// ErrRenewed is a block of words that the clock has put back, without a new notice of them.
var ErrRenewed = errors.New("a block that has run its time is not begun anew without a new request")

var errNotStaff = errors.New("only moderators decide")

// decisionErrs are what decisionRules numbers.
var decisionErrs = []error{errNotStaff, ErrNotFound, ErrOwn, ErrConflict, ErrAction, errMoved}

// Decide appends a decision, sets the state that follows from it, logs it and tells the author, or does nothing:
// ErrNotFound, ErrOwn, ErrConflict when the words were edited, withdrawn or decided meanwhile, ErrAction or ErrRenewed. Whatever is
// decided while an appeal is open answers it: ErrOwnRuling when that is not theirs to do, ErrAnswer when it is turned down
// without a word to the author. It returns the After of whoever decides next.
func (a *Archive) Decide(ctx context.Context, v Verb) (after int64, err error) {
	state, err := a.stateAfter(ctx, v)
	if err != nil {
		return 0, err
	}
	err = anew(func() error {
		w, err := a.toCases(ctx, v)
		if err != nil {
			return err
		}
		b := engine.Batch{Guard: decideGuards(w)}
		after = a.record(&b, w, state)
		return a.engine.Write(ctx, b)
	})
	if err != nil || v.Action == moderation.Reopen {
		return 0, err
	}
	return after, nil
}

// record adds to a batch what a decision does once its guards hold, and returns the decision's id.
func (a *Archive) record(b *engine.Batch, v Verb, state moderation.State) int64 {
	decision := a.engine.NewID()
	note, hash := a.note(b, v.Note)
	answer, answered := a.note(b, v.Answer)
	b.Do = append(b.Do,
		engine.Do(insertDecision, decision, v.Comment, id(v.By), v.Action, v.Clause, note, answer, v.At, v.Until, id(v.undoes), id(v.Appeal), id(v.sanction)),
		engine.Do(setState, v.Comment, state, naming("clause", v.Clause)),
		engine.Do(bumpOf, v.Comment),
		audit(v.At, v.By, "comment."+string(v.Action), v.Comment, decisionDetail(v, hash, answered)))
	if !v.top {
		b.Do = append(b.Do, a.tellReply(v.Comment, state, v.At))
	}
	b.Do = append(b.Do, a.tell(v, decision)...)
	return decision
}

// decisionDetail is what the log says of a decision besides who, when and of what; the hashes are of its note and answer.
func decisionDetail(v Verb, note, answer string) string {
	detail := v.Clause
	add := func(said bool, what string) {
		if said {
			detail += " " + what
		}
	}
	add(note != "", "note:"+note)
	add(answer != "", "answer:"+answer)
	add(!v.Until.IsZero(), "until:"+decimal(v.Until.UnixMilli()))
	add(v.undoes != 0, "undoes:"+decimal(v.undoes))
	add(v.Appeal != 0, "appeal:"+decimal(v.Appeal))
	add(v.alone, "alone") // for want of anybody else
	return detail
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// Undo takes the last decision on a comment back by a counter-decision: what stood before stands again. It returns
// what Decide returns, and ErrConflict when After is not the last decision on these words, or not this moderator's own.
// While an appeal against it is open, it is ErrOwnRuling, unless nobody else could hear that.
func (a *Archive) Undo(ctx context.Context, v Verb) (after int64, err error) {
	var last []Decision
	if err := a.engine.Read(ctx, engine.All(&last, lastOnWords, v.Comment)); err != nil {
		return 0, err
	}
	if len(last) == 0 || last[0].ID != v.After || last[0].By != v.By || last[0].Undoes != 0 || last[0].Action == moderation.Withdraw {
		return 0, cmp.Or(a.Decidable(ctx, v), ErrConflict)
	}
	v.Action, v.Clause, v.Until, v.undoes = moderation.Reopen, "", time.Time{}, v.After
	if len(last) > 1 {
		v.Action, v.Clause, v.Until = last[1].Action, last[1].Clause, last[1].Until
	}
	return a.Decide(ctx, v)
}

// stateAfter is where a comment stands after a decision.
func (a *Archive) stateAfter(ctx context.Context, v Verb) (moderation.State, error) {
	var reviewed moderation.Outcome
	if v.Action == moderation.Reopen {
		var found bool
		if err := a.engine.Read(ctx, engine.Maybe(&reviewed, &found, verdictOutcome, v.Comment)); err != nil {
			return "", err
		}
	}
	return moderation.Resolve(v.Version, []moderation.Reviewed{{Version: v.Version, Outcome: reviewed}},
		[]moderation.Decision{{Version: v.Version, Action: v.Action, Clause: v.Clause}}), nil
}

// note adds the statement that stores a free text to a batch and returns its id and its salted hash for the
// log; NULL and "" when the text is empty.
func (a *Archive) note(b *engine.Batch, text string) (noteID any, hash string) {
	if text == "" {
		return nil, ""
	}
	salt := make([]byte, 16)
	rand.Read(salt) // never fails: crypto/rand aborts the program instead
	sum := sha256.Sum256(append(salt[:16:16], text...))
	n := a.engine.NewID()
	b.Do = append(b.Do, engine.Do(insertNote, n, text, salt))
	return n, hex.EncodeToString(sum[:])
}

// decideGuards are what must hold for a decision, in the order of the answers.
func decideGuards(v Verb) []engine.Check {
	var from [2]moderation.State // where the comment must stand
	switch {
	case v.undoes != 0:
	case v.Action == moderation.Block && v.Appeal != 0: // it stays blocked
	case v.Action == moderation.Block:
		from = [2]moderation.State{moderation.Published, moderation.Published}
	case v.Action == moderation.Restore:
		from = [2]moderation.State{moderation.Blocked, moderation.Rejected}
	}
	g := []engine.Check{engine.Rules(decisionRules, decisionErrs, v.Comment, v.Version, v.After, v.By, from[0], from[1], len(v.notices), v.open)}
	if v.Action == moderation.Block && from[0] != "" {
		g = append(g, engine.MustNot(guardRenewed, ErrRenewed, v.Comment))
	}
	if v.alone {
		g = append(g, engine.MustNot(guardOwnRuling, ErrOwnRuling, v.Comment, v.By))
	}
	if v.overruled {
		g = append(g, engine.MustNot(guardOverruled, ErrOwnRuling, v.Comment, v.By))
	}
	return append(g, appealGuards(v)...)
}

// Decisions lists all decisions on a comment, newest first.
func (a *Archive) Decisions(ctx context.Context, comment int64) ([]Decision, error) {
	var out []Decision
	err := a.engine.Read(ctx, engine.All(&out, decisionsOf, comment))
	return out, err
}

// Decision reads one decision; fs.ErrNotExist when there is none of that id.
func (a *Archive) Decision(ctx context.Context, decision int64) (Decision, error) {
	var d Decision
	err := a.engine.Read(ctx, engine.One(&d, decisionByID, decision))
	return d, err
}

// LastDecision reads the latest decision on a comment; fs.ErrNotExist when there is none.
func (a *Archive) LastDecision(ctx context.Context, comment int64) (Decision, error) {
	var d Decision
	err := a.engine.Read(ctx, engine.One(&d, lastDecision, comment))
	return d, err
}

// LastOn is the last decision on the words of a comment, 0 when none stands: what a Verb's After must be. There
// is no error when there is no such comment.
func (a *Archive) LastOn(ctx context.Context, comment int64) (int64, error) {
	var last int64
	var found bool
	err := a.engine.Read(ctx, engine.Maybe(&last, &found, standingOn, comment))
	return last, err
}

// Decidable says why a decision would be refused, without taking it: ErrNotFound, ErrOwn,
// ErrConflict, ErrAction, ErrOwnRuling, ErrAnswer, or nil.
func (a *Archive) Decidable(ctx context.Context, v Verb) error {
	return anew(func() error {
		v, err := a.toCases(ctx, v)
		if err != nil {
			return err
		}
		return a.engine.Write(ctx, engine.Batch{Guard: decideGuards(v), Quiet: true})
	})
}
