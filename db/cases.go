package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

// The queues that hold few comments, or those that a narrow filter leaves: they are put together, filtered and sorted. k has
// a comment's id, its weight (NULL: its risk) and its deadline.

const (
	// rates are the weights of those whose reports are open, each worked out once.
	rates = `rates AS MATERIALIZED (SELECT r.user_id, ` + reportWeight + ` AS weight FROM (SELECT DISTINCT user_id FROM open) r)`
	// A notice comes before every number of reports: it wants an answer by law. Weights are for the order by risk alone.
	reportedCases = `WITH open AS MATERIALIZED (SELECT r.comment_id, r.user_id, r.at FROM report r WHERE ` + openReport + `), ` + rates + `,
k AS (SELECT comment_id, sum(weight) AS weight, min(at) AS deadline FROM (
  SELECT o.comment_id, CASE ?16 WHEN 'risk' THEN (SELECT t.weight FROM rates t WHERE t.user_id = o.user_id) END AS weight, o.at FROM open o
  UNION ALL SELECT n.comment_id, 1000.0, n.at FROM notice n WHERE ` + openNotice + `) GROUP BY comment_id)`
	// To count them, no more are looked through than are counted.
	reportedOnes = `WITH k AS (SELECT r.comment_id FROM report r WHERE ` + openReport + ` UNION ALL SELECT n.comment_id FROM notice n WHERE ` + openNotice + `)
SELECT count(*) FROM (SELECT DISTINCT c.id`

	appealCases = `WITH k AS (SELECT p.comment_id, NULL AS weight, min(p.at) AS deadline FROM appeal p WHERE ` + openAppeal + ` GROUP BY p.comment_id)`

	// A request to take a comment down is due when it comes; a block when it ends, one without an end at last.
	measureCases = `WITH k AS (SELECT comment_id, NULL AS weight, min(due) AS deadline FROM (
  SELECT c.id AS comment_id, coalesce((SELECT d.until FROM decision d WHERE d.comment_id = c.id AND d.version = c.version ORDER BY d.id DESC LIMIT 1), 9e15) AS due
    FROM comment c WHERE c.state = 'blocked'
  UNION ALL SELECT n.comment_id, n.at FROM notice n WHERE n.law = 'kr' AND ` + openNotice + `) GROUP BY comment_id)`

	// Of the large queues (?17 says which), what a narrow filter leaves. The comments themselves are read only where a field of
	// the filter or the order asks for more than the index has that leads to them.
	narrowCases  = `WITH k AS (SELECT NULL AS weight, NULL AS deadline)`
	narrowFrom   = ` FROM k, comment c WHERE CASE ?17 WHEN 'pending' THEN c.state = 'pending' WHEN 'published' THEN ` + unread + ` ELSE ` + lastOn + ` <> 0 AND c.state <> 'withdrawn' END`
	onlyFrom     = narrowFrom + ` AND c.id IN (SELECT value FROM json_each(?8))` + queueFilter
	articlesFrom = narrowFrom + ` AND c.article_id IN (` + articlesNamed + `)` + queueFilter
	readerFrom   = narrowFrom + ` AND c.author_id IN (` + readersNamed + `)` + queueFilter

	caseFrom = ` FROM k CROSS JOIN comment c ON c.id = k.comment_id WHERE TRUE` + queueFilter
	// ?11 and ?12 the place after which, ?15 how many, ?16 the order, ?17 the queue; only the rows of the page are read whole.
	pageOf = `, page AS (SELECT * FROM (SELECT c.id,
    CASE ?16 WHEN 'risk' THEN -coalesce(k.weight, c.risk) WHEN 'deadline' THEN k.deadline ELSE 0.0 END AS place,
    CASE WHEN ?17 = 'decided' THEN -` + lastOn + ` WHEN ?16 = 'newest' OR ?16 = 'risk' AND k.weight IS NULL THEN -c.id ELSE c.id END AS tie`
	inOrder = `)
  WHERE (place, tie) > (?11, ?12) ORDER BY place, tie LIMIT ?15)
SELECT ` + queueColumns + `, p.place, p.tie FROM page p JOIN comment c ON c.id = p.id JOIN user u ON u.id = c.author_id JOIN article a ON a.id = c.article_id
JOIN verdict v ON v.comment_id = c.id AND v.version = c.version ORDER BY p.place, p.tie`
	countOf = ` SELECT count(*) FROM (SELECT 1`
	upTo    = ` AND ?17 <> '' LIMIT 1001)`

	reportedPage  engine.SQL = reportedCases + pageOf + caseFrom + inOrder
	reportedCount engine.SQL = reportedOnes + caseFrom + upTo
	appealPage    engine.SQL = appealCases + pageOf + caseFrom + inOrder
	appealCount   engine.SQL = appealCases + countOf + caseFrom + upTo
	measurePage   engine.SQL = measureCases + pageOf + caseFrom + inOrder
	measureCount  engine.SQL = measureCases + countOf + caseFrom + upTo
	onlyPage      engine.SQL = narrowCases + pageOf + onlyFrom + inOrder
	onlyCount     engine.SQL = narrowCases + countOf + onlyFrom + upTo
	articlesPage  engine.SQL = narrowCases + pageOf + articlesFrom + inOrder
	articlesCount engine.SQL = narrowCases + countOf + articlesFrom + upTo
	readerPage    engine.SQL = narrowCases + pageOf + readerFrom + inOrder
	readerCount   engine.SQL = narrowCases + countOf + readerFrom + upTo
)

// Case is what somebody has said about a comment and waits for an answer.
type Case struct {
	Kind     string // "report", "notice" or "appeal"
	Comment  int64
	ID       int64
	Reason   string // of a report: id of a clause or "other"; of a notice: a word of its form; "" for an appeal
	Number   string // of a notice, "" for others
	Law      string // of a notice: "dsa" or "kr"
	Text     string // of the reader, "" when there is none
	By       int64  // who said it, 0 without an account
	Weight   float64
	Decider  int64 // of an appeal: who took the decision that it is about, 0: the program
	Deadline time.Time
	At       time.Time
}

// FromOthers reports whether somebody else than the comment's author said it, who does not learn who or in which words.
func (c Case) FromOthers() bool { return c.Kind == "report" || c.Kind == "notice" }

const openCases engine.SQL = `WITH open AS MATERIALIZED (SELECT r.id, r.comment_id, r.user_id, r.reason, r.note_id, r.at FROM report r
  WHERE r.comment_id IN (SELECT value FROM json_each(?1)) AND ` + openReport + `), ` + rates + `
SELECT 'report', o.comment_id, o.id, o.reason, '', '', coalesce(t.body, ''), o.user_id, w.weight, 0, NULL, o.at
FROM open o JOIN rates w ON w.user_id = o.user_id LEFT JOIN note t ON t.id = o.note_id
UNION ALL SELECT 'notice', n.comment_id, n.id, n.ground, n.number, n.law, coalesce(t.body, ''), coalesce(n.user_id, 0), 1.0, 0, NULL, n.at
FROM notice n LEFT JOIN note t ON t.id = n.note_id WHERE n.comment_id IN (SELECT value FROM json_each(?1)) AND ` + openNotice + `
UNION ALL SELECT 'appeal', p.comment_id, p.id, '', '', '', coalesce(t.body, ''), p.user_id, 1.0, coalesce(d.user_id, 0), NULL, p.at
FROM appeal p JOIN decision d ON d.id = p.decision_id LEFT JOIN note t ON t.id = p.note_id WHERE p.comment_id IN (SELECT value FROM json_each(?1)) AND ` + openAppeal + `
UNION ALL SELECT 'block', c.id, d.id, '', '', '', '', 0, 0.0, coalesce(d.user_id, 0), d.until, d.at
FROM comment c JOIN decision d ON d.id = ` + lastOn + ` WHERE c.id IN (SELECT value FROM json_each(?1)) AND c.state = 'blocked'`

// OpenCases lists what waits for an answer on some comments: notices, appeals, reports and blocks, the oldest of each
// comment first.
func (a *Archive) OpenCases(ctx context.Context, comments []int64) (map[int64][]Case, error) {
	var rows []Case
	err := a.engine.Read(ctx, engine.All(&rows, openCases, jsonList(append([]int64{}, comments...))))
	out := map[int64][]Case{}
	for _, c := range rows {
		out[c.Comment] = append(out[c.Comment], c)
	}
	return out, err
}
