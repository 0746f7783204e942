package db

import (
	"context"
	"errors"
	"math"
	"time"

	"broadsheet/db/engine"
)

// MailsAnHour is how many mails one account gets in an hour at most; what is more waits.
const MailsAnHour = 20

// MailTries is how often a mail is tried before it counts as failed.
const MailTries = 10

// ErrMailRate is an account that was sent MailsAnHour mails within the hour: the mail waits.
var ErrMailRate = errors.New("this account was sent enough mail for an hour: the rest waits")

// Outgoing is a message on its way by mail.
type Outgoing struct {
	Message
	Mail   string // "wait", "sent", "failed"; "none" for a message that is not mailed
	Due    time.Time
	Tries  int
	Error  string    // of the last try, "" for none
	Sent   time.Time // when the mail server took it; zero: not yet
	To     string    // address, "" when there is none
	Proved bool      // the address is an account's own
	Name   string    // of the account
	Choice string    // the language of the account, or of a notice without one; "" when no choice was made
	Writes string    // the language of its last comment, "" for none
	Prefs  Preference
}

const (
	outgoingColumns = messageColumns + `, m.mail, m.due, m.tries, m.error, m.sent, coalesce(u.email, k.email, ''), coalesce(u.email_verified, 0),
  coalesce(u.name, ''), coalesce(u.language, k.language, ''),
  coalesce((SELECT y.language FROM comment y WHERE y.author_id = m.user_id ORDER BY y.submitted DESC LIMIT 1), ''), coalesce(p.mail_decisions, 1), coalesce(p.mail_replies, 0)`
	outgoingFrom = messageFrom + `LEFT JOIN user u ON u.id = m.user_id LEFT JOIN preference p ON p.user_id = m.user_id `

	mailsLately = `(SELECT count(*) FROM message r WHERE r.user_id = m.user_id AND r.sent > `

	dueMail engine.SQL = `SELECT ` + outgoingColumns + outgoingFrom + `WHERE m.id IN (SELECT m.id FROM message m
  WHERE m.mail = 'wait' AND m.due <= ?1 AND ` + mailsLately + `?2) < ?3 ORDER BY m.due, m.id LIMIT ?4) ORDER BY m.due, m.id`
	// Who wrote a comment, ?1, does not see what is mailed to who gave a notice of it.
	toOthers = ` AND NOT (m.kind IN ('notice', 'replaced') AND coalesce(c.author_id, 0) = ?1)`

	outboxPage engine.SQL = `SELECT ` + outgoingColumns + outgoingFrom + `WHERE m.mail = ?2 AND m.id < ?3` + toOthers + ` ORDER BY m.id DESC LIMIT ?4`
	outboxOne  engine.SQL = `SELECT ` + outgoingColumns + outgoingFrom + `WHERE m.id = ?2 AND m.mail <> 'none'` + toOthers
	outboxSize engine.SQL = `SELECT mail, count(*) FROM message WHERE mail <> 'none' GROUP BY mail`

	mailWaits engine.SQL = `SELECT 1 FROM message WHERE id = ?1 AND mail = 'wait' AND tries = ?2`
	mailFull  engine.SQL = `SELECT 1 FROM message m WHERE m.id = ?1 AND ` + mailsLately + `?2) >= ?3`
	mailThere engine.SQL = `SELECT 1 FROM message WHERE id = ? AND mail <> 'none'`
	claimMail engine.SQL = `UPDATE message SET tries = tries + 1, due = ?2 WHERE id = ?1`
	mailGone  engine.SQL = `UPDATE message SET mail = 'sent', sent = ?2, error = '' WHERE id = ?1`
	mailError engine.SQL = `UPDATE message SET mail = ?2, error = ?3 WHERE id = ?1 AND mail = 'wait'`
	mailNone  engine.SQL = `UPDATE message SET mail = 'none' WHERE id = ? AND mail = 'wait'`
	mailAgain engine.SQL = `UPDATE message SET mail = 'wait', due = ?2, tries = 0, error = '' WHERE id = ?1`
)

// DueMail lists the mail that is due at a time, the longest due first, at most n. What goes beyond an account's
// MailsAnHour is left out.
func (a *Archive) DueMail(ctx context.Context, at time.Time, n int) ([]Outgoing, error) {
	var out []Outgoing
	err := a.engine.Read(ctx, engine.All(&out, dueMail, at, at.Add(-time.Hour), MailsAnHour, n))
	return out, err
}

// ClaimMail notes a try before it is made: should the program end meanwhile, the next is made at the time next.
// It returns ErrConflict when the message is gone, was sent or is tried elsewhere, and ErrMailRate.
func (a *Archive) ClaimMail(ctx context.Context, o Outgoing, at, next time.Time) error {
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(mailWaits, ErrConflict, o.ID, o.Tries),
			engine.MustNot(mailFull, ErrMailRate, o.ID, at.Add(-time.Hour), MailsAnHour),
		},
		Do:    []engine.Stmt{engine.Do(claimMail, o.ID, next)},
		Quiet: true,
	})
}

// MailSent notes that the mail server took a message.
func (a *Archive) MailSent(ctx context.Context, message int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(mailGone, message, at)}, Quiet: true})
}

// MailFailed notes why a try failed; after the last one no other is made.
func (a *Archive) MailFailed(ctx context.Context, message int64, why string, last bool) error {
	mail := "wait"
	if last {
		mail = "failed"
	}
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(mailError, message, mail, why)}, Quiet: true})
}

// SkipMail keeps a message in the account only: its reader wants no mail of its kind.
func (a *Archive) SkipMail(ctx context.Context, message int64) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(mailNone, message)}, Quiet: true})
}

// Outbox lists messages by where their mail stands ("wait", "sent" or "failed") before one of that id (0: from the
// newest), newest first, at most n, and counts them all by where they stand. What goes to who gave a notice of the viewer's
// own comment is left out of the list.
func (a *Archive) Outbox(ctx context.Context, viewer int64, mail string, before int64, n int) ([]Outgoing, map[string]int, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []Outgoing
	var sizes []struct {
		Mail string
		N    int
	}
	err := a.engine.Read(ctx, engine.All(&out, outboxPage, viewer, mail, before, n), engine.All(&sizes, outboxSize))
	count := map[string]int{}
	for _, s := range sizes {
		count[s.Mail] = s.N
	}
	return out, count, err
}

// Outgoing reads one message that is or was to be mailed; fs.ErrNotExist when there is none of that id for the viewer.
func (a *Archive) Outgoing(ctx context.Context, viewer, message int64) (Outgoing, error) {
	var o Outgoing
	err := a.engine.Read(ctx, engine.One(&o, outboxOne, viewer, message))
	return o, err
}

// SendAgain puts a message back among the mail that waits, due at once; ErrNotFound when it is not mailed.
func (a *Archive) SendAgain(ctx context.Context, message, by int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.Must(mailThere, ErrNotFound, message)},
		Do:    []engine.Stmt{engine.Do(mailAgain, message, at), audit(at, by, ActMailSend, message, "")},
		Quiet: true,
	})
}

// LookMail logs that somebody of the staff read a message to somebody else.
func (a *Archive) LookMail(ctx context.Context, message, by int64, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{audit(at, by, ActMailView, message, "")}, Quiet: true})
}
