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
//
// Batches hardly ever fail once their guards hold. So they run without savepoints, for which SQLite
// copies every page that a batch touches; when a statement fails, the group runs again with them.
func (w *writer) commit(first *job) (group []*job, err error) {
	if err := w.begin(); err != nil {
		return w.take(first, func(*job) error { return nil }), err
	}
	spoilt := false
	group = w.take(first, func(j *job) error {
		if !spoilt {
			spoilt, err = w.plain(j)
		}
		return err
	})
	if spoilt {
		err = w.again(group)
	}
	good, loud := false, false // a batch that succeeded, one that was not quiet
	for _, j := range group {
		good = good || j.err == nil
		loud = loud || j.err == nil && !j.quiet
	}
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

// again undoes what the batches of a group did and runs each in a savepoint.
func (w *writer) again(group []*job) error {
	if err := w.conn.exec("ROLLBACK"); err != nil {
		return fmt.Errorf("%w: %v", errLost, err)
	}
	if err := w.begin(); err != nil {
		return err
	}
	for _, j := range group {
		if err := w.saved(j); err != nil {
			return err
		}
	}
	return nil
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

// plain runs one batch. A failure of its own goes to j.err; when that leaves traces, the transaction is spoilt. An
// error returned ends the group.
func (w *writer) plain(j *job) (spoilt bool, err error) {
	began, err := w.apply(j)
	j.err = err
	if endsGroup(err) {
		return false, err
	}
	return began && err != nil, nil
}

// saved runs one batch in its savepoint. A failure of its own goes to j.err and leaves no trace;
// an error returned ends the group.
func (w *writer) saved(j *job) error {
	if err := w.conn.exec("SAVEPOINT batch"); err != nil {
		return err
	}
	_, j.err = w.apply(j)
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

// apply looks at the guards of a batch and runs its statements, up to the first that fails. It says whether it began
// to change anything.
func (w *writer) apply(j *job) (began bool, err error) {
	for _, g := range j.guard {
		if err := w.conn.check(g); err != nil {
			return false, err
		}
	}
	for _, s := range j.do {
		if err := w.conn.exec(s.SQL, s.Args...); err != nil {
			return true, err
		}
	}
	return true, nil
}
