package db

import "broadsheet/db/engine"

// Reports, appeals and notices as the tables have them and as the log has them, without the hash of their words.
const (
	caseRows = `SELECT 'comment.report' AS action, comment_id AS subject, at, user_id, reason AS detail FROM report
UNION ALL SELECT 'comment.appeal', comment_id, at, user_id, 'appeal:' || id || ' decision:' || decision_id FROM appeal
UNION ALL SELECT 'comment.notice', comment_id, at, user_id, law || ' ' || ground || ' notice:' || number FROM notice`
	caseLog = `SELECT l.action, l.subject, l.at, l.user_id, substr(l.detail, 1, instr(l.detail || ' note:', ' note:') - 1)
FROM audit l WHERE l.action IN ('comment.report', 'comment.appeal', 'comment.notice')`

	casesUnlogged engine.SQL = `SELECT subject FROM (SELECT * FROM (` + caseRows + `) EXCEPT ` + caseLog + `) ORDER BY 1`
	casesGone     engine.SQL = `SELECT l.subject FROM (` + caseLog + ` EXCEPT SELECT * FROM (` + caseRows + `)) l ORDER BY 1`
)
