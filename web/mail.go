package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// mailing is a message as a mail: everything but the way there.
type mailing struct {
	id      string // Message-ID without its brackets: the same at each try
	to      string
	subject string
	text    string
	html    string
	lang    string
	stop    string // address that ends mail of this kind, "" when it cannot be ended
}

// mailLanguage is the language of a mail: the account's choice, that of the page it came from, that of the comment
// it is about, that of the account's last comment, English.
func mailLanguage(o db.Outgoing) string {
	about := ""
	if o.Kind == db.MessageDecision {
		about = pageLanguage(o.About.Language)
	}
	return cmp.Or(pageLanguage(o.Choice), pageLanguage(o.Language), about, pageLanguage(o.Writes), pageLanguages[0])
}

// compose makes a mail of a message. An address that nobody proved to be the account's is told that there is a
// message, and not what it says.
func (s *Server) compose(ctx context.Context, o db.Outgoing, now time.Time) (mailing, error) {
	home := strings.TrimSuffix(s.cfg.BaseURL.String(), "/")
	m := mailing{id: fmt.Sprintf("message.%d@%s", o.ID, s.cfg.BaseURL.Hostname()), to: o.To, lang: mailLanguage(o)}
	var letter templates.Letter
	var err error
	switch {
	case o.Kind == db.MessageConfirm:
		letter, err = s.pages.Letter(m.lang, templates.Message{Kind: "confirm", Link: home + "/account/confirm/" + s.token(forConfirm, o.UserID, o.At, o.To)})
	case o.UserID == 0: // a notice without an account: nothing in the letter is anybody's words
		letter, err = s.caseLetter(ctx, o, m.lang, now)
	case !o.Proved:
		letter, err = s.pages.Veiled(m.lang)
	default:
		letter, err = s.letter(ctx, o.Message, m.lang, now)
	}
	if err != nil {
		return m, err
	}
	switch o.Kind {
	case db.MessageDecision, db.MessageSanction, db.MessageNoticed, db.MessageReply:
		m.stop = home + "/unsubscribe/" + s.stopLink(o.UserID, o.Kind)
	}
	name := o.Name
	if !o.Proved {
		name = "" // whoever signed up chose it
	}
	letter = letter.At(home)
	m.subject = letter.Subject + " – " + s.cfg.Site
	m.text = s.plain(letter, m, name)
	var b bytes.Buffer
	err = s.pages.Mail.Render(&b, m.lang, templates.Mail{Site: s.cfg.Site, Lang: m.lang, Home: home + "/", Name: name, Letter: letter, Stop: m.stop})
	m.html = b.String()
	return m, err
}

// caseLetter is the letter to who gave a notice without an account: its link has the key to the case.
func (s *Server) caseLetter(ctx context.Context, o db.Outgoing, lang string, now time.Time) (templates.Letter, error) {
	v, err := s.messageView(ctx, o.Message, lang, now)
	if err != nil {
		return templates.Letter{}, err
	}
	v.Link = s.noticeLink(o.Notice.Number)
	return s.pages.Letter(lang, v)
}

// plain is the text of a mail, with its greeting and its end.
func (s *Server) plain(l templates.Letter, m mailing, name string) string {
	text := l.Text()
	if name != "" {
		text = s.pages.Text(m.lang, "message.greeting", map[string]any{"Name": name}) + "\n\n" + text
	}
	text += "-- \n" + s.pages.Text(m.lang, "message.footer", map[string]any{"Site": s.cfg.Site}) + "\n"
	if m.stop != "" {
		text += s.pages.Text(m.lang, "message.stop", nil) + "\n" + m.stop + "\n"
	}
	return text
}
