package db

// What waits and what became of it is never stored: a report, notice or appeal is open until a decision answers it, and a
// decision that was taken back answers nothing.
//
// How much a report weighs goes by how often the same reader was right before. Of their reports that a moderator has
// judged, upheld are those whose comment was rejected or blocked:
//
//	weight = (upheld + 1) / (judged + 2)
//
// (the rule of succession: 1/2 for a reader without a record, towards 0 or 1 as it grows). An author's own withdrawal
// judges nothing.
const (
	// takenBack holds for a decision d that a counter-decision took back.
	takenBack = `EXISTS (SELECT 1 FROM decision back WHERE back.undoes = d.id)`
	// answering holds for a decision d that answers what was said of its comment before: one that stands, and is neither a
	// counter-decision nor a reopening by enough reports.
	answering = `d.undoes IS NULL AND d.action <> 'reopen' AND NOT ` + takenBack

	// reportBecame and noticeBecame are the first decision (its action) on the words that report r or notice n speaks of which
	// answers it, 'edit' where the author has put others in their place before, NULL while it waits.
	reportBecame = `coalesce((SELECT d.action FROM decision d WHERE d.comment_id = r.comment_id AND d.id > r.id AND (d.version = r.version OR d.action = 'withdraw') AND ` + answering + ` ORDER BY d.id LIMIT 1),
  (SELECT 'edit' FROM comment later WHERE later.id = r.comment_id AND later.version > r.version))`
	noticeBecame = `coalesce((SELECT d.action FROM decision d WHERE d.comment_id = n.comment_id AND d.id > n.id AND (d.version = n.version OR d.action = 'withdraw') AND ` + answering + ` ORDER BY d.id LIMIT 1),
  (SELECT 'edit' FROM comment later WHERE later.id = n.comment_id AND later.version > n.version))`
	// appealAnswer is the decision that answers appeal p, NULL while it waits.
	appealAnswer = `(SELECT d.id FROM decision d WHERE d.appeal_id = p.id AND NOT ` + takenBack + `)`

	// openReport, openNotice and openAppeal hold for a report r, a notice n and an appeal p that wait. An appeal waits only
	// while the decision that it is made against stands and keeps the words off the page.
	openReport = reportBecame + ` IS NULL`
	openNotice = noticeBecame + ` IS NULL`
	openAppeal = appealAnswer + ` IS NULL AND EXISTS (SELECT 1 FROM comment off WHERE off.id = p.comment_id AND off.state IN ('rejected', 'blocked'))
  AND NOT EXISTS (SELECT 1 FROM decision back WHERE back.undoes = p.decision_id)`

	// judgedReports are the last reports of reader r.user_id, each with the action of the decision that judged it.
	judgedReports = `SELECT (SELECT d.action FROM decision d WHERE d.comment_id = q.comment_id AND d.id > q.id AND d.version = q.version AND d.action <> 'withdraw' AND ` + answering + ` ORDER BY d.id LIMIT 1) AS action
  FROM report q WHERE q.user_id = r.user_id ORDER BY q.id DESC LIMIT 200`
	reportUpheld = `(SELECT count(*) FROM (` + judgedReports + `) j WHERE j.action IN ('reject', 'block'))`
	reportJudged = `(SELECT count(j.action) FROM (` + judgedReports + `) j)`
	// reportWeight is the weight of a report of r.user_id, over 0 and under 1.
	reportWeight = `(SELECT (1.0 + count(*) FILTER (WHERE j.action IN ('reject', 'block'))) / (2.0 + count(j.action)) FROM (` + judgedReports + `) j)`
)
