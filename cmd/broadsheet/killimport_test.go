package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKillImport kills an import in the middle: a second run gives what one clean run gives. One bad
// file in a thousand is set aside by name, the rest come in.
func TestKillImport(t *testing.T) {
	const articles = 1000
	dir := t.TempDir()
	news := filepath.Join(dir, "news")
	if err := os.Mkdir(news, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range articles {
		page := strings.Replace(capture, "Harbour lights return after the storm", fmt.Sprintf("Harbour lights return after storm number %d", i), 1)
		if i == articles/2 {
			page = "\x89PNG\r\n\x1a\n\x00\x00\x00"
		}
		if err := os.WriteFile(filepath.Join(news, fmt.Sprintf("page-%04d.txt", i)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	clean, killed := filepath.Join(dir, "clean.db"), filepath.Join(dir, "killed.db")
	importAll := func(db string) string {
		out, err := exec.Command(binary(t), "import", "--db", db, news).Output()
		if code := err.(*exec.ExitError).ExitCode(); code != 2 {
			t.Fatalf("exit code %d, want 2: one item is set aside", code)
		}
		return string(out)
	}
	if got := importAll(clean); !strings.Contains(got, `"created":999,"updated":0,"unchanged":0,"quarantined":1`) {
		t.Fatalf("a clean run: %s", got)
	}

	cmd := exec.Command(binary(t), "import", "--db", killed, news)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); articleCount(killed) == 0; {
		if time.Now().After(deadline) {
			t.Fatal("the import stores nothing")
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	half := articleCount(killed)
	if half == articles-1 {
		t.Log("the import was faster than the kill: nothing is shown")
	}
	t.Logf("killed after %d articles", half)
	importAll(killed)
	if a, b := articleRows(t, clean), articleRows(t, killed); a != b {
		t.Error("the archive of two runs differs from that of a clean one")
	}
	command(t, "", "verify", "--db", killed)
}

// articleCount is how many articles an archive has, 0 while it is not there yet.
func articleCount(path string) (n int) {
	raw, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return 0
	}
	defer raw.Close()
	if raw.QueryRow("SELECT count(*) FROM article").Scan(&n) != nil {
		return 0
	}
	return n
}

// articleRows is all that an import stores of its articles, but for ids and times of its own.
func articleRows(t *testing.T, path string) string {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query(`SELECT slug || headline || body_html || body_text || published || revision ||
		(SELECT group_concat(name || email) FROM article_author WHERE article_id = a.id) FROM article a ORDER BY slug`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all.WriteString(line + "\n")
	}
	if rows.Err() != nil || all.Len() == 0 {
		t.Fatal("no articles: ", rows.Err())
	}
	return all.String()
}
