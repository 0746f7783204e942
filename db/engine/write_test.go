package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

var errNo = errors.New("the guard says no")

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		name  string
		batch Batch
		want  func(error) bool
		cents int64 // of account 1, which begins with 100
	}{
		{"nothing", Batch{}, isNil, 100},
		{"one", Batch{Do: []Stmt{Do(changeBy, 5, 1)}}, isNil, 105},
		{"several", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(changeBy, -1, 1)}}, isNil, 104},
		{"guard holds", Batch{Guard: []Check{Must(hasAccount, errNo, 1)}, Do: []Stmt{Do(changeBy, 1, 1)}}, isNil, 101},
		{"guard does not", Batch{Guard: []Check{Must(hasAccount, errNo, 9)}, Do: []Stmt{Do(changeBy, 1, 1)}}, is(errNo), 100},
		{"guard against holds", Batch{Guard: []Check{MustNot(hasAccount, errNo, 9)}, Do: []Stmt{Do(changeBy, 1, 1)}}, isNil, 101},
		{"guard against does not", Batch{Guard: []Check{MustNot(hasAccount, errNo, 1)}, Do: []Stmt{Do(changeBy, 1, 1)}}, is(errNo), 100},
		{"first guard speaks", Batch{Guard: []Check{Must(hasAccount, errNo, 9), Must(hasAccount, errors.New("second"), 9)}}, is(errNo), 100},
		{"guard without an error", Batch{Guard: []Check{Must(hasAccount, nil, 9)}}, says("SELECT 1 FROM account"), 100},
		{"no rule is broken", Batch{Guard: []Check{Rules(`SELECT 0`, []error{errNo})}, Do: []Stmt{Do(changeBy, 1, 1)}}, isNil, 101},
		{"the second rule is", Batch{Guard: []Check{Rules(`SELECT 2 WHERE ?`, []error{errors.New("first"), errNo}, true)}, Do: []Stmt{Do(changeBy, 1, 1)}}, is(errNo), 100},
		{"rules that give no number", Batch{Guard: []Check{Rules(`SELECT 1 WHERE 0`, []error{errNo})}, Do: []Stmt{Do(changeBy, 1, 1)}}, says("SELECT 1 WHERE 0"), 100},
		{"rules that give a wrong number", Batch{Guard: []Check{Rules(`SELECT 2`, []error{errNo})}, Do: []Stmt{Do(changeBy, 1, 1)}}, says("SELECT 2"), 100},
		{"rules that give a text", Batch{Guard: []Check{Rules(`SELECT 'two'`, []error{errNo})}, Do: []Stmt{Do(changeBy, 1, 1)}}, says("two"), 100},
		{"guards look first", Batch{Guard: []Check{MustNot(byName, errNo, "new")}, Do: []Stmt{Do(addAccount, 2, "new", 0)}}, isNil, 100},
		{"unique", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(addAccount, 2, "anna", 0)}}, Unique, 100},
		{"primary key", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(addAccount, 1, "b", 0)}}, Unique, 100},
		{"check", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(changeBy, -500, 1)}}, fails, 100},
		{"foreign key", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(addEntry, 1, 77, "", 0)}}, fails, 100},
		{"type", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(addAccount, 2, "b", "many")}}, fails, 100},
		{"syntax", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do("UPDATE nothing")}}, says("UPDATE nothing"), 100},
		{"missing argument", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(changeBy, 5)}}, fails, 100},
		{"bad argument", Batch{Do: []Stmt{Do(changeBy, 5, 1), Do(changeBy, time.Second, 1)}}, says("unit"), 100},
		{"bad argument of a guard", Batch{Guard: []Check{Must(hasAccount, errNo, struct{}{})}}, says("struct"), 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t, Options{})
			write(t, d, Do(addAccount, 1, "anna", 100))
			err := d.Write(context.Background(), c.batch)
			if !c.want(err) || Unavailable(err) {
				t.Errorf("error: %v", err)
			}
			if got := read[int64](t, d, cents, 1); got != c.cents {
				t.Errorf("%d cents, want %d", got, c.cents)
			}
			write(t, d, Do(changeBy, 1, 1)) // the writer goes on
		})
	}
}

func isNil(err error) bool { return err == nil }
func fails(err error) bool { return err != nil && !Unique(err) }
func is(want error) func(error) bool {
	return func(err error) bool { return err == want }
}
func says(part string) func(error) bool {
	return func(err error) bool { return err != nil && strings.Contains(err.Error(), part) }
}

// A group is one commit; what fails in it fails alone and leaves no trace.
func TestGroup(t *testing.T) {
	d := open(t, Options{})
	g := newGate(t)
	start := d.Generation()
	results := hold(t, d, g,
		Batch{Do: []Stmt{Do(addAccount, 1, "anna", 1)}},
		Batch{Do: []Stmt{Do(addAccount, 2, "half", 1), Do(addAccount, 3, "anna", 1)}}, // fails on its second
		Batch{Guard: []Check{Must(hasAccount, errNo, 2)}},                             // must not see the failed one
		Batch{Guard: []Check{Must(hasAccount, errNo, 1)}, Do: []Stmt{Do(addAccount, 4, "dora", 1)}},
	)
	g.open()
	for i, want := range []func(error) bool{isNil, isNil, Unique, is(errNo), isNil} {
		if err := <-results[i]; !want(err) {
			t.Errorf("batch %d: %v", i, err)
		}
	}
	if n := d.Generation() - start; n != 1 {
		t.Errorf("%d commits, want 1", n)
	}
	var got []string
	if err := d.Read(context.Background(), All(&got, names)); err != nil || !slices.Equal(got, []string{"anna", "dora"}) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestGroupSize(t *testing.T) {
	for size, commits := range map[int]uint64{1: 5, 2: 3, 128: 1} {
		d := open(t, Options{Group: size})
		g := newGate(t)
		start := d.Generation()
		results := hold(t, d, g, make([]Batch, 4)...)
		g.open()
		for _, r := range results {
			if err := <-r; err != nil {
				t.Error(err)
			}
		}
		if n := d.Generation() - start; n != commits {
			t.Errorf("group %d: %d commits, want %d", size, n, commits)
		}
	}
}

// What ends the transaction ends it for everyone in it: all get the error, nothing stays.
func TestGroupEnds(t *testing.T) {
	full := Do(`INSERT INTO entry SELECT value, 1, hex(zeroblob(20000)), 0 FROM json_each(?)`, "[1,2,3,4,5,6,7,8,9,10]")
	for _, c := range []struct {
		name string
		do   []Stmt
		want func(error) bool
	}{
		{"disk full", []Stmt{full}, func(err error) bool { return Unavailable(err) && primary(err) == sqlite3.SQLITE_FULL }},
		{"transaction lost", []Stmt{Do(`INSERT OR ROLLBACK INTO account VALUES (1, 'x', 1)`)}, Unavailable},
		{"commit fails", []Stmt{Do(`INSERT INTO late VALUES (77)`)}, func(err error) bool {
			return code(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			late := `CREATE TABLE late(account INTEGER REFERENCES account(id) DEFERRABLE INITIALLY DEFERRED) STRICT`
			d := open(t, Options{maxPages: 16, Migrations: migrations("0002_late.sql", late)})
			write(t, d, Do(addAccount, 1, "anna", 100))
			g, start := newGate(t), d.Generation()
			results := hold(t, d, g,
				Batch{Do: []Stmt{Do(changeBy, 7, 1)}},
				Batch{Guard: []Check{Must(hasAccount, errNo, 9)}}, // fails alone, but in a group that did not happen
				Batch{Do: c.do})
			g.open()
			for i, r := range results {
				if err := <-r; !c.want(err) {
					t.Errorf("batch %d: %v", i, err)
				}
			}
			if got := read[int64](t, d, cents, 1); got != 100 || read[int](t, d, entries) != 0 {
				t.Errorf("half written: %d cents", got)
			}
			write(t, d, Do(changeBy, 1, 1)) // the writer goes on
			if got := read[int64](t, d, cents, 1); got != 101 || d.Generation() == start {
				t.Errorf("afterwards %d cents, generation %d", got, d.Generation())
			}
		})
	}
}

// A context bounds the wait for a turn and nothing else.
func TestWriteContext(t *testing.T) {
	d := open(t, Options{})
	write(t, d, Do(addAccount, 1, "anna", 0))
	g := newGate(t)
	ctx, cancel := context.WithCancel(context.Background())
	claimed := async(func() error {
		b := g.batch()
		b.Do = []Stmt{Do(changeBy, 1, 1)}
		return d.Write(ctx, b)
	})
	<-g.reached
	waiting := async(func() error { return d.Write(ctx, Batch{Do: []Stmt{Do(changeBy, 10, 1)}}) })
	await(t, "the second batch waits", func() bool { return len(d.w.queue) == 1 })
	neighbour := async(func() error { return d.Write(context.Background(), Batch{Do: []Stmt{Do(changeBy, 100, 1)}}) })
	await(t, "the third batch waits", func() bool { return len(d.w.queue) == 2 })
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("given up while waiting: %v", err)
	}
	g.open()
	if err := <-claimed; err != nil {
		t.Errorf("cancelled after its turn had come: %v", err)
	}
	if err := <-neighbour; err != nil {
		t.Errorf("neighbour: %v", err)
	}
	if got := read[int64](t, d, cents, 1); got != 101 {
		t.Errorf("%d cents, want 101", got)
	}
	if err := d.Write(ctx, Batch{Do: []Stmt{Do(changeBy, 1, 1)}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
}

func TestQueueFull(t *testing.T) {
	d := open(t, Options{Queue: 2})
	g := newGate(t)
	results := hold(t, d, g, Batch{}, Batch{})
	if err := d.Write(context.Background(), Batch{}); !errors.Is(err, ErrQueueFull) || !Unavailable(err) {
		t.Errorf("error: %v", err)
	}
	g.open()
	for _, r := range results {
		if err := <-r; err != nil {
			t.Error(err)
		}
	}
}

// Another program holds the file's lock.
func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	d := openAt(t, path, Options{wait: 20 * time.Millisecond})
	write(t, d, Do(addAccount, 1, "anna", 0))
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	mustExec(t, other, "BEGIN IMMEDIATE")
	for range 2 {
		err := d.Write(context.Background(), Batch{Do: []Stmt{Do(changeBy, 1, 1)}})
		if !Unavailable(err) || primary(err) != sqlite3.SQLITE_BUSY {
			t.Errorf("error: %v", err)
		}
	}
	if got := read[int64](t, d, cents, 1); got != 0 {
		t.Errorf("%d cents, want 0", got)
	}
	mustExec(t, other, "ROLLBACK")
	write(t, d, Do(changeBy, 1, 1))
}

func mustExec(t testing.TB, db *sql.DB, script string) {
	t.Helper()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
}

// Many writers move money, some of them in vain: the sum stays.
func TestConcurrentWriters(t *testing.T) {
	d := open(t, Options{})
	for i := range 4 {
		write(t, d, Do(addAccount, i, fmt.Sprint("account ", i), 1000))
	}
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for k := range 20 {
				amount := 37 * (k + 1)
				err := d.Write(context.Background(), Batch{Do: []Stmt{
					Do(changeBy, amount, (i+1)%4), Do(changeBy, -amount, i%4), Do(addEntry, d.NewID(), 1, "", d.Now())}})
				if err != nil && code(err) != sqlite3.SQLITE_CONSTRAINT_CHECK {
					t.Error(err)
				}
				if sum := read[int64](t, d, `SELECT sum(cents) FROM account`); sum != 4000 {
					t.Errorf("sum %d, want 4000", sum)
				}
			}
		})
	}
	wg.Wait()
	if read[int](t, d, entries) == 0 {
		t.Error("no batch succeeded")
	}
}
