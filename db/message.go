package db

import (
	"time"

	"broadsheet/db/engine"
)

// MessageKind is what a message is about.
type MessageKind string

// The kinds of messages.
const (
	MessageDecision MessageKind = "decision" // what was decided of the reader's comment, and why
	MessageReply    MessageKind = "reply"    // somebody answered the reader's comment
	MessageNotice   MessageKind = "notice"   // to who gave a notice: it was received, or, with a decision, what became of it
	MessageNoticed  MessageKind = "noticed"  // to the author: somebody gave a notice of their comment
)

// UndoWindow is how long the mail about a decision waits, so that one that is taken back at once goes to nobody.
const UndoWindow = 2 * time.Minute

const (
	// A decision is told to the author of the comment; by mail too, unless it publishes.
	tellDecision engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, decision_id, at, mail, due)
SELECT ?1, c.author_id, 'decision', c.id, ?3, ?4, ?5, ?6 FROM comment c WHERE c.id = ?2`
	// One that was taken back is no longer told, unless its mail has gone out.
	untell engine.SQL = `DELETE FROM message WHERE decision_id = ? AND mail <> 'sent'`
)
