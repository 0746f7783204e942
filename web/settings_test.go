package web

import (
	"context"
	"database/sql"
	"regexp"
	"strings"
	"testing"

	"broadsheet/moderation"
)

// form reads the settings' form as a browser would send it, with some fields changed.
func settingsForm(t *testing.T, page string, changes ...string) []string {
	t.Helper()
	var fields []string
	add := func(name, value string) { fields = append(fields, name, value) }
	set := map[string]string{}
	for i := 0; i < len(changes); i += 2 {
		set[changes[i]] = changes[i+1]
	}
	value := func(name, value string) {
		if v, ok := set[name]; ok {
			value = v
		}
		if value != "\x00" {
			add(name, value)
		}
	}
	value("base", attr(t, page, `name="base" value="(\d+)"`))
	value("mode", attr(t, page, `name="mode" value="([a-z-]+)" checked`))
	for _, m := range regexp.MustCompile(`type="number" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		value(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`(?s)<select name="([^"]+\.then)".*?<option value="([a-z]+)" selected`).FindAllStringSubmatch(page, -1) {
		value(m[1], m[2])
	}
	for _, m := range regexp.MustCompile(`name="([a-z]+\.nudge)" value="1" checked`).FindAllStringSubmatch(page, -1) {
		value(m[1], "1")
	}
	for _, m := range regexp.MustCompile(`(?s)<textarea id="list\.[^>]*name="(list\.[^"]+)"[^>]*>\n(.*?)</textarea>`).FindAllStringSubmatch(page, -1) {
		value(m[1], m[2])
	}
	value("do", "apply")
	return fields
}

func TestWordingIsHandedBackOnce(t *testing.T) {
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	post := "/articles/" + s.slug + "/comments"
	r := kim.post(post, "body", "Only an idiot believes it")
	want(t, "first time", r.Status, 422)
	contains(t, "the form", r.Body, "Only an idiot believes it</textarea>", ">idiot</mark>", "/standards#clause-respect", `name="anyway" value="1"`)
	lacks(t, "the queue", desk.get("/desk").Body, "believes it")
	id := kim.comment("Only an idiot believes it", "anyway", "1")
	contains(t, "the queue", desk.get("/desk").Body, `data-comment="`+id+`"`, ">idiot</mark>")

	r = kim.post("/comments/"+id+"/edit", "body", "Only a moron believes it")
	want(t, "an edit, first time", r.Status, 422)
	contains(t, "the edit's form", r.Body, "Only a moron believes it</textarea>", ">moron</mark>", `name="anyway" value="1"`)
	want(t, "an edit, sent anyway", kim.post("/comments/"+id+"/edit", "body", "Only a moron believes it", "anyway", "1").Status, 303)
	want(t, "the same words once more", kim.post("/comments/"+id+"/edit", "body", "Only a moron believes it").Status, 303)

	kim.header.Set("Accept", "application/json")
	r = kim.post(post, "body", "You idiot")
	want(t, "a program", r.Status, 422)
	contains(t, "the program's answer", r.Body, `"code":"wording"`)
}

func TestRefusalStoresNothing(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Mode = "" })
	kim, editor, desk := s.as(t, "kim"), s.as(t, "editor"), s.as(t, "desk")
	form := settingsForm(t, editor.get("/admin/settings").Body, "words.then", "refuse", "words.nudge", "\x00")
	want(t, "applying", editor.post("/admin/settings", form...).Status, 303)
	post := "/articles/" + s.slug + "/comments"
	r := kim.post(post, "body", "You fucking liar")
	want(t, "unmistakable", r.Status, 422)
	contains(t, "the form", r.Body, ">fucking</mark>", "/standards#clause-", `name="anyway" value="1"`)
	lacks(t, "the queue", desk.get("/desk").Body, "liar")
	kim.comment("You fucking liar", "anyway", "1")
	kim.comment("The minister said “you fucking liar” to her") // quoted: held, not refused
	kim.comment("What an idiot")                               // insulting, not unmistakable: held
}

func TestModesOfTheSettings(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Mode = "" })
	kim, lee, editor, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "editor"), s.as(t, "desk")
	state := func(id string) string {
		return attr(t, kim.get("/comments/"+id).Body, `data-comment="`+id+`" data-state="([a-z]+)"`)
	}
	mode := func(m string) {
		t.Helper()
		want(t, "applying "+m, editor.post("/admin/settings", settingsForm(t, editor.get("/admin/settings").Body, "mode", m)...).Status, 303)
	}
	if id := kim.comment("A thought of my own"); state(id) != "pending" {
		t.Error("hold-all does not hold")
	} else {
		desk.approve(id)
	}
	mode("hold-new")
	if id := kim.comment("A second thought"); state(id) != "pending" {
		t.Error("hold-new publishes for a reader with one comment")
	} else {
		desk.approve(id)
	}
	desk.approve(kim.comment("A third thought"))
	id := kim.comment("A fourth thought")
	if state(id) != "published" {
		t.Error("hold-new does not publish for a trusted reader")
	}
	contains(t, "another reader's page", lee.page(), "A fourth thought")
	if id := kim.comment("Only an idiot believes it", "anyway", "1"); state(id) != "pending" {
		t.Error("hold-new publishes what a check found something in")
	}
	mode("publish-clean")
	lee.comment("The first words of a newcomer")
	contains(t, "another reader's page", kim.page(), "The first words of a newcomer")
	mode("hold-all")
	if id := kim.comment("A fifth thought"); state(id) != "pending" {
		t.Error("hold-all does not hold any more")
	}
	want(t, "an edit of a published comment", kim.post("/comments/"+id+"/edit", "body", "A fourth thought, mended").Status, 303)
	if state(id) != "pending" {
		t.Error("an edit is not held")
	}
	if r, err := s.archive.Verify(context.Background(), nil); err != nil || len(r.Broken) > 0 {
		t.Error(r.Broken, err)
	}
	if n := strings.Count(logRows(t, desk), "Review settings changed"); n != 3 {
		t.Errorf("%d changes of the settings in the log, want 3", n)
	}
}

func TestSettingsAreTriedAppliedAndRestored(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Mode = "" })
	kim, editor := s.as(t, "kim"), s.as(t, "editor")
	kim.comment("The gullible will cheer")
	kim.comment("Only an idiot believes it", "anyway", "1")
	page := editor.get("/admin/settings").Body
	wanted := settingsForm(t, page, "list.words", "gullible | en | 2 | respect\nidiot | en | 0 | respect", "do", "try")
	r := editor.post("/admin/settings", wanted...)
	want(t, "a trial", r.Status, 200)
	contains(t, "the trial", r.Body, "Newly held", ">gullible</mark>", "Newly free", ">idiot</mark>", "Of 2 comments", "gullible | en | 2 | respect\n")
	if v, err := s.archive.Rules(context.Background()); err != nil || v.Version != 0 {
		t.Errorf("a trial changed the rules: %d %v", v.Version, err)
	}
	wanted[len(wanted)-1] = "apply"
	want(t, "applying", editor.post("/admin/settings", wanted...).Status, 303)
	want(t, "applying on an old page", editor.post("/admin/settings", wanted...).Status, 409)
	want(t, "a word of the list", kim.post("/articles/"+s.slug+"/comments", "body", "How gullible").Status, 422)
	kim.comment("An idiot indeed")
	page = editor.get("/admin/settings").Body
	contains(t, "the history", page, "gullible | en | 2 | respect", ">editor<")
	want(t, "applying on a page to come", editor.post("/admin/settings", append(wanted[2:], "base", "9999")...).Status, 409)
	want(t, "a form that is none", editor.post("/admin/settings", "base", "1", "do", "apply").Status, 400)
	want(t, "what is in force already", editor.post("/admin/settings", settingsForm(t, page)...).Status, 303)
	if v, err := s.archive.Rules(context.Background()); err != nil || v.Version != 1 {
		t.Errorf("nothing was changed, and yet it is version %d %v", v.Version, err)
	}
	want(t, "a form of the mode alone", editor.post("/admin/settings", "mode", "publish-clean", "base", "1", "do", "apply").Status, 303)
	if v, err := s.archive.Rules(context.Background()); err != nil || v.Mode != "publish-clean" || !strings.Contains(v.Lists["words"], "gullible") {
		t.Errorf("what a form does not have is lost: %+v %v", v, err)
	}
	want(t, "restoring", editor.post("/admin/settings/restore", "version", "0", "base", "2").Status, 303)
	kim.comment("How gullible")

	for _, bad := range [][]string{
		{"list.words", "gullible"}, {"list.words", "gullible | en | 2 | nosuch"}, {"mode", "publish"}, {"words.then", "ban"}, {"links.then", "refuse"}, {"links.free", "many"}, {"links.free", "-1"},
	} {
		r := editor.post("/admin/settings", settingsForm(t, editor.get("/admin/settings").Body, bad...)...)
		want(t, bad[0]+" "+bad[1], r.Status, 422)
		contains(t, bad[0]+" "+bad[1], r.Body, `role="alert"`)
	}
	editor.post("/account/language", "language", "ko")
	r = editor.post("/admin/settings", settingsForm(t, editor.get("/admin/settings").Body, "list.words", "gullible | en | 2 | respect\ndaft | xx | 1 | respect")...)
	contains(t, "the fault in Korean", r.Body, "2번째 줄: 언어 ‘xx’은(는) 알 수 없습니다")
	if v, err := s.archive.Rules(context.Background()); err != nil || v.Version != 3 || v.Mode != "" || len(v.Checks)+len(v.Lists) != 0 {
		t.Errorf("%+v %v", v, err)
	}
}

func TestReviewerIsMadeAnew(t *testing.T) {
	kinds := moderation.Kinds()
	a := moderation.NewReviewer(moderation.Standards{Version: "1"}, moderation.Rules{}, kinds...)
	if b := a.With(moderation.Rules{}, kinds[0]); b == a {
		t.Error("the same reviewer")
	}
	off := moderation.Rules{Checks: map[string]moderation.Rule{kinds[0].Name: {Then: moderation.ThenOff}}}
	c := moderation.NewReviewer(moderation.Standards{Version: "1"}, off, kinds...)
	if c.With(off, kinds[0]) != c {
		t.Error("a check that is off came back")
	}
}

// TestPublishedByReviewCanBeTakenDown: the desk finds what no moderator has read, and decides it like any other.
func TestPublishedByReviewCanBeTakenDown(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Mode = moderation.PublishClean })
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	id, other := kim.comment("Published by the review"), kim.comment("Another one of these, quite different")
	contains(t, "the queue of the unread", desk.get("/desk?queue=published").Body, `data-comment="`+id+`"`, `value="reject"`)
	contains(t, "a filter", desk.get("/desk?queue=published&q=another").Body, other)
	lacks(t, "what waits", desk.get("/desk").Body, id)
	contains(t, "the comment's page", desk.get("/desk/comments/"+id).Body, `value="reject"`)
	want(t, "rejecting", desk.post("/desk/comments/"+id+"/decision", "action", "reject", "clause", "respect", "version", "1").Status, 303)
	lacks(t, "another reader's page", lee.page(), "Published by the review")
	contains(t, "the author's page", kim.page(), row(id, "rejected"), "/standards#clause-respect")
	want(t, "rejecting once more", desk.post("/desk/comments/"+id+"/decision", "action", "reject", "clause", "respect", "version", "1").Status, 409)
	desk.approve(other)
	lacks(t, "the queue of the unread", desk.get("/desk?queue=published").Body, `data-comment="`)
	if r, err := s.archive.Verify(context.Background(), nil); err != nil || len(r.Broken) > 0 {
		t.Error(r.Broken, err)
	}
}

// TestBrokenRulesHoldEverything: a document that cannot be read loses no comment and publishes none.
func TestBrokenRulesHoldEverything(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Mode = moderation.PublishClean })
	kim, editor := s.as(t, "kim"), s.as(t, "editor")
	breakRules(t, s.path)
	id := kim.comment("Sent under broken rules", "anyway", "1")
	contains(t, "the author's page", kim.page(), row(id, "pending"))
	page := editor.get("/admin/settings").Body
	contains(t, "the settings", page, "cannot be read", `name="base" value="1"`)
	want(t, "new rules", editor.post("/admin/settings", settingsForm(t, page)...).Status, 303)
	contains(t, "the settings", editor.get("/admin/settings").Body, `name="base" value="2"`)
	id = kim.comment("Thank you for the figures")
	contains(t, "the author's page", kim.page(), row(id, "published"))
}

// breakRules puts a document into the archive that is no rules.
func breakRules(t *testing.T, path string) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`INSERT INTO rules (version, document, applied) VALUES (1, 'not json', 0)`); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(`UPDATE article SET version = version + 1`); err != nil {
		t.Fatal(err)
	}
}

func TestMarksPreferWhatWasFound(t *testing.T) {
	text := "call 010-1234-5678 now"
	got := markable(text, []moderation.Finding{
		{Check: moderation.ClassifierName, Start: 5, End: 17, Score: 0.9}, {Check: "private", Start: 5, End: 18, Score: 0.6},
		{Check: moderation.ClassifierName, Start: 19, End: 22, Score: 0.8}, {Check: moderation.ClassifierName, End: len(text), Score: 0.9},
		{Check: "repeats", Score: 0.5},
	})
	if len(got) != 2 || got[0].Check != "private" || got[1].Start != 19 {
		t.Errorf("%+v", got)
	}
	if got := markable("idiot", []moderation.Finding{{Check: "words", End: 5, Term: "idiot"}}); len(got) != 1 {
		t.Errorf("a comment that is the word: %+v", got)
	}
}
