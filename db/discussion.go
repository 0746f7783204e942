package db

import (
	"context"
	"encoding/json"
	"math"

	"broadsheet/db/engine"
)

// ThreadOrder is how the threads under an article are sorted.
type ThreadOrder string

// The orders. Any other value means ByNewest.
const (
	ByNewest      ThreadOrder = "newest"
	ByOldest      ThreadOrder = "oldest"
	ByRecommended ThreadOrder = "recommended" // most recommended first, of those the newest
	ByChoice      ThreadOrder = "choice"      // threads with an editors' choice first, then the newest
)

// Place is a thread's place in an order: what the order goes by before the id (0 in those that go by nothing else), and
// the id of its first comment. The zero Place is the beginning.
type Place struct{ Rank, ID int64 }

// CommentMarks are what stands beside a published comment.
type CommentMarks struct {
	Recommended int // by how many readers
	Pinned      bool
	Choice      bool
}

// Thread is a comment and its published answers, oldest first. When the first comment is not
// published itself, its State says so and its words must not be shown.
type Thread struct {
	Comment
	Replies []Comment
}

// Discussion is a page of the threads under an article.
type Discussion struct {
	Pinned  []Thread // that stand first whatever the order, on the first page only; the latest pin first
	Threads []Thread // the others, in their order
	Next    Place    // where the next page begins; the zero Place on the last
	Total   int      // published comments under the article, answers too
}

const (
	// A thread whose first comment has left the page stays for the sake of its answers.
	threadStands = `(t.state = 'published' OR EXISTS (SELECT 1 FROM comment r WHERE r.parent_id = t.id AND r.state = 'published'))`
	pinnedUnder  = `SELECT c.id FROM pick p JOIN comment c ON c.id = p.comment_id WHERE p.article_id = ?1 AND p.kind = 'pinned' AND ` + pickStands
	threadsOf    = ` FROM comment t WHERE t.article_id = ?1 AND t.parent_id IS NULL AND ` + threadStands + ` AND t.id NOT IN (` + pinnedUnder + `)`
	threadRows   = `SELECT h.rank, ` + commentColumns + ` FROM h CROSS JOIN comment c ON c.id = h.id JOIN user u ON u.id = c.author_id ORDER BY `
	rankedPage   = `) SELECT * FROM ranked WHERE (rank, id) < (?2, ?3) ORDER BY rank DESC, id DESC LIMIT ?4) ` + threadRows + `h.rank DESC, h.id DESC`

	threadsNewest engine.SQL = `WITH h AS (SELECT t.id, 0 AS rank` + threadsOf + ` AND ?2 >= 0 AND t.id < ?3
ORDER BY t.id DESC LIMIT ?4) ` + threadRows + `h.id DESC`
	threadsOldest engine.SQL = `WITH h AS (SELECT t.id, 0 AS rank` + threadsOf + ` AND ?2 >= 0 AND t.id > ?3
ORDER BY t.id LIMIT ?4) ` + threadRows + `h.id`
	threadsLiked engine.SQL = `WITH h AS (WITH ranked AS (SELECT t.id, (SELECT count(*) FROM reaction r
  WHERE r.comment_id = t.id AND r.version = t.version AND r.recommended = 1) AS rank` + threadsOf + rankedPage
	threadsChosen engine.SQL = `WITH h AS (WITH chosen AS (SELECT coalesce(c.parent_id, c.id) AS id FROM pick p
  JOIN comment c ON c.id = p.comment_id WHERE p.article_id = ?1 AND p.kind = 'choice' AND ` + pickStands + `),
ranked AS (SELECT t.id, t.id IN (SELECT id FROM chosen) AS rank` + threadsOf + rankedPage
	threadsPinned engine.SQL = `WITH h AS (SELECT c.id, p.id AS rank FROM pick p JOIN comment c ON c.id = p.comment_id
WHERE p.article_id = ?1 AND p.kind = 'pinned' AND ` + pickStands + `) ` + threadRows + `h.rank DESC`

	repliesUnder engine.SQL = `SELECT ` + commentColumns + ` FROM comment c JOIN user u ON u.id = c.author_id
WHERE c.parent_id IN (SELECT value FROM json_each(?)) AND c.state = 'published' ORDER BY c.id`
	recommendedOn engine.SQL = `WITH h AS (SELECT value AS id FROM json_each(?)),
shown AS (SELECT c.id, c.version FROM h CROSS JOIN comment c ON c.id = h.id
  UNION ALL SELECT c.id, c.version FROM h CROSS JOIN comment c ON c.parent_id = h.id AND c.state = 'published')
SELECT c.id, count(*) FROM shown c CROSS JOIN reaction r ON ` + recommends + ` GROUP BY c.id`
	picksUnder engine.SQL = `SELECT p.comment_id, p.kind FROM pick p JOIN comment c ON c.id = p.comment_id
WHERE p.article_id = ? AND ` + pickStands
	publishedCount engine.SQL = `SELECT count(*) FROM comment WHERE article_id = ? AND state = 'published'`
)

// rankedComment is a thread's first comment with its rank in the order.
type rankedComment struct {
	Rank int64
	Comment
}

// Discussion reads at most n threads under an article behind a place in an order, with everything that readers see of
// them. What is recommended between two pages may show on both, or on neither: an order by numbers that change
// cannot do better.
func (a *Archive) Discussion(ctx context.Context, article int64, order ThreadOrder, from Place, n int) (Discussion, error) {
	var d Discussion
	var heads, pinned []rankedComment
	page := engine.All(&heads, threadsNewest, article, end(from).Rank, end(from).ID, n+1)
	switch order {
	case ByOldest:
		page = engine.All(&heads, threadsOldest, article, 0, from.ID, n+1)
	case ByRecommended:
		page = engine.All(&heads, threadsLiked, article, end(from).Rank, end(from).ID, n+1)
	case ByChoice:
		page = engine.All(&heads, threadsChosen, article, end(from).Rank, end(from).ID, n+1)
	}
	err := a.engine.Read(ctx, page, engine.All(&pinned, threadsPinned, article), engine.One(&d.Total, publishedCount, article))
	if err != nil {
		return d, err
	}
	if len(heads) > n {
		heads = heads[:n]
		d.Next = Place{heads[n-1].Rank, heads[n-1].ID}
	}
	if from != (Place{}) {
		pinned = nil
	}
	all, err := a.threads(ctx, article, append(pinned, heads...))
	if err == nil {
		d.Pinned, d.Threads = all[:len(pinned):len(pinned)], all[len(pinned):]
	}
	return d, err
}

// end is the place to read on from, where the beginning is the largest.
func end(p Place) Place {
	if p == (Place{}) {
		return Place{math.MaxInt64, math.MaxInt64}
	}
	return p
}

// threads adds to the first comments of threads what stands under and beside them.
func (a *Archive) threads(ctx context.Context, article int64, heads []rankedComment) ([]Thread, error) {
	out, at, ids := make([]Thread, len(heads)), make(map[int64]int, len(heads)), make([]int64, len(heads))
	for i, h := range heads {
		out[i].Comment, at[h.ID], ids[i] = h.Comment, i, h.ID
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var replies []Comment
	var counts []recommendations
	var picks []standingPick
	err = a.engine.Read(ctx,
		engine.All(&replies, repliesUnder, string(list)),
		engine.All(&counts, recommendedOn, string(list)),
		engine.All(&picks, picksUnder, article))
	marks := marksOf(counts, picks)
	for i := range out {
		out[i].Marks = marks[out[i].ID]
	}
	for _, r := range replies {
		r.Marks = marks[r.ID]
		i := at[r.ParentID]
		out[i].Replies = append(out[i].Replies, r)
	}
	return out, err
}

// recommendations are by how many readers a comment is recommended.
type recommendations struct {
	Comment int64
	Count   int
}

// standingPick is a pick that stands.
type standingPick struct {
	Comment int64
	Kind    PickKind
}

// marksOf gathers what stands beside comments, by their ids.
func marksOf(counts []recommendations, picks []standingPick) map[int64]CommentMarks {
	marks := map[int64]CommentMarks{}
	for _, c := range counts {
		marks[c.Comment] = CommentMarks{Recommended: c.Count}
	}
	for _, p := range picks {
		m := marks[p.Comment]
		m.Pinned, m.Choice = m.Pinned || p.Kind == Pinned, m.Choice || p.Kind == Choice
		marks[p.Comment] = m
	}
	return marks
}
