package db

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"time"

	"broadsheet/db/engine"
)

// Law is under which law a notice is given.
type Law string

// The laws.
const (
	LawDSA   Law = "dsa" // Digital Services Act, article 16: illegal content
	LawKorea Law = "kr"  // Network Act, article 44-2: privacy or defamation
)

// MeasureDays is how long a comment may be blocked at most because of a Korean request.
const MeasureDays = 30

// Notices within NoticeWindow: of one account, to one address of mail, from one network.
const (
	NoticeAccount = 10
	NoticeMail    = 5
	NoticeAddress = 20
	NoticeWindow  = 24 * time.Hour
)

const (
	noticeAccountFull engine.SQL = `SELECT 1 FROM notice WHERE user_id = ? AND at > ? LIMIT 1 OFFSET ?`
	noticeMailFull    engine.SQL = `SELECT 1 FROM notice WHERE email = ?1 AND email <> '' AND at > ?2 LIMIT 1 OFFSET ?3`
	noticeAddressFull engine.SQL = `SELECT 1 FROM notice_sender WHERE address = ? AND at > ? LIMIT 1 OFFSET ?`
	purgeSenders      engine.SQL = `DELETE FROM notice_sender WHERE at <= ?`
	insertSender      engine.SQL = `INSERT INTO notice_sender (id, address, at) VALUES (?, ?, ?)`
	insertNotice      engine.SQL = `INSERT INTO notice (id, number, law, comment_id, version, user_id, name, email, language, ground, relation, note_id, token, at)
SELECT ?1, ?2, ?3, c.id, c.version, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM comment c WHERE c.id = ?4`

	// The requester is told in the account they had, else by mail; one who gave no address asks at the case's page.
	tellRequester engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, decision_id, notice_id, at, mail, due)
SELECT ?1, n.user_id, ?6, n.comment_id, ?3, n.id, ?4, CASE WHEN n.email = '' AND n.user_id IS NULL THEN 'none' ELSE 'wait' END, ?5
FROM notice n WHERE n.id = ?2`
	tellNoticed engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, notice_id, at, mail, due)
SELECT ?1, c.author_id, 'noticed', c.id, n.id, ?3, 'wait', ?3 FROM notice n JOIN comment c ON c.id = n.comment_id WHERE n.id = ?2`

	noticeColumns = `n.id, n.number, n.law, n.comment_id, n.version, coalesce(n.user_id, 0), n.name, n.email, n.language, n.ground, n.relation,
  w.body, n.token, n.at, ` + noticedWords + `, ` + replacedAt + ` FROM notice n JOIN note w ON w.id = n.note_id`
	noticeByNumber engine.SQL = `SELECT ` + noticeColumns + ` WHERE n.number = ?`
	noticesOn      engine.SQL = `SELECT ` + noticeColumns + ` WHERE n.comment_id = ? ORDER BY n.id`
	decisionsSince engine.SQL = `SELECT ` + decisionColumns + ` JOIN notice k ON k.comment_id = d.comment_id AND k.version = d.version AND k.id < d.id
WHERE k.id = ? AND ` + answering + ` ORDER BY d.id`

	// noticedWords are those that notice n speaks of, and replacedAt is when their author put others in their place, NULL
	// while they stand.
	noticedWords = `(SELECT coalesce((SELECT r.body FROM comment_revision r WHERE r.comment_id = c.id AND r.version = n.version), c.body)
  FROM comment c WHERE c.id = n.comment_id)`
	replacedAt = `(SELECT coalesce((SELECT r.submitted FROM comment_revision r WHERE r.comment_id = c.id AND r.version = n.version + 1), c.edited)
  FROM comment c WHERE c.id = n.comment_id AND c.version > n.version)`
)

// GroundMinors is the ground of a notice of sexual offences against minors: it needs no name, and its author hears of it
// only by a decision.
const GroundMinors = "minors"

// Notice is what somebody says against a comment, with or without an account.
type Notice struct {
	ID       int64
	Number   string // of the case
	Law      Law
	Comment  int64
	Version  int    // of the words that were read
	By       int64  // 0: signed out
	Name     string // of the requester, "" when none was given
	Email    string // likewise
	Language string // that the requester reads
	Ground   string // a word of the form
	Relation string // "self" or "agent" for a Korean request, else ""
	Text     string // why
	Token    []byte // SHA-256 of the token in the requester's link
	At       time.Time
	Words    string    // that it speaks of: only when it is read
	Replaced time.Time // when their author put others in their place; zero while they stand
}

// NewCase makes the id and the number of a notice to be given.
func (a *Archive) NewCase() (id int64, number string) {
	id = a.engine.NewID()
	return id, caseNumber(id)
}

// AddNotice stores a notice of a new case from a client's network and tells its requester and the comment's author, or does
// nothing: ErrNotFound when the comment is not published, ErrRate, or ErrConflict when a decision was taken since the case was
// made: make another.
func (a *Archive) AddNotice(ctx context.Context, n Notice, network string) error {
	since := n.At.Add(-NoticeWindow)
	b := engine.Batch{Guard: []engine.Check{
		engine.Must(guardPublished, ErrNotFound, n.Comment),
		engine.MustNot(decidedSince, ErrConflict, n.Comment, n.ID),
		engine.MustNot(noticeAccountFull, ErrRate, n.By, since, NoticeAccount-1),
		engine.MustNot(noticeMailFull, ErrRate, n.Email, since, NoticeMail-1),
		engine.MustNot(noticeAddressFull, ErrRate, network, since, NoticeAddress-1),
	}}
	note, hash := a.note(&b, n.Text)
	b.Do = append(b.Do,
		engine.Do(insertNotice, n.ID, n.Number, n.Law, n.Comment, id(n.By), n.Name, n.Email, n.Language, n.Ground, n.Relation, note, n.Token, n.At),
		engine.Do(purgeSenders, since),
		engine.Do(insertSender, a.engine.NewID(), network, n.At),
		engine.Do(tellRequester, a.engine.NewID(), n.ID, nil, n.At, n.At, MessageNotice),
		audit(n.At, n.By, ActCommentNotice, n.Comment, string(n.Law)+" "+n.Ground+" notice:"+n.Number+" note:"+hash))
	if n.Ground != GroundMinors {
		b.Do = append(b.Do, engine.Do(tellNoticed, a.engine.NewID(), n.ID, n.At))
	}
	return a.engine.Write(ctx, b)
}

// caseNumber is an id as people write it down: "2VJ4-9QF4-PXZ1", without letters that look like digits.
func caseNumber(id int64) string {
	const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := binary.BigEndian.AppendUint64(nil, uint64(id)<<4) // its lower 60 bits: 12 letters of 5
	text := base32.NewEncoding(crockford).EncodeToString(b)
	return text[:4] + "-" + text[4:8] + "-" + text[8:12]
}

// Notice reads a notice by its number; fs.ErrNotExist when there is none.
func (a *Archive) Notice(ctx context.Context, number string) (Notice, error) {
	var n Notice
	err := a.engine.Read(ctx, engine.One(&n, noticeByNumber, number))
	return n, err
}

// NoticesOn lists the notices of a comment, oldest first.
func (a *Archive) NoticesOn(ctx context.Context, comment int64) ([]Notice, error) {
	var out []Notice
	err := a.engine.Read(ctx, engine.All(&out, noticesOn, comment))
	return out, err
}

// Became lists what was decided since a notice of the words that it speaks of, oldest first, without what was taken back.
// Empty: the notice is open, unless the words were replaced.
func (a *Archive) Became(ctx context.Context, notice int64) ([]Decision, error) {
	var out []Decision
	err := a.engine.Read(ctx, engine.All(&out, decisionsSince, notice))
	return out, err
}

// ViewNotice logs that somebody of the staff was shown who gave a notice.
func (a *Archive) ViewNotice(ctx context.Context, n Notice, by int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Quiet: true, Do: []engine.Stmt{audit(at, by, ActNoticeView, n.Comment, "notice:"+n.Number)}})
}

// tellRequesters tells everybody who gave notice of the words what was decided of them.
func (a *Archive) tellRequesters(v Verb, decision int64) (out []engine.Stmt) {
	for _, n := range v.notices {
		out = append(out, engine.Do(tellRequester, a.engine.NewID(), n, decision, v.At, v.At.Add(UndoWindow), MessageNotice))
	}
	return out
}

// tellReplaced tells who gave those notices that the author put other words in the place of theirs.
func (a *Archive) tellReplaced(notices []int64, at time.Time) (out []engine.Stmt) {
	for _, n := range notices {
		out = append(out, engine.Do(tellRequester, a.engine.NewID(), n, nil, at, at, MessageReplaced))
	}
	return out
}
