package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// A report or a notice is answered by the next decision on its comment that stands; to reopen is no answer.
	thatStands = `e.undoes IS NULL AND e.action <> 'reopen' AND NOT EXISTS (SELECT 1 FROM decision b WHERE b.undoes = e.id)`
	answerOf   = `(SELECT e.id FROM decision e WHERE e.comment_id = n.comment_id AND e.id > n.id AND e.version = n.version AND ` + thatStands + ` ORDER BY e.id LIMIT 1)`
	// Before that, its author may have put other words in the place of those.
	answered = `coalesce(d.at, ` + replacedAt + `), CASE WHEN d.id IS NOT NULL THEN d.action WHEN c.version > n.version THEN 'edit' ELSE '' END, d.until`

	reportRecords engine.SQL = `SELECT n.reason, '', n.at, ` + answered + ` FROM report n JOIN comment c ON c.id = n.comment_id
LEFT JOIN decision d ON d.id = ` + answerOf + ` WHERE n.at >= ?1 AND n.at < ?2` + ofSection + ` ORDER BY n.at`
	noticeRecords engine.SQL = `SELECT n.ground, n.law, n.at, ` + answered + ` FROM notice n JOIN comment c ON c.id = n.comment_id
LEFT JOIN decision d ON d.id = ` + answerOf + ` WHERE n.at >= ?1 AND n.at < ?2` + ofSection + ` ORDER BY n.at`
	// An appeal that the clock ended was not heard, one whose decision no longer stands has lapsed.
	appealRecords engine.SQL = `SELECT o.clause, o.action, p.at, d.at, CASE WHEN d.id IS NOT NULL AND d.user_id IS NULL THEN 'expired' WHEN d.id IS NOT NULL THEN d.action
  WHEN ` + openAppeal + ` THEN '' ELSE 'lapsed' END, d.until FROM appeal p JOIN comment c ON c.id = p.comment_id
JOIN decision o ON o.id = p.decision_id LEFT JOIN decision d ON d.id = (SELECT max(e.id) FROM decision e WHERE e.appeal_id = p.id AND ` + thatStands + `)
WHERE p.at >= ?1 AND p.at < ?2` + ofSection + ` ORDER BY p.at`

	// Decisions that stand, take words down and answer neither an appeal nor a notice. Whether the review had held the words
	// for what they say, and whether a report of a reader was open.
	ownMeasures engine.SQL = `SELECT d.action, d.clause, d.user_id IS NULL, coalesce(v.reason, '') IN ('wording', 'repeat'),
  EXISTS (SELECT 1 FROM report n WHERE n.comment_id = d.comment_id AND n.id < d.id AND ` + answerOf + ` = d.id), count(*)
FROM decision d LEFT JOIN verdict v ON v.comment_id = d.comment_id AND v.version = d.version
WHERE d.at >= ?1 AND d.at < ?2 AND d.action IN ('reject', 'block') AND d.undoes IS NULL AND d.appeal_id IS NULL AND NOT ` + takenBack + `
  AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.comment_id = d.comment_id AND n.id < d.id AND ` + answerOf + ` = d.id)` + onSection + `
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2`
	// What was done to accounts, and how much of it was lifted since.
	sanctionCounts engine.SQL = `SELECT s.action, s.clause, count(*),
  count(*) FILTER (WHERE EXISTS (SELECT 1 FROM sanction l WHERE l.user_id = s.user_id AND l.action = 'lift' AND l.id > s.id AND (s.until IS NULL OR l.at < s.until)))
FROM sanction s WHERE s.at >= ?1 AND s.at < ?2 AND s.action IN ('warn', 'premoderate', 'suspend', 'ban') GROUP BY 1, 2`
	// Blocks that end by themselves, and how they did.
	timedBlocks engine.SQL = `SELECT d.clause, '', d.at, n.at, coalesce(n.action, ''), d.until, coalesce(n.user_id, 0) FROM decision d
LEFT JOIN decision n ON n.id = (SELECT e.id FROM decision e WHERE e.comment_id = d.comment_id AND e.id > d.id AND ` + thatStands + ` ORDER BY e.id LIMIT 1)
WHERE d.at >= ?1 AND d.at < ?2 AND d.action = 'block' AND d.until IS NOT NULL AND d.undoes IS NULL AND NOT ` + takenBack + onSection + ` ORDER BY d.at`
)

// CaseRecord is something that waits for an answer: a report, a notice, an appeal.
type CaseRecord struct {
	Reason   string // of a report; the ground of a notice; the clause that the decision rested on that is appealed against
	Kind     string // the law of a notice; the action that is appealed against; "" for a report
	At       time.Time
	Answered time.Time         // zero while it is open
	Action   moderation.Action // that answered it, "edit" where the author put other words in the place of those, "" while it is open
	Until    time.Time         // when the action ends by itself; zero when it does not
}

// Open reports whether it still waits.
func (c CaseRecord) Open() bool { return c.Action == "" }

// Down reports whether the answer took the words down.
func (c CaseRecord) Down() bool { return c.Action == moderation.Reject || c.Action == moderation.Block }

// ByAuthor reports whether the author withdrew the words, or put others in their place, before the desk answered.
func (c CaseRecord) ByAuthor() bool { return c.Action == moderation.Withdraw || c.Action == "edit" }

// Up reports whether the answer put or left the words up.
func (c CaseRecord) Up() bool {
	return c.Action == moderation.Approve || c.Action == moderation.Restore
}

// Measure is how many times words were taken down in a way, at the desk's own initiative.
type Measure struct {
	Action   moderation.Action
	Clause   string
	Program  bool // decided by the program
	Found    bool // the review had held the words for what they say
	Reported bool // a reader had reported them
	N        int
}

// SanctionCount is how many times something was done to accounts on a clause.
type SanctionCount struct {
	Action moderation.Sanction
	Clause string
	N      int
	Lifted int // by a person, before it ended by itself
}

// Block is one that ends by itself.
type Block struct {
	CaseRecord
	By int64 // who ended it, 0: the program, in time
}

// Cases are the cases that came in a period, oldest first, with what has become of them since, and the measures that were
// taken in it.
type Cases struct {
	Reports, Notices, Appeals []CaseRecord
	Own                       []Measure
	Sanctions                 []SanctionCount // whatever the section
	Blocks                    []Block
}

// Cases reads the cases of a period.
func (a *Archive) Cases(ctx context.Context, p Period) (Cases, error) {
	var c Cases
	err := a.engine.Read(ctx,
		engine.All(&c.Reports, reportRecords, p.From, p.To, p.Section),
		engine.All(&c.Notices, noticeRecords, p.From, p.To, p.Section),
		engine.All(&c.Appeals, appealRecords, p.From, p.To, p.Section),
		engine.All(&c.Own, ownMeasures, p.From, p.To, p.Section),
		engine.All(&c.Sanctions, sanctionCounts, p.From, p.To),
		engine.All(&c.Blocks, timedBlocks, p.From, p.To, p.Section))
	return c, err
}
