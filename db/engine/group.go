package engine

import (
	"fmt"
	"runtime"
	"time"
)

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
	good, loud := false, false // a batch that succeeded, one that was not quiet
	group = w.take(first, func(j *job) error {
		err = w.batch(j)
		good = good || j.err == nil
		loud = loud || j.err == nil && !j.quiet
		return err
	})
	end := SQL("COMMIT")
	if !good {
		end = "ROLLBACK"
	}
	if err == nil {
		err = w.conn.exec(end)
	}
	if err != nil {
		w.drop()
	} else if good {
		w.foreign.moved(loud)
	}
	return group, err
}

// take claims jobs, calls run for each and returns them, until none waits, the group is full or
// run fails. Before it believes that none waits, it lets whoever is ready to run go first: on a busy
// machine those are the callers on their way here, and the commit is shared by more of them; on an
// idle one there is nobody and it costs nothing.
func (w *writer) take(j *job, run func(*job) error) (group []*job) {
	for {
		if j.turn.CompareAndSwap(false, true) {
			group = append(group, j)
			if run(j) != nil || len(group) == w.group {
				return group
			}
		}
		if len(w.queue) == 0 && len(group) < w.group {
			runtime.Gosched()
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
		err := w.ready()
		if err == nil {
			err = w.conn.exec("BEGIN IMMEDIATE")
		}
		switch {
		case err == nil:
			return w.ready()
		case !busy(err):
			w.drop()
			return err
		case !time.Now().Before(until):
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
		found, n, err := w.conn.check(g)
		switch {
		case err != nil:
			return err
		case g.Errs != nil && n > 0 && n <= len(g.Errs):
			return g.Errs[n-1]
		case g.Errs != nil && n == 0, g.Errs == nil && found == g.Want:
		case g.Err != nil:
			return g.Err
		default:
			return fmt.Errorf("a guard does not hold: %s", g.SQL)
		}
	}
	for _, s := range j.do {
		if err := w.conn.exec(s.SQL, s.Args...); err != nil {
			return err
		}
	}
	return nil
}
