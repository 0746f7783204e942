package engine

import (
	"context"
	"errors"
	"io/fs"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"
)

func TestReadSnapshot(t *testing.T) {
	d := open(t, Options{})
	write(t, d, Do(addAccount, 1, "anna", 1))
	g := newGate(t)
	var before, after, through int64
	done := async(func() error {
		return d.Read(context.Background(), One(&before, cents, 1), One(&through, pass, g.id), One(&after, cents, 1))
	})
	<-g.reached
	write(t, d, Do(changeBy, 1, 1))
	g.open()
	if err := <-done; err != nil || before != 1 || after != 1 {
		t.Errorf("%d, then %d, %v", before, after, err)
	}
	if got := read[int64](t, d, cents, 1); got != 2 {
		t.Errorf("a read after the write: %d", got)
	}
}

func TestReadNothing(t *testing.T) {
	d := open(t, Options{Readers: 1})
	n, found, list := 7, true, []int{1}
	if err := d.Read(context.Background()); err != nil {
		t.Error(err)
	}
	err := d.Read(context.Background(), Maybe(&n, &found, cents, 1), All(&list, cents, 1))
	if err != nil || found || n != 7 || list == nil || len(list) != 0 {
		t.Errorf("%v %v %#v %v", n, found, list, err)
	}
	for range 2 {
		if err := d.Read(context.Background(), One(&n, cents, 1)); !errors.Is(err, fs.ErrNotExist) || n != 7 {
			t.Errorf("%d, %v", n, err)
		}
		if err := d.Read(context.Background(), One(&n, cents, 1), One(&n, entries)); !errors.Is(err, fs.ErrNotExist) || n != 7 {
			t.Errorf("%d, %v", n, err)
		}
	}
}

// endless starts at the gate and then never gives a row.
const endless SQL = `WITH RECURSIVE n(i) AS (SELECT gate(?) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`

// After a failure of any kind the one connection serves the next read.
func TestReadFails(t *testing.T) {
	d := open(t, Options{Readers: 1})
	write(t, d, Do(addAccount, 1, "anna", 1))
	var n int
	var text []string
	for _, c := range []struct {
		name string
		q    Query
		want func(error) bool
	}{
		{"no destination", Query{SQL: names}, says("destination")},
		{"syntax", All(&text, `SELECT FROM`), says("SELECT FROM")},
		{"missing argument", One(&n, cents), fails},
		{"bad argument", One(&n, cents, t), says("argument 1")},
		{"too many columns", All(&text, `SELECT 'a', 'b'`), says("2 columns (")},
		{"wrong type", One(&n, names), says("string")},
		{"fails at the second row", All(&text, `SELECT json(column1) FROM (VALUES ('1'), ('{'))`), fails},
		{"writes", All(&text, `UPDATE account SET cents = 99`), func(err error) bool { return primary(err) == sqlite3.SQLITE_READONLY }},
		{"cannot be read", One(&struct{ C chan int }{}, entries), says("field C")},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, qs := range [][]Query{{c.q}, {One(&n, entries), c.q, One(&n, entries)}} {
				if err := d.Read(context.Background(), qs...); !c.want(err) {
					t.Errorf("error: %v", err)
				}
				if got := read[int](t, d, cents, 1); got != 1 {
					t.Errorf("afterwards: %d cents, want 1", got)
				}
			}
		})
	}
}

func TestReadContext(t *testing.T) {
	d := open(t, Options{Readers: 1})
	write(t, d, Do(addAccount, 1, "anna", 1))
	g := newGate(t)
	g.open()
	var n int
	for _, qs := range [][]Query{{One(&n, endless, g.id)}, {One(&n, entries), One(&n, endless, g.id)}} {
		ctx, cancel := context.WithCancel(context.Background())
		running := async(func() error { return d.Read(ctx, qs...) })
		<-g.reached
		waiting := async(func() error { return d.Read(ctx, One(&n, entries)) })
		cancel()
		for _, r := range []<-chan error{running, waiting} {
			if err := <-r; !errors.Is(err, context.Canceled) {
				t.Errorf("error: %v", err)
			}
		}
		if got := read[int](t, d, cents, 1); got != 1 {
			t.Errorf("afterwards: %d cents", got)
		}
		write(t, d, Do(changeBy, 0, 1))
	}
}

// bomb panics when it is decoded.
type bomb struct{}

func (*bomb) UnmarshalJSON([]byte) error { panic("bomb") }

func TestReadPanics(t *testing.T) {
	d := open(t, Options{Readers: 1})
	var row struct {
		B bomb `sql:"json"`
	}
	var n int
	func() {
		defer func() { recover() }()
		d.Read(context.Background(), One(&n, entries), One(&row, `SELECT '1'`))
	}()
	write(t, d, Do(addAccount, 1, "anna", 1))
	if got := read[int](t, d, cents, 1); got != 1 {
		t.Errorf("%d cents: the connection still has its old snapshot", got)
	}
}
