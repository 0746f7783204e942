package engine

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	search := `CREATE VIRTUAL TABLE term USING fts5(words)`
	d := openAt(t, path, Options{Migrations: migrations("0002_search.sql", search)})
	write(t, d, Do(addAccount, 1, "anna", 1), Do(`INSERT INTO term VALUES ('some words')`))
	if found, err := d.Check(context.Background()); err != nil || len(found) != 0 {
		t.Errorf("a sound file: %q, %v", found, err)
	}
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	mustExec(t, other, `PRAGMA ignore_check_constraints = 1; UPDATE account SET cents = -1; INSERT INTO entry VALUES (5, 77, '', 0)`)
	found, err := d.Check(context.Background())
	text := strings.Join(found, "\n")
	if err != nil || len(found) != 2 || !strings.Contains(text, "account") || !strings.Contains(text, "row 5 of table entry") {
		t.Errorf("%q, %v", found, err)
	}
}

func TestBackup(t *testing.T) {
	d := open(t, Options{})
	write(t, d, Do(addAccount, 1, "anna", 5))
	path := filepath.Join(t.TempDir(), "copy? #1%.db")
	if err := d.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	write(t, d, Do(changeBy, 1, 1))
	if err := d.Backup(context.Background(), path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over an older backup: %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if n := read[int](t, openAt(t, path, Options{}), cents, 1); n != 5 {
		t.Errorf("%d cents in the backup, want 5", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	gone := filepath.Join(t.TempDir(), "gone.db")
	if err := d.Backup(ctx, gone); err == nil {
		t.Error("a backup without time succeeded")
	}
	if _, err := os.Stat(gone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a failed backup stays: %v", err)
	}
}
