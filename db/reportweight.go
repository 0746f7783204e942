package db

// How much a report weighs goes by how often the same reader was right before. Of their reports that a moderator has
// judged, upheld are those whose comment was rejected or blocked:
//
//	weight = (upheld + 1) / (judged + 2)
//
// (the rule of succession: 1/2 for a reader without a record, towards 0 or 1 as it grows). A report is judged by the first
// decision on its comment after it that was not taken back; ids grow with time. An author's own withdrawal judges nothing.
const (
	// openReport says that report r waits: no decision on its comment has come after it.
	openReport = `NOT EXISTS (SELECT 1 FROM decision d WHERE d.comment_id = r.comment_id AND d.id > r.id)`

	// openNotice says the same of notice n.
	openNotice = `NOT EXISTS (SELECT 1 FROM decision d WHERE d.comment_id = n.comment_id AND d.id > n.id)`

	// openAppeal says that appeal p waits: no decision bears its id.
	openAppeal = `NOT EXISTS (SELECT 1 FROM decision d WHERE d.appeal_id = p.id)`

	// judgedReports are the last reports of reader r.user_id, each with the decision that judged it.
	judgedReports = `SELECT (SELECT d.action FROM decision d WHERE d.comment_id = q.comment_id AND d.id > q.id AND d.action IN ('approve', 'reject', 'block', 'restore')
    AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.undoes = d.id) ORDER BY d.id LIMIT 1) AS action
  FROM report q WHERE q.user_id = r.user_id ORDER BY q.id DESC LIMIT 200`

	// reportWeight is the weight of a report of r.user_id, over 0 and under 1.
	reportWeight = `(SELECT (1.0 + count(*) FILTER (WHERE j.action IN ('reject', 'block'))) / (2.0 + count(j.action)) FROM (` + judgedReports + `) j)`
)
