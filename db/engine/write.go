package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	lookEvery = 250 * time.Millisecond // how often an idle writer looks for foreign commits
	lockPoll  = 200 * time.Millisecond // how long it waits for the lock between two looks
)

// job is a batch on its way through the writer.
type job struct {
	guard []Check // Args as the driver takes them
	do    []Stmt
	turn  atomic.Bool // taken by the writer, or by a caller who gave up waiting: whoever is first
	err   error       // its own failure, while the group goes on
	done  chan error
}

// writer owns the one connection that writes. Everything below the queue belongs to its goroutine.
type writer struct {
	mu     sync.RWMutex // held while sending, so that close comes after the last send
	closed bool
	queue  chan *job
	ended  chan struct{}

	db      *sql.DB
	hot     []SQL
	conn    *conn // nil when it could not be replaced yet
	group   int
	wait    time.Duration // for a lock held by another connection
	foreign foreign
	log     *slog.Logger
}

func openWriter(ctx context.Context, db *sql.DB, o Options, generation *atomic.Uint64) (*writer, error) {
	c, err := dial(ctx, db, o.Hot)
	if err != nil {
		db.Close()
		return nil, err
	}
	w := &writer{
		queue: make(chan *job, o.Queue), ended: make(chan struct{}),
		db: db, hot: o.Hot, conn: c, group: o.Group, wait: o.wait, log: o.Log,
		foreign: foreign{generation: generation},
	}
	if err := w.foreign.look(c); err != nil {
		db.Close()
		return nil, err
	}
	go w.run()
	return w, nil
}

// write hands b to the writer and waits for its result.
func (w *writer) write(ctx context.Context, b Batch) error {
	j, err := newJob(b)
	if err != nil {
		return err
	}
	if err := w.send(j); err != nil {
		return err
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		if j.turn.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		return <-j.done
	}
}

func newJob(b Batch) (*job, error) {
	j := &job{guard: make([]Check, len(b.Guard)), do: make([]Stmt, len(b.Do)), done: make(chan error, 1)}
	var err error
	for i, g := range b.Guard {
		if g.Args, err = bind(g.SQL, g.Args); err != nil {
			return nil, err
		}
		j.guard[i] = g
	}
	for i, s := range b.Do {
		if s.Args, err = bind(s.SQL, s.Args); err != nil {
			return nil, err
		}
		j.do[i] = s
	}
	return j, nil
}

func (w *writer) send(j *job) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return ErrClosed
	}
	select {
	case w.queue <- j:
		return nil
	default:
		return ErrQueueFull
	}
}

// drain refuses further batches and returns when the last one is answered.
func (w *writer) drain() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.ended
}

// close is drain, then the end of the connection.
func (w *writer) close() error {
	w.drain()
	var err error
	if w.conn != nil {
		err = w.conn.close()
	}
	return errors.Join(err, w.db.Close())
}

func (w *writer) run() {
	defer close(w.ended)
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case j, open := <-w.queue:
			if !open {
				return
			}
			w.serve(j)
		case <-tick.C:
			if err := w.ready(); err != nil {
				w.log.Error("cannot look for foreign commits", "err", err)
			}
		}
	}
}

// ready makes sure that there is a connection and looks for foreign commits.
func (w *writer) ready() error {
	if w.conn == nil {
		c, err := dial(context.Background(), w.db, w.hot)
		if err != nil {
			return err
		}
		w.conn = c
		w.foreign.restart()
	}
	err := w.foreign.look(w.conn)
	if err != nil {
		w.drop()
	}
	return err
}

// drop closes the connection, which rolls back whatever is open on it; ready opens another.
func (w *writer) drop() {
	if err := w.conn.close(); err != nil {
		w.log.Error("the writer's connection did not close cleanly", "err", err)
	}
	w.conn = nil
}

// serve runs one group, the first batch and those that wait behind it, and answers all of them.
func (w *writer) serve(first *job) {
	group, err := w.commit(first)
	if err != nil {
		w.log.Error("a group of writes failed", "batches", len(group), "err", err)
	}
	for _, j := range group {
		if err != nil {
			j.err = err
		}
		j.done <- j.err
	}
}

// commit runs batches until none waits or the group is full, and commits them. An error is the
// result of every batch of the group: even of one that failed alone, for it may have failed
// because of what a neighbour wrote, and that is undone now.
func (w *writer) commit(first *job) (group []*job, err error) {
	if err := w.begin(); err != nil {
		return w.take(first, func(*job) error { return nil }), err
	}
	any := false // a batch that succeeded
	group = w.take(first, func(j *job) error {
		err = w.batch(j)
		any = any || j.err == nil
		return err
	})
	end := SQL("COMMIT")
	if !any {
		end = "ROLLBACK"
	}
	if err == nil {
		err = w.conn.exec(end)
	}
	if err != nil {
		w.drop()
	} else if any {
		w.foreign.generation.Add(1)
	}
	return group, err
}

// take claims jobs, calls run for each and returns them, until none waits, the group is full or
// run fails.
func (w *writer) take(j *job, run func(*job) error) (group []*job) {
	for {
		if j.turn.CompareAndSwap(false, true) {
			group = append(group, j)
			if run(j) != nil || len(group) == w.group {
				return group
			}
		}
		select {
		case next, open := <-w.queue:
			if !open {
				return group
			}
			j = next
		default:
			return group
		}
	}
}

// begin starts the group's transaction. While another connection holds the lock it keeps looking
// for foreign commits; inside the lock it looks once more, and then there are none until COMMIT.
func (w *writer) begin() error {
	for until := time.Now().Add(w.wait); ; {
		if w.conn == nil {
			if err := w.ready(); err != nil {
				return err
			}
		}
		err := w.conn.exec("BEGIN IMMEDIATE")
		switch {
		case err == nil:
			return w.ready()
		case !busy(err):
			w.drop()
			return err
		case !time.Now().Before(until):
			return err
		}
		if err := w.ready(); err != nil {
			return err
		}
	}
}

// batch runs one batch in its savepoint. A failure of its own goes to j.err and leaves no trace;
// an error returned ends the group.
func (w *writer) batch(j *job) error {
	if err := w.conn.exec("SAVEPOINT batch"); err != nil {
		return err
	}
	j.err = w.apply(j)
	if endsGroup(j.err) {
		return j.err
	}
	if j.err != nil {
		if err := w.conn.exec("ROLLBACK TO batch"); err != nil {
			return fmt.Errorf("%w: %v, after %v", errLost, err, j.err)
		}
	}
	if err := w.conn.exec("RELEASE batch"); err != nil {
		return fmt.Errorf("%w: %v", errLost, err)
	}
	return nil
}

func (w *writer) apply(j *job) error {
	for _, g := range j.guard {
		found, err := w.conn.exists(g.SQL, g.Args...)
		if err != nil {
			return err
		}
		if found != g.Want {
			if g.Err == nil {
				return fmt.Errorf("a guard does not hold: %s", g.SQL)
			}
			return g.Err
		}
	}
	for _, s := range j.do {
		if err := w.conn.exec(s.SQL, s.Args...); err != nil {
			return err
		}
	}
	return nil
}
