package db

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// EditWindow is how long after it was submitted a comment may be edited by its author.
const EditWindow = 5 * time.Minute

// RepeatWindow is how long the same words under the same article count as a repeat, among the
// author's last three comments.
const RepeatWindow = 6 * time.Minute

// TrustWindow is how far back an author's record is looked at, up to their last 100 comments.
const TrustWindow = 30 * 24 * time.Hour

// Week is how far back rejections count against an author's next comment.
const Week = 7 * 24 * time.Hour

const (
	submitFacts engine.SQL = `SELECT a.id, a.comments = 'open', ` + closesAt + `, coalesce(k.mode, ''), a.language, u.status = 'active', u.language,
  substr(u.email, instr(u.email, '@') + 1), l.published, l.rejected, l.decided7, l.rejected7,
  (SELECT count(*) FROM (SELECT 1 FROM comment c WHERE c.author_id = ?2 AND c.state = 'published' LIMIT 100)),
  coalesce((SELECT s.version FROM standards s ORDER BY s.applied DESC, s.version DESC LIMIT 1), ''),
  coalesce((SELECT max(r.version) FROM rules r), 0), ` + barred + `, ` + held + `
FROM article a` + controlled + `, user u, (SELECT count(*) FILTER (WHERE state = 'published') AS published,
    count(*) FILTER (WHERE state IN ('rejected', 'blocked')) AS rejected,
    count(*) FILTER (WHERE submitted > ?4 AND state IN ('published', 'rejected', 'blocked')) AS decided7,
    count(*) FILTER (WHERE submitted > ?4 AND state IN ('rejected', 'blocked')) AS rejected7
  FROM (SELECT c.state, c.submitted FROM comment c WHERE c.author_id = ?2 AND c.submitted > ?3 ORDER BY c.submitted DESC LIMIT 100)) l
WHERE a.slug = ?1 AND u.id = ?2`

	recentComments engine.SQL = `SELECT c.body, c.submitted, c.article_id = ?3, c.state FROM comment c
WHERE c.author_id = ?1 AND c.submitted > ?2 ORDER BY c.submitted DESC LIMIT 3`

	guardActive engine.SQL = `SELECT 1 FROM user WHERE id = ? AND status = 'active'`
	guardMay    engine.SQL = `SELECT 1 FROM user u, article a` + controlled + `WHERE u.id = ?1 AND u.status = 'active' AND a.id = ?2
  AND a.comments = 'open' AND NOT ` + closedBy + `?3 AND NOT (` + tooSoon + `?3))`
	guardOpen   engine.SQL = `SELECT 1 FROM article a` + controlled + `WHERE a.id = ?1 AND a.comments = 'open' AND NOT ` + closedBy + `?2`
	guardRate   engine.SQL = `SELECT 1 FROM comment WHERE author_id = ? AND submitted > ? LIMIT 1 OFFSET ?`
	guardRepeat engine.SQL = `SELECT 1 FROM
  (SELECT article_id, body, state FROM comment WHERE author_id = ?1 AND submitted > ?2 ORDER BY submitted DESC LIMIT 3)
WHERE article_id = ?3 AND body = ?4 AND state IN ('pending', 'published')`
	guardParent engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND article_id = ? AND parent_id IS NULL AND state = 'published'`
	guardEdit   engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND author_id = ? AND submitted > ? AND state IN ('pending', 'published')`
	guardWords  engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND version = ?`
	guardMine   engine.SQL = `SELECT 1 FROM comment WHERE id = ? AND author_id = ? AND state <> 'withdrawn'`

	insertComment engine.SQL = `INSERT INTO comment (id, article_id, author_id, parent_id, body, characters, language, state, risk, submitted, named)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertVerdict engine.SQL = `INSERT INTO verdict (comment_id, version, outcome, reason, risk, findings, standards, model, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	keepWording engine.SQL = `INSERT INTO comment_revision (comment_id, version, body, characters, submitted)
SELECT id, version, body, characters, coalesce(edited, submitted) FROM comment WHERE id = ?`
	editComment engine.SQL = `UPDATE comment SET body = ?2, characters = ?3, language = ?4, state = ?5, risk = ?6, edited = ?7, named = ?8, version = version + 1 WHERE id = ?1`
	withdraw    engine.SQL = `UPDATE comment SET state = 'withdrawn' WHERE id = ?`
	bumpOf      engine.SQL = `UPDATE article SET version = version + 1 WHERE id = (SELECT article_id FROM comment WHERE id = ?)`
	bumpArticle engine.SQL = `UPDATE article SET version = version + 1 WHERE id = ?`
)

// Facts are what the review must know of an author and an article.
type Facts struct {
	Article   moderation.Article
	Closes    time.Time       // when the article closes by the clock, which Article does not know; zero when it does not
	Mode      moderation.Mode // the article's own, "" for none
	Author    moderation.Author
	Language  string // the author's choice, "" when none was made
	Standards string // version in force
	Rules     int    // version in force, 0 for the defaults
	Restraint Restraint
}

// Facts reads what the review of a comment must know; fs.ErrNotExist when there is no such
// article or author.
func (a *Archive) Facts(ctx context.Context, slug string, author int64, at time.Time) (Facts, error) {
	var row struct {
		ArticleID           int64
		Open                bool
		Closes              time.Time
		Mode                string
		Language            string
		Active              bool
		Own, Domain         string
		Published, Rejected int
		Decided7, Rejected7 int
		Ever                int
		Standards           string
		Rules               int
		Restraint           Restraint
	}
	err := a.engine.Read(ctx, engine.One(&row, submitFacts, slug, author, at.Add(-TrustWindow), at.Add(-Week)))
	f := Facts{
		Article: moderation.Article{ID: row.ArticleID, Closed: !row.Open, Language: row.Language},
		Closes:  row.Closes,
		Mode:    modeOf(row.Mode),
		Author: moderation.Author{
			ID: author, Known: true, Banned: !row.Active, Published: row.Published, Rejected: row.Rejected,
			Ever: row.Ever, Decided7: row.Decided7, Rejected7: row.Rejected7, MailDomain: row.Domain,
		},
		Language:  row.Own,
		Standards: row.Standards,
		Rules:     row.Rules,
		Restraint: row.Restraint,
	}
	return f, err
}

// Recent lists the author's last comments of the hour, newest first, at most three.
func (a *Archive) Recent(ctx context.Context, article, author int64, at time.Time) ([]moderation.Recent, error) {
	var out []moderation.Recent
	err := a.engine.Read(context.WithoutCancel(ctx), // as for ArticlePulse
		engine.All(&out, recentComments, author, at.Add(-time.Hour), article))
	return out, err
}

// NewComment is a reviewed comment on its way into the archive.
type NewComment struct {
	ArticleID, AuthorID int64
	ParentID            int64 // 0: a thread's first
	Language            string
	Verdict             moderation.Verdict // with the normalised text; its outcome is never Refuse
	Rate                moderation.Rate
	Repeat              bool // the same words once more are wanted: "send anyway"
	At                  time.Time
}

// stateOf is what a verdict alone makes of a comment.
func stateOf(v moderation.Verdict) moderation.State {
	if v.Outcome == moderation.Publish {
		return moderation.Published
	}
	return moderation.Pending
}

// verdictRow stores a verdict, and says what its findings name.
func verdictRow(comment int64, version int, v moderation.Verdict, at time.Time) (row engine.Stmt, names string) {
	outcome, findings := moderation.Hold, "[]"
	if v.Outcome == moderation.Publish {
		outcome = moderation.Publish
	}
	doc, err := json.Marshal(v.Findings)
	switch {
	case err != nil: // a NaN score: the evidence is lost, the comment is not
		outcome = moderation.Hold
	case len(v.Findings) > 0:
		findings, names = string(doc), named(v.Findings)
	}
	return engine.Do(insertVerdict, comment, version, outcome, v.Reason, v.Risk, findings, v.Standards, v.Model, at), names
}

// Submit stores a comment with its verdict and log row, or nothing. It returns ErrDisabled,
// ErrBarred, ErrClosed, ErrParent, ErrSlow, ErrRate or ErrRepeat when that is so at the moment of the commit.
func (a *Archive) Submit(ctx context.Context, n NewComment) (int64, error) {
	comment, state := a.engine.NewID(), stateOf(n.Verdict)
	b := engine.Batch{Guard: []engine.Check{
		engine.Must(guardMay, errMay, n.AuthorID, n.ArticleID, n.At),
		engine.MustNot(guardBarred, ErrBarred, n.AuthorID, n.At),
	}}
	if n.ParentID != 0 {
		b.Guard = append(b.Guard, engine.Must(guardParent, ErrParent, n.ParentID, n.ArticleID))
	}
	if n.Rate.N > 0 {
		b.Guard = append(b.Guard, engine.MustNot(guardRate, ErrRate, n.AuthorID, n.At.Add(-n.Rate.Per), n.Rate.N-1))
	}
	if !n.Repeat {
		b.Guard = append(b.Guard, engine.MustNot(guardRepeat, ErrRepeat, n.AuthorID, n.At.Add(-RepeatWindow), n.ArticleID, n.Verdict.Text))
	}
	reviewed, names := verdictRow(comment, 1, n.Verdict, n.At)
	b.Do = []engine.Stmt{
		engine.Do(insertComment, comment, n.ArticleID, n.AuthorID, id(n.ParentID), n.Verdict.Text, n.Verdict.Characters,
			n.Language, state, n.Verdict.Risk, n.At, names),
		reviewed,
		audit(n.At, n.AuthorID, ActCommentSubmit, comment, n.Verdict.Standards),
	}
	if state == moderation.Published {
		b.Do = append(b.Do, engine.Do(bumpArticle, n.ArticleID))
		if n.ParentID != 0 {
			b.Do = append(b.Do, a.tellReply(comment, state, n.At))
		}
	}
	b.Quiet = state == moderation.Pending // nobody but its author and the desk sees it
	err := a.engine.Write(ctx, b)
	if errors.Is(err, errMay) { // which of them it was is asked only then
		err = a.engine.Write(ctx, engine.Batch{Quiet: true, Guard: []engine.Check{
			engine.Must(guardActive, ErrDisabled, n.AuthorID),
			engine.Must(guardOpen, ErrClosed, n.ArticleID, n.At),
			engine.MustNot(guardSlow, ErrSlow, n.AuthorID, n.ArticleID, n.At),
		}})
		err = cmp.Or(err, ErrConflict) // none of them any more
	}
	return comment, err
}

// errMay is an author who may not comment, or not yet, or an article that takes no comments.
var errMay = errors.New("the author or the article takes no comments now")

// Edit stores new words of a comment as its next version, with their own verdict; the old words
// leave the page at once, and who gave notice of them is told. It returns ErrEditExpired when the comment is not the
// author's to edit (any more) and ErrConflict when its version is not the one that was edited.
func (a *Archive) Edit(ctx context.Context, comment, author int64, version int, language string, v moderation.Verdict, at time.Time) error {
	return anew(func() error { return a.edit(ctx, comment, author, version, language, v, at) })
}

func (a *Archive) edit(ctx context.Context, comment, author int64, version int, language string, v moderation.Verdict, at time.Time) error {
	var noticed []int64
	if err := a.engine.Read(ctx, engine.All(&noticed, noticesOf, comment)); err != nil {
		return err
	}
	reviewed, names := verdictRow(comment, version+1, v, at)
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(guardActive, ErrDisabled, author),
			engine.MustNot(guardBarred, ErrBarred, author, at),
			engine.Must(guardEdit, ErrEditExpired, comment, author, at.Add(-EditWindow)),
			engine.Must(guardWords, ErrConflict, comment, version),
			engine.Must(guardNotices, errMoved, comment, len(noticed)),
		},
		Do: append([]engine.Stmt{
			engine.Do(keepWording, comment),
			engine.Do(editComment, comment, v.Text, v.Characters, language, stateOf(v), v.Risk, at, names),
			reviewed,
			engine.Do(bumpOf, comment),
			a.tellReply(comment, stateOf(v), at),
			audit(at, author, ActCommentEdit, comment, v.Standards),
		}, a.tellReplaced(noticed, at)...),
	})
}

// Withdraw takes an author's own comment off the page for good; ErrNotFound when it is not theirs
// or was withdrawn before. The words stay in the archive for the log's sake.
func (a *Archive) Withdraw(ctx context.Context, comment, author int64, at time.Time) error {
	return anew(func() error { return a.withdraw(ctx, comment, author, at) })
}

func (a *Archive) withdraw(ctx context.Context, comment, author int64, at time.Time) error {
	v, err := a.toCases(ctx, Verb{Comment: comment, By: author, At: at})
	if err != nil {
		return err
	}
	decision := a.engine.NewID()
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.Must(guardMine, ErrNotFound, comment, author), engine.Must(guardNotices, errMoved, comment, len(v.notices))},
		Do: append([]engine.Stmt{
			engine.Do(insertDecision, decision, comment, author, moderation.Withdraw, "", nil, nil, at, nil, nil, nil, nil),
			engine.Do(withdraw, comment),
			engine.Do(bumpOf, comment),
			a.tellReply(comment, moderation.Withdrawn, at),
			audit(at, author, ActCommentWithdraw, comment, ""),
		}, a.tellRequesters(v, decision)...),
	})
}
