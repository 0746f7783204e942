package ingest

import (
	"context"
	"iter"
	"time"

	"broadsheet/db"
)

// Undated says what becomes of an article without a readable date.
type Undated struct {
	Allow bool      // store it without one
	At    time.Time // or as published then; zero sets it aside, unless Allow
}

// Job says how to import.
type Job struct {
	Source  string // what is imported, for the journal
	By      int64  // who imports, 0: the command line
	Options Options
	Undated Undated
	Keep    bool // leave articles that stand already as they are (--on-change skip)
	DryRun  bool // say what would become of each item, store none

	// Done, when set, is told what became of each item, in order.
	Done func(Item, db.Stored)
}

// Counts is how an import went.
type Counts struct {
	Created     int `json:"created"`
	Updated     int `json:"updated"`
	Unchanged   int `json:"unchanged"`
	Quarantined int `json:"quarantined"`
}

// Total is the number of items seen.
func (c Counts) Total() int { return c.Created + c.Updated + c.Unchanged + c.Quarantined }

// Sizes of what one transaction stores: small, so that readers and writers of a running newspaper
// are not kept waiting.
const (
	batchItems = 100
	batchBytes = 4 << 20
)

// Run imports documents under a job of the journal, which it opens and closes. A bad item is set
// aside and never stops the job; an error means that the archive could not be used, and the job is
// marked failed. Running it again stores what is missing and nothing twice.
func Run(ctx context.Context, a *db.Archive, docs iter.Seq[Document], j Job) (int64, Counts, error) {
	id, err := a.StartJob(ctx, j.Source, j.By, j.DryRun)
	if err != nil {
		return 0, Counts{}, err
	}
	counts, err := Continue(ctx, a, id, docs, j)
	return id, counts, err
}

// Continue imports under a job that StartJob opened, and closes it.
func Continue(ctx context.Context, a *db.Archive, id int64, docs iter.Seq[Document], j Job) (Counts, error) {
	r := runner{archive: a, job: j, id: id}
	err := r.run(ctx, docs)
	failed := ""
	if err != nil {
		failed = "the archive could not be used: run the import again"
	}
	if ferr := a.FinishJob(context.WithoutCancel(ctx), id, j.By, failed); err == nil {
		err = ferr
	}
	return r.counts, err
}

// runner gathers items into batches.
type runner struct {
	archive *db.Archive
	job     Job
	id      int64
	next    int // position of the first item of the batch
	items   []Item
	size    int
	counts  Counts
}

func (r *runner) run(ctx context.Context, docs iter.Seq[Document]) error {
	for doc := range docs {
		for it := range Parse(doc, r.job.Options) {
			r.items = append(r.items, it)
			r.size += len(it.Raw) + len(it.Content.BodyHTML) + len(it.Content.BodyText)
			if len(r.items) < batchItems && r.size < batchBytes {
				continue
			}
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return r.flush(ctx)
}

// flush stores the batch and tells what became of it.
func (r *runner) flush(ctx context.Context) error {
	if len(r.items) == 0 {
		return nil
	}
	in := make([]db.Incoming, len(r.items))
	for i, it := range r.items {
		in[i] = r.incoming(it)
	}
	put := r.archive.PutArticles
	if r.job.DryRun {
		put = r.archive.Rehearse
	}
	out, err := put(ctx, r.id, r.next, in)
	if err != nil {
		return err
	}
	for i, s := range out {
		r.count(s.Outcome)
		if r.job.Done != nil {
			r.job.Done(r.items[i], s)
		}
	}
	r.next += len(in)
	r.items, r.size = r.items[:0], 0
	return nil
}

func (r *runner) count(o db.Outcome) {
	switch o {
	case db.Created:
		r.counts.Created++
	case db.Updated:
		r.counts.Updated++
	case db.Unchanged:
		r.counts.Unchanged++
	case db.Quarantined:
		r.counts.Quarantined++
	}
}

// incoming gives an item its identity, or the reason why it is set aside.
func (r *runner) incoming(it Item) db.Incoming {
	in := db.Incoming{Locator: it.Locator, Keep: r.job.Keep}
	c := it.Content
	switch {
	case it.Err != nil:
		in.Reason, in.ReasonID = it.Err.Error(), ReasonID(it.Err)
	case c.Published.IsZero() && !r.job.Undated.At.IsZero():
		c.Published = r.job.Undated.At
	case c.Published.IsZero() && !r.job.Undated.Allow:
		in.Reason, in.ReasonID = "no readable date: give one with --undated, or allow it with --undated allow", "undated"
	}
	if in.Reason != "" {
		in.Raw = it.Raw
		return in
	}
	in.Content, in.Key, in.Hash, in.Slug = c, Key(c), Hash(c), Slug(c)
	return in
}
