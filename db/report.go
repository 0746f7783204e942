package db

import (
	"context"
	"math"
	"time"

	"broadsheet/db/engine"
)

// ReportRate is how many reports a reader may send within ReportWindow.
const (
	ReportRate   = 20
	ReportWindow = time.Hour
)

const (
	reportColumns = `r.id, r.comment_id, r.reason, coalesce(n.body, ''), r.at, coalesce(` + reportBecame + `, ''),
  CASE c.state WHEN 'published' THEN c.body ELSE '' END, c.language, a.slug, a.headline, a.language
FROM report r JOIN comment c ON c.id = r.comment_id JOIN article a ON a.id = c.article_id LEFT JOIN note n ON n.id = r.note_id`

	guardPublished engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND state = 'published'`
	guardReported  engine.SQL = `SELECT 1 FROM report WHERE comment_id = ? AND user_id = ?`
	guardReports   engine.SQL = `SELECT 1 FROM report WHERE user_id = ? AND at > ? LIMIT 1 OFFSET ?`
	insertReport   engine.SQL = `INSERT INTO report (id, comment_id, version, user_id, reason, note_id, at) SELECT ?1, c.id, c.version, ?3, ?4, ?5, ?6 FROM comment c WHERE c.id = ?2`

	openReports engine.SQL = `SELECT r.id, r.comment_id, r.version, r.user_id, r.reason, coalesce(n.body, ''), r.at, ` + reportUpheld + `, ` + reportJudged + `
FROM report r LEFT JOIN note n ON n.id = r.note_id WHERE r.comment_id = ? AND ` + openReport + ` ORDER BY r.id`
	ownReports engine.SQL = `SELECT ` + reportColumns + ` WHERE r.user_id = ? AND r.id < ? ORDER BY r.id DESC LIMIT ?`
	ownReport  engine.SQL = `SELECT ` + reportColumns + ` WHERE r.user_id = ? AND r.comment_id = ?`
)

// NewReport is what a reader says of somebody else's published comment.
type NewReport struct {
	Comment int64
	By      int64
	Reason  string // id of a clause, or "other"
	Note    string // "" for none
	At      time.Time
}

// Report stores a report, or nothing: ErrDisabled, ErrNotFound when the comment is not published, ErrOwn, ErrReported when
// this reader reported it before, or ErrRate. Where the desk is so set, a comment whose open reports weigh enough waits for
// a moderator from then on.
func (a *Archive) Report(ctx context.Context, n NewReport) error {
	desk, err := a.Desk(ctx)
	if err != nil {
		return err
	}
	return anew(func() error { return a.report(ctx, n, desk) })
}

func (a *Archive) report(ctx context.Context, n NewReport, desk Desk) error {
	report := a.engine.NewID()
	b := engine.Batch{Guard: []engine.Check{
		engine.Must(guardActive, ErrDisabled, n.By),
		engine.Must(guardPublished, ErrNotFound, n.Comment),
		engine.Must(guardOthers, ErrOwn, n.Comment, n.By),
		engine.MustNot(guardReported, ErrReported, n.Comment, n.By),
		engine.MustNot(guardReports, ErrRate, n.By, n.At.Add(-ReportWindow), ReportRate-1),
		engine.MustNot(decidedSince, errMoved, n.Comment, report),
	}}
	note, hash := a.note(&b, n.Note)
	detail := n.Reason
	if hash != "" {
		detail += " note:" + hash
	}
	b.Do = append(b.Do,
		engine.Do(insertReport, report, n.Comment, n.By, n.Reason, note, n.At),
		audit(n.At, n.By, ActCommentReport, n.Comment, detail))
	if desk.HideAfter > 0 {
		b.Do = append(b.Do, a.hide(n.Comment, desk.HideAfter, n.At)...)
	}
	return a.engine.Write(ctx, b)
}

// OpenReport is a report that no decision has answered, with how often its reporter was agreed with before.
type OpenReport struct {
	ID             int64
	Comment        int64
	Version        int // of the words that were read
	By             int64
	Reason         string // id of a clause, or "other"
	Note           string
	At             time.Time
	Upheld, Judged int // of all reports of this reader: those agreed with, those decided on
}

// OpenReports lists the open reports on a comment, oldest first.
func (a *Archive) OpenReports(ctx context.Context, comment int64) ([]OpenReport, error) {
	var out []OpenReport
	err := a.engine.Read(ctx, engine.All(&out, openReports, comment))
	return out, err
}

// OwnReport is a report as its reader sees it.
type OwnReport struct {
	ID              int64
	Comment         int64
	Reason          string // id of a clause, or "other"
	Note            string
	At              time.Time
	Became          string // the action of the decision that answered it, "" while it is open
	Body            string // of the comment, "" unless it is published
	Language        string // of the comment
	Slug, Headline  string // of its article
	ArticleLanguage string
}

// ReportsBy lists a reader's reports before one of that id (0: from the newest), newest first, at most n.
func (a *Archive) ReportsBy(ctx context.Context, reader, before int64, n int) ([]OwnReport, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []OwnReport
	err := a.engine.Read(ctx, engine.All(&out, ownReports, reader, before, n))
	return out, err
}

// ReportOf reads a reader's report of a comment; found is false when there is none.
func (a *Archive) ReportOf(ctx context.Context, reader, comment int64) (r OwnReport, found bool, err error) {
	err = a.engine.Read(ctx, engine.Maybe(&r, &found, ownReport, reader, comment))
	return r, found, err
}
