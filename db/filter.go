package db

import (
	"context"
	"encoding/json"

	"broadsheet/db/engine"
)

// Filter narrows a queue. Empty fields do not.
type Filter struct {
	Section  string   // a section's slug
	Articles []string // slugs of articles: under one of them
	Clause   string   // id of a clause that a check or a decision on the words names
	Check    string   // name of a check that found something
	Reader   string   // the author, by id or by name
	Language string   // of the comment
	Text     string   // letters of the comment, any case in ASCII
	Only     []int64  // these comments alone; nil: all
	Skip     []int64  // but these
	NotBy    int64    // not written by this account
}

// queueFilter is the filter on comment c; its arguments are those of Filter.args. It asks for the article and the author only
// where a field wants them.
const queueFilter = ` AND (?1 = '' OR EXISTS (SELECT 1 FROM article a WHERE a.id = c.article_id AND a.section_slug = ?1))
  AND (?2 = '' OR c.article_id IN (` + articlesNamed + `))
  AND (?3 = '' OR instr(c.named, ' clause:' || ?3 || ' ') > 0)
  AND (?4 = '' OR instr(c.named, ' check:' || ?4 || ' ') > 0)
  AND (?5 = '' OR c.author_id IN (` + readersNamed + `))
  AND (?6 = '' OR c.language = ?6)
  AND (?7 = '' OR instr(lower(c.body), lower(?7)) > 0)
  AND (?8 = '' OR c.id IN (SELECT value FROM json_each(?8)))
  AND (?9 = '' OR c.id NOT IN (SELECT value FROM json_each(?9)))
  AND (?10 = 0 OR c.author_id <> ?10) `

// readersNamed are the accounts of an id or a name.
const readersNamed = `SELECT u.id FROM user u WHERE u.id = CAST(?5 AS INTEGER) UNION SELECT u.id FROM user u WHERE lower(u.name) = lower(?5)`

// articlesNamed are the articles of the slugs.
const articlesNamed = `SELECT a.id FROM article a WHERE a.slug IN (SELECT value FROM json_each(?2))`

// narrow reports whether the filter leaves few comments, which are looked up one by one.
func (f Filter) narrow() bool { return f.Only != nil || len(f.Articles) > 0 || f.Reader != "" }

// Empty reports whether the filter lets everything through.
func (f Filter) Empty() bool {
	return !f.narrow() && f.Section == "" && f.Clause == "" && f.Check == "" && f.Language == "" && f.Text == "" && len(f.Skip) == 0 && f.NotBy == 0
}

// args are the arguments of queueFilter.
func (f Filter) args() []any {
	return []any{f.Section, jsonList(f.Articles), f.Clause, f.Check, f.Reader, f.Language, f.Text, jsonList(f.Only), jsonList(f.Skip), f.NotBy}
}

// jsonList is a JSON array for json_each, "" for nil.
func jsonList[T any](values []T) string {
	if values == nil {
		return ""
	}
	doc, err := json.Marshal(values)
	if err != nil { // of numbers and texts: cannot be
		return "[]"
	}
	return string(doc)
}

const headlinesOf engine.SQL = `SELECT slug, headline FROM article WHERE slug IN (SELECT value FROM json_each(?))`

// Headlines names articles by their slugs; those that are not there are left out.
func (a *Archive) Headlines(ctx context.Context, slugs []string) (map[string]string, error) {
	out := map[string]string{}
	if len(slugs) == 0 {
		return out, nil
	}
	var rows []struct{ Slug, Headline string }
	err := a.engine.Read(ctx, engine.All(&rows, headlinesOf, jsonList(slugs)))
	for _, r := range rows {
		out[r.Slug] = r.Headline
	}
	return out, err
}
