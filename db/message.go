package db

import (
	"context"
	"math"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// MessageKind is what a message is about.
type MessageKind string

// The kinds of messages.
const (
	MessageDecision MessageKind = "decision" // what was decided of the reader's comment, and why
	MessageReply    MessageKind = "reply"    // somebody answered the reader's comment: CommentID is the answer
	MessageSanction MessageKind = "sanction" // what was done to the reader's account, and why
	MessageNotice   MessageKind = "notice"   // to who gave a notice: it was received, or, with a decision, what became of it
	MessageReplaced MessageKind = "replaced" // to who gave a notice: the author put other words in the place of those
	MessageNoticed  MessageKind = "noticed"  // to the author: somebody gave a notice of their comment
	MessageConfirm  MessageKind = "confirm"  // asks for proof of the address: by mail only
)

// Message is what somebody is told, with what it points at as it stands now. What it does not point at is zero.
type Message struct {
	ID       int64
	UserID   int64 // 0: somebody without an account
	Kind     MessageKind
	At       time.Time
	Seen     time.Time // when it was opened in the account; zero: not yet
	Language string    // to be written in where the account made no choice; "": that of the comment
	About    About
	Ruling   Ruling
	Penalty  Penalised
	Notice   Cited
}

// About is the comment that a message points at, in the wording that was decided on, or that a notice speaks of.
type About struct {
	ID       int64 // 0: none
	Body     string
	Language string
	State    moderation.State // now
	Author   string           // display name
	Slug     string           // of the article
	Headline string
	Findings []moderation.Finding `sql:"json"` // what the checks said of these words
	Reported bool                 // a reader or a notice pointed at them before the decision
}

// Ruling is the decision that a message points at.
type Ruling struct {
	ID        int64 // 0: none
	Action    moderation.Action
	Clause    string
	Standards string
	At        time.Time
	Until     time.Time // when a block ends by itself; zero when it does not
	Answer    string    // the moderator's words to the author, "" for none
	Appeal    int64     // the appeal that it answers, 0 for none
	Undoes    int64     // the decision that it takes back, 0 for none
	Program   bool      // nobody decided: a time was up
	Appealed  bool      // the author appealed against it
	Awaited   bool      // that appeal waits for its answer
	Lapsed    int       // appeals that nobody had answered against the decision that it takes back
}

// Penalised is the sanction that a message points at.
type Penalised struct {
	ID        int64 // 0: none
	Action    moderation.Sanction
	Clause    string
	Standards string
	Until     time.Time // zero: until it is lifted
	Answer    string    // the moderator's words to the reader, "" for none
	Comments  int       // decisions on comments that went with it
	Lapsed    int       // appeals that nobody had answered against decisions that it took back
	Lifted    bool      // it is over: somebody lifted it
	Objected  bool      // the reader objected to it
	Awaited   bool      // that objection waits for its answer
}

// Cited is the notice that a message points at.
type Cited struct {
	Number string // "": none
	Law    string // "dsa" or "kr"
}

const (
	messageColumns = `m.id, coalesce(m.user_id, 0), m.kind, m.at, m.seen, m.language,
  coalesce(c.id, 0), coalesce((SELECT r.body FROM comment_revision r WHERE r.comment_id = c.id AND r.version = coalesce(d.version, k.version)), c.body, ''),
  coalesce(c.language, ''), coalesce(c.state, ''), coalesce(w.name, ''), coalesce(a.slug, ''), coalesce(a.headline, ''), v.findings,
  EXISTS (SELECT 1 FROM report r WHERE r.comment_id = d.comment_id AND r.version = d.version AND r.id < d.id)
    OR EXISTS (SELECT 1 FROM notice n WHERE n.comment_id = d.comment_id AND n.version = d.version AND n.id < d.id),
  coalesce(d.id, 0), coalesce(d.action, ''), coalesce(d.clause, ''), coalesce(d.standards, ''), d.at, d.until,
  coalesce((SELECT n.body FROM note n WHERE n.id = d.answer_id), ''), coalesce(d.appeal_id, 0), coalesce(d.undoes, 0),
  d.id IS NOT NULL AND d.user_id IS NULL, EXISTS (SELECT 1 FROM appeal p WHERE p.decision_id = d.id),
  EXISTS (SELECT 1 FROM appeal p WHERE p.decision_id = d.id AND ` + openAppeal + `),
  (SELECT count(*) FROM appeal p WHERE p.decision_id = d.undoes AND ` + appealAnswer + ` IS NULL),
  coalesce(s.id, 0), coalesce(s.action, ''), coalesce(s.clause, ''), coalesce(s.standards, ''), s.until,
  coalesce((SELECT n.body FROM note n WHERE n.id = s.answer_id), ''),
  (SELECT count(*) FROM decision p WHERE p.sanction_id = s.id),
  (SELECT count(*) FROM decision b JOIN appeal p ON p.decision_id = b.undoes WHERE b.sanction_id = s.id AND ` + appealAnswer + ` IS NULL),
  EXISTS (SELECT 1 FROM sanction l WHERE l.user_id = s.user_id AND l.action = 'lift' AND l.id > s.id),
  EXISTS (SELECT 1 FROM objection o WHERE o.sanction_id = s.id),
  EXISTS (SELECT 1 FROM objection o JOIN user u ON u.id = s.user_id WHERE o.sanction_id = s.id AND ` + openObjection + `),
  coalesce(k.number, ''), coalesce(k.law, '')`
	messageFrom = ` FROM message m LEFT JOIN comment c ON c.id = m.comment_id LEFT JOIN user w ON w.id = c.author_id
LEFT JOIN article a ON a.id = c.article_id LEFT JOIN decision d ON d.id = m.decision_id
LEFT JOIN verdict v ON v.comment_id = c.id AND v.version = coalesce(d.version, c.version) LEFT JOIN sanction s ON s.id = m.sanction_id
LEFT JOIN notice k ON k.id = m.notice_id `

	messagePage engine.SQL = `SELECT ` + messageColumns + messageFrom + `WHERE m.user_id = ?1 AND m.id < ?2 AND m.kind <> 'confirm' ORDER BY m.id DESC LIMIT ?3`
	unseen      engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM message WHERE user_id = ? AND seen IS NULL AND kind <> 'confirm' LIMIT 100)`
	setSeen     engine.SQL = `UPDATE message SET seen = ?4 WHERE user_id = ?1 AND id BETWEEN ?2 AND ?3 AND seen IS NULL`
)

// Messages lists what an account was told before one of that id (0: from the newest), newest first, at most n.
func (a *Archive) Messages(ctx context.Context, user, before int64, n int) ([]Message, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []Message
	err := a.engine.Read(ctx, engine.All(&out, messagePage, user, before, n))
	return out, err
}

// Unread counts what an account was told and has not opened, up to 100.
func (a *Archive) Unread(ctx context.Context, user int64) (int, error) {
	var n int
	err := a.engine.Read(context.WithoutCancel(ctx), engine.One(&n, unseen, user)) // as for ArticlePulse
	return n, err
}

// SeeMessages notes that an account has opened its messages from one to another (ids, both included).
func (a *Archive) SeeMessages(ctx context.Context, user, from, to int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(setSeen, user, from, to, at)}})
}
