package templates

import "strconv"

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

// notice tells who gave a notice that it was received, what was decided, or that this was taken back. It has no words of the comment.
func (l *letter) notice(m Message) {
	if m.Undone {
		l.inCase("message.notice.undone", m)
		return
	}
	headline := ""
	if m.Comment != nil {
		headline = m.Comment.Headline
	}
	id := "message.notice." + m.Action
	switch {
	case m.Action == "":
		id = "message.notice.received"
	case m.Program:
		id += ".program"
	}
	if !l.catalogues.has(l.lang, id) {
		id = "message.notice.other"
	}
	subject := "message.notice.decided"
	if m.Action == "" {
		subject = "message.notice.subject"
	}
	l.Subject = l.say(l.of(subject, m.Law), "Number", m.Case)
	l.add(Part{Text: l.say(l.of(id, m.Law), "Headline", headline), Link: m.Link, LinkText: l.say("message.link.case")})
	if m.Action == "" {
		return
	}
	if m.Action == "block" && !m.Until.IsZero() {
		l.label("scope", Part{Text: l.say("message.scope.block_until", "Until", l.when(m.Until))})
	}
	if m.Program {
		l.label("means", Part{Text: l.say("message.means.program")})
	} else if m.Action != "withdraw" {
		l.label("means", Part{Text: l.say("message.sanction.means")})
	}
	l.grounds(Message{Clause: m.Clause, Standards: m.Standards})
	l.label("redress", Part{Text: l.say("message.redress")})
}

// inCase tells who gave a notice what a text says of its case, with no word of the comment.
func (l *letter) inCase(id string, m Message) {
	headline := ""
	if m.Comment != nil {
		headline = m.Comment.Headline
	}
	l.Subject = l.say(l.of(id+".subject", m.Law), "Number", m.Case)
	l.add(Part{Text: l.say(l.of(id+".text", m.Law), "Headline", headline), Link: m.Link, LinkText: l.say("message.link.case")})
}

// of is the text for a notice under a law: Korea's asks for something, where another tells of it.
func (l *letter) of(id, law string) string {
	if own := id + "." + law; l.catalogues.has(l.lang, own) {
		return own
	}
	return id
}

// noticed tells the author of a comment that somebody gave a notice of it: not who, nor in which words.
func (l *letter) noticed(m Message) {
	c := m.Comment
	if c == nil {
		c = &MessageComment{}
	}
	id := "message.noticed.dsa"
	if m.Law == "kr" {
		id = "message.noticed.kr"
	}
	l.Subject = l.say(l.of("message.noticed.subject", m.Law), "Number", m.Case)
	l.add(Part{Text: l.say(id, "Headline", c.Headline), Link: m.Link, LinkText: l.say("message.link.case")})
	l.label("words", Part{Text: c.Body, Quote: true, Lang: c.Lang})
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
	if m.Lapsed > 0 {
		l.label("appeal", Part{Text: l.say("message.sanction.lapsed", "Number", number(m.Lapsed))})
	}
	if m.Clause != nil {
		l.label("means", Part{Text: l.say("message.sanction.means")})
	}
	l.grounds(m)
	switch {
	case m.Awaited:
		l.label("appeal", Part{Text: l.say("message.sanction.objected")})
	case !m.AppealUntil.IsZero():
		l.label("appeal", Part{Text: l.say("message.sanction.appeal", "Until", l.when(m.AppealUntil)), Link: "/account#standing", LinkText: l.say("message.link.objection")})
	}
	if m.Clause != nil {
		l.label("redress", Part{Text: l.say("message.redress")})
	}
}
