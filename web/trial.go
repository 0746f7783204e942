package web

import (
	"context"
	"errors"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

const (
	trialDays     = 30
	trialComments = 50_000 // looked at
	trialRows     = 200    // shown
)

// errEnough ends a trial that has looked at all it may.
var errEnough = errors.New("enough comments were looked at")

// try says what rules would have done to the comments of the last 30 days, against those in force.
func (s *Server) try(r *request, rules moderation.Rules) (*templates.Trial, error) {
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return nil, err
	}
	inForce, err := s.cfg.Archive.Rules(r.Context())
	if err != nil {
		return nil, err
	}
	kinds := s.learner.kinds()
	now, then := moderation.NewReviewer(standards, inForce.Rules, kinds...), moderation.NewReviewer(standards, rules, kinds...)
	t := &templates.Trial{Days: trialDays}
	err = Replay(r.Context(), s.cfg.Archive, now, then, r.Now.AddDate(0, 0, -trialDays), func(p Replayed) error {
		if t.Comments == trialComments {
			t.Cut = true
			return errEnough
		}
		t.Comments++
		switch p.Change {
		case "":
			return nil
		case moderation.NewlyHeld:
			t.Held++
		case moderation.NewlyRefused:
			t.Refused++
		case moderation.NewlyFree:
			t.Free++
		}
		if t.More = len(t.Rows) == trialRows; !t.More {
			t.Rows = append(t.Rows, trialRow(p, standards, r.Lang))
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return t, err
}

// trialRow shows a comment with the evidence that makes the difference: what is found now, or was before.
func trialRow(p Replayed, standards moderation.Standards, lang string) templates.TrialRow {
	evidence := p.After
	if p.Change == moderation.NewlyFree {
		evidence = p.Before
	}
	row := templates.TrialRow{
		ID: p.ID, Change: string(p.Change), State: string(p.State), Lang: textLanguage(evidence.Text),
		Text: marks(evidence.Text, evidence.Findings, standards, lang), Slug: p.Slug, Headline: p.Headline, Submitted: p.Submission.At,
	}
	for _, f := range evidence.Findings {
		if f.Score > 0 {
			row.Findings = append(row.Findings, findingView(evidence.Text, f, standards, lang))
		}
	}
	return row
}

// Replayed is a past comment as two reviewers see it.
type Replayed struct {
	db.Past
	Before, After moderation.Verdict
	Change        moderation.Change
}

// Replay has every comment submitted since a time reviewed by two reviewers, oldest first, and calls each with
// what they say, until it returns an error.
func Replay(ctx context.Context, a *db.Archive, now, then *moderation.Reviewer, since time.Time, each func(Replayed) error) error {
	return a.EachPast(ctx, since, func(p db.Past) error {
		before, after, change := moderation.Replay(now, then, p.Submission)
		return each(Replayed{p, before, after, change})
	})
}
