package db

import (
	"context"
	"io/fs"
	"math"
	"time"

	"broadsheet/db/engine"
)

// Key is a place in a list ordered newest first. The zero Key is its beginning.
type Key struct{ Sorted, ID int64 }

// first turns the beginning of a list into the largest key.
func (k Key) first() Key {
	if k == (Key{}) {
		return Key{math.MaxInt64, math.MaxInt64}
	}
	return k
}

const briefColumns = `a.id, a.slug, a.headline, a.deck, substr(a.body_text, 1, 300), a.language, a.section,
  a.published, a.sorted, a.comments = 'open', ` + closesAt + `, a.revision,
  (SELECT count(*) FROM comment c WHERE c.article_id = a.id AND c.state = 'published'),
  (SELECT count(*) FROM comment c WHERE c.article_id = a.id AND c.state = 'pending'),
  (SELECT json_group_array(json_object('name', w.name, 'email', w.email, 'role', w.role))
     FROM (SELECT name, email, role FROM article_author WHERE article_id = a.id ORDER BY position) w)`

const (
	listNewest engine.SQL = `SELECT ` + briefColumns + ` FROM article a` + controlled + `WHERE (a.sorted, a.id) < (?1, ?2) ORDER BY a.sorted DESC, a.id DESC LIMIT ?3`

	listSection engine.SQL = `SELECT ` + briefColumns + ` FROM article a` + controlled + `WHERE a.section_slug = ?4 AND (a.sorted, a.id) < (?1, ?2) ORDER BY a.sorted DESC, a.id DESC LIMIT ?3`

	listAuthor engine.SQL = `SELECT ` + briefColumns + ` FROM article_author w JOIN article a ON a.id = w.article_id` + controlled + `WHERE w.slug = ?4 AND (w.sorted, w.article_id) < (?1, ?2) ORDER BY w.sorted DESC, w.article_id DESC LIMIT ?3`

	listRange engine.SQL = `SELECT ` + briefColumns + ` FROM article a` + controlled + `WHERE a.sorted >= ?4 AND a.sorted < ?5 AND (a.sorted, a.id) < (?1, ?2) ORDER BY a.sorted DESC, a.id DESC LIMIT ?3`

	nearestBefore engine.SQL = `SELECT max(sorted) FROM article WHERE sorted < ?`
	nearestAfter  engine.SQL = `SELECT min(sorted) FROM article WHERE sorted >= ?`

	sectionNames engine.SQL = `SELECT section_slug, max(section), max(sorted) FROM article
WHERE section_slug <> '' GROUP BY section_slug ORDER BY 3 DESC`

	authorName engine.SQL = `SELECT name FROM article_author WHERE slug = ? ORDER BY sorted DESC LIMIT 1`
)

// Newest lists articles from a key on, newest first, at most n.
func (a *Archive) Newest(ctx context.Context, from Key, n int) ([]Brief, error) {
	k := from.first()
	var out []Brief
	err := a.engine.Read(ctx, engine.All(&out, listNewest, k.Sorted, k.ID, n))
	return out, err
}

// Section is a section of the newspaper, known from its articles.
type Section struct {
	Slug, Name string
	Latest     time.Time // of its newest article
}

// Sections lists the sections, the one with the newest article first.
func (a *Archive) Sections(ctx context.Context) ([]Section, error) {
	var out []Section
	err := a.engine.Read(ctx, engine.All(&out, sectionNames))
	return out, err
}

// InSection lists a section's articles like Newest. A section without articles is fs.ErrNotExist
// at the beginning of its list.
func (a *Archive) InSection(ctx context.Context, section string, from Key, n int) ([]Brief, error) {
	k := from.first()
	var out []Brief
	err := a.engine.Read(ctx, engine.All(&out, listSection, k.Sorted, k.ID, n, section))
	if err == nil && len(out) == 0 && from == (Key{}) {
		return nil, fs.ErrNotExist
	}
	return out, err
}

// ByAuthor gives the name of the author and their articles like Newest; fs.ErrNotExist when
// nobody of that address ever wrote.
func (a *Archive) ByAuthor(ctx context.Context, author string, from Key, n int) (string, []Brief, error) {
	k := from.first()
	var name string
	var out []Brief
	err := a.engine.Read(ctx,
		engine.One(&name, authorName, author),
		engine.All(&out, listAuthor, k.Sorted, k.ID, n, author))
	return name, out, err
}

// Span lists the articles published in [from, to) like Newest, and the nearest instants outside
// it that have articles; the zero time when there is none.
func (a *Archive) Span(ctx context.Context, from, to time.Time, at Key, n int) (out []Brief, before, after time.Time, err error) {
	k := at.first()
	err = a.engine.Read(ctx,
		engine.All(&out, listRange, k.Sorted, k.ID, n, from, to),
		engine.One(&before, nearestBefore, from),
		engine.One(&after, nearestAfter, to))
	return out, before, after, err
}

const (
	articlePulse engine.SQL = `SELECT a.id, a.version, a.comments = 'open', ` + closesAt + `,
  coalesce((SELECT max(r.seq) FROM reaction r WHERE r.article_id = a.id), 0),
  coalesce((SELECT max(r.seq) FROM reaction r WHERE r.user_id = ?2 AND r.article_id = a.id), 0),
  EXISTS (SELECT 1 FROM comment c WHERE c.author_id = ?2 AND c.article_id = a.id AND c.state IN ('pending', 'rejected', 'blocked')),
  (SELECT json_group_array(id) FROM (` + mutedIn + `a.id ORDER BY c.id)),
  (SELECT ` + barred + ` FROM user u WHERE u.id = ?2)
FROM article a` + controlled + `WHERE a.slug = ?1`

	articleBySlug engine.SQL = `SELECT a.id, slug, revision, a.version, comments = 'open',
  coalesce(k.slow, 0),
  source_format, source_id, url, headline, deck, NULL, section, keywords, language, published, modified,
  published_raw, zone_assumed, dateline, credit, body_html, body_text, images
FROM article a` + controlled + `WHERE slug = ?`

	authorsBySlug engine.SQL = `SELECT w.name, w.raw_name, w.email, w.role FROM article_author w
JOIN article a ON a.id = w.article_id WHERE a.slug = ? ORDER BY w.position`
)

// Pulse is what an article page must know before it can be answered from memory.
type Pulse struct {
	ID      int64
	Version int       // of the page
	Open    bool      // comments were not closed by hand
	Closes  time.Time // when they close by the clock; zero when they do not

	Reactions int64   // grows with every reaction under it
	Reacted   int64   // the number of the reader's own last one, 0 for none
	Mine      bool    // the reader has comments under it that are not published
	Muted     []int64 `sql:"json"` // published comments under it by authors whom the reader has muted, in order

	Barred time.Time // the reader may not comment before; zero when they may
}

// OpenAt reports whether comments are taken at a time.
func (p Pulse) OpenAt(t time.Time) bool { return p.Open && (p.Closes.IsZero() || t.Before(p.Closes)) }

// ArticlePulse reads the pulse of the article for one reader (0: signed out). Watching a context
// costs as much as this read takes, so it does not.
func (a *Archive) ArticlePulse(ctx context.Context, slug string, reader int64) (Pulse, error) {
	var p Pulse
	err := a.engine.Read(context.WithoutCancel(ctx), engine.One(&p, articlePulse, slug, reader))
	return p, err
}

// Article reads an article with its authors; fs.ErrNotExist when there is none of that slug.
func (a *Archive) Article(ctx context.Context, slug string) (Article, error) {
	var art Article
	var authors []Author
	err := a.engine.Read(ctx, engine.One(&art, articleBySlug, slug), engine.All(&authors, authorsBySlug, slug))
	art.Content.Authors = authors
	return art, err
}
