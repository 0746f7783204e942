package templates

// hidden is the statement of reasons for a comment that readers' reports took off the page until a moderator reads it. The
// author need not object, since a moderator reads it in any case, and can appeal against what they decide.
func (l *letter) hidden(m Message) {
	l.label("scope", Part{Text: l.say("message.scope.reopen")})
	l.label("means", Part{Text: l.means(m)})
	if c := m.Clause; c != nil {
		l.label("ground", Part{Text: l.say("message.ground.reported", "Number", c.Number, "Title", c.Title, "Version", m.Standards),
			Link: "/standards#clause-" + c.ID, LinkText: l.say("message.link.standards")})
	} else {
		l.label("ground", Part{Text: l.say("message.ground.other", "Version", m.Standards), Link: "/standards", LinkText: l.say("message.link.all_standards")})
	}
	l.label("appeal", Part{Text: l.say("message.appeal.reopen")})
	l.label("redress", Part{Text: l.say("message.redress")})
}
