package db

import (
	"context"
	"math"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	authorCounts  engine.SQL = `SELECT state, count(*) FROM comment WHERE author_id = ? GROUP BY state`
	authorClauses engine.SQL = `SELECT clause, count(*) FROM (
  SELECT (SELECT d.clause FROM decision d WHERE d.comment_id = c.id AND d.version = c.version ORDER BY d.id DESC LIMIT 1) AS clause
  FROM comment c WHERE c.author_id = ? AND c.state IN ('rejected', 'blocked')) GROUP BY clause ORDER BY 2 DESC, clause`
	articleLead engine.SQL = `SELECT substr(body_text, 1, 600), language FROM article WHERE id = ?`
)

// Record is what a comment's author did before, and what surrounds the comment.
type Record struct {
	Name         string
	Joined       time.Time
	Status       string
	Counts       map[moderation.State]int
	Clauses      []ClauseCount // of what is rejected or blocked, the most frequent first
	Recent       []Placed      // newest first, at most ten
	Lead         string        // first words of the article the comment stands under
	LeadLanguage string        // of the article
	Wording      []Wording
	Notes        []AuthorNote // newest first
}

// ClauseCount is how many of an author's comments were taken down by a clause.
type ClauseCount struct {
	Clause string
	N      int
}

// Record reads the record of a comment's author and the comment's surroundings.
func (a *Archive) Record(ctx context.Context, c Comment) (Record, error) {
	var counts []struct {
		State moderation.State
		N     int
	}
	var u User
	var lead struct{ Text, Language string }
	r := Record{Counts: map[moderation.State]int{}}
	err := a.engine.Read(ctx,
		engine.One(&u, userByID, c.AuthorID),
		engine.All(&counts, authorCounts, c.AuthorID),
		engine.All(&r.Clauses, authorClauses, c.AuthorID),
		engine.All(&r.Recent, ownAll, c.AuthorID, int64(math.MaxInt64), 10),
		engine.All(&r.Wording, wordingsOf, c.ID),
		engine.All(&r.Notes, authorNotes, c.AuthorID),
		engine.One(&lead, articleLead, c.ArticleID))
	r.Lead, r.LeadLanguage = lead.Text, lead.Language
	r.Name, r.Joined, r.Status = u.Name, u.Created, u.Status
	for _, n := range counts {
		r.Counts[n.State] = n.N
	}
	return r, err
}
