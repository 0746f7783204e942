package main

import (
	"database/sql"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerifyMeetsTheKeptHead cuts the end of a log off together with its seal: only the head that was kept tells.
func TestVerifyMeetsTheKeptHead(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	makeAccount(t, db, "editor", "admin")
	seal := func() string {
		s := serve(t, "serve", "--db", db, "--addr", "127.0.0.1:0")
		if code := s.stop(t); code != 0 {
			t.Fatalf("serve ends with %d", code)
		}
		var out struct{ Head string }
		if err := json.Unmarshal([]byte(command(t, "", "verify", "--db", db)), &out); err != nil || out.Head == "" {
			t.Fatalf("verify prints the head %q: %v", out.Head, err)
		}
		return out.Head
	}
	first := seal()
	makeAccount(t, db, "desk", "moderator")
	kept := seal()
	command(t, "", "verify", "--db", db, "--head", kept)
	command(t, "", "verify", "--db", db, "--head", first)

	raw, err := sql.Open("sqlite", db)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	row, _, _ := strings.Cut(first, ":")
	for _, q := range []string{`DELETE FROM audit WHERE seq > ` + row, `DELETE FROM audit_seal WHERE last > ` + row} {
		if _, err := raw.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	command(t, "", "verify", "--db", db)
	out, err := exec.Command(binary(t), "verify", "--db", db, "--head", kept).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the log was cut") {
		t.Errorf("a cut log against the head that was kept: %v\n%s", err, out)
	}
	out, err = exec.Command(binary(t), "verify", "--db", db, "--head", "12").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is no head of a log") {
		t.Errorf("no head at all: %v\n%s", err, out)
	}
	if _, err := raw.Exec(`UPDATE audit SET detail = 'reader' WHERE seq = 1`); err != nil {
		t.Fatal(err)
	}
	out, err = exec.Command(binary(t), "verify", "--db", db).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "row 1 was altered") || !strings.Contains(string(out), `"row":1`) {
		t.Errorf("an altered row is not named: %v\n%s", err, out)
	}
}
