package db

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"broadsheet/moderation"
)

// walkRows reads a queue page by page.
func walkRows(t *testing.T, n newsroom, k Ask) (rows []Waiting, first QueuePage) {
	t.Helper()
	for round := 0; ; round++ {
		p, err := n.Queue(n.ctx, k)
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			first = p
		}
		rows = append(rows, p.Rows...)
		if k.After = p.Next; p.Next == nil {
			return rows, first
		}
		if round > 1000 {
			t.Fatalf("%+v does not end", k)
		}
	}
}

// walkThrough reads a queue page by page and returns the comments in their order.
func walkThrough(t *testing.T, n newsroom, k Ask) (ids []int64, first QueuePage) {
	t.Helper()
	rows, first := walkRows(t, n, k)
	for _, w := range rows {
		ids = append(ids, w.ID)
	}
	return ids, first
}

func TestQueueFiltersAndPages(t *testing.T) {
	n := newNewsroom(t)
	other := incoming("k2", "h2", "Other")
	other.Content.Section = "문화"
	n.put(t, other)
	second, err := n.Article(n.ctx, "2026-11-20-k2")
	if err != nil {
		t.Fatal(err)
	}
	var apples []int64
	for i := range 7 {
		apples = append(apples, n.submit(t, n.kim, fmt.Sprint("Apple number ", i), func(c *NewComment) { c.Verdict.Risk = float64(i%3) / 2 }))
	}
	banana := n.submit(t, n.lee, "바나나 이야기", func(c *NewComment) {
		c.ArticleID, c.Language = second.ID, "ko"
		c.Verdict.Findings = []moderation.Finding{{Check: "links", Clause: "spam", Why: `a "check":"words" that is text`}}
	})
	for _, tc := range []struct {
		f    Filter
		want int
	}{
		{Filter{}, 8}, {Filter{Section: "문화"}, 1}, {Filter{Articles: []string{"2026-11-20-k2"}}, 1}, {Filter{Articles: []string{"2026-11-20-k2", "none"}}, 1},
		{Filter{Text: "aPPle"}, 7}, {Filter{Text: "바나나", Section: "economy-trade"}, 0}, {Filter{Text: "%"}, 0}, {Filter{Language: "ko"}, 1},
		{Filter{Check: "links"}, 1}, {Filter{Check: "words"}, 0}, {Filter{Clause: "spam"}, 1}, {Filter{Clause: "respect"}, 0},
		{Filter{Reader: fmt.Sprint(n.lee)}, 1}, {Filter{Reader: "KIM"}, 7}, {Filter{Reader: "nobody"}, 0},
		{Filter{Only: apples[:2]}, 2}, {Filter{Only: []int64{}}, 0}, {Filter{Skip: apples[1:]}, 2}, {Filter{NotBy: n.kim}, 1},
		{Filter{Only: apples[:4], Skip: apples[:1], Reader: "kim"}, 3},
	} {
		for _, o := range []Order{Oldest, Newest, Risk} {
			ids, first := walkThrough(t, n, Ask{Queue: QueuePending, Order: o, Filter: tc.f, N: 3})
			if len(ids) != tc.want || first.Count != tc.want || first.More {
				t.Errorf("%+v %s: %d rows, count %d, want %d", tc.f, o, len(ids), first.Count, tc.want)
			}
			if slices.Sort(ids); len(slices.Compact(ids)) != tc.want {
				t.Errorf("%+v %s: a comment stands twice", tc.f, o)
			}
		}
	}
	for o, first := range map[Order]int64{Oldest: apples[0], Newest: banana, Risk: apples[5]} {
		walked, _ := walkThrough(t, n, Ask{Queue: QueuePending, Order: o, N: 2})
		looked, _ := walkThrough(t, n, Ask{Queue: QueuePending, Order: o, Filter: Filter{Only: append([]int64{banana}, apples...)}, N: 3})
		if walked[0] != first || !slices.Equal(walked, looked) {
			t.Errorf("%s: walked %v, looked up %v, want %d first", o, walked, looked, first)
		}
	}
}

// A filter looks through so many comments at once and says where it goes on; nothing is left out.
func TestFilterReaches(t *testing.T) {
	n := newNewsroom(t)
	first := n.submit(t, n.kim, "needle one")
	manyPending(t, n, Reach+50)
	last := n.submit(t, n.lee, "needle two", func(c *NewComment) { c.Verdict.Risk = .5 })
	for o, want := range map[Order][]int64{Oldest: {first, last}, Newest: {last, first}, Risk: {last, first}} {
		ids, page := walkThrough(t, n, Ask{Queue: QueuePending, Order: o, Filter: Filter{Text: "needle"}, N: 10})
		if !slices.Equal(ids, want) {
			t.Errorf("%s: %v, want %v", o, ids, want)
		}
		if !page.Far || !page.More || page.Count != 1 || len(page.Rows) != 1 {
			t.Errorf("%s: the first page says %+v", o, page)
		}
	}
	page, err := n.Queue(n.ctx, Ask{Queue: QueuePending, Order: Oldest, N: 10})
	if err != nil || page.Count != CountLimit || !page.More || page.Far {
		t.Errorf("the whole queue: count %d, more %v, %v", page.Count, page.More, err)
	}
}

// manyPending puts waiting comments into the file at once.
func manyPending(t testing.TB, n newsroom, count int) {
	t.Helper()
	raw, err := sql.Open("sqlite", n.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for _, q := range []string{
		`WITH RECURSIVE i(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM i WHERE x < ?1)
INSERT INTO comment (id, article_id, author_id, body, characters, language, state, risk, submitted)
SELECT (SELECT max(id) FROM comment) + x, ?2, ?3, 'Straw number ' || x, 20, 'en', 'pending', (x * 37 % 100) / 1000.0, 1795000000000 + x FROM i`,
		`INSERT INTO verdict (comment_id, version, outcome, reason, risk, findings, standards, model, at)
SELECT c.id, 1, 'hold', 'mode', c.risk, '[]', (SELECT version FROM standards LIMIT 1), '', c.submitted FROM comment c
WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.comment_id = c.id)`,
	} {
		args := []any{count, n.article.ID, n.kim}
		if q[0] == 'I' {
			args = nil
		}
		if _, err := raw.Exec(q, args...); err != nil {
			t.Fatal(err)
		}
	}
}
