package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"broadsheet/db/engine"
)

// Outcome is what became of one item of an import.
type Outcome string

// The outcomes of an item.
const (
	Created     Outcome = "created"
	Updated     Outcome = "updated"   // a new revision under the same permalink
	Unchanged   Outcome = "unchanged" // same key, same content
	Quarantined Outcome = "quarantined"
)

// Incoming is one item of an import: an article with its identity, or why it is set aside.
type Incoming struct {
	Locator  string // where it came from
	Content  Content
	Key      string // what makes two imports the same article
	Hash     string // what makes an import a change
	Slug     string // the permalink it would like, "" for its id
	Reason   string // why it is set aside, in English; "" for an article
	ReasonID string // a stable word for the reason, "" when it has none
	Raw      []byte // what is set aside, as it came
	Keep     bool   // leave an article that stands already as it is, even when the content differs
}

// Stored is what became of an Incoming.
type Stored struct {
	Outcome Outcome
	Slug    string // of the article, "" when set aside
	Reason  string // why it was set aside
}

const (
	articleByKey engine.SQL = `SELECT a.id, a.slug, a.revision, a.content_hash,
  EXISTS (SELECT 1 FROM import_item i WHERE i.article_id = a.id AND i.job_id = ?2)
FROM article a WHERE a.source_key = ?1`
	slugTaken engine.SQL = `SELECT count(*) FROM article WHERE slug = ?`

	insertArticle engine.SQL = `INSERT INTO article (id, slug, source_key, content_hash, source_format, source_id, url,
  headline, deck, section, section_slug, keywords, language, published, modified, published_raw, zone_assumed,
  dateline, credit, body_html, body_text, images, created, sorted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	insertAuthor engine.SQL = `INSERT INTO article_author (article_id, position, name, raw_name, slug, email, role, sorted)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	deleteAuthors engine.SQL = `DELETE FROM article_author WHERE article_id = ?`

	keepRevision engine.SQL = `INSERT INTO article_revision (article_id, revision, content, hash, replaced)
SELECT a.id, a.revision, json_object('source_format', a.source_format, 'source_id', a.source_id, 'url', a.url,
  'headline', a.headline, 'deck', a.deck, 'section', a.section, 'keywords', json(a.keywords), 'language', a.language,
  'published', a.published, 'modified', a.modified, 'published_raw', a.published_raw, 'zone_assumed', a.zone_assumed,
  'dateline', a.dateline, 'credit', a.credit, 'body_html', a.body_html, 'body_text', a.body_text, 'images', json(a.images),
  'authors', (SELECT json_group_array(json_object('name', name, 'raw', raw_name, 'email', email, 'role', role))
     FROM (SELECT * FROM article_author WHERE article_id = a.id ORDER BY position))), a.content_hash, ?2
FROM article a WHERE a.id = ?1`

	updateArticle engine.SQL = `UPDATE article SET content_hash = ?, source_format = ?, source_id = ?, url = ?,
  headline = ?, deck = ?, section = ?, section_slug = ?, keywords = ?, language = ?, published = ?, modified = ?,
  published_raw = ?, zone_assumed = ?, dateline = ?, credit = ?, body_html = ?, body_text = ?, images = ?,
  sorted = ?, revision = revision + 1, version = version + 1
WHERE id = ?`
	guardRevision engine.SQL = `SELECT 1 FROM article WHERE id = ? AND revision = ?`

	insertItem engine.SQL = `INSERT INTO import_item (job_id, position, locator, outcome, article_id, reason, reason_id, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	beatJob engine.SQL = `UPDATE import_job SET beat = ?2 WHERE id = ?1`
)

// standing is the article that an import's key names already.
type standing struct {
	ID       int64
	Slug     string
	Revision int
	Hash     string
	Seen     bool // by this import, earlier
}

// PutArticles stores a batch of an import together with its rows in the journal, whose positions
// begin at first. An item that cannot be stored is quarantined with the reason and never stops the
// others; an error means that the archive cannot be used and nothing of the batch was stored.
func (a *Archive) PutArticles(ctx context.Context, job int64, first int, in []Incoming) ([]Stored, error) {
	batch, out, err := a.plan(ctx, job, first, in)
	if err != nil {
		return nil, err
	}
	if err = a.engine.Write(ctx, batch); err == nil || Unavailable(err) || ctx.Err() != nil {
		return out, err
	}
	if len(in) == 1 { // another import was faster, or a value that the schema refuses
		if !errors.Is(err, ErrConflict) && !engine.Unique(err) {
			in[0].Reason, in[0].ReasonID = "the archive refuses it: "+err.Error(), "refused"
		}
		if batch, out, err = a.plan(ctx, job, first, in); err == nil {
			err = a.engine.Write(ctx, batch)
		}
		return out, err
	}
	out = out[:0]
	for i := range in {
		one, err := a.PutArticles(ctx, job, first+i, in[i:i+1])
		if err != nil {
			return out, err
		}
		out = append(out, one...)
	}
	return out, nil
}

// plan looks at what stands and says what must be written.
func (a *Archive) plan(ctx context.Context, job int64, first int, in []Incoming) (engine.Batch, []Stored, error) {
	p := put{archive: a, job: job, now: a.Now(), slugs: map[string]bool{}, keys: map[string]standing{}}
	out := make([]Stored, len(in))
	for i := range in {
		s, err := p.item(ctx, first+i, &in[i])
		if err != nil {
			return engine.Batch{}, nil, err
		}
		out[i] = s
	}
	p.batch.Do = append(p.batch.Do, engine.Do(beatJob, job, p.now))
	return p.batch, out, nil
}

// put gathers the statements of one batch of an import.
type put struct {
	archive *Archive
	job     int64
	now     time.Time
	batch   engine.Batch
	slugs   map[string]bool     // taken within this batch
	keys    map[string]standing // stored within this batch
}

func (p *put) do(q engine.SQL, args ...any) { p.batch.Do = append(p.batch.Do, engine.Do(q, args...)) }

// item plans one item: set aside, unchanged, a new revision, or a new article.
func (p *put) item(ctx context.Context, position int, in *Incoming) (Stored, error) {
	if in.Reason != "" {
		return p.setAside(position, in), nil
	}
	old, known := p.keys[in.Key]
	if !known {
		if err := p.archive.engine.Read(ctx, engine.Maybe(&old, &known, articleByKey, in.Key, p.job)); err != nil {
			return Stored{}, err
		}
	}
	if known && old.Seen && old.Hash != in.Hash {
		in.Reason, in.ReasonID = "another text of the same article stands in this import: the first one was taken", "twice"
		return p.setAside(position, in), nil
	}
	outcome := Created
	switch {
	case known && (old.Hash == in.Hash || in.Keep):
		outcome = Unchanged
	case known:
		outcome = Updated
		p.revise(old, in)
	default:
		old.ID = p.archive.engine.NewID()
		var err error
		if old.Slug, err = p.freeSlug(ctx, in.Slug, old.ID); err != nil {
			return Stored{}, err
		}
		p.create(old.ID, old.Slug, in)
	}
	p.keys[in.Key] = standing{old.ID, old.Slug, old.Revision, in.Hash, true}
	p.do(insertItem, p.job, position, in.Locator, outcome, old.ID, "", "", []byte{})
	return Stored{outcome, old.Slug, ""}, nil
}

// setAside plans an item of the quarantine.
func (p *put) setAside(position int, in *Incoming) Stored {
	p.do(insertItem, p.job, position, in.Locator, Quarantined, nil, in.Reason, in.ReasonID, raw(in))
	return Stored{Quarantined, "", in.Reason}
}

// raw is what came, never NULL.
func raw(in *Incoming) []byte { return append([]byte{}, in.Raw...) }

// freeSlug is the wanted permalink, with a number behind it when it is taken.
func (p *put) freeSlug(ctx context.Context, want string, id int64) (string, error) {
	if want == "" {
		want = fmt.Sprint(id)
	}
	for n := 1; ; n++ {
		s := want
		if n > 1 {
			s = fmt.Sprintf("%s-%d", want, n)
		}
		if p.slugs[s] {
			continue
		}
		var taken int
		if err := p.archive.engine.Read(ctx, engine.One(&taken, slugTaken, s)); err != nil {
			return "", err
		}
		if taken == 0 {
			p.slugs[s] = true
			return s, nil
		}
	}
}

func (p *put) create(id int64, slug string, in *Incoming) {
	c := in.Content
	sorted := p.sorted(c)
	p.do(insertArticle, id, slug, in.Key, in.Hash, c.SourceFormat, c.SourceID, c.URL,
		c.Headline, c.Deck, c.Section, c.SectionSlug(), list(c.Keywords), c.Language, c.Published, c.Modified,
		c.PublishedRaw, c.ZoneAssumed, c.Dateline, c.Credit, c.BodyHTML, c.BodyText, list(c.Images), p.now, sorted)
	p.authors(id, c, sorted)
}

func (p *put) revise(old standing, in *Incoming) {
	c := in.Content
	sorted := p.sorted(c)
	p.batch.Guard = append(p.batch.Guard, engine.Must(guardRevision, ErrConflict, old.ID, old.Revision))
	p.do(keepRevision, old.ID, p.now)
	p.do(updateArticle, in.Hash, c.SourceFormat, c.SourceID, c.URL,
		c.Headline, c.Deck, c.Section, c.SectionSlug(), list(c.Keywords), c.Language, c.Published, c.Modified,
		c.PublishedRaw, c.ZoneAssumed, c.Dateline, c.Credit, c.BodyHTML, c.BodyText, list(c.Images), sorted, old.ID)
	p.do(deleteAuthors, old.ID)
	p.authors(old.ID, c, sorted)
}

func (p *put) authors(id int64, c Content, sorted time.Time) {
	for i, w := range c.Authors {
		p.do(insertAuthor, id, i, w.Name, w.Raw, w.Slug(), w.Email, w.Role, sorted)
	}
}

// sorted is an article's place in the lists: when it was published, else when it came in.
func (p *put) sorted(c Content) time.Time {
	if c.Published.IsZero() {
		return p.now
	}
	return c.Published
}

// list writes a list as JSON, an empty one as [].
func list[T any](v []T) string {
	if len(v) == 0 {
		return "[]"
	}
	b, err := json.Marshal(v)
	if err != nil { // strings and structs of strings always encode
		return "[]"
	}
	return string(b)
}
