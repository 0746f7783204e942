package templates

import (
	"strings"
	"time"
)

// Letter puts a message into words. An error means that the catalogue lacks some.
func (p *Pages) Letter(lang string, m Message) (Letter, error) {
	l := letter{words: words{p.catalogues, known(lang), p.zone}}
	switch m.Kind {
	case "decision":
		l.decision(m)
	case "reply":
		l.reply(m)
	case "sanction":
		l.sanction(m)
	case "notice":
		l.notice(m)
	case "replaced":
		l.inCase("message.replaced", m)
	case "noticed":
		l.noticed(m)
	case "head":
		l.subject("message.head.subject")
		l.add(Part{Text: l.say("message.head.text")})
		l.add(Part{Text: m.Head, Link: "/desk/log", LinkText: l.say("title.log")})
	case "confirm":
		l.subject("message.confirm.subject")
		l.add(Part{Text: l.say("message.confirm.text"), Link: m.Link, LinkText: l.say("message.confirm.link")})
	default:
		l.veiled()
	}
	return l.Letter, l.err
}

// Veiled is the letter to an address that nobody proved to be theirs: it only says that there is a message.
func (p *Pages) Veiled(lang string) (Letter, error) {
	l := letter{words: words{p.catalogues, known(lang), p.zone}}
	l.veiled()
	return l.Letter, l.err
}

// letter is a Letter that is being written, with its first error.
type letter struct {
	words
	Letter
	err error
}

// say is a text of the catalogue.
func (l *letter) say(id string, pairs ...any) string {
	text, err := l.t(id, pairs...)
	if err != nil && l.err == nil {
		l.err = err
	}
	return text
}

// one is a text of a family, or the family's text for what it does not know.
func (l *letter) one(family, name string) string {
	text, err := l.either(family, name)
	if err != nil && l.err == nil {
		l.err = err
	}
	return text
}

// when is an instant with the name of the newspaper's zone.
func (l *letter) when(t time.Time) string {
	text, err := l.clock(t)
	if err != nil && l.err == nil {
		l.err = err
	}
	return text + t.In(l.zone).Format(" (MST)")
}

func (l *letter) subject(id string) { l.Subject = l.say(id) }

func (l *letter) add(p Part) { l.Parts = append(l.Parts, p) }

// label adds a paragraph under a label; nothing when its text is empty.
func (l *letter) label(id string, p Part) {
	if p.Text == "" {
		return
	}
	p.Label = l.say("message.label." + id)
	l.add(p)
}

func (l *letter) veiled() {
	l.subject("message.veiled.subject")
	l.add(Part{Text: l.say("message.veiled.text"), Link: "/account/messages", LinkText: l.say("message.link.messages")})
}

// At is the letter with the addresses on this site made whole by the newspaper's own, which has no slash at its end.
func (l Letter) At(home string) Letter {
	out := Letter{Subject: l.Subject, Parts: make([]Part, len(l.Parts))}
	for i, p := range l.Parts {
		if strings.HasPrefix(p.Link, "/") {
			p.Link = home + p.Link
		}
		out.Parts[i] = p
	}
	return out
}

// Text is the letter as plain text: labels on lines of their own, somebody else's words behind ">", each address on a
// line of its own.
func (l Letter) Text() string {
	var b strings.Builder
	for _, p := range l.Parts {
		if p.Label != "" {
			b.WriteString(p.Label + "\n")
		}
		for _, line := range p.Lines() {
			if p.Quote {
				b.WriteString("> ")
			}
			b.WriteString(line + "\n")
		}
		if p.Link != "" {
			b.WriteString(p.LinkText + "\n" + p.Link + "\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Lines are the lines of the text, without what could end one elsewhere; none when it is empty.
func (p Part) Lines() []string {
	if p.Text == "" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(strings.ReplaceAll(p.Text, "\r\n", "\n"), "\r", "\n"), "\n")
}
