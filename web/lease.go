package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"broadsheet/db"
)

// leaseTime is how long a comment counts as read by whoever opened or took it; an open page renews it.
const leaseTime = 2 * time.Minute

const (
	takeAtOnce = 10   // comments that "take the next ten" takes
	maxLeases  = 1000 // of one moderator
)

// leases say who reads which comment. They keep nobody from deciding, and a restart forgets them: they only help
// moderators not to read the same comment twice.
type leases struct {
	mu      sync.Mutex
	held    map[int64]map[int64]lease // comment, then reader
	changed func()                    // told after every change
}

type lease struct {
	name  string
	until time.Time
}

func newLeases(changed func()) *leases {
	return &leases{held: map[int64]map[int64]lease{}, changed: changed}
}

// claim leases a comment to a reader, or renews that. When alone is set it does so only if nobody else reads it, and says
// whether it did.
func (l *leases) claim(comment int64, u *db.User, alone bool, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expire(now)
	readers := l.held[comment]
	_, mine := readers[u.ID]
	if alone && len(readers) > 0 {
		return false
	}
	if readers == nil {
		readers = map[int64]lease{}
		l.held[comment] = readers
	}
	readers[u.ID] = lease{u.Name, now.Add(leaseTime)}
	if !mine {
		l.changed()
	}
	return true
}

// drop ends all leases of a comment: it was decided.
func (l *leases) drop(comment int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.held[comment]) > 0 {
		delete(l.held, comment)
		l.changed()
	}
}

// expire ends the leases that have run out. The caller holds the lock.
func (l *leases) expire(now time.Time) {
	for c, readers := range l.held {
		before := len(readers)
		maps.DeleteFunc(readers, func(_ int64, le lease) bool { return !now.Before(le.until) })
		if len(readers) == 0 {
			delete(l.held, c)
		}
		if len(readers) < before {
			l.changed()
		}
	}
}

// others names, for each comment that somebody else reads, who does.
func (l *leases) others(user int64, now time.Time) map[int64][]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expire(now)
	out := map[int64][]string{}
	for c, readers := range l.held {
		for who, le := range readers {
			if who != user {
				out[c] = append(out[c], le.name)
			}
		}
		slices.Sort(out[c])
		if len(out[c]) == 0 {
			delete(out, c)
		}
	}
	return out
}

// mine lists what a reader holds; empty, not nil, when that is nothing.
func (l *leases) mine(user int64, now time.Time) []int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.expire(now)
	out := []int64{}
	for c, readers := range l.held {
		if _, held := readers[user]; held {
			out = append(out, c)
		}
	}
	return out
}

// readByOthers lists the comments that somebody else reads.
func (s *Server) readByOthers(r *request) []int64 {
	return slices.Collect(maps.Keys(s.leases.others(r.User.ID, r.Now)))
}

// take leases the ten comments that come next in a queue under its filter and that nobody reads, and leads to them.
func (s *Server) takeNext(w http.ResponseWriter, r *request) error {
	fields := r.PostForm
	if address := r.PostFormValue("query"); address != "" {
		var err error
		if fields, err = url.ParseQuery(address); err != nil {
			return fail(http.StatusBadRequest)
		}
	}
	f, err := s.readQueue(r, fields)
	if err != nil {
		return err
	}
	f.after, f.mine, f.Only = nil, true, nil
	ask := db.Ask{Queue: f.queue, Order: f.order, Filter: f.Filter, N: 2 * takeAtOnce}
	ask.NotBy = r.User.ID
	ask.Skip = append(s.readByOthers(r), s.leases.mine(r.User.ID, r.Now)...)
	left := takeAtOnce
	for left > 0 {
		page, err := s.cfg.Archive.Queue(r.Context(), ask)
		if err != nil {
			return err
		}
		for _, c := range page.Rows {
			if left > 0 && s.leases.claim(c.ID, r.User, true, r.Now) {
				left--
			}
		}
		if ask.After = page.Next; page.Next == nil {
			break
		}
	}
	if left == takeAtOnce {
		f.mine = len(s.leases.mine(r.User.ID, r.Now)) > 0
		return redirect(w, r, withDone(f.path(nil), "nothing", ""))
	}
	return redirect(w, r, f.path(nil))
}

// lease says that an open page still reads some comments.
func (s *Server) lease(w http.ResponseWriter, r *request) error {
	comments := r.PostForm["comment"]
	if len(comments) > maxLeases {
		return fail(http.StatusBadRequest)
	}
	for _, c := range comments {
		if id := number(c); id != 0 && len(s.leases.mine(r.User.ID, r.Now)) < maxLeases {
			s.leases.claim(id, r.User, false, r.Now)
		}
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
