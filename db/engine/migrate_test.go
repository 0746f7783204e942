package engine

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const applyOrder SQL = `SELECT name FROM migration ORDER BY rowid`

func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a file? with 50% #signs.db")
	d := openAt(t, path, Options{})
	for pragma, want := range map[SQL]int64{"PRAGMA page_size": 16384, "PRAGMA application_id": applicationID} {
		if got := read[int64](t, d, pragma); got != want {
			t.Errorf("%s: %d, want %d", pragma, got, want)
		}
	}
	if got := read[string](t, d, "PRAGMA journal_mode"); got != "wal" {
		t.Errorf("journal mode %s", got)
	}
	for pragma, want := range map[SQL]int64{"PRAGMA synchronous": 2, "PRAGMA foreign_keys": 1} {
		rows, err := d.w.conn.c.QueryContext(context.Background(), string(pragma))
		if err != nil {
			t.Fatal(err)
		}
		var got int64
		for rows.Next() {
			rows.Scan(&got)
		}
		if got != want {
			t.Errorf("the writer's %s: %d, want %d", pragma, got, want)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	write(t, d, Do(addAccount, 1, "anna", 1))
	d.Close()

	more := migrations("0003_c.sql", `INSERT INTO b VALUES (1);`, "0002_b.sql", `CREATE TABLE b(x INTEGER) STRICT;; -- done`)
	for range 2 {
		d = openAt(t, path, Options{Migrations: more})
		var got []string
		if err := d.Read(context.Background(), All(&got, applyOrder)); err != nil || !slices.Equal(got, []string{"0001_start.sql", "0002_b.sql", "0003_c.sql"}) {
			t.Errorf("%q, %v", got, err)
		}
		if n := read[int](t, d, `SELECT count(*) FROM b, account`); n != 1 {
			t.Errorf("%d rows, want 1", n)
		}
		d.Close()
	}
}

// Several migrations that come together happen together or not at all.
func TestMigrateFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	openAt(t, path, Options{}).Close()
	before := folder(t, path)
	_, err := Open(context.Background(), path, Options{Migrations: migrations(
		"0002_b.sql", `CREATE TABLE b(x INTEGER) STRICT`, "0003_c.sql", `CREATE TABLE c(x INTEGER) STRICT; oops`)})
	if err == nil || !strings.Contains(err.Error(), "0003_c.sql") {
		t.Errorf("error: %v", err)
	}
	if !maps.Equal(before, folder(t, path)) {
		t.Error("the file has changed")
	}
	if _, err := Open(context.Background(), path, Options{Migrations: migrations("2_b.sql", "")}); err == nil || !strings.Contains(err.Error(), "NNNN_name.sql") {
		t.Errorf("a bad name: %v", err)
	}
	if _, err := Open(context.Background(), path, Options{}); err == nil {
		t.Error("no migrations were given")
	}
	if _, err := Open(context.Background(), path, Options{Migrations: migrations(), Hot: []SQL{names, "SELECT nothing FROM account"}}); err == nil || !strings.Contains(err.Error(), "SELECT nothing FROM account") {
		t.Errorf("a hot statement that does not prepare: %v", err)
	}
}

// folder is what lies beside path: name -> content.
func folder(t *testing.T, path string) map[string]string {
	t.Helper()
	m := map[string]string{}
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		m[e.Name()] = string(b)
	}
	return m
}

// What is not ours, or comes from the future, is refused and not touched.
func TestOpenRefuses(t *testing.T) {
	newer := migrations("0002_new.sql", `CREATE TABLE b(x INTEGER) STRICT`)
	plain := func(script string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			db.SetMaxOpenConns(1)
			mustExec(t, db, script)
		}
	}
	text := func(s string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name string
		make func(*testing.T, string)
		says string
	}{
		{"newer", func(t *testing.T, path string) { openAt(t, path, Options{Migrations: newer}).Close() }, "0002_new.sql"},
		{"newer, in use", func(t *testing.T, path string) { openAt(t, path, Options{Migrations: newer}) }, "0002_new.sql"},
		{"newer, after a crash", func(t *testing.T, path string) {
			elsewhere := filepath.Join(t.TempDir(), "archive.db")
			openAt(t, elsewhere, Options{Migrations: newer})
			for _, suffix := range []string{"", "-wal"} {
				b, err := os.ReadFile(elsewhere + suffix)
				if err != nil || os.WriteFile(path+suffix, b, 0o600) != nil {
					t.Fatal(err)
				}
			}
		}, "0002_new.sql"},
		{"another program's", plain(`CREATE TABLE t(x)`), "another program"},
		{"another program's in WAL", plain(`PRAGMA journal_mode = wal; CREATE TABLE t(x)`), "another program"},
		{"another program's with migrations", plain(`CREATE TABLE migration(name TEXT)`), "another program"},
		{"another program's, marked, empty", plain(`PRAGMA application_id = 7`), "another program"},
		{"text", text("This is a letter, and a rather long one."), "not an SQLite database"},
		{"short text", text("x"), "not an SQLite database"},
		{"broken", text(header + strings.Repeat("\xff", 5000)), "database"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "archive.db")
			c.make(t, path)
			before := folder(t, path)
			_, err := Open(context.Background(), path, Options{Migrations: migrations()})
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) {
				t.Errorf("error: %v", err)
			}
			if errors.Is(err, ErrNewer) != strings.HasPrefix(c.name, "newer") {
				t.Errorf("error: %v", err)
			}
			after := folder(t, path)
			if strings.HasPrefix(c.name, "newer, ") { // -shm is an index of -wal for those who have it open
				delete(before, "archive.db-shm")
				delete(after, "archive.db-shm")
			}
			if !maps.Equal(before, after) {
				t.Errorf("the folder has changed: %q, %q", slices.Collect(maps.Keys(before)), slices.Collect(maps.Keys(after)))
			}
		})
	}
	if _, err := Open(context.Background(), t.TempDir(), Options{Migrations: migrations()}); err == nil {
		t.Error("a folder was opened")
	}
	if _, err := Open(context.Background(), filepath.Join(t.TempDir(), "no", "archive.db"), Options{Migrations: migrations()}); err == nil {
		t.Error("a file in no folder was opened")
	}
}

// openInChild is what each process of TestOpenTogether does once its input ends.
func openInChild(path string) int {
	io.Copy(io.Discard, os.Stdin)
	d, err := Open(context.Background(), path, Options{Migrations: migrations(), Readers: 1})
	if err == nil {
		err = d.Write(context.Background(), Batch{Do: []Stmt{Do(addAccount, os.Getpid(), os.Getenv("ENGINE_TEST_NAME"), 0)}})
		err = errors.Join(err, d.Close())
	}
	if err != nil {
		os.Stderr.WriteString(err.Error())
		return 1
	}
	return 0
}

// Processes that meet at a fresh file all succeed.
func TestOpenTogether(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		path := filepath.Join(t.TempDir(), "archive.db")
		start, release, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		var children []*exec.Cmd
		for _, name := range []string{"a", "b", "c", "d"} {
			child := exec.Command(self)
			child.Env = append(os.Environ(), "ENGINE_TEST_OPEN="+path, "ENGINE_TEST_NAME="+name)
			child.Stdin = start
			child.Stderr = new(bytes.Buffer)
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			children = append(children, child)
		}
		start.Close()
		release.Close()
		for _, child := range children {
			if err := child.Wait(); err != nil {
				t.Errorf("%v: %s", err, child.Stderr)
			}
		}
		if n := read[int](t, openAt(t, path, Options{}), `SELECT count(*) FROM account`); n != 4 {
			t.Errorf("%d accounts, want 4", n)
		}
	}
}
