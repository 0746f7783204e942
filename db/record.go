package db

import (
	"context"
	"math"
	"time"

	"broadsheet/db/engine"
)

const (
	authorCounts engine.SQL = `SELECT state, count(*) FROM comment WHERE author_id = ? GROUP BY state`
	articleLead  engine.SQL = `SELECT substr(body_text, 1, 600), language FROM article WHERE id = ?`
)

// Record is what a comment's author did before, and what surrounds the comment.
type Record struct {
	History
	Name         string
	Joined       time.Time
	Status       string
	Recent       []Placed // newest first, at most ten
	Lead         string   // first words of the article the comment stands under
	LeadLanguage string   // of the article
	Wording      []Wording
	Notes        []AuthorNote // newest first
}

// Record reads the record of a comment's author and the comment's surroundings.
func (a *Archive) Record(ctx context.Context, c Comment) (Record, error) {
	var u User
	var lead struct{ Text, Language string }
	h, err := a.History(ctx, c.AuthorID)
	if err != nil {
		return Record{}, err
	}
	r := Record{History: h}
	err = a.engine.Read(ctx,
		engine.One(&u, userByID, c.AuthorID),
		engine.All(&r.Recent, ownAll, c.AuthorID, int64(math.MaxInt64), 10),
		engine.All(&r.Wording, wordingsOf, c.ID),
		engine.All(&r.Notes, authorNotes, c.AuthorID),
		engine.One(&lead, articleLead, c.ArticleID))
	r.Lead, r.LeadLanguage = lead.Text, lead.Language
	r.Name, r.Joined, r.Status = u.Name, u.Created, u.Status
	return r, err
}
