package main

import (
	"context"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
)

// A block whose time ran out while nobody served is over when somebody serves again.
func TestMeasuresEndAfterARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "desk": "moderator"} {
		makeAccount(t, path, name, role)
	}
	command(t, capture, "import", "--db", path, "-")
	args := []string{"serve", "--db", path, "--addr", "127.0.0.1:0"}
	s := serve(t, args...)
	kim, desk := newClient(t, s), newClient(t, s)
	kim.login(t, "kim")
	desk.login(t, "desk")
	ctx := context.Background()
	_, header := kim.post(ctx, "/articles/2026-11-20-harbour-lights-return-after-the-storm/comments", url.Values{"body": {"Words in public"}})
	_, id, _ := strings.Cut(header.Get("Location"), "#comment-")
	desk.post(ctx, "/desk/comments/"+id+"/decision", url.Values{"action": {"approve"}, "version": {"1"}})
	s.stop(t)

	a, err := db.Open(ctx, path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.Evidence(ctx, number)
	if err != nil {
		t.Fatal(err)
	}
	past := a.Now().AddDate(0, 0, -db.MeasureDays)
	u, _, err := a.Credentials(ctx, "desk@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Decide(ctx, db.Verb{Comment: c.ID, Version: 1, After: c.Last, By: u.ID, Action: moderation.Block, Clause: "privacy", Until: a.Now(), At: past}); err != nil {
		t.Fatal(err)
	}

	s = serve(t, args...)
	for deadline := time.Now().Add(patience); ; {
		if c, err := a.Comment(ctx, c.ID); err != nil {
			t.Fatal(err)
		} else if c.State == moderation.Published {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the comment does not come back")
		}
	}
	s.stop(t)
	command(t, "", "verify", "--db", path)
}
