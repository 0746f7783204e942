package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"modernc.org/sqlite"
)

// schema is a small archive: accounts that hold money, and a log of what happened.
const schema = `
-- two tables
CREATE TABLE account(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, cents INTEGER NOT NULL CHECK (cents >= 0)) STRICT;
CREATE TABLE entry(id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account(id), note TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX entry_account ON entry(account, id);
`

const (
	addAccount SQL = `INSERT INTO account(id, name, cents) VALUES (?, ?, ?)`
	addEntry   SQL = `INSERT INTO entry(id, account, note, at) VALUES (?, ?, ?, ?)`
	changeBy   SQL = `UPDATE account SET cents = cents + ? WHERE id = ?`
	cents      SQL = `SELECT cents FROM account WHERE id = ?`
	names      SQL = `SELECT name FROM account ORDER BY id`
	hasAccount SQL = `SELECT 1 FROM account WHERE id = ?`
	byName     SQL = `SELECT id FROM account WHERE name = ?`
	entries    SQL = `SELECT count(*) FROM entry`
)

func migrations(more ...string) fs.FS {
	m := fstest.MapFS{"0001_start.sql": {Data: []byte(schema)}}
	for i := 0; i+1 < len(more); i += 2 {
		m[more[i]] = &fstest.MapFile{Data: []byte(more[i+1])}
	}
	return m
}

// open opens a file in its own folder; the test closes it.
func open(t testing.TB, o Options) *DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "archive.db"), o)
}

func openAt(t testing.TB, path string, o Options) *DB {
	t.Helper()
	if o.Migrations == nil {
		o.Migrations = migrations()
	}
	d, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		select {
		case <-d.r.gone: // the test has closed it
		default:
			d.Close()
		}
	})
	return d
}

func write(t testing.TB, d *DB, stmts ...Stmt) {
	t.Helper()
	if err := d.Write(context.Background(), Batch{Do: stmts}); err != nil {
		t.Fatal(err)
	}
}

func read[T any](t testing.TB, d *DB, q SQL, args ...any) (v T) {
	t.Helper()
	if err := d.Read(context.Background(), One(&v, q, args...)); err != nil {
		t.Fatal(err)
	}
	return v
}

// gate is a door inside a statement: gate(id) tells that it was reached and waits until it is
// opened, so that a test can hold the writer or a reader exactly there.
type gate struct {
	id      int64
	reached chan struct{} // one token for each call
	opened  chan struct{}
}

var gates sync.Map // id -> *gate; the driver's functions are global, so are the tests' doors

const (
	pass   SQL = `SELECT gate(?)`
	passIn SQL = `SELECT 1 WHERE gate(?) = 1` // as a guard
)

func newGate(t testing.TB) *gate {
	g := &gate{int64(reflect.ValueOf(t).Pointer()), make(chan struct{}, 1000), make(chan struct{})}
	gates.Store(g.id, g)
	t.Cleanup(func() { gates.Delete(g.id) })
	return g
}

func (g *gate) open() { close(g.opened) }

// batch is a batch that waits at the gate and does nothing else.
func (g *gate) batch() Batch {
	return Batch{Guard: []Check{Must(passIn, errors.New("the gate is not there"), g.id)}}
}

func TestMain(m *testing.M) {
	sqlite.MustRegisterScalarFunction("gate", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		v, ok := gates.Load(args[0])
		if !ok {
			return nil, errors.New("no such gate")
		}
		g := v.(*gate)
		g.reached <- struct{}{}
		<-g.opened
		return int64(1), nil
	})
	if path := os.Getenv("ENGINE_TEST_OPEN"); path != "" {
		os.Exit(openInChild(path))
	}
	os.Exit(m.Run())
}

// async runs f and gives its result on a channel.
func async(f func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- f() }()
	return done
}

// await looks until cond holds.
func await(t testing.TB, what string, cond func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for late := time.After(30 * time.Second); !cond(); {
		select {
		case <-late:
			t.Fatalf("waited in vain until %s", what)
		case <-tick.C:
		}
	}
}

// hold occupies d's writer inside a batch until the gate is opened, then queues the batches
// behind it in their order. The first result is that of the holding batch.
func hold(t testing.TB, d *DB, g *gate, behind ...Batch) []<-chan error {
	t.Helper()
	results := []<-chan error{async(func() error { return d.Write(context.Background(), g.batch()) })}
	<-g.reached
	for i, b := range behind {
		results = append(results, async(func() error { return d.Write(context.Background(), b) }))
		await(t, "the batch is queued", func() bool { return len(d.w.queue) == i+1 })
	}
	return results
}

func TestIDs(t *testing.T) {
	d := open(t, Options{})
	before := d.Now()
	ids := make([][]int64, 4)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			for range 2000 {
				ids[i] = append(ids[i], d.NewID())
			}
		})
	}
	wg.Wait()
	seen := map[int64]bool{}
	for _, list := range ids {
		if !slices.IsSorted(list) {
			t.Error("ids do not increase")
		}
		for _, id := range list {
			seen[id] = true
		}
	}
	if len(seen) != 8000 {
		t.Errorf("%d different ids of 8000", len(seen))
	}
	epoch := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	first := epoch.Add(time.Duration(ids[0][0]>>20) * time.Millisecond)
	if first.Before(before) || first.After(before.Add(time.Minute)) {
		t.Errorf("an id made at %v says %v", before, first)
	}
}

func TestClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	d := openAt(t, path, Options{})
	g := newGate(t)
	results := hold(t, d, g,
		Batch{Do: []Stmt{Do(addAccount, 1, "a", 0)}},
		Batch{Do: []Stmt{Do(addAccount, 2, "b", 0)}})
	closed := async(d.Close)
	await(t, "Close has begun", func() bool {
		d.w.mu.RLock()
		defer d.w.mu.RUnlock()
		return d.w.closed
	})
	if err := d.Write(context.Background(), Batch{}); !errors.Is(err, ErrClosed) || !Unavailable(err) {
		t.Errorf("a write after Close: %v", err)
	}
	g.open()
	for i, r := range results {
		if err := <-r; err != nil {
			t.Errorf("batch %d, queued before Close: %v", i, err)
		}
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	var n int
	if err := d.Read(context.Background(), One(&n, entries)); !errors.Is(err, ErrClosed) {
		t.Errorf("a read after Close: %v", err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the log was not folded into the file: %v", err)
	}
	again := openAt(t, path, Options{})
	var got []string
	if err := again.Read(context.Background(), All(&got, names)); err != nil || len(got) != 2 {
		t.Errorf("%q, %v", got, err)
	}
}
