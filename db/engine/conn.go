package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// conn is one connection to the file with its prepared statements. It is used by one goroutine
// at a time. The cache is bounded by the number of SQL constants in the program.
type conn struct {
	c     *sql.Conn
	stmts map[SQL]*sql.Stmt
}

// dial opens one connection of db and prepares hot on it.
func dial(ctx context.Context, db *sql.DB, hot []SQL) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	cn := &conn{c, make(map[SQL]*sql.Stmt)}
	for _, q := range hot {
		if _, err := cn.stmt(q); err != nil {
			cn.close()
			return nil, err
		}
	}
	return cn, nil
}

// close ends the statements, which database/sql leaves open on a Conn and without which SQLite
// would keep the file, then the connection.
func (c *conn) close() error {
	for _, s := range c.stmts {
		s.Close()
	}
	return c.c.Close()
}

// stmt returns q prepared, preparing it the first time.
func (c *conn) stmt(q SQL) (*sql.Stmt, error) {
	if s, ok := c.stmts[q]; ok {
		return s, nil
	}
	s, err := c.c.PrepareContext(context.Background(), string(q))
	if err != nil {
		return nil, fmt.Errorf("cannot prepare %s: %w", q, err)
	}
	c.stmts[q] = s
	return s, nil
}

// exec runs q to its end. No context reaches it.
func (c *conn) exec(q SQL, args ...any) error {
	s, err := c.stmt(q)
	if err != nil {
		return err
	}
	if _, err := s.ExecContext(context.Background(), args...); err != nil {
		return fmt.Errorf("%w, in %s", err, q)
	}
	return nil
}

// check returns nil when a guard holds, else its error, or why it could not be looked at. No context reaches it.
func (c *conn) check(g Check) error {
	found, n, err := c.first(g)
	switch {
	case err != nil:
		return fmt.Errorf("%w, in %s", err, g.SQL)
	case g.Errs != nil && n > 0 && n <= len(g.Errs):
		return g.Errs[n-1]
	case g.Errs != nil && n == 0, g.Errs == nil && found == g.Want:
		return nil
	case g.Err != nil:
		return g.Err
	}
	return fmt.Errorf("a guard does not hold: %s", g.SQL)
}

// first reports whether a guard's SELECT gives a row, and, for one of Rules, the number in it, -1 for none.
func (c *conn) first(g Check) (found bool, n int, err error) {
	s, err := c.stmt(g.SQL)
	if err != nil {
		return false, 0, err
	}
	rows, err := s.QueryContext(context.Background(), g.Args...)
	if err != nil {
		return false, 0, err
	}
	n = -1
	if found = rows.Next(); found && g.Errs != nil {
		err = rows.Scan(&n)
	}
	return found, n, errors.Join(err, rows.Err(), rows.Close())
}

// pool opens a set of connections to the file at path (absolute) that keeps none in reserve:
// a closed connection is really closed. The driver applies _busy_timeout first, then the
// _pragma values by alphabet, then the other settings: so page_size, which a file in WAL mode
// ignores, comes before _journal_mode.
func pool(path string, wait time.Duration, settings url.Values) (*sql.DB, error) {
	settings.Set("_busy_timeout", fmt.Sprint(wait.Milliseconds()))
	u := url.URL{Scheme: "file", Path: path, RawQuery: settings.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(0)
	return db, nil
}

// reading are the settings of a connection that cannot write.
func reading() url.Values { return url.Values{"mode": {"ro"}} }

// writing are the settings of a connection that writes durably.
func writing(o Options) url.Values {
	v := url.Values{
		"mode":          {"rw"},
		"_txlock":       {"immediate"},
		"_pragma":       {"page_size(16384)", "secure_delete(FAST)", "temp_store(MEMORY)"}, // what is erased is gone; journals stay off the disk
		"_foreign_keys": {"1"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"},
	}
	if o.maxPages > 0 {
		v.Add("_pragma", fmt.Sprintf("max_page_count(%d)", o.maxPages))
	}
	return v
}

// patiently repeats f while another connection holds the file's lock, for about wait. SQLite's own
// patience does not cover a new file that two processes turn to WAL at once.
func patiently(ctx context.Context, wait time.Duration, f func() error) error {
	for until := time.Now().Add(wait); ; {
		err := f()
		if !busy(err) || time.Now().After(until) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
