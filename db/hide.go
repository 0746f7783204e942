package db

import (
	"time"

	"broadsheet/db/engine"
)

const (
	// openHere holds for an open report r on the words of comment c as they are.
	openHere = `r.comment_id = c.id AND r.version = c.version AND ` + openReport

	// What enough reports take off the page waits for a moderator: the program reopens it, by the reason that weighs most.
	hideReported engine.SQL = `INSERT INTO decision (id, comment_id, version, action, clause, standards, at)
SELECT ?1, c.id, c.version, 'reopen',
  (SELECT r.reason FROM report r WHERE ` + openHere + ` GROUP BY r.reason ORDER BY sum(` + reportWeight + `) DESC, r.reason LIMIT 1),
  (SELECT version FROM standards ORDER BY applied DESC, version DESC LIMIT 1), ?3
FROM comment c WHERE c.id = ?2 AND c.state = 'published' AND (SELECT sum(` + reportWeight + `) FROM report r WHERE ` + openHere + `) >= ?4`

	// The rest happens only when that decision was taken.
	hideState engine.SQL = `UPDATE comment SET state = 'pending', named = named || ' clause:' || (SELECT clause FROM decision WHERE id = ?1) || ' '
WHERE id = (SELECT comment_id FROM decision WHERE id = ?1)`
	hideBump engine.SQL = `UPDATE article SET version = version + 1
WHERE id = (SELECT c.article_id FROM decision d JOIN comment c ON c.id = d.comment_id WHERE d.id = ?)`
	hideAudit engine.SQL = `INSERT INTO audit (at, action, subject, detail)
SELECT d.at, 'comment.reopen', d.comment_id, d.clause || ' reports' FROM decision d WHERE d.id = ?`
	hideTell engine.SQL = `INSERT INTO message (id, user_id, kind, comment_id, decision_id, at, mail, due)
SELECT ?1, c.author_id, 'decision', c.id, d.id, d.at, 'wait', ?3 FROM decision d JOIN comment c ON c.id = d.comment_id WHERE d.id = ?2`
)

// hide takes a comment off the page until a moderator decides, when its open reports weigh at least so much. A decision
// answers all reports before it, so that what a moderator approves stands against them.
func (a *Archive) hide(comment int64, weight float64, at time.Time) []engine.Stmt {
	decision := a.engine.NewID()
	return []engine.Stmt{
		engine.Do(hideReported, decision, comment, at, weight),
		engine.Do(hideState, decision),
		engine.Do(hideBump, decision),
		engine.Do(hideAudit, decision),
		engine.Do(hideTell, a.engine.NewID(), decision, at.Add(UndoWindow)),
	}
}
