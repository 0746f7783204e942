package web

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/db"
)

var rowID = regexp.MustCompile(`<li data-comment="(\d+)" data-version`)

// rowsOf are the comments of a page of the queue, in their order.
func rowsOf(page string) (ids []string) {
	for _, m := range rowID.FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestTakeTheNextTen(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	var ids []string
	for i := range 25 {
		ids = append(ids, kim.comment(fmt.Sprint("Comment number ", i)))
	}
	desk.comment("The desk's own, in between")
	taken := func(v *visitor, fields ...string) []string {
		r := v.post("/desk/take", fields...)
		want(t, "taking", r.Status, 303)
		return rowsOf(v.get(r.location()).Body)
	}
	want(t, "one that is being read", night.get("/desk/comments/"+ids[0]).Status, 200)
	if got := taken(desk, "queue", "pending"); !slices.Equal(got, ids[1:11]) {
		t.Errorf("the first ten: %v, want %v", got, ids[1:11])
	}
	got := taken(night, "query", "queue=pending&q=number")
	if wanted := append([]string{ids[0]}, ids[11:21]...); !slices.Equal(got, wanted) {
		t.Errorf("the other moderator's, with what is open: %v, want %v", got, wanted)
	}
	page := night.get("/desk").Body
	if n := strings.Count(page, "Being read by <bdi>desk</bdi>"); n != 10 {
		t.Errorf("%d rows say that the desk reads them", n)
	}
	next := attr(t, desk.get("/desk/comments/"+ids[1]).Body, `href="/desk/comments/(\d+)" rel="next"`)
	if !slices.Contains(ids[1:11], next) && !slices.Contains(ids[21:], next) {
		t.Errorf("the next one is %s, which the other moderator reads", next)
	}
	night.approve(ids[1]) // nobody is kept from deciding
	if got := rowsOf(desk.get("/desk?mine=1").Body); !slices.Equal(got, ids[2:11]) {
		t.Errorf("after one was decided: %v, want %v", got, ids[2:11])
	}
	want(t, "renewing", desk.post("/desk/lease", "comment", ids[3], "comment", "x").Status, 204)
	want(t, "a filter that is none", desk.post("/desk/take", "queue", "all").Status, 400)
	r := s.as(t, "editor").post("/desk/take", "queue", "pending", "q", "unwritten")
	if r.location() != "/desk?done=nothing&q=unwritten&queue=pending" {
		t.Errorf("taking from nothing leads to %s", r.location())
	}
	contains(t, "the queue", s.as(t, "editor").get(r.location()).Body, "There is nothing to take just now.")
	contains(t, "a queue to take from", page, `action="/desk/take"`)
	lacks(t, "what is decided", desk.get("/desk?queue=decided").Body, `action="/desk/take"`)
	lacks(t, "an empty queue", desk.get("/desk?q=unwritten").Body, `action="/desk/take"`)
}

func TestLeasesRunOut(t *testing.T) {
	s := newSite(t)
	told := 0
	l := newLeases(func() { told++ })
	now := s.archive.Now()
	desk, night := &db.User{ID: 1, Name: "desk"}, &db.User{ID: 2, Name: "night"}
	if !l.claim(7, desk, true, now) || l.claim(7, night, true, now) || !l.claim(7, night, false, now.Add(leaseTime/2)) {
		t.Error("alone is not alone")
	}
	if got := l.others(2, now.Add(leaseTime)); len(got) != 0 {
		t.Errorf("after it ran out: %v", got)
	}
	if got := l.others(1, now.Add(leaseTime)); !slices.Equal(got[7], []string{"night"}) {
		t.Errorf("the later one: %v", got)
	}
	if l.drop(7); len(l.mine(2, now)) != 0 || told != 4 {
		t.Errorf("after the decision: %v, told %d times", l.mine(2, now), told)
	}
}

func TestSavedFilters(t *testing.T) {
	s := newSite(t)
	kim, desk, night, editor := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night"), s.as(t, "editor")
	kim.comment("About lanterns")
	kim.comment("About bread")
	r := desk.post("/desk/filters", "query", "queue=pending&q=lanterns&order=newest&after=0~0", "name", "  ")
	want(t, "no name", r.Status, 422)
	contains(t, "the form that came back", r.Body, `id="problem-name"`, "lanterns")
	r = desk.post("/desk/filters", "query", "queue=pending&q=lanterns&order=newest", "name", "Lantern watch")
	if r.Status != 303 || r.location() != "/desk?order=newest&q=lanterns&queue=pending" {
		t.Errorf("%d to %s", r.Status, r.location())
	}
	page := desk.get(r.location()).Body
	contains(t, "the queue", page, ">Lantern watch</a>", `aria-current="page"`)
	want(t, "rows under the filter", len(rowsOf(page)), 1)
	lacks(t, "another moderator's queue", night.get("/desk").Body, "Lantern watch")
	want(t, "for everybody", night.post("/desk/filters", "query", "queue=decided", "name", "Done", "everybody", "1").Status, 303)
	contains(t, "the queue of others", desk.get("/desk").Body, ">Done</a>")
	id := attr(t, night.get("/desk?queue=decided").Body, `action="/desk/filters/(\d+)/delete"`)
	want(t, "somebody else's", desk.post("/desk/filters/"+id+"/delete").Status, 404)
	want(t, "an admin", editor.post("/desk/filters/"+id+"/delete", "next", "/desk?queue=decided").Status, 303)
	lacks(t, "the queue of others", desk.get("/desk").Body, ">Done</a>")
	want(t, "a filter that is none", desk.post("/desk/filters", "query", "queue=all", "name", "x").Status, 400)
}
