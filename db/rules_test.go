package db

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"testing"
	"time"

	"broadsheet/moderation"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestRulesAreVersioned(t *testing.T) {
	n := newNewsroom(t)
	if r, err := n.Rules(n.ctx); err != nil || r.Version != 0 || r.Mode != "" {
		t.Fatalf("a new archive has rules: %+v %v", r, err)
	}
	first := moderation.Rules{Mode: moderation.HoldNew, Lists: map[string]string{"words": "a | en | 1 | respect\n"}}
	if err := n.ApplyRules(n.ctx, 0, first, n.adm); err != nil {
		t.Fatal(err)
	}
	if err := n.ApplyRules(n.ctx, 0, moderation.Rules{}, n.adm); !errors.Is(err, ErrConflict) {
		t.Errorf("on an old version: %v", err)
	}
	if err := n.ApplyRules(n.ctx, 1, moderation.Rules{}, n.adm); err != nil {
		t.Fatal(err)
	}
	old, err := n.RulesOf(n.ctx, 1)
	if err != nil || !reflect.DeepEqual(old.Rules, first) || old.By != n.adm || old.Applied.IsZero() {
		t.Errorf("%+v %v", old, err)
	}
	if _, err := n.RulesOf(n.ctx, 3); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a version that is none: %v", err)
	}
	history, err := n.RulesHistory(n.ctx, 9)
	if err != nil || len(history) != 2 || history[0].Version != 2 || history[0].Name != "adm" {
		t.Errorf("%+v %v", history, err)
	}
	log, err := n.Log(n.ctx, LogFilter{}, 0, 2)
	if err != nil || log[1].Action != ActRulesApply || log[1].Subject != 1 || log[1].Detail != first.Version() {
		t.Errorf("%+v %v", log, err)
	}
	facts, err := n.Facts(n.ctx, n.article.Slug, n.kim, n.Now())
	if err != nil || facts.Rules != 2 || facts.Author.MailDomain != "example.com" || facts.Author.ID != n.kim || facts.Article.ID != n.article.ID {
		t.Errorf("%+v %v", facts, err)
	}
}

func TestLabelsSpeakOfTheWordsDecidedOn(t *testing.T) {
	n := newNewsroom(t)
	a := n.submit(t, n.kim, "first words")
	b := n.submit(t, n.lee, "other words")
	must(t, n.decide(a, 1, 0, n.desk, moderation.Approve))
	if err := n.Edit(n.ctx, a, n.kim, 1, "en", moderation.Verdict{Text: "second words", Characters: 12, Outcome: moderation.Hold, Risk: 0.5, Standards: "t1"}, n.Now()); err != nil {
		t.Fatal(err)
	}
	must(t, n.decide(b, 1, 0, n.desk, moderation.Reject))
	must(t, n.decide(a, 2, 0, n.desk, moderation.Reject))
	if err := n.Withdraw(n.ctx, b, n.lee, n.Now()); err != nil {
		t.Fatal(err)
	}
	labels, err := n.Labels(n.ctx, 0, 9)
	if err != nil || len(labels) != 3 {
		t.Fatalf("%+v %v", labels, err)
	}
	for i, want := range []Label{
		{Comment: a, Version: 1, Text: "first words"},
		{Comment: b, Version: 1, Text: "other words", Rejected: true, Clause: "respect"},
		{Comment: a, Version: 2, Text: "second words", Rejected: true, Clause: "respect", Risk: 0.5},
	} {
		got := labels[i]
		got.ID, got.At = 0, time.Time{}
		if got != want {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
	if rest, err := n.Labels(n.ctx, labels[0].ID, 1); err != nil || len(rest) != 1 || rest[0].ID != labels[1].ID {
		t.Errorf("%+v %v", rest, err)
	}
}

func TestRefitsAreKeptForRollback(t *testing.T) {
	n := newNewsroom(t)
	if _, _, err := n.RefitInForce(n.ctx); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a new archive: %v", err)
	}
	store := func(promoted bool, layer string) int64 {
		t.Helper()
		id, err := n.StoreRefit(n.ctx, Refit{At: n.Now(), Last: 7, Model: "m1", Promoted: promoted, Report: "{}"}, []byte(layer))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	inForce := func() string {
		t.Helper()
		_, layer, err := n.RefitInForce(n.ctx)
		if err != nil {
			return err.Error()
		}
		return string(layer)
	}
	first := store(true, "one")
	if got := inForce(); got != "one" {
		t.Errorf("%q", got)
	}
	kept := store(false, "worse")
	if got := inForce(); got != "one" {
		t.Errorf("a fit that was not promoted is in force: %q", got)
	}
	second := store(true, "two")
	if err := n.UseRefit(n.ctx, first, n.adm, n.Now()); err != nil || inForce() != "one" {
		t.Errorf("%v %q", err, inForce())
	}
	if err := n.UseRefit(n.ctx, kept, n.adm, n.Now()); !errors.Is(err, ErrNotFound) || inForce() != "one" {
		t.Errorf("one that was not promoted: %v %q", err, inForce())
	}
	if err := n.UseRefit(n.ctx, 0, n.adm, n.Now()); err != nil {
		t.Error(err)
	}
	if _, _, err := n.RefitInForce(n.ctx); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the shipped model: %v", err)
	}
	for i := range keptLayers {
		store(true, fmt.Sprint("later ", i))
	}
	list, err := n.Refits(n.ctx, 99)
	if err != nil || len(list) != keptLayers+5 { // three fits, two ways back
		t.Fatalf("%d %v", len(list), err)
	}
	for _, r := range list {
		if r.ID == second && r.Usable || r.InForce != (r.ID == list[0].ID) {
			t.Errorf("%+v", r)
		}
	}
}

func TestEachPastGivesWhatTheReviewSaw(t *testing.T) {
	n := newNewsroom(t)
	a := n.submit(t, n.kim, "the first of them")
	must(t, n.decide(a, 1, 0, n.desk, moderation.Approve))
	b := n.submit(t, n.kim, "the second of them")
	must(t, n.decide(b, 1, 0, n.desk, moderation.Reject))
	n.submit(t, n.kim, "the third of them")
	var past []Past
	if err := n.EachPast(n.ctx, n.Now().Add(-time.Hour), func(p Past) error { past = append(past, p); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(past) != 3 {
		t.Fatalf("%d comments", len(past))
	}
	third := past[2]
	if s := third.Submission; s.Text != "the third of them" || s.Author.Published != 1 || s.Author.Rejected != 1 || s.Author.Decided7 != 2 ||
		s.Author.Rejected7 != 1 || s.Author.Ever != 1 || s.Author.MailDomain != "example.com" || len(s.Sent) != 2 || s.Article.ID != n.article.ID {
		t.Errorf("%+v", s)
	}
	if s := past[0].Submission; s.Author.Published != 0 || len(s.Sent) != 0 || past[0].State != moderation.Published || past[0].Slug != n.article.Slug {
		t.Errorf("%+v", past[0])
	}
	stop := errors.New("stop")
	if err := n.EachPast(n.ctx, time.Unix(0, 0), func(Past) error { return stop }); err != stop {
		t.Errorf("%v", err)
	}
	if err := n.EachPast(n.ctx, n.Now().Add(time.Hour), func(Past) error { return stop }); err != nil {
		t.Errorf("none in the future: %v", err)
	}
	sent, err := n.LastSent(n.ctx, n.Now().Add(-time.Hour))
	if err != nil || len(sent) != 3 || sent[0].At.After(sent[2].At) || sent[0].Author != n.kim || sent[0].Print != moderation.PrintOf("the first of them") {
		t.Errorf("%+v %v", sent, err)
	}
}
