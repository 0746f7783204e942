package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"broadsheet/db"
)

const (
	beatEvery = 15 * time.Second // a sign of life on a silent stream
	writeWait = 30 * time.Second // for a desk that does not read
)

// queueEvent is what an open desk is told: how many comments each queue has, and which comments have changed. Ids are texts:
// they do not fit a number of JavaScript.
type queueEvent struct {
	Counts  map[db.QueueName]int `json:"counts"`
	More    []db.QueueName       `json:"more"`    // queues that have more than is counted
	Changed []string             `json:"changed"` // in the order of the log, each once
	Decided map[string]decidedBy `json:"decided"`
}

// decidedBy is who decided what last.
type decidedBy struct {
	By     string `json:"by"`
	Action string `json:"action"`
}

// stream is one open desk.
type stream struct {
	w       http.ResponseWriter
	rc      *http.ResponseController
	user    int64 // who has it open
	last    int64 // row of the log up to which the desk knows
	totals  db.Totals
	readers string // as they were sent last
}

// events is the open desk: server-sent events from after a row of the log on (Last-Event-ID, else "after", else now).
func (s *Server) events(w http.ResponseWriter, r *request) error {
	if err := s.live.open(r.Context()); err != nil {
		return err
	}
	defer s.live.close()
	s.liveOnce.Do(func() { s.jobs.start(s.live.run) })
	head := s.live.since(0).head
	st := &stream{w: w, rc: http.NewResponseController(w), user: r.User.ID, last: head}
	for _, v := range []string{r.FormValue("after"), r.Header.Get("Last-Event-ID")} {
		if v != "" {
			st.last = min(number(v), head) // beyond it: of a log that has been replaced
		}
	}
	st.rc.SetReadDeadline(time.Time{}) // the request is read; where this cannot be set nothing bounds it
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // proxies hand on at once
	if err := st.write("retry: 1000\n: open\n\n"); err != nil {
		return nil // the desk has gone
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		v := s.live.since(st.last)
		if !s.stillIn(r) || s.tell(st, r, v) != nil {
			return nil
		}
		select {
		case <-v.wake:
		case <-beat.C:
			if st.write(": \n\n") != nil {
				return nil
			}
		case <-s.live.stop:
			return nil
		case <-r.Context().Done():
			return nil
		}
	}
}

// stillIn reports whether the session of an open desk goes on, and notes that it is used.
func (s *Server) stillIn(r *request) bool {
	in, err := s.store.find(r.Context(), [32]byte(r.Session.Hash))
	now := s.cfg.Archive.Now()
	if err != nil || over(in, now) || !in.User.Role.Staff() {
		return false
	}
	if now.Sub(in.Session.Used) > touchEvery {
		if err := s.cfg.Archive.TouchSession(r.Context(), in.Session.Hash, now); err != nil {
			s.cfg.Log.Warn("session not touched", "err", err)
		}
	}
	return true
}

// tell sends what is new. What the server no longer has in memory comes from the log.
func (s *Server) tell(st *stream, r *request, v view) error {
	changes := v.changes
	for v.missing && st.last < v.head {
		var err error
		if changes, err = s.cfg.Archive.Changes(r.Context(), st.last, newsAtOnce); err != nil {
			return err
		}
		if len(changes) < newsAtOnce {
			break
		}
		if err := st.send(changes, changes[len(changes)-1].Seq, v.totals); err != nil {
			return err
		}
	}
	head := v.head
	if len(changes) > 0 {
		head = max(head, changes[len(changes)-1].Seq)
	}
	if len(changes) > 0 || !maps.Equal(st.totals, v.totals) {
		if err := st.send(changes, max(head, st.last), v.totals); err != nil {
			return err
		}
	}
	st.last = max(head, st.last)
	return st.sendReaders(s.live.leases.others(r.User.ID, s.cfg.Archive.Now()))
}

// send is one event of the queue.
func (st *stream) send(changes []db.Change, id int64, totals db.Totals) error {
	e := queueEvent{Counts: map[db.QueueName]int{}, More: []db.QueueName{}, Changed: []string{}, Decided: map[string]decidedBy{}}
	for q, n := range totals {
		if e.Counts[q] = min(n, db.CountLimit); n > db.CountLimit {
			e.More = append(e.More, q)
		}
	}
	seen := map[int64]bool{}
	for _, c := range changes {
		if c.FromOthers() && c.Author == st.user {
			continue
		}
		text := itoa(c.Comment)
		if !seen[c.Comment] {
			seen[c.Comment] = true
			e.Changed = append(e.Changed, text)
		}
		if delete(e.Decided, text); c.Decides() {
			e.Decided[text] = decidedBy{c.Name, strings.TrimPrefix(c.Action, "comment.")}
		}
	}
	st.last, st.totals = id, totals
	return st.event("queue", id, e)
}

// sendReaders is one event of who reads what: at first, since the desk may come back with readers who have gone meanwhile,
// and when that has changed.
func (st *stream) sendReaders(others map[int64][]string) error {
	doc, err := json.Marshal(others)
	if err != nil || string(doc) == st.readers {
		return err
	}
	st.readers = string(doc)
	return st.event("readers", 0, others)
}

// event writes one event; an id of 0 leaves the desk's last one.
func (st *stream) event(name string, id int64, data any) error {
	doc, err := json.Marshal(data)
	if err != nil {
		return err
	}
	if id == 0 {
		return st.write(fmt.Sprintf("event: %s\ndata: %s\n\n", name, doc))
	}
	return st.write(fmt.Sprintf("event: %s\nid: %d\ndata: %s\n\n", name, id, doc))
}

// write sends text at once; each write has its own time, whatever the server grants an answer.
func (st *stream) write(text string) error {
	st.rc.SetWriteDeadline(time.Now().Add(writeWait)) // where this cannot be set the server's own bound holds
	if _, err := st.w.Write([]byte(text)); err != nil {
		return err
	}
	return st.rc.Flush()
}
