package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

const (
	insertJob engine.SQL = `INSERT INTO import_job (id, source, user_id, dry_run, state, started, beat) VALUES (?1, ?2, ?3, ?4, 'running', ?5, ?5)`
	finishJob engine.SQL = `UPDATE import_job SET state = ?2, error = ?3, finished = ?4, beat = ?4 WHERE id = ?1 AND state = 'running'`

	jobColumns = `j.id, j.source, coalesce(u.name, ''), j.dry_run, j.state, j.error, j.started, j.beat, j.finished,
  (SELECT count(*) FROM import_item i WHERE i.job_id = j.id AND i.outcome = 'created'),
  (SELECT count(*) FROM import_item i WHERE i.job_id = j.id AND i.outcome = 'updated'),
  (SELECT count(*) FROM import_item i WHERE i.job_id = j.id AND i.outcome = 'unchanged'),
  (SELECT count(*) FROM import_item i WHERE i.job_id = j.id AND i.outcome = 'quarantined')
FROM import_job j LEFT JOIN user u ON u.id = j.user_id`

	jobByID engine.SQL = `SELECT ` + jobColumns + ` WHERE j.id = ?`
	jobPage engine.SQL = `SELECT ` + jobColumns + ` ORDER BY j.id DESC LIMIT ?`

	jobItems engine.SQL = `SELECT i.position, i.locator, i.outcome, i.reason, i.reason_id, substr(i.raw, 1, 2000),
  coalesce(a.headline, ''), coalesce(a.slug, '')
FROM import_item i LEFT JOIN article a ON a.id = i.article_id
WHERE i.job_id = ? ORDER BY i.outcome <> 'quarantined', i.position DESC LIMIT ?`

	jobRaw engine.SQL = `SELECT locator, raw FROM import_item WHERE job_id = ? AND position = ? AND outcome = 'quarantined'`
)

// Job is one run of an import. Its counts are derived from its items.
type Job struct {
	ID                                       int64
	Source                                   string
	By                                       string // who started it, "" for the command line
	DryRun                                   bool
	State                                    string // "running", "done", "failed"
	Error                                    string
	Started, Beat, Finished                  time.Time
	Created, Updated, Unchanged, Quarantined int
}

// Interrupted reports whether a running job has given no sign of life for a minute: its process
// is gone. What it stored stands; running it again takes the rest.
func (j Job) Interrupted(now time.Time) bool {
	return j.State == "running" && now.Sub(j.Beat) > time.Minute
}

// JobItem is one line of the journal.
type JobItem struct {
	Position int
	Locator  string
	Outcome  Outcome
	Reason   string // in English
	ReasonID string // a stable word for it, "" when it has none
	Raw      []byte // the first 2,000 bytes of a quarantined item
	Headline string
	Slug     string
}

// StartJob opens the journal of an import and returns its id.
func (a *Archive) StartJob(ctx context.Context, source string, by int64, dryRun bool) (int64, error) {
	job, now := a.engine.NewID(), a.Now()
	return job, a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{
		engine.Do(insertJob, job, source, id(by), dryRun, now),
		audit(now, by, ActImportStart, job, ""),
	}})
}

// FinishJob closes the journal: done, or failed with the reason.
func (a *Archive) FinishJob(ctx context.Context, job, by int64, failed string) error {
	state, now := "done", a.Now()
	if failed != "" {
		state = "failed"
	}
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{
		engine.Do(finishJob, job, state, failed, now),
		audit(now, by, ActImportFinish, job, state),
	}})
}

// Rehearse writes the journal of a dry run: what would become of the items, without storing them.
func (a *Archive) Rehearse(ctx context.Context, job int64, first int, in []Incoming) ([]Stored, error) {
	batch, out, err := a.plan(ctx, job, first, in)
	if err != nil {
		return nil, err
	}
	batch = engine.Batch{Do: []engine.Stmt{engine.Do(beatJob, job, a.Now())}}
	for i, s := range out {
		batch.Do = append(batch.Do, engine.Do(insertItem, job, first+i, in[i].Locator, s.Outcome, nil, s.Reason, in[i].ReasonID, raw(&in[i])))
	}
	return out, a.engine.Write(ctx, batch)
}

// Job reads one import; fs.ErrNotExist when there is none of that id.
func (a *Archive) Job(ctx context.Context, id int64) (Job, error) {
	var j Job
	err := a.engine.Read(ctx, engine.One(&j, jobByID, id))
	return j, err
}

// Jobs lists the latest imports, newest first, at most n.
func (a *Archive) Jobs(ctx context.Context, n int) ([]Job, error) {
	var out []Job
	err := a.engine.Read(ctx, engine.All(&out, jobPage, n))
	return out, err
}

// JobItems lists the journal of an import: quarantined items first, then the newest, at most n.
func (a *Archive) JobItems(ctx context.Context, job int64, n int) ([]JobItem, error) {
	var out []JobItem
	err := a.engine.Read(ctx, engine.All(&out, jobItems, job, n))
	return out, err
}

// Quarantine gives back what was set aside, whole, with its name; fs.ErrNotExist when the item
// was not set aside.
func (a *Archive) Quarantine(ctx context.Context, job int64, position int) (locator string, raw []byte, err error) {
	var item struct {
		Locator string
		Raw     []byte
	}
	err = a.engine.Read(ctx, engine.One(&item, jobRaw, job, position))
	return item.Locator, item.Raw, err
}
