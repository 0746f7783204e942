package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// TestKill is bar 6: 32 clients submit while the process is killed, 20 rounds. Every comment whose
// 303 arrived is there, none twice, and the archive is whole.
func TestKill(t *testing.T) {
	const clients, rounds, least = 32, 20, 200
	dir := t.TempDir()
	db := filepath.Join(dir, "archive.db")
	makeAccount(t, db, "kim", "reader")
	command(t, capture, "import", "--db", db, "-")
	slug := "2026-11-20-harbour-lights-return-after-the-storm"
	args := []string{"serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0"}
	s := serve(t, args...)
	c := newClient(t, s)
	c.http.Transport = nil
	c.login(t, "kim")

	accepted := map[string]bool{}
	var mu sync.Mutex
	n := 0
	for round := range rounds {
		var wg sync.WaitGroup
		var done atomic.Int64
		ctx, cancel := context.WithCancel(context.Background())
		for range clients {
			wg.Go(func() {
				for ctx.Err() == nil {
					mu.Lock()
					n++
					text := fmt.Sprintf("comment %d of round %d", n, round)
					mu.Unlock()
					status, _ := c.post(ctx, "/articles/"+slug+"/comments", url.Values{"body": {text}})
					if status == 303 {
						mu.Lock()
						accepted[text] = true
						mu.Unlock()
						if done.Add(1) == least {
							s.kill()
							cancel()
						}
					} else if status != 0 {
						t.Errorf("status %d", status)
						s.kill()
						cancel()
					}
				}
			})
		}
		wg.Wait()
		cancel()
		s = serve(t, args...)
		c.url = s.url
	}
	if code := s.stop(t); code != 0 {
		t.Errorf("SIGTERM ends with %d", code)
	}
	stored := storedComments(t, db)
	for text := range accepted {
		if stored[text] != 1 {
			t.Errorf("%q was accepted and is stored %d times", text, stored[text])
		}
	}
	for text, times := range stored {
		if times != 1 {
			t.Errorf("%q is stored %d times", text, times)
		}
	}
	var report struct{ Comments, Broken, Unsealed int }
	if err := json.Unmarshal([]byte(command(t, "", "verify", "--db", db)), &report); err != nil || report.Broken != 0 || report.Unsealed != 0 {
		t.Errorf("verify: %+v %v", report, err)
	}
	t.Logf("%d accepted, %d stored over %d kills", len(accepted), len(stored), rounds)
}

// storedComments counts the comments of an archive by their words.
func storedComments(t *testing.T, path string) map[string]int {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query("SELECT body FROM comment")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			t.Fatal(err)
		}
		out[body]++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// capture is a page captured as text.
const capture = `Harbour lights return after the storm
Published: 20 Nov. 2026, 09:30
- NAM JI-HO
- nam.jiho@example.com
The harbour lights came back on Friday evening, two days after the storm had put them out.
Fishermen said that they had steered by the church tower.
BY NAM JI-HO [nam.jiho@example.com]
To write comments, please log in to one of the accounts.
Standards Board Policy (0/250자)
`
