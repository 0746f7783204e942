package web

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"broadsheet/db"
)

const (
	lookEvery  = 100 * time.Millisecond // how often the archive is asked whether anything was committed
	keptNews   = 2000                   // changes kept in memory; who is further behind reads the log
	newsAtOnce = 1000                   // rows of the log read at once
)

// live follows the log for all open desks: one goroutine reads what was committed, by this process or another, and wakes
// whoever waits. It sleeps while no desk is open.
type live struct {
	archive *db.Archive
	log     *slog.Logger
	leases  *leases
	now     func() time.Time

	mu      sync.Mutex
	desks   int
	recent  []db.Change // all changes after first, the oldest first
	first   int64       // a row of the log
	head    int64       // the last row of the log that was read
	totals  db.Totals
	commits uint64
	wake    chan struct{} // closed at every change, then another one
	stopped bool
	stop    chan struct{} // closed when the server stops
}

func newLive(a *db.Archive, log *slog.Logger) *live {
	l := &live{archive: a, log: log, now: a.Now, wake: make(chan struct{}), stop: make(chan struct{})}
	l.leases = newLeases(l.signal)
	return l
}

// signal wakes every open desk.
func (l *live) signal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.wake)
	l.wake = make(chan struct{})
}

// open counts a desk in; the first one begins at the end of the log.
func (l *live) open(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.desks++; l.desks > 1 {
		return nil
	}
	l.commits = l.archive.Commits()
	totals, head, err := l.archive.Totals(ctx)
	if err != nil {
		l.desks--
		return err
	}
	l.recent, l.first, l.head, l.totals = nil, head, head, totals
	return nil
}

// close counts a desk out.
func (l *live) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.desks--
}

// end lets every desk's stream end: the server stops.
func (l *live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.stopped {
		l.stopped = true
		close(l.stop)
	}
}

// run follows the log until the context ends.
func (l *live) run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			l.end()
			return
		case <-tick.C:
			if err := l.look(ctx); err != nil && ctx.Err() == nil {
				l.log.Warn("the open desks are not told what is new, tried again", "err", err)
			}
		}
	}
}

// look reads what was committed since it looked last.
func (l *live) look(ctx context.Context) error {
	l.leases.others(0, l.now()) // lets go of those that have run out
	l.mu.Lock()
	commits, head, idle := l.archive.Commits(), l.head, l.desks == 0 || l.commits == l.archive.Commits()
	l.mu.Unlock()
	if idle {
		return nil
	}
	news, err := l.archive.News(ctx, head, newsAtOnce)
	if err != nil {
		return err
	}
	for _, c := range news.Changes {
		if c.Decides() {
			l.leases.drop(c.Comment)
		}
	}
	l.mu.Lock()
	if l.head == head { // else the last desk closed and another opened meanwhile
		l.recent = append(l.recent, news.Changes...)
		l.head, l.totals = news.Head, news.Totals
		if over := len(l.recent) - keptNews; over > 0 {
			l.first = l.recent[over-1].Seq
			l.recent = append([]db.Change(nil), l.recent[over:]...)
		}
		if !news.Cut {
			l.commits = commits
		}
	}
	l.mu.Unlock()
	l.signal()
	return nil
}

// view is what an open desk is to be told at one moment.
type view struct {
	changes []db.Change
	head    int64 // the log up to here
	missing bool  // the changes reach too far back: the log has them
	totals  db.Totals
	wake    <-chan struct{} // closed when there is more
}

// since is what happened after a row of the log.
func (l *live) since(after int64) view {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := view{head: l.head, totals: l.totals, wake: l.wake, missing: after < l.first}
	for i := len(l.recent); i > 0 && l.recent[i-1].Seq > after; i-- {
		v.changes = l.recent[i-1:]
	}
	return v
}
