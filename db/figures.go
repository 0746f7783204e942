package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	// ?1 from, ?2 to, ?3 section. An OR is not looked into when its first half holds.
	ofSection = ` AND (?3 = '' OR EXISTS (SELECT 1 FROM article a WHERE a.id = c.article_id AND a.section_slug = ?3))`
	onSection = ` AND (?3 = '' OR EXISTS (SELECT 1 FROM comment c JOIN article a ON a.id = c.article_id WHERE c.id = d.comment_id AND a.section_slug = ?3))`
	// when the words were sent that a decision d speaks of
	wordsSince = `CASE WHEN d.version < c.version THEN (SELECT r.submitted FROM comment_revision r WHERE r.comment_id = d.comment_id AND r.version = d.version)
  ELSE coalesce(c.edited, c.submitted) END`

	// ?4 shifts the hours to those of a zone whose offset is not whole.
	receivedCells engine.SQL = `SELECT (c.submitted + ?4) / 3600000, c.state, coalesce(v.outcome, ''), count(*)
FROM comment c LEFT JOIN verdict v ON v.comment_id = c.id AND v.version = c.version
WHERE c.submitted >= ?1 AND c.submitted < ?2` + ofSection + ` GROUP BY 1, 2, 3`
	decidedCells engine.SQL = `SELECT (d.at + ?4) / 3600000, coalesce(d.user_id, 0), coalesce(u.name, ''), d.action, d.clause, count(*)
FROM decision d LEFT JOIN user u ON u.id = d.user_id
WHERE d.at >= ?1 AND d.at < ?2 AND d.undoes IS NULL AND d.action <> 'withdraw'` + onSection + ` GROUP BY 1, 2, 4, 5`
	undoneCells engine.SQL = `SELECT coalesce(d.user_id, 0), count(*) FROM decision d
WHERE +d.at >= ?1 AND +d.at < ?2 AND d.undoes IS NOT NULL` + onSection + ` GROUP BY 1`

	// The first decision on words that the review held ends their waiting, be it their author's.
	endedWaits = ` FROM decision d JOIN comment c ON c.id = d.comment_id
JOIN verdict v ON v.comment_id = d.comment_id AND v.version = d.version AND v.outcome = 'hold'
WHERE d.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.comment_id = d.comment_id AND e.version = d.version AND e.id < d.id)`
	waitsEnded engine.SQL = `SELECT ` + wordsSince + `, d.at, coalesce(d.user_id, 0), d.action, v.risk, v.reason` + endedWaits + `
AND d.at >= ?1 AND d.at < ?2` + ofSection + ` ORDER BY d.at`
	waitsEndedLater engine.SQL = `SELECT ` + wordsSince + `, d.at, coalesce(d.user_id, 0), d.action, v.risk, v.reason` + endedWaits + `
AND d.at >= ?2 AND c.submitted < ?2` + ofSection
	waitsOpen engine.SQL = `SELECT coalesce(c.edited, c.submitted) FROM comment c
WHERE c.state = 'pending' AND +c.submitted < ?2 AND ?1 IS NOT NULL` + ofSection
)

// Period is what figures are asked for.
type Period struct {
	From, To time.Time      // from one time to before another
	Section  string         // a section's slug, "" for all
	Zone     *time.Location // whose hours and days are meant
}

// Received is how many comments came in an hour, by where they stand now and what the review said of their words.
type Received struct {
	Hour    time.Time // its beginning
	State   moderation.State
	Outcome moderation.Outcome
	N       int
}

// Decided is how many decisions of a kind somebody took in an hour. Those that take another one back are not among them.
type Decided struct {
	Hour   time.Time
	By     int64 // 0: the program
	Name   string
	Action moderation.Action
	Clause string
	N      int
}

// Wait is how long words that the review held have waited for their first decision.
type Wait struct {
	Since, Until time.Time // Until is zero when they wait still
	By           int64     // who ended it: the author when Action is Withdraw
	Action       moderation.Action
	Risk         float64 // that the review gave
	Reason       string  // for which the review held them, "" for none but that all are held
}

// Figures are what came to the desk in a period, and what it did.
type Figures struct {
	Received  []Received
	Decided   []Decided
	TakenBack map[int64]int // counter-decisions, by who took them
	Waits     []Wait        // that ended in the period, in the order in which they did
	Later     []Wait        // that began before the end of the period and ended after it, or not yet
}

// Figures counts a period. Everything is derived from comments, verdicts and decisions as they stand.
func (a *Archive) Figures(ctx context.Context, p Period) (Figures, error) {
	var f Figures
	_, offset := p.From.In(p.Zone).Zone()
	shift := int64(offset%3600) * 1000
	var received []struct {
		Hour    int64
		State   moderation.State
		Outcome moderation.Outcome
		N       int
	}
	var decided []struct {
		Hour   int64
		By     int64
		Name   string
		Action moderation.Action
		Clause string
		N      int
	}
	var back []struct {
		By int64
		N  int
	}
	var open []time.Time
	err := a.engine.Read(ctx,
		engine.All(&received, receivedCells, p.From, p.To, p.Section, shift),
		engine.All(&decided, decidedCells, p.From, p.To, p.Section, shift),
		engine.All(&back, undoneCells, p.From, p.To, p.Section),
		engine.All(&f.Waits, waitsEnded, p.From, p.To, p.Section),
		engine.All(&f.Later, waitsEndedLater, p.From, p.To, p.Section),
		engine.All(&open, waitsOpen, p.From, p.To, p.Section))
	hour := func(n int64) time.Time { return time.UnixMilli(n*3600_000 - shift).In(p.Zone) }
	for _, c := range received {
		f.Received = append(f.Received, Received{hour(c.Hour), c.State, c.Outcome, c.N})
	}
	for _, c := range decided {
		f.Decided = append(f.Decided, Decided{hour(c.Hour), c.By, c.Name, c.Action, c.Clause, c.N})
	}
	f.TakenBack = map[int64]int{}
	for _, b := range back {
		f.TakenBack[b.By] = b.N
	}
	for _, since := range open {
		f.Later = append(f.Later, Wait{Since: since})
	}
	return f, err
}

// WaitingAt is how many words were waiting at a time of the period, and since when the oldest of them; the zero
// time when none were. Words that were edited are taken to wait from then on.
func (f Figures) WaitingAt(t time.Time) (n int, oldest time.Time) {
	for _, list := range [][]Wait{f.Waits, f.Later} {
		for _, w := range list {
			if w.Since.After(t) || !w.Until.IsZero() && !w.Until.After(t) {
				continue
			}
			if n++; oldest.IsZero() || w.Since.Before(oldest) {
				oldest = w.Since
			}
		}
	}
	return n, oldest
}

// Open are the words that wait still.
func (f Figures) Open() (open []Wait) {
	for _, w := range f.Later {
		if w.Until.IsZero() {
			open = append(open, w)
		}
	}
	return open
}
