package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// readers are the connections that read. They are opened read-only, after migration.
type readers struct {
	db   *sql.DB
	hot  []SQL
	idle chan *conn // nil in place of a connection that could not be replaced yet
	gone chan struct{}
	plan plans
}

func openReaders(ctx context.Context, db *sql.DB, n int, hot []SQL) (*readers, error) {
	r := &readers{db: db, idle: make(chan *conn, n), gone: make(chan struct{})}
	for _, q := range hot {
		if selects(q) {
			r.hot = append(r.hot, q)
		}
	}
	for range n {
		c, err := dial(ctx, db, r.hot)
		if err != nil {
			db.Close()
			return nil, err
		}
		r.idle <- c
	}
	return r, nil
}

// close waits for the reads under way, then closes every connection.
func (r *readers) close() error {
	close(r.gone)
	var errs []error
	for range cap(r.idle) {
		if c := <-r.idle; c != nil {
			errs = append(errs, c.close())
		}
	}
	return errors.Join(append(errs, r.db.Close())...)
}

func (r *readers) read(ctx context.Context, qs []Query) error {
	select {
	case <-r.gone:
		return ErrClosed
	default:
	}
	select {
	case <-r.gone:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	case c := <-r.idle:
		return r.use(ctx, c, qs)
	}
}

// use runs the queries on c, or on a new connection when c is nil, and gives it back, or nil in
// its place when it is no longer fit for use.
func (r *readers) use(ctx context.Context, c *conn, qs []Query) (err error) {
	fit := false
	defer func() {
		if !fit && c != nil {
			c.close()
			c = nil
		}
		r.idle <- c
	}()
	if c == nil {
		if c, err = dial(context.Background(), r.db, r.hot); err != nil {
			return err
		}
	}
	err = r.run(ctx, c, qs)
	fit = err == nil || tidy(c, err, len(qs) > 1)
	return err
}

// run runs the queries: one by itself, several on one snapshot.
func (r *readers) run(ctx context.Context, c *conn, qs []Query) error {
	if len(qs) == 1 {
		return r.query(ctx, c, &qs[0])
	}
	if err := c.exec("BEGIN"); err != nil {
		return err
	}
	for i := range qs {
		if err := r.query(ctx, c, &qs[i]); err != nil {
			return err
		}
	}
	return c.exec("ROLLBACK")
}

func (r *readers) query(ctx context.Context, c *conn, q *Query) (err error) {
	if q.scan == nil {
		return fmt.Errorf("query without a destination: make it with One, Maybe or All: %s", q.SQL)
	}
	args, err := bind(q.SQL, q.Args)
	if err != nil {
		return err
	}
	s, err := c.stmt(q.SQL)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w, in %s", err, q.SQL)
		}
	}()
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := rows.Close(); err == nil {
			err = cerr
		}
	}()
	cur, err := newCursor(rows, r.plan.of(q.into))
	if err != nil {
		return err
	}
	return q.scan(cur)
}

// tidy leaves c without a transaction after a read that failed with err, and reports whether it
// may be used again.
func tidy(c *conn, err error, began bool) bool {
	switch {
	case began:
		return c.exec("ROLLBACK") == nil
	case errors.Is(err, fs.ErrNotExist):
		return true
	}
	return c.exec("BEGIN") == nil && c.exec("ROLLBACK") == nil
}

// selects reports whether q is a SELECT, by its first word.
func selects(q SQL) bool {
	words := strings.Fields(string(q))
	return len(words) > 0 && (strings.EqualFold(words[0], "SELECT") || strings.EqualFold(words[0], "WITH"))
}
