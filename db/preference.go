package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

// Preference is what an account wants to be told by mail. All of it stands in the account as well.
type Preference struct {
	Decisions bool // about its comments and itself
	Replies   bool // about answers to its comments
}

const (
	preferenceOf engine.SQL = `SELECT coalesce(p.mail_decisions, 1), coalesce(p.mail_replies, 0)
FROM user u LEFT JOIN preference p ON p.user_id = u.id WHERE u.id = ?`
	setPreference engine.SQL = `INSERT INTO preference (user_id, mail_decisions, mail_replies) VALUES (?, ?, ?)
ON CONFLICT (user_id) DO UPDATE SET mail_decisions = excluded.mail_decisions, mail_replies = excluded.mail_replies`
	stopDecisions engine.SQL = `INSERT INTO preference (user_id, mail_decisions) VALUES (?, 0) ON CONFLICT (user_id) DO UPDATE SET mail_decisions = 0`
	stopReplies   engine.SQL = `INSERT INTO preference (user_id, mail_replies) VALUES (?, 0) ON CONFLICT (user_id) DO UPDATE SET mail_replies = 0`

	tellConfirm engine.SQL = `INSERT INTO message (id, user_id, kind, at, mail, due, language) VALUES (?1, ?2, 'confirm', ?3, 'wait', ?3, ?4)`
	askConfirm  engine.SQL = `INSERT INTO message (id, user_id, kind, at, mail, due, language) SELECT ?1, ?2, 'confirm', ?3, 'wait', ?3, ?4
WHERE (SELECT count(*) FROM login_attempt WHERE address = ?5 AND at > ?6) < ?7`
	confirmMail engine.SQL = `SELECT 1 FROM user WHERE id = ? AND email = ?`
	unconfirmed engine.SQL = `SELECT 1 FROM user WHERE id = ? AND email_verified = 0`
	setVerified engine.SQL = `UPDATE user SET email_verified = 1 WHERE id = ?`
	asksLately  engine.SQL = `SELECT 1 FROM message WHERE user_id = ? AND kind = 'confirm' AND at > ? LIMIT 1 OFFSET ?`
)

// Preference reads what an account wants by mail: decisions, but no replies, when it never chose; fs.ErrNotExist when
// there is no such account.
func (a *Archive) Preference(ctx context.Context, user int64) (Preference, error) {
	var p Preference
	err := a.engine.Read(ctx, engine.One(&p, preferenceOf, user))
	return p, err
}

// SetPreference stores what an account wants by mail.
func (a *Archive) SetPreference(ctx context.Context, user int64, p Preference) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(setPreference, user, p.Decisions, p.Replies)}, Quiet: true})
}

// Unsubscribe ends the mail of one kind to an account: replies, else decisions. ErrNotFound when there is no such account.
func (a *Archive) Unsubscribe(ctx context.Context, user int64, kind MessageKind) error {
	stop := stopDecisions
	if kind == MessageReply {
		stop = stopReplies
	}
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.Must(userExists, ErrNotFound, user)},
		Do:    []engine.Stmt{engine.Do(stop, user)}, Quiet: true,
	})
}

// Mails that ask an account to confirm its address: one in ten minutes, five a day.
const (
	confirmEvery = 10 * time.Minute
	confirmsADay = 5
)

// AskConfirm has the mail that asks for proof of the address sent once more; ErrConflict when it is proved, ErrRate
// when it was asked a short time ago.
func (a *Archive) AskConfirm(ctx context.Context, user int64, language string, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(unconfirmed, ErrConflict, user),
			engine.MustNot(asksLately, ErrRate, user, at.Add(-confirmEvery), 0),
			engine.MustNot(asksLately, ErrRate, user, at.Add(-24*time.Hour), confirmsADay-1),
		},
		Do: []engine.Stmt{engine.Do(tellConfirm, a.engine.NewID(), user, at, language)}, Quiet: true,
	})
}

// Confirm notes that an address is an account's own. Once more changes nothing; ErrNotFound when the account has
// another address.
func (a *Archive) Confirm(ctx context.Context, user int64, email string, at time.Time) error {
	err := a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(confirmMail, ErrNotFound, user, email),
			engine.Must(unconfirmed, ErrConflict, user),
		},
		Do: []engine.Stmt{engine.Do(setVerified, user), audit(at, user, ActUserVerify, user, "")},
	})
	if err == ErrConflict {
		return nil
	}
	return err
}
