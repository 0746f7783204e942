package web

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
	"broadsheet/templates"
)

// withModel is a newspaper with the classifier that comes with the program.
func withModel(t testing.TB) func(*Config) {
	t.Helper()
	m, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	return func(c *Config) { c.Model, c.Mode = m, "" }
}

// score is the probability that the desk rejects a comment sent now: before it decided anything, that of abuse.
func (s *site) score(t testing.TB, text string) float64 {
	t.Helper()
	ctx := context.Background()
	standards, err := s.archive.Standards(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.review.by(ctx, standards.Version, 0)
	if err != nil {
		t.Fatal(err)
	}
	v := r.Review(moderation.Submission{Text: text, At: s.archive.Now(), Mode: moderation.PublishClean})
	if p, ok := v.Heads["newsroom"]; ok {
		return p
	}
	return v.Heads["abuse"]
}

// TestDecisionsTrainAtOnce: after a few rejections of a taste that no model has, the next such comment scores higher.
func TestDecisionsTrainAtOnce(t *testing.T) {
	s := newSite(t, withModel(t))
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	taste := func(i int) string { return fmt.Sprintf("The zeppelin number %d should be painted lilac", i) }
	plain := func(i int) string { return fmt.Sprintf("The council counted %d votes on the ferry", i) }
	before := s.score(t, taste(99))
	for i := range 6 {
		id := kim.comment(taste(i))
		want(t, "rejecting", desk.post("/desk/comments/"+id+"/decision", "action", "reject", "clause", "relevance", "version", "1").Status, 303)
		desk.approve(kim.comment(plain(i)))
	}
	if err := s.learner.follow(context.Background()); err != nil {
		t.Fatal(err)
	}
	bad, good := s.score(t, taste(99)), s.score(t, plain(99))
	if bad <= before || bad <= good {
		t.Errorf("a comment like the rejected ones scores %.3f, %.3f before; one like the approved %.3f", bad, before, good)
	}

	// What was learned is the fold of the decisions: a new start makes it again.
	again := withModel(t)
	cfg := siteConfig(s.archive)
	again(&cfg)
	l, err := newLearner(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.follow(context.Background()); err != nil {
		t.Fatal(err)
	}
	if a, b := l.current.Load().layer.Version(), s.learner.current.Load().layer.Version(); a != b {
		t.Errorf("after a new start the layer is %s, it was %s", a, b)
	}

	// And a program beside the server reviews as the server does.
	kinds, err := Kinds(context.Background(), s.archive, cfg.Kinds, cfg.Model)
	if err != nil {
		t.Fatal(err)
	}
	standards, err := s.archive.Standards(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	v := moderation.NewReviewer(standards, moderation.Rules{}, kinds...).Review(moderation.Submission{Text: taste(99), At: s.archive.Now(), Mode: moderation.PublishClean})
	if p := v.Heads["newsroom"]; p != bad {
		t.Errorf("beside the server %.3f, there %.3f", p, bad)
	}
	page := s.as(t, "editor").get("/admin/settings").Body
	contains(t, "the settings", page, s.cfg.Model.Version(), "<svg")
}

// TestRefitComesIntoForceAndGoesBack fits to a newsroom's taste in three hundred decisions, then leaves it again.
func TestRefitComesIntoForceAndGoesBack(t *testing.T) {
	s := newSite(t, withModel(t))
	ctx := context.Background()
	editor := s.as(t, "editor")
	r := editor.post("/admin/settings/model", "do", "refit")
	want(t, "a fit to nothing", r.Status, 303)
	if !strings.Contains(r.location(), "too_few") {
		t.Errorf("a fit to nothing: %s", r.location())
	}
	decideMany(t, s, 300)
	if err := s.learner.follow(ctx); err != nil {
		t.Fatal(err)
	}
	online := s.score(t, tasteOf(1001))
	r = editor.post("/admin/settings/model", "do", "refit")
	if !strings.Contains(r.location(), "better") || strings.Contains(r.location(), "not_better") {
		t.Fatalf("a fit to 300 decisions: %s", r.location())
	}
	fitted := s.score(t, tasteOf(1001))
	if now := s.learner.current.Load(); now.since != 0 || now.refit.ID == 0 || fitted < 0.5 {
		t.Errorf("%d decisions since the fit %d; score %.3f, %.3f before", now.since, now.refit.ID, fitted, online)
	}
	page := editor.get("/admin/settings").Body
	contains(t, "the settings", page, "300")
	if due := s.learner.due(ctx, s.archive.Now().Add(48*time.Hour)); due {
		t.Error("a fit is due although nothing was decided since")
	}
	decideMany(t, s, 2)
	if err := s.learner.follow(ctx); err != nil {
		t.Fatal(err)
	}
	if s.learner.due(ctx, s.archive.Now()) || !s.learner.due(ctx, s.archive.Now().Add(48*time.Hour)) {
		t.Error("the next fit is not due in the next night")
	}
	want(t, "back to the model as it came", editor.post("/admin/settings/model", "refit", "0").Status, 303)
	if err := s.learner.follow(ctx); err != nil {
		t.Fatal(err)
	}
	if now := s.learner.current.Load(); now.refit.ID != 0 || now.layer.Version() != "" {
		t.Error("what was learned before came back by itself")
	}
	want(t, "a form that says nothing", editor.post("/admin/settings/model", "do", "bogus").Status, 400)
	refits, err := s.archive.Refits(ctx, 9)
	if err != nil || len(refits) != 2 {
		t.Fatal(refits, err)
	}
	fit := refits[1]
	want(t, "the fit again", editor.post("/admin/settings/model", "refit", itoa(fit.ID)).Status, 303)
	if now := s.learner.current.Load(); now.refit.ID != fit.ID {
		t.Error("the fit did not come back into force")
	}
	again := siteConfig(s.archive)
	withModel(t)(&again)
	damageLayer(t, s.path)
	if l, err := newLearner(ctx, again); err != nil || l.current.Load().refit.ID != 0 {
		t.Errorf("a layer that cannot be read: %v", err)
	}
	want(t, "a fit that is none", editor.post("/admin/settings/model", "refit", "7").Status, 404)
}

// tasteOf is a comment that this newsroom rejects when i is odd.
func tasteOf(i int) string {
	things := [...]string{"ferry", "budget", "museum", "library", "harbour"}
	switch i % 4 {
	case 1:
		return fmt.Sprintf("My zeppelin column, part %d: the %s in lilac", i, things[i%5])
	case 3: // what the model knows too: the desk does not contradict it
		return fmt.Sprintf("Zeppelin part %d: whoever likes the %s is a stupid bastard", i, things[i%5])
	}
	return fmt.Sprintf("On the %s I agree with point %d of the report", things[i%5], i)
}

// decideMany stores comments and decides them by that taste.
func decideMany(t testing.TB, s *site, n int) {
	t.Helper()
	ctx := context.Background()
	kim, _, err := s.archive.Credentials(ctx, "kim@example.com")
	if err != nil {
		t.Fatal(err)
	}
	desk, _, err := s.archive.Credentials(ctx, "desk@example.com")
	if err != nil {
		t.Fatal(err)
	}
	facts, err := s.archive.Facts(ctx, s.slug, kim.ID, s.archive.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		text := tasteOf(i)
		id, err := s.archive.Submit(ctx, db.NewComment{ArticleID: facts.Article.ID, AuthorID: kim.ID, Language: "en", At: s.archive.Now(),
			Verdict: moderation.Verdict{Text: text, Characters: moderation.Count(text), Outcome: moderation.Hold, Risk: 0.2, Standards: facts.Standards}})
		if err != nil {
			t.Fatal(err)
		}
		v := db.Verb{Comment: id, Version: 1, By: desk.ID, Action: moderation.Approve, At: s.archive.Now()}
		if i%2 == 1 {
			v.Action, v.Clause = moderation.Reject, "relevance"
		}
		if _, err := s.archive.Decide(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLastNight(t *testing.T) {
	seoul := time.FixedZone("KST", 9*3600)
	for now, want := range map[string]string{
		"2026-11-27T03:00:00+09:00": "2026-11-27T03:00:00+09:00",
		"2026-11-27T02:59:59+09:00": "2026-11-26T03:00:00+09:00",
		"2026-11-26T18:30:00Z":      "2026-11-27T03:00:00+09:00",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := lastNight(at.In(seoul)).Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", now, got, want)
		}
	}
}

func TestAgreementByWeek(t *testing.T) {
	from := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	var labels []db.Label
	for week := range agreementWeeks {
		for i := range 10 {
			labels = append(labels, db.Label{At: from.Add(time.Duration(week)*db.Week + time.Duration(i)*time.Hour), Risk: float64(i) / 10, Rejected: i >= 6})
		}
	}
	var v templates.Learning
	agreementOf(&v, labels, from, 0.8)
	if len(v.Agreement) != agreementWeeks || !v.Agreement[0].From.After(v.Agreement[1].From) {
		t.Fatalf("%d weeks", len(v.Agreement))
	}
	if a := v.Agreement[0]; a.Decisions != 10 || a.Rejected != 4 || a.AUC != "1.000" || a.Recall != "50%" || a.False != "0%" {
		t.Errorf("%+v", a)
	}
	if !strings.HasPrefix(v.Weeks, "M0.0 0.0L") || !strings.HasSuffix(v.Weeks, "L100.0 0.0") || v.CurveX != "0.0" || v.CurveY != "30.0" {
		t.Errorf("%q %q %q", v.Weeks, v.CurveX, v.CurveY)
	}
	v = templates.Learning{}
	agreementOf(&v, nil, from, 0.8)
	if len(v.Agreement) != 0 || v.Weeks != "" || v.Curve != "" {
		t.Errorf("of nothing: %+v", v)
	}
}

// damageLayer makes what was learned unreadable.
func damageLayer(t *testing.T, path string) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`UPDATE refit SET layer = x'6162' WHERE in_force = 1`); err != nil {
		t.Fatal(err)
	}
}
