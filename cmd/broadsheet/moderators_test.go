package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestTenModerators is bar 2: ten moderators decide 2,000 comments through HTTP, all of them on the same queue, while the
// process is killed now and then. Each comment is decided exactly once, what was answered is there after the kill, and the
// counts are right at every moment at which they are looked at.
func TestTenModerators(t *testing.T) {
	const moderators, comments, kills = 10, 2000, 3
	path := filepath.Join(t.TempDir(), "archive.db")
	makeAccount(t, path, "kim", "reader")
	for i := range moderators {
		makeAccount(t, path, fmt.Sprint("mod", i), "moderator")
	}
	command(t, capture, "import", "--db", path, "-")
	args := []string{"serve", "--db", path, "--comment-rate", "off", "--addr", "127.0.0.1:0"}
	s := serve(t, args...)
	ids := sendComments(t, s, comments)

	var staff []*client
	for i := range moderators {
		c := newClient(t, s)
		c.login(t, fmt.Sprint("mod", i))
		staff = append(staff, c)
	}
	var mu sync.Mutex
	answered := map[string]string{} // comment -> moderator whose decision was answered
	decided := func() int { mu.Lock(); defer mu.Unlock(); return len(answered) }
	for round := range kills + 1 {
		ctx, cancel := context.WithCancel(context.Background())
		var conflicts atomic.Int64
		var wg sync.WaitGroup
		stop := comments * (round + 1) / (kills + 1)
		for i, c := range staff {
			wg.Go(func() {
				for n := range comments { // each begins at another place, all go through all
					id := ids[(n+i*comments/moderators/4)%comments]
					if mu.Lock(); answered[id] != "" && n%40 != 0 { // now and then what another has decided
						mu.Unlock()
						continue
					}
					mu.Unlock()
					status, _ := c.post(ctx, "/desk/comments/"+id+"/decision", url.Values{"action": {"approve"}, "version": {"1"}})
					mu.Lock()
					switch {
					case status == 303 && answered[id] != "":
						t.Errorf("comment %s was decided by %s and again by %d", id, answered[id], i)
					case status == 303:
						answered[id] = fmt.Sprint("mod", i)
					case status == 409:
						conflicts.Add(1)
					case status != 0:
						t.Errorf("status %d", status)
					}
					mu.Unlock()
					if round < kills && decided() >= stop {
						s.kill()
						cancel()
					}
					if ctx.Err() != nil {
						return
					}
				}
			})
		}
		watched := make(chan int)
		go func() { watched <- watchCounts(ctx, t, staff[0], comments, moderators*(round+1), decided) }()
		wg.Wait()
		cancel()
		t.Logf("the counts were looked at %d times", <-watched)
		t.Logf("round %d: %d decided and answered, %d conflicts", round, decided(), conflicts.Load())
		if round < kills {
			s = serve(t, args...)
			for _, c := range staff {
				c.url = s.url
			}
		}
	}
	if code := s.stop(t); code != 0 {
		t.Errorf("SIGTERM ends with %d", code)
	}
	decidedOnce(t, path, comments, answered)
	var report struct{ Comments, Broken, Unsealed int }
	if err := json.Unmarshal([]byte(command(t, "", "verify", "--db", path)), &report); err != nil || report.Broken != 0 {
		t.Errorf("verify: %+v %v", report, err)
	}
}

// sendComments sends n comments by many clients of one reader, and returns their ids.
func sendComments(t *testing.T, s *server, n int) []string {
	t.Helper()
	kim := newClient(t, s)
	kim.login(t, "kim")
	var next atomic.Int64
	ids := make([]string, n)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				status, header := kim.post(context.Background(), "/articles/2026-11-20-harbour-lights-return-after-the-storm/comments", url.Values{"body": {fmt.Sprint("Comment number ", i)}})
				_, id, _ := strings.Cut(header.Get("Location"), "#comment-")
				if ids[i] = id; status != 303 || id == "" {
					t.Errorf("comment %d: status %d", i, status)
				}
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return ids
}

var tabCount = regexp.MustCompile(`data-count="(pending|decided)">([\d,]+\+?)<`)

// watchCounts looks at the counts of the queue until the context ends, and returns how often. What was answered before the
// request is decided; what is answered after it, or was under way at most, may be.
func watchCounts(ctx context.Context, t *testing.T, c *client, all, slack int, answered func() int) (looked int) {
	shown := func(n int) int { return min(n, 1001) } // "1,000+" is 1,001
	for ctx.Err() == nil {
		least := answered()
		page := c.get(ctx, "/desk")
		most := min(all, answered()+slack)
		for _, m := range tabCount.FindAllStringSubmatch(page, -1) {
			n, err := strconv.Atoi(strings.TrimSuffix(strings.ReplaceAll(m[2], ",", ""), "+"))
			if strings.HasSuffix(m[2], "+") {
				n++
			}
			low, high := least, most
			if m[1] == "pending" {
				low, high = all-most, all-least
			}
			if err != nil || n < shown(low) || n > shown(high) {
				t.Errorf("%s: %s, while between %d and %d of %d are decided", m[1], m[2], least, most, all)
			}
			looked++
		}
	}
	return looked
}

// get asks for a page; "" when no answer came.
func (c *client) get(ctx context.Context, path string) string {
	req, err := http.NewRequestWithContext(ctx, "GET", c.url+path, nil)
	if err != nil {
		return ""
	}
	res, err := c.http.Do(req)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 {
		return ""
	}
	return string(b)
}

// decidedOnce reads from the file that every comment was decided once, by whom the answer said.
func decidedOnce(t *testing.T, path string, all int, answered map[string]string) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query("SELECT c.id, c.state, count(d.id), coalesce(max(u.name), '') FROM comment c LEFT JOIN decision d ON d.comment_id = c.id LEFT JOIN user u ON u.id = d.user_id GROUP BY c.id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id, state, by string
		var times int
		if err := rows.Scan(&id, &state, &times, &by); err != nil {
			t.Fatal(err)
		}
		if n++; times != 1 || state != "published" || answered[id] != "" && answered[id] != by {
			t.Errorf("comment %s: %s, decided %d times by %s, answered to %q", id, state, times, by, answered[id])
		}
	}
	if err := rows.Err(); err != nil || n != all {
		t.Errorf("%d comments of %d: %v", n, all, err)
	}
}
