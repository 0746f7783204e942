package web

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/wneessen/go-mail"

	"broadsheet/db"
)

const (
	mailEvery  = 5 * time.Second // how often it is asked what is due
	mailPause  = time.Minute     // after the mail server could not be reached
	mailsAtime = 50              // over one connection
	maxBackoff = 12 * time.Hour
)

// sendMail sends what is due until the context ends. A restart loses nothing. It sends nothing twice, except a mail
// that the server took when the program was killed before it could note that: the next try, which has the same
// Message-ID, is at least a minute later.
func (s *Server) sendMail(ctx context.Context) {
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		wait := mailEvery
		if err := s.mailRound(ctx, s.cfg.Archive.Now()); err != nil && ctx.Err() == nil {
			s.cfg.Log.Warn("mail not sent, tried again later", "err", err)
			wait = mailPause
		}
		next.Reset(wait)
	}
}

// mailRound sends what is due at a time, the longest due first, over one connection. An error means that the server
// or the archive cannot be used now; what is wrong with one mail is noted with that mail.
func (s *Server) mailRound(ctx context.Context, now time.Time) error {
	list, err := s.cfg.Archive.DueMail(ctx, now, mailsAtime)
	if err != nil || len(list) == 0 {
		return err
	}
	line := &mailLine{server: s.cfg.Mail}
	defer line.close()
	for _, o := range list {
		if err := s.mailOne(ctx, line, o, now); err != nil || ctx.Err() != nil {
			return err
		}
	}
	return nil
}

// mailOne sends one mail and notes what became of it.
func (s *Server) mailOne(ctx context.Context, line *mailLine, o db.Outgoing, now time.Time) error {
	if !wanted(o) {
		return s.cfg.Archive.SkipMail(ctx, o.ID)
	}
	err := s.cfg.Archive.ClaimMail(ctx, o, now, now.Add(backoff(o.Tries+1)))
	if errors.Is(err, db.ErrConflict) || errors.Is(err, db.ErrMailRate) {
		return nil
	}
	if err != nil {
		return err
	}
	one, err := s.compose(ctx, o, now)
	if err == nil {
		err = line.send(ctx, one, now)
	}
	after := context.WithoutCancel(ctx) // what happened is noted also when the program stops meanwhile
	if err == nil {
		return s.cfg.Archive.MailSent(after, o.ID, now)
	}
	s.cfg.Log.Warn("mail not sent", "message", o.ID, "try", o.Tries+1, "err", err)
	last := o.Tries+1 >= db.MailTries || refusedForGood(err)
	if ferr := s.cfg.Archive.MailFailed(after, o.ID, oneLine(excerpt(err.Error(), 300)), last); ferr != nil {
		return ferr
	}
	if line.down {
		return err
	}
	return nil
}

// wanted reports whether somebody wants a message by mail.
func wanted(o db.Outgoing) bool {
	switch o.Kind {
	case db.MessageReply:
		return o.Prefs.Replies
	case db.MessageDecision, db.MessageSanction, db.MessageNoticed:
		return o.Prefs.Decisions
	}
	return true
}

// backoff is how long after its n-th try (from 1) a mail waits for the next: a minute, three, nine …, twelve hours.
func backoff(n int) time.Duration {
	d := time.Minute
	for ; n > 1 && d < maxBackoff; n-- {
		d *= 3
	}
	return min(d, maxBackoff)
}

// mailLine is a connection to the mail server, opened when the first mail is sent.
type mailLine struct {
	server *MailServer
	client *mail.Client
	down   bool // it cannot be used (any more)
}

func (l *mailLine) send(ctx context.Context, one mailing, at time.Time) error {
	msg, err := l.server.mime(one, at)
	if err != nil {
		return err
	}
	if l.client == nil {
		c, err := l.server.client()
		if err == nil {
			err = c.DialWithContext(ctx)
		}
		if err != nil {
			l.down = true
			return err
		}
		l.client = c
	}
	err = l.client.Send(msg)
	l.down = err != nil && lineDown(err)
	return err
}

func (l *mailLine) close() {
	if l.client != nil {
		l.client.Close() // the mail that went over it was taken or not: nothing to learn from this
	}
}

// oneLine is a text without what could end a line.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
