package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/web"
)

type standardsReplay struct {
	DB    string `name:"db" help:"The archive file." default:"archive.db"`
	Since string `help:"How far back, in days or as a Go duration: 30d, 12h." default:"30d"`
	File  string `arg:"" help:"The file of standards, with or without rules."`
}

func (standardsReplay) Help() string {
	return `Examples:
  broadsheet standards show --db archive.db > mine.json   # then change mine.json
  broadsheet standards replay --db archive.db --since 30d mine.json

Prints a line of JSON for every comment that would have been newly held, newly refused or newly free, and one with the
sums. Nothing is changed. Where the mode stays the same, the evidence alone is compared, as if clean comments were
published.`
}

func (cmd standardsReplay) Run(ctx context.Context, c console) error {
	back, err := parseBack(cmd.Since)
	if err != nil {
		return err
	}
	if _, err := os.Stat(cmd.DB); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: no archive to look back in: name one with --db", cmd.DB)
	}
	a, err := db.Open(ctx, cmd.DB, db.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	model, err := defaultModel()
	if err != nil {
		return err
	}
	kinds, err := web.Kinds(ctx, a, moderation.Kinds(), model)
	if err != nil {
		return err
	}
	p, err := readPolicy(cmd.File, kinds)
	if err != nil {
		return err
	}
	policy, rules, err := inForce(ctx, a)
	if err != nil {
		return err
	}
	if p.Rules == nil {
		p.Rules = &rules
	}
	now, then := moderation.NewReviewer(policy, rules, kinds...), moderation.NewReviewer(p.Standards, p.Rules.Short(kinds), kinds...)
	return replay(ctx, a, now, then, a.Now().Add(-back), c)
}

// replayed is a line of output: a comment that would have had another fate.
type replayed struct {
	ID        int64                `json:"id"`
	Change    moderation.Change    `json:"change"`
	State     moderation.State     `json:"state"` // what became of it
	Before    moderation.Outcome   `json:"before"`
	After     moderation.Outcome   `json:"after"`
	Article   string               `json:"article"`
	Submitted time.Time            `json:"submitted"`
	Text      string               `json:"text"`
	Findings  []moderation.Finding `json:"findings"` // of the review that holds or refuses it
}

func replay(ctx context.Context, a *db.Archive, now, then *moderation.Reviewer, since time.Time, c console) error {
	out := bufio.NewWriter(c.out)
	enc := json.NewEncoder(out)
	var sum struct {
		Since    time.Time `json:"since"`
		Comments int       `json:"comments"`
		Held     int       `json:"held"`
		Refused  int       `json:"refused"`
		Free     int       `json:"free"`
	}
	sum.Since = since.UTC().Truncate(time.Second)
	err := web.Replay(ctx, a, now, then, since, func(p web.Replayed) error {
		sum.Comments++
		evidence := p.After
		switch p.Change {
		case "":
			return nil
		case moderation.NewlyHeld:
			sum.Held++
		case moderation.NewlyRefused:
			sum.Refused++
		case moderation.NewlyFree:
			sum.Free++
			evidence = p.Before
		}
		return enc.Encode(replayed{
			ID: p.ID, Change: p.Change, State: p.State, Before: p.Before.Outcome, After: p.After.Outcome, Article: p.Slug,
			Submitted: p.Submission.At.UTC(), Text: evidence.Text, Findings: evidence.Findings,
		})
	})
	if err != nil {
		return err
	}
	if err := enc.Encode(sum); err != nil {
		return err
	}
	return out.Flush()
}

// parseBack reads how far back: days ("30d") or a Go duration.
func parseBack(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n <= 36_500 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d, nil
	}
	return 0, fmt.Errorf("--since %s: give days or hours, such as 30d or 12h", text)
}
