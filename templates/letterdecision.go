package templates

import (
	"strconv"
	"strings"
)

// decision is the statement of reasons for a decision on a comment: what, scope, facts, means, ground and redress.
func (l *letter) decision(m Message) {
	c := m.Comment
	if c == nil {
		c = &MessageComment{}
	}
	id := l.ruling(m)
	l.subject(id + ".subject")
	l.add(Part{Text: l.say(id+".text", "Headline", c.Headline), Link: "/comments/" + strconv.FormatInt(c.ID, 10), LinkText: l.say("message.link.comment")})
	l.label("words", Part{Text: c.Body, Quote: true, Lang: c.Lang})
	if m.Undone {
		l.label("state", Part{Text: l.one("state.says", c.State)})
		if m.Lapsed > 0 {
			l.label("appeal", Part{Text: l.say("message.lapsed")})
		}
		return
	}
	if m.Action == "reopen" {
		l.hidden(m)
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
	switch {
	case m.Awaited:
		l.label("appeal", Part{Text: l.say("message.appealed")})
	case !m.AppealUntil.IsZero():
		l.label("appeal", Part{Text: l.say("message.appeal", "Until", l.when(m.AppealUntil)), Link: "/comments/" + strconv.FormatInt(c.ID, 10) + "#appeal", LinkText: l.say("message.link.appeal")})
	}
	if m.Clause != nil {
		l.label("redress", Part{Text: l.say("message.redress")})
	}
}

// ruling is the family of texts for a decision.
func (l *letter) ruling(m Message) string {
	id := "message.decision." + m.Action
	switch {
	case m.Undone:
		return "message.decision.undone"
	case m.Program: // also where it answers an appeal: nobody heard it
		id += ".program"
	case m.Appeal:
		id += ".appeal"
	}
	if !l.catalogues.has(l.lang, id+".text") {
		return "message.decision.other"
	}
	return id
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
	by := "person"
	switch {
	case m.Action == "reopen":
		by = "reopen"
	case m.Program:
		by = "program"
	}
	return strings.Join(append(out, l.say("message.means."+by)), " ")
}

// found is what a check found, as its author is told.
func (l *letter) found(why string) string {
	if id := "message.found." + why; l.catalogues.has(l.lang, id) {
		return l.say(id)
	}
	return l.one("finding", why)
}

// grounds adds the clause that a decision or sanction rests on, and the moderator's own words.
func (l *letter) grounds(m Message) {
	if c := m.Clause; c != nil {
		l.label("ground", Part{Text: l.say("message.ground", "Number", c.Number, "Title", c.Title, "Version", m.Standards),
			Link: "/standards#clause-" + c.ID, LinkText: l.say("message.link.standards")})
	}
	l.label("answer", Part{Text: m.Answer, Quote: true})
}
