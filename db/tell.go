package db

import (
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// UndoWindow is how long the mail about a decision waits, so that one that is taken back at once goes to nobody.
const UndoWindow = 15 * time.Second

const (
	// A decision is told to the author of the comment; by mail too, unless it publishes.
	tellDecision engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, decision_id, at, mail, due)
SELECT ?1, c.author_id, 'decision', c.id, ?3, ?4, ?5, ?6 FROM comment c WHERE c.id = ?2`

	// Whether a message is known to its reader, or may be: a try may have reached them, or they appealed.
	told = `(mail = 'sent' OR tries > 0 OR seen IS NOT NULL OR kind = 'decision' AND decision_id IN (SELECT decision_id FROM appeal))`

	// Who was told of a decision that is taken back, its author or who gave notice ?6, is told so; what was not told yet is
	// forgotten.
	tellUndone engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, decision_id, notice_id, at, mail, due)
SELECT ?1, m.user_id, m.kind, m.comment_id, ?3, m.notice_id, ?4, CASE m.mail WHEN 'none' THEN 'none' ELSE 'wait' END, ?5
FROM message m WHERE m.decision_id = ?2 AND m.notice_id IS ?6 AND ` + told + ` LIMIT 1`
	untell engine.SQL = `DELETE FROM message WHERE decision_id = ? AND NOT ` + told
	// A mail that waits to say what no longer holds is not sent.
	unmail engine.SQL = `UPDATE message SET mail = 'none' WHERE decision_id = ? AND mail = 'wait'`
)

// tell is what those concerned hear of a decision: the author of the comment, and who gave notice of its words. Its author
// hears of a ban with all its decisions once, by the ban.
func (a *Archive) tell(v Verb, decision int64) (out []engine.Stmt) {
	due := v.At.Add(UndoWindow)
	if v.undoes != 0 {
		for _, notice := range append([]int64{0}, v.notices...) {
			out = append(out, engine.Do(tellUndone, a.engine.NewID(), v.undoes, decision, v.At, due, id(notice)))
		}
		return append(out, engine.Do(untell, v.undoes), engine.Do(unmail, v.undoes))
	}
	if v.sanction == 0 {
		mail := "wait"
		if v.Action == moderation.Approve && v.Appeal == 0 {
			mail = "none"
		}
		out = append(out, engine.Do(tellDecision, a.engine.NewID(), v.Comment, decision, v.At, mail, due))
	}
	return append(out, a.tellRequesters(v, decision)...)
}
