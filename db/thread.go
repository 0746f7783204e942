package db

import (
	"context"
	"math"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// Comment is one comment as the archive keeps it.
type Comment struct {
	ID         int64
	ArticleID  int64
	AuthorID   int64
	Author     string // display name
	Role       Role   // the author's
	ParentID   int64  // 0: a thread's first
	Body       string
	Characters int
	Language   string
	State      moderation.State
	Version    int
	Risk       float64
	Submitted  time.Time
	Edited     time.Time // zero when never

	Marks CommentMarks `sql:"-"` // only what Discussion reads has them
}

// Placed is a comment with the article it stands under.
type Placed struct {
	Comment
	Slug            string
	Headline        string
	ArticleLanguage string
	Section         string
	Open            bool
	Clause          string // of the last decision on its words, "" for none
}

const (
	commentColumns = `c.id, c.article_id, c.author_id, u.name, u.role, coalesce(c.parent_id, 0), c.body, c.characters, c.language,
  c.state, c.version, c.risk, c.submitted, c.edited`
	placedColumns = commentColumns + `, a.slug, a.headline, a.language, a.section, a.comments = 'open',
  coalesce((SELECT d.clause FROM decision d WHERE d.comment_id = c.id AND d.version = c.version ORDER BY d.id DESC LIMIT 1), '')`
	placedFrom = ` FROM comment c JOIN user u ON u.id = c.author_id JOIN article a ON a.id = c.article_id `

	commentByID engine.SQL = `SELECT ` + placedColumns + placedFrom + `WHERE c.id = ?`
	repliesOf   engine.SQL = `SELECT ` + commentColumns + ` FROM comment c JOIN user u ON u.id = c.author_id
WHERE c.parent_id = ? AND c.state = 'published' ORDER BY c.id`
	ownUnder engine.SQL = `SELECT ` + placedColumns + placedFrom + `WHERE c.author_id = ?2 AND c.article_id = ?1
  AND c.state IN ('pending', 'rejected', 'blocked') ORDER BY c.id DESC LIMIT 50`
	ownAll engine.SQL = `SELECT ` + placedColumns + placedFrom + `WHERE c.author_id = ?1 AND c.id < ?2
ORDER BY c.id DESC LIMIT ?3`
	wordingsOf engine.SQL = `SELECT version, body, submitted FROM comment_revision WHERE comment_id = ? ORDER BY version DESC`
)

// Comment reads one comment with its place; fs.ErrNotExist when there is none of that id.
func (a *Archive) Comment(ctx context.Context, id int64) (Placed, error) {
	var c Placed
	err := a.engine.Read(ctx, engine.One(&c, commentByID, id))
	return c, err
}

// Replies lists the published answers to a comment, oldest first.
func (a *Archive) Replies(ctx context.Context, comment int64) ([]Comment, error) {
	var out []Comment
	err := a.engine.Read(ctx, engine.All(&out, repliesOf, comment))
	return out, err
}

// OwnUnder lists an author's comments under an article that wait or were turned down, newest first.
func (a *Archive) OwnUnder(ctx context.Context, article, author int64) ([]Placed, error) {
	var out []Placed
	err := a.engine.Read(ctx, engine.All(&out, ownUnder, article, author))
	return out, err
}

// Own lists an author's comments in every state before one of that id (0: from the newest),
// newest first, at most n.
func (a *Archive) Own(ctx context.Context, author, before int64, n int) ([]Placed, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []Placed
	err := a.engine.Read(ctx, engine.All(&out, ownAll, author, before, n))
	return out, err
}

// Wording is one earlier version of a comment's words.
type Wording struct {
	Version   int
	Body      string
	Submitted time.Time
}

// Wordings lists the earlier versions of a comment, newest first.
func (a *Archive) Wordings(ctx context.Context, comment int64) ([]Wording, error) {
	var out []Wording
	err := a.engine.Read(ctx, engine.All(&out, wordingsOf, comment))
	return out, err
}
