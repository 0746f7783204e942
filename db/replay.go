package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const pastPage engine.SQL = `SELECT c.id, c.body, c.submitted, c.state, c.author_id, u.name, substr(u.email, instr(u.email, '@') + 1),
  a.id, a.language, a.slug, a.headline,
  (SELECT count(*) FROM comment o WHERE o.author_id = c.author_id AND o.submitted > c.submitted - ?3 AND o.submitted < c.submitted AND o.state = 'published'),
  (SELECT count(*) FROM comment o WHERE o.author_id = c.author_id AND o.submitted > c.submitted - ?3 AND o.submitted < c.submitted AND o.state IN ('rejected', 'blocked')),
  (SELECT count(*) FROM comment o WHERE o.author_id = c.author_id AND o.submitted > c.submitted - ?4 AND o.submitted < c.submitted AND o.state IN ('published', 'rejected', 'blocked')),
  (SELECT count(*) FROM comment o WHERE o.author_id = c.author_id AND o.submitted > c.submitted - ?4 AND o.submitted < c.submitted AND o.state IN ('rejected', 'blocked')),
  (SELECT count(*) FROM (SELECT 1 FROM comment o WHERE o.author_id = c.author_id AND o.submitted < c.submitted AND o.state = 'published' LIMIT 100))
FROM comment c JOIN user u ON u.id = c.author_id JOIN article a ON a.id = c.article_id
WHERE c.id > ?1 AND c.submitted >= ?2 ORDER BY c.id LIMIT 500`

// Past is a comment that was stored, as the review could see it when it was sent. What its author did before is
// told by what has become of those comments since.
type Past struct {
	ID             int64
	Author         string
	Slug, Headline string
	State          moderation.State
	Submission     moderation.Submission
}

type pastRow struct {
	ID                                                int64
	Body                                              string
	At                                                time.Time
	State                                             moderation.State
	AuthorID                                          int64
	Author, Domain                                    string
	ArticleID                                         int64
	Language, Slug, Headline                          string
	Published, Rejected, Decided7, Rejected7, EverPub int
}

// EachPast calls each with every comment submitted since a time, oldest first, in its present wording, and stops
// at its first error. Submission.Sent holds the comments of the same run before it.
func (a *Archive) EachPast(ctx context.Context, since time.Time, each func(Past) error) error {
	var sent []moderation.Sent
	for last := int64(0); ; {
		var page []pastRow
		err := a.engine.Read(ctx, engine.All(&page, pastPage, last, since, TrustWindow.Milliseconds(), Week.Milliseconds()))
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			last = r.ID
			p := Past{ID: r.ID, Author: r.Author, Slug: r.Slug, Headline: r.Headline, State: r.State, Submission: moderation.Submission{
				Text: r.Body, At: r.At, Sent: sent,
				Article: moderation.Article{ID: r.ArticleID, Language: r.Language},
				Author: moderation.Author{
					ID: r.AuthorID, Known: true, Published: r.Published, Rejected: r.Rejected, Ever: r.EverPub,
					Decided7: r.Decided7, Rejected7: r.Rejected7, MailDomain: r.Domain,
				},
			}}
			if err := each(p); err != nil {
				return err
			}
			sent = append(sent, moderation.Sent{Author: r.AuthorID, Article: r.ArticleID, At: r.At, Print: moderation.PrintOf(r.Body)})
			if len(sent) > 2*maxSent {
				sent = append([]moderation.Sent(nil), sent[maxSent:]...)
			}
		}
	}
}

const (
	// maxSent is how many comments repetition is looked for among.
	maxSent = 1024

	sentPage engine.SQL = `SELECT c.id, c.author_id, c.article_id, c.submitted, c.body FROM comment c
WHERE c.submitted >= ? ORDER BY c.id DESC LIMIT ?`
)

// LastSent lists the last comments since a time, oldest first, at most 1,024.
func (a *Archive) LastSent(ctx context.Context, since time.Time) ([]moderation.Sent, error) {
	var rows []struct {
		ID, Author, Article int64
		At                  time.Time
		Body                string
	}
	if err := a.engine.Read(ctx, engine.All(&rows, sentPage, since, maxSent)); err != nil {
		return nil, err
	}
	out := make([]moderation.Sent, len(rows))
	for i, r := range rows {
		out[len(rows)-1-i] = moderation.Sent{Author: r.Author, Article: r.Article, At: r.At, Print: moderation.PrintOf(r.Body)}
	}
	return out, nil
}
