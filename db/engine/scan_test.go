package engine

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"
)

type (
	state  string
	level  int
	flag   bool
	digest []byte
	inner  struct{ A, B string }
	hidden struct{ X int }
	untold struct{ More map[string]int }
	fields struct {
		hidden
		inner
		Level level
		Deep  struct {
			When time.Time
			Flag flag
		}
		Left chan int       `sql:"-"`
		Tags []string       `sql:"json"`
		More map[string]int `sql:"json"`
		Pair inner          `sql:"json"`
		Sum  digest
	}
)

func scanned[T any](want T) func(*testing.T, *DB, SQL, ...any) {
	return func(t *testing.T, d *DB, q SQL, args ...any) {
		t.Helper()
		if got := read[T](t, d, q, args...); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", q, got, want)
		}
	}
}

func TestScan(t *testing.T) {
	d := open(t, Options{})
	at := time.Date(2024, 6, 26, 5, 2, 0, 123e6, time.UTC)
	full := fields{hidden{1}, inner{"a", "b"}, 3, struct {
		When time.Time
		Flag flag
	}{at, true}, nil, []string{"x"}, map[string]int{"y": 2}, inner{"p", ""}, digest{255}}
	for _, c := range []struct {
		check func(*testing.T, *DB, SQL, ...any)
		q     SQL
		args  []any
	}{
		{scanned(7), `SELECT 7`, nil},
		{scanned(int64(-1 << 63)), `SELECT -9223372036854775808`, nil},
		{scanned(uint8x(200)), `SELECT 200`, nil},
		{scanned(0), `SELECT NULL`, nil},
		{scanned("é"), `SELECT 'é'`, nil},
		{scanned("a\x00b"), `SELECT ?`, []any{"a\x00b"}},
		{scanned("blob"), `SELECT x'626c6f62'`, nil},
		{scanned(""), `SELECT NULL`, nil},
		{scanned(1.5), `SELECT 1.5`, nil},
		{scanned(2.0), `SELECT 2`, nil},
		{scanned(0.0), `SELECT NULL`, nil},
		{scanned(true), `SELECT 1`, nil},
		{scanned(false), `SELECT NULL`, nil},
		{scanned([]byte("x")), `SELECT x'78'`, nil},
		{scanned([]byte("x")), `SELECT 'x'`, nil},
		{scanned([]byte(nil)), `SELECT NULL`, nil},
		{scanned(at), `SELECT ?`, []any{at.In(time.FixedZone("KST", 9*3600))}},
		{scanned(time.Date(1969, 12, 31, 23, 59, 59, 999e6, time.UTC)), `SELECT -1`, nil},
		{scanned(time.Time{}), `SELECT NULL`, nil},
		{scanned(time.Time{}), `SELECT 0`, nil},
		{scanned(state("open")), `SELECT 'open'`, nil},
		{scanned(level(4)), `SELECT 4`, nil},
		{scanned(flag(true)), `SELECT 1`, nil},
		{scanned(digest{1}), `SELECT x'01'`, nil},
		{scanned(full), `SELECT 1, 'a', 'b', 3, ?, 1, '["x"]', '{"y":2}', '{"A":"p"}', x'ff'`, []any{at}},
		{scanned(fields{}), `SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', '', NULL`, nil},
	} {
		c.check(t, d, c.q, c.args...)
	}
}

type uint8x int16

// A value that was there before is replaced whole, JSON too.
func TestScanOver(t *testing.T) {
	d := open(t, Options{})
	v := struct {
		M map[string]int `sql:"json"`
		S string
	}{map[string]int{"old": 1}, "old"}
	if err := d.Read(context.Background(), One(&v, `SELECT '{"new":2}', NULL`)); err != nil || len(v.M) != 1 || v.M["new"] != 2 || v.S != "" {
		t.Errorf("%v, %v", v, err)
	}
}

func TestScanMany(t *testing.T) {
	d := open(t, Options{})
	var got []inner
	err := d.Read(context.Background(), All(&got, `SELECT * FROM (VALUES ('a', 'b'), ('c', NULL), (NULL, 'd'))`))
	if want := []inner{{"a", "b"}, {"c", ""}, {"", "d"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestScanRefuses(t *testing.T) {
	d := open(t, Options{})
	for _, c := range []struct {
		q    Query
		says string
	}{
		{One(new(int), `SELECT 'seven'`), "string"},
		{One(new(int), `SELECT 7.5`), "float64"},
		{One(new(int8), `SELECT 300`), "int8"},
		{One(new(bool), `SELECT 'true'`), "bool"},
		{One(new(string), `SELECT 7`), "int64"},
		{One(new(float64), `SELECT 'x'`), "float64"},
		{One(new([]byte), `SELECT 7`), "int64"},
		{One(new(time.Time), `SELECT '2024-01-01'`), "time.Time"},
		{One(new(inner), `SELECT 'a'`), "1 columns (" + "'a'" + ") for 2 fields, in SELECT 'a'"},
		{One(new(inner), `SELECT 'a', 'b', 'c' WHERE 0`), "3 columns"},
		{One(new(struct {
			V []int `sql:"json"`
		}), `SELECT '{'`), "column 1"},
		{One(new(struct {
			V []int `sql:"json"`
		}), `SELECT 7`), "column 1"},
		{One(new(untold), `SELECT 1`), "field More"},
		{One(new(map[string]int), `SELECT 1`), "map[string]int"},
		{One(new(*int), `SELECT 1`), "*int"},
	} {
		if err := d.Read(context.Background(), c.q); err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), string(c.q.SQL)) {
			t.Errorf("%s: error %v, want %q in it", c.q.SQL, err, c.says)
		}
	}
}

func TestArgs(t *testing.T) {
	d := open(t, Options{})
	at := time.UnixMilli(1719378120123)
	for _, c := range []struct {
		arg  any
		want string // type and value as SQLite has them
	}{
		{nil, "null NULL"},
		{7, "integer 7"}, {int8(7), "integer 7"}, {int64(7), "integer 7"}, {uint16(7), "integer 7"}, {level(7), "integer 7"},
		{1.5, "real 1.5"}, {float32(1.5), "real 1.5"},
		{true, "integer 1"}, {flag(false), "integer 0"},
		{"it's", "text 'it''s'"}, {state("open"), "text 'open'"}, {SQL("x"), "text 'x'"}, {"", "text ''"},
		{[]byte{1}, "blob X'01'"}, {digest{1}, "blob X'01'"}, {[]byte(nil), "null NULL"}, {digest(nil), "null NULL"},
		{[]byte{}, "blob X''"},
		{at, "integer 1719378120123"}, {time.Time{}, "null NULL"},
	} {
		if got := read[string](t, d, `SELECT typeof(?1) || ' ' || quote(?1)`, c.arg); got != c.want {
			t.Errorf("%T %v: %s, want %s", c.arg, c.arg, got, c.want)
		}
	}
	for _, bad := range []any{time.Second, uint64(1 << 63), inner{}, &at, []int{1}, map[string]int{}, new(int)} {
		if err := d.Read(context.Background(), One(new(string), `SELECT ?`, bad)); err == nil || !strings.Contains(err.Error(), "argument 1") {
			t.Errorf("%T: %v", bad, err)
		}
	}
}
