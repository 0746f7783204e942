package web

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"broadsheet/db"
)

// fillPending puts waiting comments into the archive's file at once: under the site's articles, by its first hundred readers, every tenth
// with a finding, a few in Korean, with all kinds of risks.
func fillPending(t testing.TB, s *site, count int) {
	t.Helper()
	raw, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	const comments = `WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < ?1)
INSERT INTO comment (id, article_id, author_id, body, characters, language, state, risk, submitted, named)
SELECT 1000000 + x, a.id, u.id,
  CASE WHEN x = 7 THEN 'A needle among straws' ELSE 'A reader''s comment of usual length, which says what it has to say, number ' || x END, 70,
  CASE WHEN x % 50 THEN 'en' ELSE 'ko' END, 'pending', (x * 37 % 1000) / 1000.0, 1795000000000 + x, CASE WHEN x % 10 THEN '' ELSE ' check:links  clause:spam ' END
FROM i JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS all_of FROM article) a ON a.n = 1 + x % a.all_of
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS all_of FROM user WHERE role = 'reader' AND name NOT LIKE 'client%') u ON u.n = 1 + x % min(100, u.all_of)`
	const verdicts = `INSERT INTO verdict (comment_id, version, outcome, reason, risk, findings, standards, model, at)
SELECT c.id, 1, 'hold', 'mode', c.risk, CASE WHEN c.id % 10 THEN '[]' ELSE '[{"check":"links","clause":"spam","start":0,"end":5,"score":0.5,"why":"link"}]' END,
  (SELECT version FROM standards LIMIT 1), '', c.submitted FROM comment c WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.comment_id = c.id)`
	if _, err := raw.Exec(comments, count); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(verdicts); err != nil {
		t.Fatal(err)
	}
}

// fillCases puts cases into the archive's file at once: 10,000 reports on 5,000 comments, 2,000 appeals, 400 blocks and 100
// requests to block, all open, by the site's first hundred readers.
func fillCases(t testing.TB, s *site) {
	t.Helper()
	raw, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	const reader = `(SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM user WHERE role = 'reader') WHERE n = `
	for _, query := range []string{
		`CREATE TEMP TABLE i AS WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < 7400) SELECT x FROM i`,
		`INSERT INTO comment (id, article_id, author_id, body, characters, language, state, risk, submitted)
SELECT 5000000 + x, (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM article) WHERE n = 1 + x % 40), ` + reader + `1 + x % 50),
  'A reader''s comment of usual length, which says what it has to say, number ' || x, 70, 'en',
  CASE WHEN x <= 5000 THEN 'published' WHEN x <= 7000 THEN 'rejected' ELSE 'blocked' END, (x * 37 % 1000) / 1000.0, 1796000000000 + x FROM i`,
		`INSERT INTO verdict (comment_id, version, outcome, reason, risk, findings, standards, model, at)
SELECT id, 1, 'hold', 'mode', risk, '[]', (SELECT version FROM standards LIMIT 1), '', submitted FROM comment WHERE id > 5000000`,
		`INSERT INTO decision (id, comment_id, version, user_id, action, clause, standards, at, until)
SELECT 6000000 + x, 5000000 + x, 1, (SELECT id FROM user WHERE name = 'desk'), CASE WHEN x <= 5000 THEN 'approve' WHEN x <= 7000 THEN 'reject' ELSE 'block' END,
  CASE WHEN x <= 5000 THEN '' ELSE 'respect' END, (SELECT version FROM standards LIMIT 1), 1796000000000 + x, CASE WHEN x > 7000 THEN 1799000000000 + x END FROM i`,
		`INSERT INTO report (id, comment_id, version, user_id, reason, at)
SELECT 7000000 + 2 * x + twice, 5000000 + x, 1, ` + reader + `51 + (x + 13 * twice) % 50), 'respect', 1797000000000 + x FROM i, (SELECT 0 AS twice UNION SELECT 1) WHERE x <= 5000`,
		`INSERT INTO note (id, body, salt) SELECT 8000000 + x, 'Why I see it in another way', x'00' FROM i WHERE x <= 7000`,
		`INSERT INTO appeal (id, comment_id, decision_id, user_id, note_id, at)
SELECT 8000000 + x, 5000000 + x, 6000000 + x, (SELECT author_id FROM comment c WHERE c.id = 5000000 + x), 8000000 + x, 1797000000000 + x FROM i WHERE x > 5000 AND x <= 7000`,
		`INSERT INTO notice (id, number, law, comment_id, version, name, email, language, ground, note_id, token, at)
SELECT 9000000 + x, 'CASE-' || x, 'kr', 5000000 + x, 1, 'Requester', 'one@example.com', 'ko', 'privacy', 8000000 + x, x'00', 1797000000000 + x FROM i WHERE x <= 100`,
	} {
		if _, err := raw.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkQueue is bar 3: pages of the queue with 100,000 comments waiting, in every order and under every filter, and of the
// queues of cases with thousands of them, against the plain page of 50 rows with 100 waiting: CPU time of the process for a
// request.
func BenchmarkQueue(b *testing.B) {
	filled := func(waiting int) *site {
		s := newSite(b)
		for i := range 40 {
			s.addArticle(b, fmt.Sprintf("more%02d", i), fmt.Sprint("Another headline ", i))
		}
		for i := range 98 { // beside kim and lee
			if _, err := s.archive.CreateUser(context.Background(), db.NewUser{Email: fmt.Sprintf("reader%d@example.com", i), Name: fmt.Sprint("reader ", i), Role: db.Reader}, 0); err != nil {
				b.Fatal(err)
			}
		}
		fillPending(b, s, waiting)
		return s
	}
	client := func(s *site) *rawClient { return dial(b, s.url, sessionCookie(b, s, "desk")) }
	small, large, busy := client(filled(100)), client(filled(100_000)), filled(100_000)
	fillCases(b, busy)
	run := func(name string, c *rawClient, query string) {
		b.Run(name+query, func(b *testing.B) {
			var with, without []float64
			for b.Loop() {
				without = append(without, cpuOf(b, small, "/desk?order=oldest"))
				with = append(with, cpuOf(b, c, "/desk?"+query))
			}
			report2(b, "ms/page", median(with), median(without), median(with)/median(without))
		})
	}
	for _, query := range []string{"order=oldest", "order=newest", "order=risk", "queue=reported", "queue=appeals", "queue=measures", "queue=published", "queue=decided",
		"section=economy", "article=2026-11-20-k1", "clause=spam", "check=links&order=risk", "language=ko", "reader=kim", "q=number", "q=needle&order=newest", "q=haystack"} {
		run("", large, query)
	}
	cases := client(busy)
	for _, query := range []string{"order=oldest", "queue=reported", "queue=reported&order=deadline", "queue=reported&order=newest", "queue=appeals", "queue=appeals&order=risk",
		"queue=measures", "queue=measures&order=newest", "queue=decided"} {
		run("cases/", cases, query)
	}
}

// cpuOf is the CPU time that this process, server and client, uses for a page, in milliseconds.
func cpuOf(b *testing.B, c *rawClient, path string) float64 {
	b.Helper()
	const pages = 4
	used := func() float64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
	}
	begin := used()
	for range pages {
		if status, _ := c.do("GET", path, ""); status != 200 {
			b.Fatalf("status %d", status)
		}
	}
	return (used() - begin) / pages
}

// BenchmarkDecide is decisions by 32 clients over HTTP, against the same engine with one decision a commit. Client and server
// share the machine, and processor time decides: package db measures the engine without them.
func BenchmarkDecide(b *testing.B) {
	grouped, single := newDecider(b, 0), newDecider(b, 1)
	var with, without []float64
	for b.Loop() {
		without = append(without, single.round(b, 1000))
		with = append(with, grouped.round(b, 4000))
	}
	report2(b, "decisions/s", median(with), median(without), median(with)/median(without))
}

// decider is a site with moderators who decide what waits.
type decider struct {
	s       *site
	clients []*rawClient
	next    atomic.Int64 // comment
}

func newDecider(b *testing.B, group int) *decider {
	b.Helper()
	sub := newSubmitter(b, group)
	d := &decider{s: sub.s}
	d.next.Store(1_000_000)
	fillPending(b, sub.s, 200_000)
	for i := range benchClients {
		name := fmt.Sprintf("client%02d", i)
		u, _, err := sub.s.archive.Credentials(context.Background(), name+"@example.com")
		if err != nil {
			b.Fatal(err)
		}
		if err := sub.s.archive.SetRole(context.Background(), u.ID, db.Moderator, 0); err != nil {
			b.Fatal(err)
		}
		d.clients = append(d.clients, dial(b, sub.s.url, sessionCookie(b, sub.s, name)))
	}
	return d
}

// round decides n comments and returns how many a second were.
func (d *decider) round(b *testing.B, n int) float64 {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(n))
	var wg sync.WaitGroup
	start := time.Now()
	for _, c := range d.clients {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				path := fmt.Sprintf("/desk/comments/%d/decision", d.next.Add(1))
				if status, _ := c.do("POST", path, "action=approve&version=1&next="+url.QueryEscape("/desk")); status != 303 {
					b.Errorf("status %d", status)
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(n) / time.Since(start).Seconds()
}

// BenchmarkNews is bar 4: how long a new comment takes to an open desk while 50 are open, from the request on.
func BenchmarkNews(b *testing.B) {
	s := newSite(b)
	kim, desk := s.as(b, "kim"), s.as(b, "desk")
	var open []*deskStream
	for range 50 {
		open = append(open, desk.follow(""))
	}
	var last []float64
	for i := 0; b.Loop(); i++ {
		begin := time.Now()
		id := kim.comment(fmt.Sprint("Comment number ", i))
		for _, d := range open {
			d.until(b, func(e sentEvent) bool {
				var got heard
				got.take(e)
				return slices.Contains(got.ids, id)
			})
		}
		last = append(last, float64(time.Since(begin).Microseconds())/1000)
	}
	slices.Sort(last)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(last), "ms-median")
	b.ReportMetric(last[len(last)-1], "ms-max")
}
