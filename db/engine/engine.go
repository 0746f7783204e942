// Package engine is the two verbs over one SQLite file: Read runs queries on one snapshot, Write
// applies one batch atomically and durably. Nothing outside sees a transaction or a driver.
package engine

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"
)

// Options say how a file is opened. Only Migrations is needed.
type Options struct {
	Migrations fs.FS        // NNNN_name.sql at its root, applied in the order of their names
	Hot        []SQL        // statements prepared by Open, on every connection
	Group      int          // most batches per commit; 0: 128
	Queue      int          // most batches waiting; 0: 1024
	Readers    int          // connections that read; 0: 2 for each processor, at least 4
	Log        *slog.Logger // failures of groups; nil: nowhere

	wait     time.Duration // for a lock held by another connection; 0: 5 s
	maxPages int           // of the file; 0: no limit
}

// DB is an open file. It is safe for concurrent use.
type DB struct {
	w          *writer
	r          *readers
	generation atomic.Uint64
	commits    atomic.Uint64
	lastID     atomic.Int64
}

// Open opens the file at path, creates it when it is not there, and applies the migrations it
// lacks, all of them or none. Several processes may open the same file at once.
//
// A file that has a migration unknown here gives ErrNewer; a file that is not an SQLite database,
// or is another program's, gives an error too. Such a file is left as it is.
// A hot statement that does not prepare fails Open, and the error names it.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	o.defaults()
	if err := migrate(ctx, path, o); err != nil {
		return nil, err
	}
	wdb, err := pool(path, min(o.wait, lockPoll), writing(o))
	if err != nil {
		return nil, err
	}
	d := &DB{}
	if d.w, err = openWriter(ctx, wdb, o, &d.generation, &d.commits); err != nil {
		return nil, err
	}
	rdb, err := pool(path, o.wait, reading())
	if err == nil {
		d.r, err = openReaders(ctx, rdb, o.Readers, o.Hot)
	}
	if err != nil {
		d.w.close()
		return nil, err
	}
	return d, nil
}

func (o *Options) defaults() {
	set := func(n *int, to int) {
		if *n <= 0 {
			*n = to
		}
	}
	set(&o.Group, 128)
	set(&o.Queue, 1024)
	set(&o.Readers, max(4, 2*runtime.GOMAXPROCS(0)))
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.wait <= 0 {
		o.wait = 5 * time.Second
	}
}

// Read runs the queries in order on one snapshot and fills their destinations. After an error
// some destinations may be filled. When ctx ends, the query under way is interrupted.
func (d *DB) Read(ctx context.Context, qs ...Query) error {
	if len(qs) == 0 {
		return nil
	}
	return d.r.read(ctx, qs)
}

// Write applies b, durably when it returns nil. Otherwise nothing of b was applied: the error is
// the Err of the first guard that does not hold, that of the statement that failed, or one that
// is Unavailable. ctx bounds the wait for a turn: when it ends earlier, b is never applied and
// the error is ctx.Err(); afterwards the result counts, whatever becomes of ctx.
func (d *DB) Write(ctx context.Context, b Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.w.write(ctx, b)
}

// Generation is a number that changes with every commit: one of ours, unless all of it was quiet,
// before its Write returns, one of another process at most 250 ms later. What is read after loading it is good for as long
// as it stays.
func (d *DB) Generation() uint64 { return d.generation.Load() }

// Commits is like Generation, and changes with quiet commits too: what is read of anything after
// loading it is good for as long as it stays.
func (d *DB) Commits() uint64 { return d.commits.Load() }

// Now is the time, in UTC, to the millisecond: as precise as it is stored.
func (d *DB) Now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// NewID returns an id greater than every one it returned before: the milliseconds since
// 2024-01-01 UTC in the upper bits, 20 random ones below, so that two processes hardly meet.
// It does not fit a JavaScript number: hand it to a browser as text.
func (d *DB) NewID() int64 {
	const epoch = 1704067200000 // 2024-01-01T00:00:00Z, unix milliseconds
	id := (time.Now().UnixMilli()-epoch)<<20 | rand.Int64N(1<<20)
	for {
		last := d.lastID.Load()
		id = max(id, last+1)
		if d.lastID.CompareAndSwap(last, id) {
			return id
		}
	}
}

// Close applies the batches that wait, lets the reads under way end, and closes the file. Later
// reads and writes get ErrClosed. It is called once.
func (d *DB) Close() error {
	// The reads end first, so that the connection closed last can fold the log into the file.
	d.w.drain()
	return errors.Join(d.r.close(), d.w.close())
}
