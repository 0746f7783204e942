package db

import (
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// An answer that stands on the page is told to the author of what it answers: once, not to themselves, and not
	// when they have muted who wrote it. It is mailed to those who asked for that.
	tellReply engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, at, mail, due)
SELECT ?1, p.author_id, 'reply', c.id, ?3,
  CASE WHEN EXISTS (SELECT 1 FROM preference f WHERE f.user_id = p.author_id AND f.mail_replies = 1) THEN 'wait' ELSE 'none' END, ?4
FROM comment c JOIN comment p ON p.id = c.parent_id
WHERE c.id = ?2 AND c.state = 'published' AND p.author_id <> c.author_id
  AND NOT EXISTS (SELECT 1 FROM mute m WHERE m.user_id = p.author_id AND m.muted_id = c.author_id)
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.comment_id = c.id AND m.kind = 'reply')`
	// One that was taken down before anybody saw the message is no longer told.
	untellReply engine.SQL = `DELETE FROM message WHERE comment_id = ? AND kind = 'reply' AND seen IS NULL AND mail <> 'sent'`
)

// tellReply is what follows for the author above when a comment comes to stand in a state. It belongs behind the
// statement that stores the state, and does nothing for a thread's first comment.
func (a *Archive) tellReply(comment int64, state moderation.State, at time.Time) engine.Stmt {
	if state != moderation.Published {
		return engine.Do(untellReply, comment)
	}
	return engine.Do(tellReply, a.engine.NewID(), comment, at, at.Add(UndoWindow))
}
