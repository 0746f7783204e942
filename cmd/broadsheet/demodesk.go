package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
)

// sampleAct is one entry of desk.json: what readers and the desk did about a comment, or about a reader.
type sampleAct struct {
	Comment int // its place in comments.json
	Reports []struct {
		By     int // from 1
		Reason string
		Note   string
	}
	Notice      *struct{ Ground, Text string } // a request to take it down
	Block       string                         // the clause of a temporary measure
	Appeal      string                         // its author's
	Pinned      bool
	Choice      bool
	Recommended int // by so many readers
	Sanction    *struct {
		Of             int // from 1
		Action         moderation.Sanction
		Clause, Answer string
	}
}

// desk lets readers report, appeal and recommend, and the desk answer, so that every queue has something in it.
func (d *demo) desk(ctx context.Context, comments []sampleComment) error {
	var acts []sampleAct
	if err := readSample("demo/desk.json", &acts); err != nil {
		return err
	}
	for i, act := range acts {
		do := d.aboutComment
		if act.Sanction != nil {
			do = d.aboutReader
		}
		if err := do(ctx, act, &comments[act.Comment]); err != nil {
			return fmt.Errorf("act %d: %w", i, err)
		}
	}
	return nil
}

func (d *demo) aboutComment(ctx context.Context, act sampleAct, c *sampleComment) error {
	at := d.archive.Now()
	for _, r := range act.Reports {
		if err := d.archive.Report(ctx, db.NewReport{Comment: c.id, By: d.people[r.By-1], Reason: r.Reason, Note: r.Note, At: at}); err != nil {
			return err
		}
	}
	if n := act.Notice; n != nil {
		token := make([]byte, 32) // of a link that nobody has
		rand.Read(token)
		id, number := d.archive.NewCase()
		err := d.archive.AddNotice(ctx, db.Notice{
			ID: id, Number: number, Law: db.LawKorea, Comment: c.id, Version: 1, Name: "이웃", Email: "neighbour@example.com", Language: "ko",
			Ground: n.Ground, Relation: "self", Text: n.Text, Token: token, At: at,
		}, "127.0.0.1")
		if err != nil {
			return err
		}
	}
	if act.Block != "" {
		err := d.decide(ctx, db.Verb{Comment: c.id, Action: moderation.Block, Clause: act.Block, Until: at.Add(30 * 24 * time.Hour), At: at})
		if err != nil {
			return err
		}
	}
	if act.Appeal != "" {
		if err := d.archive.Appeal(ctx, c.id, d.people[c.Author-1], act.Appeal, at); err != nil {
			return err
		}
	}
	return d.liked(ctx, act, c, at)
}

// decide takes a decision on a comment as it stands.
func (d *demo) decide(ctx context.Context, v db.Verb) (err error) {
	v.Version, v.By = 1, d.moderator
	if v.After, err = d.archive.LastOn(ctx, v.Comment); err != nil {
		return err
	}
	_, err = d.archive.Decide(ctx, v)
	return err
}

// liked has a comment picked and recommended.
func (d *demo) liked(ctx context.Context, act sampleAct, c *sampleComment, at time.Time) error {
	for kind, wanted := range map[db.PickKind]bool{db.Pinned: act.Pinned, db.Choice: act.Choice} {
		if wanted {
			if err := d.archive.Pick(ctx, c.id, 1, kind, d.moderator, at); err != nil {
				return err
			}
		}
	}
	left := act.Recommended
	for i, reader := range d.people {
		if left == 0 || i == c.Author-1 {
			continue
		}
		if err := d.archive.React(ctx, c.id, reader, true, at); err != nil {
			return err
		}
		left--
	}
	return nil
}

func (d *demo) aboutReader(ctx context.Context, act sampleAct, _ *sampleComment) error {
	p := db.Penalty{User: d.people[act.Sanction.Of-1], By: d.moderator, Action: act.Sanction.Action, Clause: act.Sanction.Clause, Answer: act.Sanction.Answer, At: d.archive.Now()}
	if p.Action == moderation.Suspend {
		p.Until = p.At.Add(7 * 24 * time.Hour)
	}
	return d.archive.Sanction(ctx, p)
}
