package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/db/ingest"
	"broadsheet/moderation"
	"broadsheet/moderation/standards"
	"broadsheet/web/identity"
)

// sample is the sample newspaper; its README says what is in it.
//
//go:embed demo/articles demo/comments.json demo/people.json demo/desk.json
var sample embed.FS

type demoCommand struct {
	Dir string `help:"Folder to keep the archive in. Default: a temporary one, removed at the end."`
	site
}

func (demoCommand) Help() string {
	return `Examples:
  broadsheet demo
  broadsheet demo --dir ./sample --addr 127.0.0.1:9000

Log in as reader@example.com, moderator@example.com or admin@example.com with the password it prints.`
}

func (cmd demoCommand) Run(ctx context.Context, c console) error {
	dir := cmd.Dir
	if dir == "" {
		d, done, err := tempDir()
		if err != nil {
			return err
		}
		defer done()
		dir = d
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("--dir: %w", err)
	}
	file := filepath.Join(dir, "archive.db")
	a, err := db.Open(ctx, file, db.Options{Log: c.log()})
	if err != nil {
		return err
	}
	defer a.Close()
	password := demoPassword()
	if err := furnish(ctx, a, password); err != nil {
		return fmt.Errorf("fill the sample newspaper: %w", err)
	}
	key, err := sealKey(file)
	if err != nil {
		return err
	}
	if cmd.Site == "Broadsheet" {
		cmd.Site = "The Namsan Courier"
	}
	return cmd.serve(ctx, a, key, c, func(string) {
		for _, p := range staff {
			fmt.Fprintf(c.out, "Log in as %s, password %s\n", p.email, password)
		}
	})
}

// staff are the accounts to try the newspaper with.
var staff = [...]struct {
	email, name string
	role        db.Role
}{
	{"reader@example.com", "Morning Reader", db.Reader},
	{"moderator@example.com", "Moderator", db.Moderator},
	{"admin@example.com", "Editor", db.Admin},
}

// tempDir is a folder that done takes away.
func tempDir() (dir string, done func(), err error) {
	dir, err = os.MkdirTemp("", "broadsheet-")
	return dir, func() { os.RemoveAll(dir) }, err
}

// demoPassword is a password that can be typed: four groups of lower-case letters.
func demoPassword() string {
	text := strings.ToLower(rand.Text())
	return text[0:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:16]
}

// furnish fills an archive with the sample newspaper. One that is filled already keeps what it has
// and gets the new password.
func furnish(ctx context.Context, a *db.Archive, password string) error {
	if err := a.EnsureStandards(ctx, standards.Default()); err != nil {
		return err
	}
	kinds, err := allKinds()
	if err != nil {
		return err
	}
	phc := identity.HashPassword(password)
	d := demo{archive: a, reviewer: moderation.NewReviewer(standards.Default(), moderation.Rules{}, kinds...), slugs: map[string]db.Brief{}}
	fresh := false
	for _, p := range staff {
		id, err := a.CreateUser(ctx, db.NewUser{Email: p.email, Name: p.name, Password: phc, Role: p.role, Verified: true}, 0)
		switch {
		case errors.Is(err, db.ErrEmailTaken):
			u, _, err := a.Credentials(ctx, p.email)
			if err != nil {
				return err
			}
			if err := a.SetPassword(ctx, u.ID, phc, nil, 0); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			fresh = true
			if p.role == db.Moderator {
				d.moderator = id
			}
		}
	}
	if !fresh {
		return nil
	}
	return d.fill(ctx)
}

// demo fills the sample newspaper through the same doors as everybody else.
type demo struct {
	archive   *db.Archive
	reviewer  *moderation.Reviewer
	moderator int64
	people    []int64
	slugs     map[string]db.Brief // by file name
}

func (d *demo) fill(ctx context.Context) error {
	if err := d.articles(ctx); err != nil {
		return err
	}
	if err := d.readers(ctx); err != nil {
		return err
	}
	return d.comments(ctx)
}

// articles imports the sample's articles.
func (d *demo) articles(ctx context.Context) error {
	names := map[string]string{} // slug -> file name
	var bad error
	_, counts, err := ingest.Run(ctx, d.archive, sampleDocuments(), ingest.Job{Source: "sample newspaper", Done: func(it ingest.Item, s db.Stored) {
		names[s.Slug] = it.Locator
		if s.Outcome == db.Quarantined {
			bad = fmt.Errorf("%s: %s", it.Locator, s.Reason)
		}
	}})
	if err := cmp.Or(err, bad); err != nil {
		return err
	}
	list, err := d.archive.Newest(ctx, db.Key{}, counts.Total())
	for _, b := range list {
		d.slugs[names[b.Slug]] = b
	}
	return err
}

func sampleDocuments() iter.Seq[ingest.Document] {
	return func(yield func(ingest.Document) bool) {
		names, err := fs.Glob(sample, "demo/articles/*")
		if err != nil {
			yield(ingest.Document{Err: err})
			return
		}
		for _, name := range names {
			b, err := sample.ReadFile(name)
			if !yield(ingest.Document{Name: path.Base(name), Data: b, Err: err}) {
				return
			}
		}
	}
}

// readers makes the accounts that the sample's comments were written by. Nobody knows their password.
func (d *demo) readers(ctx context.Context) error {
	var people []struct{ Name, Language string }
	if err := readSample("demo/people.json", &people); err != nil {
		return err
	}
	for i, p := range people {
		id, err := d.archive.CreateUser(ctx, db.NewUser{
			Email: fmt.Sprintf("reader%02d@example.com", i+1), Name: p.Name, Password: "!", Role: db.Reader, Verified: true,
		}, 0)
		if err != nil {
			return err
		}
		d.people = append(d.people, id)
	}
	return nil
}

// sampleComment is one entry of comments.json.
type sampleComment struct {
	Article        string
	Author         int // from 1
	Parent         *int
	Minutes        int // after publication
	Language, Body string
	State          moderation.State
	Clause, Note   string

	id        int64
	submitted time.Time
}

// comments sends the sample's comments through the review, decides those that are decided, and
// takes back those that were withdrawn.
func (d *demo) comments(ctx context.Context) error {
	var list []sampleComment
	if err := readSample("demo/comments.json", &list); err != nil {
		return err
	}
	now := d.archive.Now()
	for i := range list {
		c := &list[i]
		c.submitted = d.slugs[c.Article].Published.Add(time.Duration(c.Minutes) * time.Minute)
		if c.submitted.After(now) {
			c.submitted = now
		}
		if err := d.comment(ctx, list, c); err != nil {
			return fmt.Errorf("comment %d: %w", i, err)
		}
	}
	for _, c := range list {
		if c.State != moderation.Withdrawn {
			continue
		}
		if err := d.archive.Withdraw(ctx, c.id, d.people[c.Author-1], c.submitted.Add(time.Hour)); err != nil {
			return err
		}
	}
	return d.desk(ctx, list)
}

func (d *demo) comment(ctx context.Context, list []sampleComment, c *sampleComment) error {
	author := d.people[c.Author-1]
	facts, err := d.archive.Facts(ctx, d.slugs[c.Article].Slug, author, c.submitted)
	if err != nil {
		return err
	}
	n := db.NewComment{ArticleID: facts.Article.ID, AuthorID: author, Language: c.Language, Repeat: true, At: c.submitted,
		Verdict: d.reviewer.Review(moderation.Submission{Text: c.Body, Author: facts.Author, Article: facts.Article, At: c.submitted, Mode: moderation.HoldAll})}
	if c.Parent != nil {
		n.ParentID = list[*c.Parent].id
	}
	if c.id, err = d.archive.Submit(ctx, n); err != nil || c.State == moderation.Pending {
		return err
	}
	verb := db.Verb{Comment: c.id, Version: 1, By: d.moderator, Action: moderation.Approve, Note: c.Note, At: c.submitted.Add(20 * time.Minute)}
	if c.State == moderation.Rejected {
		verb.Action, verb.Clause = moderation.Reject, c.Clause
	}
	_, err = d.archive.Decide(ctx, verb)
	return err
}

func readSample(name string, v any) error {
	b, err := sample.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}
