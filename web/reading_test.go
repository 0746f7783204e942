package web

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
)

// order is the ids of the comments on a page, from top to bottom.
func order(page string) (ids []string) {
	for _, m := range regexp.MustCompile(`<li data-comment="(\d+)"`).FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func wantOrder(t *testing.T, what, page string, ids ...string) {
	t.Helper()
	if got := order(page); strings.Join(got, " ") != strings.Join(ids, " ") {
		t.Errorf("%s: %v, want %v", what, got, ids)
	}
}

// open is a site that publishes what is clean.
func openSite(t *testing.T) *site {
	return newSite(t, func(c *Config) { c.Mode = moderation.PublishClean })
}

func TestRecommending(t *testing.T) {
	s := openSite(t)
	kim, lee := s.as(t, "kim"), s.as(t, "lee")
	id := kim.comment("Worth reading")
	react := "/comments/" + id + "/react"
	contains(t, "the page", lee.page(), `formaction="`+react+`"`, `<form id="react" method="post"`)
	want(t, "signed out", s.visit(t).post(react, "on", "1").Status, 401)
	r := kim.post(react, "on", "1")
	want(t, "one's own", r.Status, 403)
	contains(t, "one's own", r.Body, "your own comment")
	want(t, "none", lee.post("/comments/7/react", "on", "1").Status, 404)

	r = lee.post(react, "on", "1", "next", "/articles/"+s.slug+"?sort=oldest")
	if r.Status != 303 || r.location() != "/articles/"+s.slug+"?sort=oldest#comment-"+id {
		t.Errorf("recommending: %d to %q", r.Status, r.location())
	}
	contains(t, "the reader's own page", lee.page(), "Recommend <b>1</b>", `data-recommended="`+id+`"`)
	lacks(t, "another reader's page", kim.page(), "data-recommended")
	contains(t, "the comment's page", lee.get("/comments/"+id).Body, `aria-pressed="true"`, `value="0"`)
	if r := lee.post(react, "on", "0", "next", "https://evil.example/articles/"); r.location() != "/comments/"+id+"#recommend" {
		t.Errorf("taking it back leads to %q", r.location())
	}
	contains(t, "the reader's own page", lee.page(), "Recommend <b></b>", `data-recommended=""`)

	lee.header.Set("Accept", "application/json")
	for _, wanted := range []string{`{"count":1,"recommended":true}`, `{"count":0,"recommended":false}`} {
		if r := lee.post(react); r.Status != 200 || strings.TrimSpace(r.Body) != wanted {
			t.Errorf("turning over: %d %s, want %s", r.Status, r.Body, wanted)
		}
	}
	fillThreads(t, s, 31)
	for i, id := range order(kim.page())[:31] {
		status := http.StatusSeeOther
		if i == 30 {
			status = http.StatusTooManyRequests
		}
		want(t, fmt.Sprint("recommending number ", i), kim.post("/comments/"+id+"/react", "on", "1").Status, status)
	}
}

// A kept page is good for a while after others' reactions, but not after the reader's own.
func TestKeptPageAndReactions(t *testing.T) {
	c, k, made := newPageCache(), pageKey{article: 1}, time.Unix(1000, 0)
	p := &sharedPage{version: 3, reaction: 10, made: made}
	c.put(k, p)
	c.put(k, &sharedPage{version: 3, reaction: 9, made: made.Add(time.Hour)}) // rendered before, kept after
	c.put(k, &sharedPage{version: 2, reaction: 11})
	for _, tc := range []struct {
		name  string
		pulse db.Pulse
		after time.Duration
		kept  bool
	}{
		{"nothing new", db.Pulse{Version: 3, Reactions: 10, Reacted: 10}, time.Hour, true},
		{"others' reactions, soon", db.Pulse{Version: 3, Reactions: 12}, reactionsFor - 1, true},
		{"others' reactions, later", db.Pulse{Version: 3, Reactions: 12}, reactionsFor, false},
		{"the reader's own", db.Pulse{Version: 3, Reactions: 12, Reacted: 11}, 0, false},
		{"another version", db.Pulse{Version: 4, Reactions: 10}, 0, false},
	} {
		if got := c.get(k, tc.pulse, made.Add(tc.after)); (got == p) != tc.kept {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

func TestOrdersOfThreads(t *testing.T) {
	s := openSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	a, b, c := kim.comment("First of all"), kim.comment("Second to none"), kim.comment("Third time")
	lee.post("/comments/"+b+"/react", "on", "1")
	lee.post("/comments/"+a+"/react", "on", "1")
	desk.post("/comments/"+a+"/react", "on", "1")
	want(t, "choosing", desk.post("/comments/"+b+"/pick", "pick", "choice", "version", "1").Status, 303)
	path := "/articles/" + s.slug
	for query, ids := range map[string][]string{
		"": {c, b, a}, "?sort=newest": {c, b, a}, "?sort=oldest": {a, b, c}, "?sort=recommended": {a, b, c}, "?sort=choice": {b, c, a}, "?sort=none": {c, b, a},
		"?before=" + b: {a}, "?sort=oldest&after=" + b: {c}, "?sort=recommended&after=1-" + b: {c}, "?sort=choice&after=1-" + b: {c, a}, "?sort=recommended&after=x": {a, b, c},
	} {
		r := desk.get(path + query)
		wantOrder(t, query, r.Body, ids...)
		desk.header.Set("If-None-Match", r.Header.Get("ETag"))
		want(t, query+" again", desk.get(path+query).Status, 304)
		desk.header.Del("If-None-Match")
	}
	contains(t, "the page by recommendations", lee.get(path+"?sort=recommended").Body,
		`href="`+path+`?sort=recommended#comments" aria-current="true"`, `href="`+path+`#comments"`, "Editors’ choice</span>", "Recommend <b>2</b>")

	want(t, "pinning", desk.post("/comments/"+a+"/pick", "pick", "pinned", "version", "1").Status, 303)
	wantOrder(t, "with one pinned", lee.page(), a, c, b)
	wantOrder(t, "the next page", lee.get(path+"?before="+c).Body, b)
	contains(t, "the page", lee.page(), "Pinned</span>")
	want(t, "unpinning", desk.post("/comments/"+a+"/pick", "unpick", "pinned").Status, 303)
	wantOrder(t, "unpinned", lee.page(), c, b, a)
	contains(t, "the log", s.as(t, "editor").get("/desk/log").Body, "Comment picked", "Pick ended")
}

func TestWhatCannotBePicked(t *testing.T) {
	s := openSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	id := kim.comment("A comment")
	answer, own := kim.comment("An answer", "parent", id), desk.comment("Our own")
	for _, tc := range []struct {
		name, id string
		status   int
		fields   []string
	}{
		{"nothing", id, 400, nil},
		{"no such kind", id, 400, []string{"pick", "best", "version", "1"}},
		{"without the version", id, 400, []string{"pick", "choice"}},
		{"other words", id, 409, []string{"pick", "choice", "version", "2"}},
		{"no such comment", "7", 404, []string{"pick", "choice", "version", "1"}},
		{"one's own", own, 403, []string{"pick", "choice", "version", "1"}},
		{"an answer pinned", answer, 422, []string{"pick", "pinned", "version", "1"}},
		{"what is not picked", id, 409, []string{"unpick", "choice"}},
	} {
		want(t, tc.name, desk.post("/comments/"+tc.id+"/pick", tc.fields...).Status, tc.status)
	}
	want(t, "a reader", kim.post("/comments/"+id+"/pick", "pick", "choice", "version", "1").Status, 403)
	lacks(t, "a reader's page of it", kim.get("/comments/"+id).Body, `/pick"`)
	lacks(t, "the page of one's own", desk.get("/comments/"+own).Body, `/pick"`)
	contains(t, "the page of it", desk.get("/comments/"+id).Body, `name="pick" value="pinned"`, `name="pick" value="choice"`)
	contains(t, "the page of an answer", desk.get("/comments/"+answer).Body, `name="pick" value="choice"`)
	lacks(t, "the page of an answer", desk.get("/comments/"+answer).Body, `value="pinned"`)
}

func TestManyAnswersAreFolded(t *testing.T) {
	s := openSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	head := kim.comment("Who remembers it?")
	for i, words := range []string{"I do, and fondly", "My aunt used to sing there", "The lamps were green", "It rained all through June", "Nobody wrote it down"} {
		[]*visitor{lee, desk}[i%2].comment(words, "parent", head)
	}
	lacks(t, "five answers", kim.page(), "<details")
	lee.comment("And I as well", "parent", head)
	page := kim.page()
	contains(t, "six answers", page, "Show 3 more answers</summary>")
	shown, folded, _ := strings.Cut(page, "<details")
	contains(t, "what is shown", shown, "I do, and fondly", "The lamps were green")
	contains(t, "what is folded", folded, "It rained all through June", "And I as well")
}

func TestMuting(t *testing.T) {
	s := openSite(t)
	kim, lee := s.as(t, "kim"), s.as(t, "lee")
	id, own := kim.comment("Noise and more noise"), lee.comment("My own words")
	contains(t, "the comment's page", lee.get("/comments/"+id).Body, `action="/account/mutes"`)
	lacks(t, "the page of one's own", lee.get("/comments/"+own).Body, `action="/account/mutes"`)
	lacks(t, "the account", lee.get("/account").Body, "Readers you have muted")
	kims := kim.page()
	want(t, "signed out", s.visit(t).post("/account/mutes", "comment", id, "on", "1").Status, 401)
	want(t, "oneself", lee.post("/account/mutes", "comment", own, "on", "1").Status, 403)
	want(t, "nobody", lee.post("/account/mutes", "comment", "7", "on", "1").Status, 404)
	want(t, "nothing", lee.post("/account/mutes").Status, 400)
	lee.header.Set("If-None-Match", lee.get("/articles/"+s.slug).Header.Get("ETag"))
	want(t, "the article once more", lee.get("/articles/"+s.slug).Status, 304)
	if r := lee.post("/account/mutes", "comment", id, "on", "1"); r.Status != 303 || r.location() != "/comments/"+id+"#mute" {
		t.Errorf("muting: %d to %q", r.Status, r.location())
	}
	want(t, "the article after muting", lee.get("/articles/"+s.slug).Status, 200)
	lee.header.Del("If-None-Match")
	folded := func(id string) string { return `id="comment-` + id + "\">\n<details class=\"muted\">" }
	contains(t, "the article", lee.page(), folded(id))
	lacks(t, "the article", lee.page(), folded(own))
	lacks(t, "the article for a stranger", s.visit(t).page(), "<details")
	contains(t, "the comment's page", lee.get("/comments/"+id).Body, `<details class="muted">`, "Unmute")
	if kim.page() != kims {
		t.Error("the page of the muted has changed")
	}
	kim.comment("An answer that nobody asked for", "parent", own)
	contains(t, "the page of what they answered", lee.get("/comments/"+own).Body, `<details class="muted">`)
	lacks(t, "the page of it for others", kim.get("/comments/"+own).Body, `<details class="muted">`)
	lacks(t, "the account of the muted", kim.get("/account").Body, "muted", "lee")
	next := kim.comment("Still making noise")
	contains(t, "the article with their next comment", lee.page(), folded(id), folded(next))
	account := lee.get("/account").Body
	contains(t, "the account", account, "Readers you have muted", "<bdi>kim</bdi>")
	reader := attr(t, account, `name="reader" value="(\d+)"`)
	if r := lee.post("/account/mutes", "reader", reader, "on", "0"); r.location() != "/account?done=unmuted" {
		t.Errorf("unmuting leads to %q", r.location())
	}
	lacks(t, "the article after it", lee.page(), "<details")
	lee.post("/account/mutes", "comment", id, "on", "1")
	want(t, "unmuting on the comment's page", lee.post("/account/mutes", "comment", id, "on", "0").Status, 303)
	lacks(t, "the article after it", lee.page(), "<details")
}

// set changes what is set for the site's article.
func (s *site) set(t *testing.T, change func(*db.Control)) {
	t.Helper()
	ctx := context.Background()
	c, err := s.archive.Control(ctx, s.slug)
	if err != nil {
		t.Fatal(err)
	}
	change(&c)
	editor, _, err := s.archive.Credentials(ctx, "editor@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.archive.SetControl(ctx, s.slug, c, editor.ID, s.archive.Now()); err != nil {
		t.Fatal(err)
	}
}

// The page that is kept for all readers changes when the time comes, though nothing was committed.
func TestCommentsCloseByTheClock(t *testing.T) {
	s := openSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	kim.comment("In time")
	s.set(t, func(c *db.Control) { c.Closes = s.archive.Now().Add(2 * time.Second) })
	kim.page() // is kept
	for deadline := time.Now().Add(time.Minute); !strings.Contains(kim.page(), "Comments on this article are closed"); {
		if time.Now().After(deadline) {
			t.Fatal("comments never closed")
		}
	}
	lacks(t, "the closed page", kim.page(), "?reply=")
	r := kim.post("/articles/"+s.slug+"/comments", "body", "Too late")
	want(t, "a late comment", r.Status, 409)
	contains(t, "a late comment", r.Body, "Too late")
	contains(t, "the settings", desk.get("/desk/articles/"+s.slug).Body, "closed by the clock")
	contains(t, "the list", s.as(t, "editor").get("/admin/articles").Body, `value="open"`)
	want(t, "opening by hand", desk.post("/desk/articles/"+s.slug, "comments", "open").Status, 303)
	kim.comment("After all")
	contains(t, "the open page", kim.page(), "?reply=", "<textarea")
}

func TestModeAndPauseOfAnArticle(t *testing.T) {
	s := newSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	post := "/articles/" + s.slug + "/comments"
	s.set(t, func(c *db.Control) { c.Mode = "post" })
	id := kim.comment("Two is clean")
	contains(t, "published at once", lee.page(), row(id, "published"))
	s.set(t, func(c *db.Control) { c.Mode, c.Slow = "pre", 3600 })
	contains(t, "slow mode", lee.page(), "one comment every 60 minutes")
	r := kim.post(post, "body", "Three comes too soon")
	want(t, "too soon", r.Status, http.StatusTooManyRequests)
	contains(t, "too soon", r.Body, "Three comes too soon</textarea>", "This article is in slow mode. Please wait 3")
	waits := lee.comment("Lee was silent until now")
	contains(t, "held", lee.page(), row(waits, "pending"))
	desk.comment("Staff are not held back")
	desk.comment("Nor the second time")
}

func TestControlForm(t *testing.T) {
	s := newSite(t)
	desk, night := s.as(t, "desk"), s.as(t, "night")
	path := "/desk/articles/" + s.slug
	contains(t, "the article for staff", desk.page(), `href="`+path+`"`)
	lacks(t, "the article for readers", s.as(t, "kim").page(), path)
	for _, tc := range []struct {
		name   string
		status int
		has    string
		fields []string
	}{
		{"a slow mode of words", 422, "problem-slow", []string{"slow", "fast", "closing", "desk"}},
		{"a slow mode of two days", 422, `value="172800"`, []string{"slow", "172800", "closing", "desk"}},
		{"no days", 422, "problem-days", []string{"closing", "days", "days", "0"}},
		{"a date of words", 422, `value="tomorrow"`, []string{"closing", "date", "date", "tomorrow"}},
		{"a date that has passed", 422, "problem-date", []string{"closing", "date", "date", "2020-01-01T00:00"}},
		{"no such closing", 400, "", []string{"closing", "soon"}},
		{"no such mode", 400, "", []string{"mode", "none", "closing", "desk"}},
	} {
		r := desk.post(path, tc.fields...)
		want(t, tc.name, r.Status, tc.status)
		contains(t, tc.name, r.Body, tc.has)
	}
	want(t, "no such article", desk.get("/desk/articles/none").Status, 404)
	want(t, "no such article", desk.post("/desk/articles/none", "closing", "desk").Status, 404)
	r := desk.post(path, "version", "0", "mode", "post", "slow", "30", "closing", "date", "date", "2099-12-31T18:30")
	if r.Status != 303 || r.location() != path+"?done=saved" {
		t.Errorf("saving: %d to %q", r.Status, r.location())
	}
	page := desk.get(r.location()).Body
	contains(t, "the settings", page, "in force", `<option value="post" selected>`, `value="30"`, `value="date" checked`, `value="2099-12-31T18:30"`, `name="version" value="1"`, "31 Dec. 2099, 18:30")
	r = night.post(path, "version", "0", "slow", "45", "closing", "never")
	want(t, "saving over what was not seen", r.Status, 409)
	contains(t, "the form that comes back", r.Body, `value="45"`, `value="never" checked`, `name="version" value="1"`)
	want(t, "saving it after all", night.post(path, "version", "1", "slow", "45", "closing", "never").Status, 303)
	want(t, "closing", night.post(path, "comments", "closed").Status, 303)
	contains(t, "closed", night.get(path).Body, "closed by hand")
	contains(t, "the log", s.as(t, "editor").get("/desk/log").Body, "Comment settings changed", "mode:post slow:30 closes:2099-12-31T09:30:00Z", "Comments closed")
}
