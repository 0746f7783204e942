package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"broadsheet/db"
	"broadsheet/db/ingest"
)

type importCommand struct {
	DB       string   `name:"db" help:"The archive file; made when missing." default:"archive.db"`
	Format   string   `help:"How to read the files." enum:"auto,text,html" default:"auto"`
	TZ       string   `help:"Zone of dates that name none." default:"Asia/Seoul"`
	Undated  string   `help:"What becomes of an article without a readable date: a DATE to give it (2006-01-02), or allow. Default: it is set aside."`
	DryRun   bool     `help:"Say what would happen, store nothing."`
	Report   string   `help:"Write a JSON line for each item to this file."`
	OnChange string   `help:"What becomes of an article that stands already with other content: a new revision, or left as it is." enum:"revise,skip" default:"revise"`
	Path     []string `arg:"" help:"Files, folders, .gz and .zip, or - for standard input."`
}

func (importCommand) Help() string {
	return `Examples:
  broadsheet import --db archive.db articles/
  broadsheet import --dry-run --report report.jsonl export.zip
  cat page.html | broadsheet import --format html -

A bad item is set aside with its reason and never stops the import. Running it again stores nothing twice.
Exit code 2: done, with items set aside.`
}

func (cmd importCommand) Run(ctx context.Context, c console) error {
	job, err := cmd.job()
	if err != nil {
		return err
	}
	path, done, err := cmd.archivePath()
	if err != nil {
		return err
	}
	defer done()
	a, err := db.Open(ctx, path, db.Options{Log: c.log()})
	if err != nil {
		return err
	}
	defer a.Close()
	report, err := newReport(cmd.Report)
	if err != nil {
		return err
	}
	progress := newProgress(c)
	job.Done = func(it ingest.Item, s db.Stored) {
		report.line(it, s)
		progress.item(s)
		if s.Outcome == db.Quarantined {
			progress.say(fmt.Sprintf("set aside: %s: %s", it.Locator, s.Reason))
		}
	}
	_, counts, err := ingest.Run(ctx, a, ingest.Walk(cmd.Path, c.in), job)
	progress.end()
	if err := errors.Join(err, report.close()); err != nil {
		if db.Unavailable(err) {
			return fmt.Errorf("the archive cannot be written (%w): free space or wait for the other program, then run it again; nothing is stored twice", err)
		}
		return err
	}
	if err := json.NewEncoder(c.out).Encode(counts); err != nil {
		return err
	}
	switch {
	case counts.Quarantined > 0:
		return errSetAside
	case counts.Total() == 0:
		return fmt.Errorf("nothing to import in %s", strings.Join(cmd.Path, ", "))
	}
	return nil
}

// job checks the flags.
func (cmd importCommand) job() (ingest.Job, error) {
	zone, err := time.LoadLocation(cmd.TZ)
	if err != nil {
		return ingest.Job{}, fmt.Errorf("--tz %s: no such time zone; give one such as Asia/Seoul", cmd.TZ)
	}
	j := ingest.Job{
		Source: strings.Join(cmd.Path, " "), Options: ingest.Options{Format: cmd.Format, Zone: zone},
		Keep: cmd.OnChange == "skip", DryRun: cmd.DryRun,
	}
	switch cmd.Undated {
	case "":
	case "allow":
		j.Undated.Allow = true
	default:
		if j.Undated.At, err = time.ParseInLocation("2006-01-02", cmd.Undated, zone); err != nil {
			return j, fmt.Errorf("--undated %s: give a date such as 2006-01-02, or allow", cmd.Undated)
		}
	}
	return j, nil
}

// archivePath is the archive to import into. A dry run into one that is missing gets an empty one
// that done takes away, so that it leaves nothing behind.
func (cmd importCommand) archivePath() (path string, done func(), err error) {
	if _, err := os.Stat(cmd.DB); !cmd.DryRun || !errors.Is(err, fs.ErrNotExist) {
		return cmd.DB, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "broadsheet-dry-run-")
	if err != nil {
		return "", nil, err
	}
	return filepath.Join(dir, "archive.db"), func() { os.RemoveAll(dir) }, nil
}

// reportFile is the report of an import, a JSON line for each item. Without a name it writes nothing.
type reportFile struct {
	file *os.File
	enc  *json.Encoder
	err  error
}

func newReport(name string) (*reportFile, error) {
	if name == "" {
		return &reportFile{enc: json.NewEncoder(io.Discard)}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--report: %w", err)
	}
	return &reportFile{file: f, enc: json.NewEncoder(f)}, nil
}

func (r *reportFile) line(it ingest.Item, s db.Stored) {
	if r.err == nil {
		r.err = r.enc.Encode(struct {
			Locator  string           `json:"locator"`
			Outcome  db.Outcome       `json:"outcome"`
			Slug     string           `json:"slug,omitempty"`
			Reason   string           `json:"reason,omitempty"`
			Dropped  []ingest.Dropped `json:"dropped,omitempty"`
			Warnings []string         `json:"warnings,omitempty"`
		}{it.Locator, s.Outcome, s.Slug, s.Reason, it.Dropped, it.Warnings})
	}
}

func (r *reportFile) close() error {
	if r.file == nil {
		return nil
	}
	return errors.Join(r.err, r.file.Close())
}

// progress shows how far an import is: a bar on a terminal, else a line every five seconds.
type progress struct {
	c      console
	bar    *progressbar.ProgressBar
	counts map[db.Outcome]int
	said   time.Time
}

func newProgress(c console) *progress {
	p := &progress{c: c, counts: map[db.Outcome]int{}, said: time.Now()}
	if c.terminal {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(c.err), progressbar.OptionSetDescription("importing"),
			progressbar.OptionShowIts(), progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

func (p *progress) item(s db.Stored) {
	p.counts[s.Outcome]++
	if p.bar != nil {
		p.bar.Add(1) // drawing is never a reason to stop
		return
	}
	if time.Since(p.said) < 5*time.Second {
		return
	}
	p.said = time.Now()
	fmt.Fprintf(p.c.err, "importing: %d created, %d updated, %d unchanged, %d set aside\n",
		p.counts[db.Created], p.counts[db.Updated], p.counts[db.Unchanged], p.counts[db.Quarantined])
}

// say prints a line without tearing the bar.
func (p *progress) say(line string) {
	if p.bar != nil {
		p.bar.Clear()
	}
	fmt.Fprintln(p.c.err, line)
}

func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
