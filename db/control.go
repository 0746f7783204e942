package db

import (
	"context"
	"errors"
	"strconv"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// Control is what the staff set for the discussion of one article. The zero value with Days -1 follows the newspaper.
type Control struct {
	Version int       // from 1; 0 before anything was set
	Mode    string    // "pre": held for a moderator; "post": published when clean; "" as the newspaper does
	Slow    int       // seconds between two comments of one reader, 0 for none
	Days    int       // after publication comments close; 0: never; -1: as the desk has set
	Closes  time.Time // when comments close, whatever Days says; zero for no such time
}

// MaxSlow is the longest wait that slow mode may ask for, in seconds: a day.
const MaxSlow = 24 * 60 * 60

// ErrSlow is a comment that comes too soon after the reader's last one under an article in slow mode.
var ErrSlow = errors.New("slow mode: wait before the next comment under this article")

const (
	// controlled puts beside article a what is set for it.
	controlled = ` LEFT JOIN article_control k ON k.article_id = a.id `
	// closesAt is when comments on article a close by the clock; NULL when they do not.
	closesAt = `coalesce(k.closes, a.sorted + 86400000 * nullif(coalesce(k.days,
  (SELECT json_extract(s.document, '$.close_after') FROM desk_setting s ORDER BY s.version DESC LIMIT 1)), 0))`
	// closedBy is whether the clock has closed it; the time is put behind.
	closedBy = `coalesce(` + closesAt + `, 9223372036854775807) <= `

	controlOf engine.SQL = `SELECT k.version, k.mode, k.slow, coalesce(k.days, -1), k.closes FROM article_control k
JOIN article a ON a.id = k.article_id WHERE a.slug = ?`
	putControl engine.SQL = `INSERT INTO article_control (article_id, version, mode, slow, days, closes) VALUES (?1, ?2 + 1, ?3, ?4, ?5, ?6)
ON CONFLICT (article_id) DO UPDATE SET version = excluded.version, mode = excluded.mode, slow = excluded.slow,
  days = excluded.days, closes = excluded.closes`
	laterControl engine.SQL = `SELECT 1 FROM article_control WHERE article_id = ? AND version > ?`
	stayOpen     engine.SQL = `INSERT INTO article_control (article_id, version, days)
SELECT a.id, 1, 0 FROM article a` + controlled + `WHERE a.id = ?1 AND ` + closedBy + `?2
ON CONFLICT (article_id) DO UPDATE SET version = article_control.version + 1, days = 0, closes = NULL`
	setComments engine.SQL = `UPDATE article SET comments = ?2, version = version + 1 WHERE id = ?1`
	idBySlug    engine.SQL = `SELECT id FROM article WHERE slug = ?`

	// tooSoon is whether article a in slow mode holds user u back; the time is put behind.
	tooSoon = `u.role = 'reader' AND EXISTS (SELECT 1 FROM comment c WHERE k.slow > 0
  AND c.author_id = u.id AND c.article_id = a.id AND c.submitted + 1000 * k.slow > `
	guardSlow engine.SQL = `SELECT 1 FROM user u, article a` + controlled + `WHERE u.id = ?1 AND a.id = ?2 AND ` + tooSoon + `?3)`
	slowUntil engine.SQL = `SELECT coalesce(max(c.submitted) + 1000 * k.slow, 0) FROM article_control k
JOIN comment c ON c.author_id = ?2 AND c.article_id = k.article_id WHERE k.article_id = ?1`
)

// Control reads what is set for an article: the zero value with Days -1 when nothing is, or when there is no such article.
func (a *Archive) Control(ctx context.Context, slug string) (Control, error) {
	c, found := Control{Days: -1}, false
	err := a.engine.Read(ctx, engine.Maybe(&c, &found, controlOf, slug))
	return c, err
}

// SetControl sets what c says for an article in the place of version c.Version; ErrConflict when that is no longer in
// force, ErrNotFound when there is no such article. Whether the values make sense is the caller's to check.
func (a *Archive) SetControl(ctx context.Context, slug string, c Control, by int64, at time.Time) error {
	var article int64
	if err := a.engine.Read(ctx, engine.One(&article, idBySlug, slug)); err != nil {
		return err
	}
	var days any
	if c.Days >= 0 {
		days = c.Days
	}
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.Must(guardStaff, errNotStaff, by),
			engine.MustNot(laterControl, ErrConflict, article, c.Version),
		},
		Do: []engine.Stmt{
			engine.Do(putControl, article, c.Version, c.Mode, c.Slow, days, c.Closes),
			engine.Do(bumpArticle, article),
			audit(at, by, ActArticleControl, article, c.detail()),
		},
	})
}

// detail is what the log says of it.
func (c Control) detail() string {
	text := "mode:" + c.Mode + " slow:" + strconv.Itoa(c.Slow)
	switch {
	case !c.Closes.IsZero():
		text += " closes:" + c.Closes.UTC().Format(time.RFC3339)
	case c.Days >= 0:
		text += " days:" + strconv.Itoa(c.Days)
	}
	return text
}

// OpenComments opens or closes the comments of an article by hand. What is opened after the clock had closed it stays open.
func (a *Archive) OpenComments(ctx context.Context, slug string, open bool, by int64, at time.Time) error {
	var article int64
	if err := a.engine.Read(ctx, engine.One(&article, idBySlug, slug)); err != nil {
		return err
	}
	state, action := "closed", ActArticleClose
	b := engine.Batch{}
	if open {
		state, action = "open", ActArticleOpen
		b.Do = append(b.Do, engine.Do(stayOpen, article, at))
	}
	b.Do = append(b.Do, engine.Do(setComments, article, state), audit(at, by, action, article, ""))
	return a.engine.Write(ctx, b)
}

// SlowUntil is when a reader may comment again under an article in slow mode; the zero time when they never did.
func (a *Archive) SlowUntil(ctx context.Context, article, author int64) (time.Time, error) {
	var t time.Time
	err := a.engine.Read(ctx, engine.One(&t, slowUntil, article, author))
	return t, err
}

// modeOf is the mode of the review that an article's own mode asks for, "" for none.
func modeOf(mode string) moderation.Mode {
	switch mode {
	case "pre":
		return moderation.HoldAll
	case "post":
		return moderation.PublishClean
	}
	return ""
}
