package web

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"broadsheet/moderation"
	"broadsheet/moderation/standards"
)

func TestQueue(t *testing.T) {
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	rude := kim.comment("What an idiot wrote this", "anyway", "1")
	calm := kim.comment("Thank you for the figures")
	page := desk.get("/desk").Body
	if strings.Index(page, rude) > strings.Index(page, calm) {
		t.Error("the oldest does not come first")
	}
	contains(t, "the queue", page, "<mark", ">idiot</mark>")
	for path, rows := range map[string]int{
		"/desk?q=figures": 1, "/desk?section=economy": 2, "/desk?section=none": 0, "/desk?article=" + s.slug: 2, "/desk?queue=decided": 0,
		"/desk?order=risk": 2, "/desk?order=newest&q=IDIOT": 1,
	} {
		r := desk.get(path)
		if got := strings.Count(r.Body, "<li data-comment="); r.Status != 200 || got != rows {
			t.Errorf("%s: %d rows, want %d (status %d)", path, got, rows, r.Status)
		}
	}
	for _, path := range []string{"/desk?order=random", "/desk?queue=secret", "/desk?after=x", "/desk?order=oldest%3Bdrop"} {
		want(t, path, desk.get(path).Status, 400)
	}
	r := desk.get("/desk/comments/" + rude)
	contains(t, "the comment's page", r.Body, ">idiot</mark>", "A quiet headline", "The first paragraph", "Thank you for the figures")
	want(t, "an unknown comment", desk.get("/desk/comments/7").Status, 404)
	r = desk.post("/desk/comments/"+rude+"/decision", "action", "reject", "clause", "respect", "version", "1", "next", "https://evil.example")
	if r.location() != "/" {
		t.Errorf("next leads to %q", r.location())
	}
	contains(t, "what was decided", desk.get("/desk?queue=decided").Body, rude)
	last := attr(t, desk.get("/desk/comments/"+rude).Body, `name="after" value="(\d+)"`)
	want(t, "changing it without having seen it", desk.post("/desk/comments/"+rude+"/decision", "action", "approve", "version", "1").Status, 409)
	want(t, "changing it", desk.post("/desk/comments/"+rude+"/decision", "action", "approve", "version", "1", "after", last).Status, 303)
	contains(t, "the log", desk.get("/desk/log").Body, rude)
}

// TestFilterByWhatThereIs: a clause that never was and a check that is none are refused, and nothing else that can be found.
func TestFilterByWhatThereIs(t *testing.T) {
	s := newSite(t)
	desk := s.as(t, "desk")
	next := standards.Default()
	gone := next.Clauses[0].ID
	next.Version, next.Clauses = "next", next.Clauses[1:]
	if err := s.archive.ApplyStandards(context.Background(), next, 0); err != nil {
		t.Fatal(err)
	}
	for query, status := range map[string]int{
		"clause=bogus": 400, "clause=" + gone: 200, "clause=" + next.Clauses[0].ID: 200, "clause=other": 200, "clause=": 200,
		"check=bogus": 400, "check=links": 200, "check=repeat": 200, "check=": 200, "check=links&clause=bogus": 400, "queue=decided&check=bogus": 400,
	} {
		want(t, "/desk?"+query, desk.get("/desk?"+query).Status, status)
		kept := map[int]int{200: 303, 400: 400}[status]
		want(t, "keeping "+query, desk.post("/desk/filters", "name", "Mine", "query", query).Status, kept)
		want(t, "taking from "+query, desk.post("/desk/take", "query", query).Status, kept)
	}
	_, offered, _ := strings.Cut(desk.get("/desk").Body, `<select name="check">`)
	offered, _, _ = strings.Cut(offered, `</select>`)
	checks := regexp.MustCompile(`<option value="([a-z]+)"`).FindAllStringSubmatch(offered, -1)
	want(t, "checks to choose from", len(checks), len(moderation.Kinds())+1)
	for _, check := range checks {
		want(t, "the check "+check[1], desk.get("/desk?check="+check[1]).Status, 200)
	}
}

func TestManyDecisions(t *testing.T) {
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	one, two := kim.comment("One"), kim.comment("Two")
	want(t, "two at once", desk.post("/desk/decisions", "comment", one, "version", "1", "comment", two, "version", "1", "action", "approve").Status, 303)
	three := kim.comment("Three")
	desk.header.Set("Accept", "application/json")
	r := desk.post("/desk/decisions", "comment", one, "version", "1", "comment", three, "version", "1", "action", "approve")
	want(t, "one that was decided among them", r.Status, 409)
	contains(t, "the report", r.Body, fmt.Sprintf(`{"comment":"%s","status":409,"message":"`, one), fmt.Sprintf(`{"comment":"%s","status":303,"after":"`, three))
	four := kim.comment("Four")
	desk.header.Del("Accept")
	r = desk.post("/desk/decisions", "comment", one, "version", "1", "comment", four, "version", "1", "action", "approve")
	want(t, "the same for people", r.Status, 409)
	contains(t, "the report for people", r.Body, `data-refused="`+one+`"`)
	lacks(t, "the report for people", r.Body, `data-refused="`+four+`"`)
	desk.header.Set("Accept", "application/json")
	want(t, "doubled parameters", desk.post("/desk/decisions", "comment", one, "version", "1", "version", "2", "action", "approve").Status, 400)
	want(t, "no such action", desk.post("/desk/decisions", "comment", kim.comment("Five"), "version", "1", "action", "delete").Status, 422)
	want(t, "no such action, too late", desk.post("/desk/decisions", "comment", one, "version", "1", "action", "delete").Status, 409)
}

// TestTwoModeratorsOverHTTP is bar 7 at the outer surface: 200 comments, 200 decisions, 200 conflicts.
func TestTwoModeratorsOverHTTP(t *testing.T) {
	s := newSite(t)
	kim := s.as(t, "kim")
	var ids []string
	for i := range 200 {
		ids = append(ids, kim.comment(fmt.Sprint("Comment number ", i)))
	}
	counts := map[int]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range []string{"desk", "night"} {
		v := s.as(t, name)
		wg.Go(func() {
			for _, id := range ids {
				r := v.post("/desk/comments/"+id+"/decision", "action", "approve", "version", "1")
				mu.Lock()
				counts[r.Status]++
				mu.Unlock()
				if r.Status == 409 && !strings.Contains(r.Body, "data-conflict") {
					t.Errorf("comment %s: the 409 does not say who decided", id)
				}
			}
		})
	}
	wg.Wait()
	if counts[303] != 200 || counts[409] != 200 {
		t.Errorf("answers: %v", counts)
	}
	contains(t, "the queue", s.as(t, "desk").get("/desk").Body, `data-queue-count>0</`)
	contains(t, "what was decided", s.as(t, "desk").get("/desk?queue=decided").Body, `data-queue-count>200</`)
}

// A hit of the word list can be allowed by its place in the verdict; a link cannot.
func TestFalseHitsCanBeAllowed(t *testing.T) {
	s := newSite(t)
	kim, editor, desk := s.as(t, "kim"), s.as(t, "editor"), s.as(t, "desk")
	id := kim.comment("See https://example.com, you 시1발 idiot", "anyway", "1")
	page := editor.get("/desk/comments/" + id).Body
	contains(t, "the comment's page", page, "matches 시발")
	lacks(t, "the comment's page", page, "matches idiot")
	hits := regexp.MustCompile(`name="finding" value="(\d+)"`).FindAllStringSubmatch(page, -1)
	if len(hits) != 2 {
		t.Fatalf("%d hits can be allowed, want the two words and not the link", len(hits))
	}
	lacks(t, "a moderator's page", desk.get("/desk/comments/"+id).Body, `name="finding"`)
	want(t, "a moderator", desk.post("/admin/settings/allow", "comment", id, "finding", hits[1][1]).Status, 403)
	want(t, "a finding that is none", editor.post("/admin/settings/allow", "comment", id, "finding", "99").Status, 400)
	want(t, "the link", editor.post("/admin/settings/allow", "comment", id, "finding", "0").Status, 400)
	r := editor.post("/admin/settings/allow", "comment", id, "finding", hits[1][1], "next", "/desk/comments/"+id+"?done=allowed")
	want(t, "allowing", r.Status, 303)
	contains(t, "the page after it", editor.get(r.location()).Body, "allowed from now on")
	contains(t, "the settings", editor.get("/admin/settings").Body, "idiot* | idiot")
	kim.comment("Not an idiot after all")
	want(t, "the other word", kim.post("/articles/"+s.slug+"/comments", "body", "시1발").Status, 422)
}

// TestAuthorBesideAComment: the sanctions stand before the latest comments, which are five; the account's page has all.
func TestAuthorBesideAComment(t *testing.T) {
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	var id string
	for i := range 8 {
		id = kim.comment(fmt.Sprint("Lantern number ", i))
	}
	page := desk.get("/desk/comments/" + id).Body
	recent, sanctions := strings.Index(page, `id="recent"`), strings.Index(page, `id="sanctions"`)
	if sanctions < 0 || recent < sanctions {
		t.Errorf("the sanctions begin at %d, the latest comments at %d", sanctions, recent)
	}
	want(t, "latest comments", strings.Count(page[recent:], `<li><p class="words"`), 5)
	contains(t, "the way to the others", page[recent:], `href="`+s.user(t, "kim")+`"`)
	account := desk.get(s.user(t, "kim")).Body
	want(t, "comments of the account", strings.Count(account, `<li><p class="words"`), 8)
	contains(t, "the account", account, `<dt>Blocked</dt>`, `<a href="/desk">Back to the queue</a>`)
}

// TestWhatReadersWaitFor: under an appeal and under reports the form stands open, its buttons say what they mean there, and
// the clause of the first decision is chosen.
func TestWhatReadersWaitFor(t *testing.T) {
	s := newSite(t)
	kim, desk, night := s.as(t, "kim"), s.as(t, "desk"), s.as(t, "night")
	id, other := kim.comment("Words to appeal about"), kim.comment("Words to report")
	want(t, "rejecting", desk.decided(id, "reject", "clause", "privacy").Status, 303)
	want(t, "the appeal", kim.post("/comments/"+id+"/appeal", "text", "Why?").Status, 303)
	page := night.get("/desk?queue=appeals").Body
	contains(t, "the appeals", page, `<details class="again" open>`, `value="approve">Publish (overturn)<`, `value="reject" class="second">Uphold<`, `<option value="privacy" selected>`)
	contains(t, "the page of the appeal", night.get("/desk/comments/"+id).Body, `<details class="again">`, `name="appeal"`)

	night.approve(other)
	lacks(t, "a published comment", night.get("/desk/comments/"+other).Body, `<details class="again" open>`)
	want(t, "the report", s.as(t, "lee").post("/comments/"+other+"/report", "reason", "respect").Status, 303)
	for _, path := range []string{"/desk?queue=reported", "/desk/comments/" + other} {
		contains(t, path, night.get(path).Body, `<details class="again" open>`, `value="approve">Keep published (dismiss)<`, `value="undo" class="link"`)
	}
}
