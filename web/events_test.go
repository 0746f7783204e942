package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// deskStream is an open stream of the desk's events.
type deskStream struct {
	events chan sentEvent
	cut    context.CancelFunc
	status int
}

type sentEvent struct{ name, id, data string }

// follow opens the desk's events after a row of the log ("" for now) and reads them until it is cut or ends.
func (v *visitor) follow(after string) *deskStream {
	v.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, "GET", v.s.url+"/desk/events", nil)
	if err != nil {
		v.t.Fatal(err)
	}
	if after != "" {
		req.Header.Set("Last-Event-ID", after)
	}
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	d := &deskStream{make(chan sentEvent, 10_000), cancel, res.StatusCode}
	v.t.Cleanup(cancel)
	in := bufio.NewScanner(res.Body)
	in.Buffer(nil, 1<<20)
	open := make(chan struct{})
	go func() {
		defer res.Body.Close()
		defer close(d.events)
		var e sentEvent
		for in.Scan() {
			field, value, _ := strings.Cut(in.Text(), ": ")
			switch {
			case in.Text() == ": open":
				close(open)
			case field == "event":
				e.name = value
			case field == "id":
				e.id = value
			case field == "data":
				e.data = value
			case in.Text() == "" && e.name != "":
				d.events <- e
				e = sentEvent{}
			}
		}
	}()
	select {
	case <-open:
	case <-time.After(patience):
		v.t.Fatal("the stream does not open")
	}
	return d
}

// patience bounds a hang, not a speed.
const patience = time.Minute

// until reads events until one makes enough true; it returns the id of the last one.
func (d *deskStream) until(t testing.TB, enough func(sentEvent) bool) string {
	t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case e, open := <-d.events:
			if !open {
				t.Fatal("the stream ended")
			}
			if enough(e) {
				return e.id
			}
		case <-timeout:
			t.Fatal("what is waited for did not come")
		}
	}
}

// heard collects the changed comments of queue events.
type heard struct {
	ids    []string
	counts map[string]int
}

func (c *heard) take(e sentEvent) {
	var q struct {
		Counts  map[string]int
		Changed []string
	}
	if e.name != "queue" || json.Unmarshal([]byte(e.data), &q) != nil {
		return
	}
	c.ids, c.counts = append(c.ids, q.Changed...), q.Counts
}

// TestEveryDeskHearsOfEveryComment is bar 4: 50 desks, each hears of every comment once and in order; one whose stream was
// cut is told what it missed.
func TestEveryDeskHearsOfEveryComment(t *testing.T) {
	const desks, comments = 50, 40
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	var open []*deskStream
	for range desks {
		open = append(open, desk.follow(""))
	}
	cut := desk.follow("")
	var cutIDs heard
	var sent []string
	var last string
	for i := range comments {
		if i == comments/2 {
			last = cut.until(t, func(e sentEvent) bool { cutIDs.take(e); return len(cutIDs.ids) == i })
			cut.cut()
		}
		sent = append(sent, kim.comment(fmt.Sprint("Comment number ", i)))
	}
	var wg sync.WaitGroup
	for i, d := range open {
		wg.Go(func() {
			var got heard
			d.until(t, func(e sentEvent) bool {
				got.take(e)
				return len(got.ids) >= comments && got.counts["pending"] == comments
			})
			if !slices.Equal(got.ids, sent) {
				t.Errorf("desk %d heard of %v, want %v", i, got.ids, sent)
			}
		})
	}
	wg.Wait()
	again := desk.follow(last)
	again.until(t, func(e sentEvent) bool { cutIDs.take(e); return len(cutIDs.ids) >= comments })
	if !slices.Equal(cutIDs.ids, sent) {
		t.Errorf("the desk that was cut heard of %v, want %v", cutIDs.ids, sent)
	}
	// What is no longer in memory comes from the log.
	var all heard
	desk.follow("1").until(t, func(e sentEvent) bool { all.take(e); return len(all.ids) >= comments })
	if !slices.Equal(all.ids, sent) {
		t.Errorf("from the log: %v, want %v", all.ids, sent)
	}
}

// An open desk tells who decided, and ends with its session.
func TestDeskStream(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	id := kim.comment("One comment")
	d := desk.follow("")
	d.until(t, func(e sentEvent) bool { return e.name == "readers" && e.data == "{}" }) // also to who comes back
	night.approve(id)
	d.until(t, func(e sentEvent) bool {
		return e.name == "queue" && strings.Contains(e.data, `"decided":{"`+id+`":{"by":"night","action":"approve"}}`)
	})
	second := kim.comment("Another")
	want(t, "opening a comment", night.get("/desk/comments/"+second).Status, 200)
	d.until(t, func(e sentEvent) bool { return e.name == "readers" && e.data == `{"`+second+`":["night"]}` })
	desk.post("/logout")
	for range d.events {
	}
	lee := s.as(t, "lee")
	want(t, "a reader", lee.get("/desk/events").Status, 403)
}
