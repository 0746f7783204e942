package engine

import (
	"context"
	"database/sql"
	"errors"
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
	quiet bool
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

func openWriter(ctx context.Context, db *sql.DB, o Options, generation, commits *atomic.Uint64) (*writer, error) {
	w := &writer{
		queue: make(chan *job, o.Queue), ended: make(chan struct{}),
		db: db, hot: o.Hot, group: o.Group, wait: o.wait, log: o.Log,
		foreign: foreign{generation: generation, commits: commits},
	}
	if err := patiently(ctx, o.wait, w.ready); err != nil {
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
	j := &job{guard: make([]Check, len(b.Guard)), do: make([]Stmt, len(b.Do)), quiet: b.Quiet, done: make(chan error, 1)}
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
	}
	err := w.foreign.look(w.conn)
	if err != nil {
		w.drop()
	}
	return err
}

// drop closes the connection, which rolls back whatever is open on it; ready opens another.
func (w *writer) drop() {
	if w.conn == nil {
		return
	}
	if err := w.conn.close(); err != nil {
		w.log.Error("the writer's connection did not close cleanly", "err", err)
	}
	w.conn = nil
	w.foreign.seen = 0
}
