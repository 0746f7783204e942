package templates

import (
	"strconv"
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

// decision is the statement of reasons for a decision on a comment: what, scope, facts, means, ground and redress.
func (l *letter) decision(m Message) {
	c := m.Comment
	if c == nil {
		c = &MessageComment{}
	}
	id := "message.decision." + m.Action
	switch {
	case m.Undone:
		id = "message.decision.undone"
	case m.Appeal:
		id += ".appeal"
	case m.Program:
		id += ".program"
	}
	if !l.catalogues.has(l.lang, id+".text") {
		id = "message.decision.other"
	}
	l.subject(id + ".subject")
	l.add(Part{Text: l.say(id+".text", "Headline", c.Headline), Link: "/comments/" + strconv.FormatInt(c.ID, 10), LinkText: l.say("message.link.comment")})
	l.label("words", Part{Text: c.Body, Quote: true, Lang: c.Lang})
	if m.Undone {
		state, err := l.either("state.says", c.State)
		if err != nil && l.err == nil {
			l.err = err
		}
		l.label("state", Part{Text: state})
		return
	}
	switch {
	case m.Action == "block" && !m.Until.IsZero():
		l.label("scope", Part{Text: l.say("message.scope.block_until", "Until", l.when(m.Until))})
	case m.Action == "block" || m.Action == "reject":
		l.label("scope", Part{Text: l.say("message.scope." + m.Action)})
	}
	if m.Clause != nil {
		l.label("means", Part{Text: l.means(m)})
	}
	l.grounds(m)
	if !m.AppealUntil.IsZero() {
		l.label("appeal", Part{Text: l.say("message.appeal", "Until", l.when(m.AppealUntil)), Link: "/comments/" + strconv.FormatInt(c.ID, 10) + "#appeal", LinkText: l.say("message.link.appeal")})
	}
	if m.Clause != nil {
		l.label("redress", Part{Text: l.say("message.redress")})
	}
}

// means says how the comment was found and who decided.
func (l *letter) means(m Message) string {
	var out []string
	if m.Reported {
		out = append(out, l.say("message.means.reported"))
	}
	if len(m.Found) == 0 {
		out = append(out, l.say("message.means.unfound"))
	} else {
		names := make([]string, len(m.Found))
		for i, f := range m.Found {
			names[i] = l.found(f)
		}
		out = append(out, l.say("message.means.found", "Findings", strings.Join(names, ", ")))
	}
	if m.Program {
		return strings.Join(append(out, l.say("message.means.program")), " ")
	}
	return strings.Join(append(out, l.say("message.means.person")), " ")
}

// found is what a check found, as its author is told.
func (l *letter) found(why string) string {
	if id := "message.found." + why; l.catalogues.has(l.lang, id) {
		return l.say(id)
	}
	name, err := l.either("finding", why)
	if err != nil && l.err == nil {
		l.err = err
	}
	return name
}

// grounds adds the clause that a decision or sanction rests on, and the moderator's own words.
func (l *letter) grounds(m Message) {
	if c := m.Clause; c != nil {
		l.label("ground", Part{Text: l.say("message.ground", "Number", c.Number, "Title", c.Title, "Version", m.Standards),
			Link: "/standards#clause-" + c.ID, LinkText: l.say("message.link.standards")})
	}
	l.label("answer", Part{Text: m.Answer, Quote: true})
}

// reply tells of an answer to a comment, with its words while it is on the page.
func (l *letter) reply(m Message) {
	l.subject("message.reply.subject")
	c := m.Comment
	if c == nil || c.State != "published" {
		l.add(Part{Text: l.say("message.reply.gone")})
		return
	}
	l.add(Part{Text: l.say("message.reply.text", "Name", c.Author, "Headline", c.Headline)})
	l.add(Part{Text: c.Body, Quote: true, Lang: c.Lang, Link: "/comments/" + strconv.FormatInt(c.ID, 10), LinkText: l.say("message.link.reply")})
}

// sanction is the statement of reasons for what was done to an account.
func (l *letter) sanction(m Message) {
	id := "message.sanction." + m.Action
	l.subject(id + ".subject")
	l.add(Part{Text: l.say(id + ".text")})
	scope := "message.sanction." + m.Action + ".scope"
	switch {
	case !m.Until.IsZero():
		l.label("scope", Part{Text: l.say(scope+"_until", "Until", l.when(m.Until))})
	case m.Action != "lift":
		l.label("scope", Part{Text: l.say(scope)})
	}
	if m.Comments > 0 {
		l.label("comments", Part{Text: l.say("message.sanction."+m.Action+".comments", "Number", number(m.Comments))})
	}
	if m.Clause != nil {
		l.label("means", Part{Text: l.say("message.sanction.means")})
	}
	l.grounds(m)
	if !m.AppealUntil.IsZero() {
		l.label("appeal", Part{Text: l.say("message.sanction.appeal", "Until", l.when(m.AppealUntil)), Link: "/account#standing", LinkText: l.say("message.link.objection")})
		l.label("redress", Part{Text: l.say("message.redress")})
	}
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
