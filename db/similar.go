package db

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	precedentsFrom  engine.SQL = `SELECT id FROM decision ORDER BY id DESC LIMIT 1 OFFSET ?`
	precedentsAfter engine.SQL = `SELECT d.id, d.comment_id, coalesce(r.body, c.body) FROM decision d JOIN comment c ON c.id = d.comment_id
LEFT JOIN comment_revision r ON r.comment_id = d.comment_id AND r.version = d.version
WHERE d.id > ? AND d.user_id IS NOT NULL AND d.undoes IS NULL AND d.action <> 'withdraw' ORDER BY d.id LIMIT 500`
	// What was taken back since, edited or withdrawn is no example.
	precedentsByID engine.SQL = `SELECT c.id, c.body, c.language, d.action, d.clause, d.at FROM comment c JOIN decision d ON d.id = ` + lastOn + `
WHERE c.id IN (SELECT value FROM json_each(?)) AND c.state <> 'withdrawn' AND d.user_id IS NOT NULL`
)

const (
	precedentSketch = 24      // pieces that a comment is found by: its smallest, which are as good as drawn by lot
	precedentPlaces = 1 << 16 // lists of comments, by piece
	precedentWork   = 20_000  // entries of lists that one search looks at, the shortest lists first
	precedentReads  = 40      // comments that share most, whose words are read and compared
	precedentMost   = 100_000 // decisions looked back on at the start; twice as many before all begins anew
)

// Precedents finds comments that were decided before, by their words. It holds only what they are found by, about
// 130 bytes for each, and makes that anew from the decisions at every start.
type Precedents struct {
	archive   *Archive
	following sync.Mutex // one follows at a time
	mu        sync.RWMutex
	last      int64 // the last decision that was followed
	comments  []int64
	places    [][]int32 // of comments, by piece
}

// Precedent is a decided comment that is like another one.
type Precedent struct {
	ID       int64
	Body     string
	Language string
	Action   moderation.Action // of the decision that stands
	Clause   string            // "" when it names none
	At       time.Time         // of the decision
	Alike    float64           `sql:"-"` // 0–1, as moderation.Pieces have it
}

// Precedents begins with nothing found; Follow fills it.
func (a *Archive) Precedents() *Precedents { return &Precedents{archive: a} }

// Follow takes up what was decided since the last time. While somebody else does, it returns at once.
func (p *Precedents) Follow(ctx context.Context) error {
	if !p.following.TryLock() {
		return nil
	}
	defer p.following.Unlock()
	if p.places == nil || len(p.comments) > 2*precedentMost {
		if err := p.begin(ctx); err != nil {
			return err
		}
	}
	for {
		var page []decidedWords
		if err := p.archive.engine.Read(ctx, engine.All(&page, precedentsAfter, p.last)); err != nil || len(page) == 0 {
			return err
		}
		p.add(page)
	}
}

// decidedWords are what a decision spoke of.
type decidedWords struct {
	ID, Comment int64 // ID is the decision's
	Body        string
}

// begin forgets everything, to follow the latest decisions from there.
func (p *Precedents) begin(ctx context.Context) error {
	var from int64
	var found bool
	if err := p.archive.engine.Read(ctx, engine.Maybe(&from, &found, precedentsFrom, precedentMost)); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last, p.comments, p.places = from, nil, make([][]int32, precedentPlaces)
	return nil
}

// add takes decisions up. What is slow is done before others have to wait.
func (p *Precedents) add(page []decidedWords) {
	places := make([][]uint32, len(page))
	for i, d := range page {
		places[i] = placesOf(moderation.PiecesOf(d.Body))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, d := range page {
		for _, at := range places[i] {
			p.places[at] = append(p.places[at], int32(len(p.comments)))
		}
		p.comments = append(p.comments, d.Comment)
		p.last = d.ID
	}
}

// placesOf are the lists that a text stands in, each once.
func placesOf(p moderation.Pieces) []uint32 {
	var at []uint32
	for _, piece := range p[:min(len(p), precedentSketch)] {
		at = append(at, piece%precedentPlaces)
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// Like lists decided comments whose words are like those of a comment, at least to a share of 0–1, the most alike
// first. The comment itself is none of them.
func (p *Precedents) Like(ctx context.Context, comment int64, text string, least float64) ([]Precedent, error) {
	if err := p.Follow(ctx); err != nil {
		return nil, err
	}
	pieces := moderation.PiecesOf(text)
	ids, err := json.Marshal(p.candidates(comment, placesOf(pieces)))
	if err != nil {
		return nil, err
	}
	var out []Precedent
	if err := p.archive.engine.Read(ctx, engine.All(&out, precedentsByID, string(ids))); err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Alike = pieces.Alike(moderation.PiecesOf(out[i].Body))
	}
	out = slices.DeleteFunc(out, func(c Precedent) bool { return c.Alike < least })
	slices.SortFunc(out, func(a, b Precedent) int { return cmp.Or(cmp.Compare(b.Alike, a.Alike), cmp.Compare(b.ID, a.ID)) })
	return out, nil
}

// candidates are the comments that stand in most of some lists, but one.
func (p *Precedents) candidates(but int64, places []uint32) []int64 {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.places == nil {
		return nil
	}
	lists := make([][]int32, 0, len(places))
	for _, at := range places {
		lists = append(lists, p.places[at])
	}
	slices.SortFunc(lists, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	shared, work := make([]uint8, len(p.comments)), 0
	by := make([][]int32, precedentSketch+1) // comments by how many lists they stand in
	for _, list := range lists {
		if work += len(list); work > precedentWork {
			break
		}
		for _, at := range list {
			shared[at]++
			by[shared[at]] = append(by[shared[at]], at)
		}
	}
	var ids []int64
	for n := precedentSketch; n > 0; n-- {
		for _, at := range slices.Backward(by[n]) { // it stands under the smaller numbers as well
			if id := p.comments[at]; id != but && shared[at] == uint8(n) && len(ids) < precedentReads {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
