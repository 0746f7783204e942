package db

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"broadsheet/moderation"
)

var (
	someClauses = []string{"", "respect", "spam", "privacy"}
	someChecks  = []string{"links", "words", "classifier", "link"}
	someWords   = []string{"An apple", "The APPLE tree", "바나나 이야기", "100% sure_thing"}
)

// pick is one of a list, by chance.
func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// someFindings is what a review may have found.
func someFindings(r *rand.Rand) (out []moderation.Finding) {
	for range r.IntN(3) {
		out = append(out, moderation.Finding{Check: pick(r, someChecks...), Clause: pick(r, someClauses...), Score: .5,
			Why: pick(r, "link", `says "clause":"spam" and "check":"words"`)})
	}
	return out
}

// busyDesk is a newsroom in which all kinds of things have happened to many comments.
func busyDesk(t *testing.T, r *rand.Rand) newsroom {
	t.Helper()
	n := newNewsroom(t)
	other, third := incoming("k2", "h2", "Other"), incoming("k3", "h3", "Third")
	other.Content.Section = "문화"
	n.put(t, other, third)
	must(t, n.SetDesk(n.ctx, 0, DeskSettings{HideAfter: .4}, n.adm))
	articles, readers := n.newest(t), []int64{n.kim, n.lee, n.reader(t, "Park"), n.reader(t, "PARK")}
	for i := range 200 {
		id := n.submit(t, pick(r, readers...), fmt.Sprint(pick(r, someWords...), " ", i), func(c *NewComment) {
			c.ArticleID, c.Language = pick(r, articles...).ID, pick(r, "en", "ko")
			c.Verdict.Risk, c.Verdict.Findings = float64(r.IntN(4))/4, someFindings(r)
			c.Verdict.Outcome = pick(r, moderation.Hold, moderation.Publish)
		})
		for range r.IntN(6) {
			n.happens(t, r, id, readers)
		}
	}
	must(t, n.Sanction(n.ctx, Penalty{User: readers[2], By: n.desk, Action: moderation.Ban, Clause: "spam", Purge: true, At: n.Now()}))
	n.sound(t)
	return n
}

// happens lets something happen to a comment, as far as it can.
func (n newsroom) happens(t *testing.T, r *rand.Rand, id int64, readers []int64) {
	t.Helper()
	c, err := n.Evidence(n.ctx, id)
	must(t, err)
	v := Verb{Comment: id, Version: c.Version, After: c.Last, By: n.desk, At: n.Now(), Action: pick(r, moderation.Approve, moderation.Reject, moderation.Block, moderation.Restore)}
	if v.Action.NeedsClause() {
		v.Clause = pick(r, someClauses[1:]...)
	}
	switch r.IntN(12) {
	case 0:
		words := verdict(c.Body + "!")
		words.Findings = someFindings(r)
		err = n.Edit(n.ctx, id, c.AuthorID, c.Version, c.Language, words, n.Now())
	case 1:
		_, err = n.Undo(n.ctx, v)
	case 2, 3:
		err = n.Report(n.ctx, NewReport{Comment: id, By: pick(r, readers...), Reason: pick(r, "spam", "privacy", "other"), At: n.Now()})
	case 4:
		err = n.Withdraw(n.ctx, id, c.AuthorID, n.Now())
	case 5:
		_, err = n.notice(id, 0, pick(r, LawDSA, LawKorea), "privacy", n.Now(), fmt.Sprint("network ", id))
	case 6, 7:
		v.Action, v.Clause = moderation.Reject, "respect"
		if _, err = n.Decide(n.ctx, v); err == nil {
			err = n.Appeal(n.ctx, id, c.AuthorID, "I only asked.", n.Now())
		}
	default:
		_, err = n.Decide(n.ctx, v)
	}
	_ = err // what cannot be done is refused
}

// someFilter asks for one thing or two.
func someFilter(r *rand.Rand, n newsroom, ids []int64) (f Filter) {
	few := func() []int64 { return ids[:r.IntN(len(ids))] }
	for range 1 + r.IntN(2) {
		switch r.IntN(10) {
		case 0:
			f.Section = pick(r, "economy-trade", "문화", "none")
		case 1:
			f.Articles = [][]string{{"2026-11-20-k1"}, {"2026-11-20-k2", "2026-11-20-k3"}, {"none"}}[r.IntN(3)]
		case 2, 3:
			f.Clause = pick(r, "respect", "spam", "spa", "privacy", "other")
		case 4, 5:
			f.Check = pick(r, someChecks...)
		case 6:
			f.Reader = pick(r, "KIM", "park", fmt.Sprint(n.lee), "nobody")
		case 7:
			f.Language, f.NotBy = pick(r, "en", "ko"), pick(r, 0, n.kim)
		case 8:
			f.Text = pick(r, "apple", "바나나", "%", "_", "!")
		case 9:
			f.Only, f.Skip = pick(r, nil, few(), []int64{}), few()
		}
	}
	return f
}

// lets is the filter as its fields say it, of a row with the clauses of the decisions on its words.
func (f Filter) lets(w Waiting, decided []string) bool {
	finds := func(is func(moderation.Finding) bool) bool { return slices.ContainsFunc(w.Findings, is) }
	return (f.Section == "" || Content{Section: w.Section}.SectionSlug() == f.Section) &&
		(f.Articles == nil || slices.Contains(f.Articles, w.Slug)) &&
		(f.Clause == "" || slices.Contains(decided, f.Clause) || finds(func(g moderation.Finding) bool { return g.Clause == f.Clause })) &&
		(f.Check == "" || finds(func(g moderation.Finding) bool { return g.Check == f.Check })) &&
		(f.Reader == "" || fmt.Sprint(w.AuthorID) == f.Reader || strings.EqualFold(w.Author, f.Reader)) &&
		(f.Language == "" || w.Language == f.Language) &&
		(f.Text == "" || strings.Contains(strings.ToLower(w.Body), f.Text)) &&
		(f.Only == nil || slices.Contains(f.Only, w.ID)) && !slices.Contains(f.Skip, w.ID) && w.AuthorID != f.NotBy
}

// A filtered queue has exactly those rows of the whole queue that the filter lets through, in its order, and counts them.
func TestFilteredIsTheWholeSifted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	n := busyDesk(t, r)
	clauses := map[int64][]string{}
	for _, q := range Queues() {
		for _, o := range q.Orders() {
			whole, _ := walkRows(t, n, Ask{Queue: q, Order: o, N: 100})
			if len(whole) < 5 {
				t.Fatalf("%s: only %d rows: nothing to sift", q, len(whole))
			}
			var ids []int64
			for _, w := range whole {
				ids = append(ids, w.ID)
				if clauses[w.ID] == nil {
					clauses[w.ID] = n.decidedOn(t, w)
				}
			}
			r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
			for range 60 {
				f := someFilter(r, n, ids)
				var want []int64
				for _, w := range whole {
					if f.lets(w, clauses[w.ID]) {
						want = append(want, w.ID)
					}
				}
				got, first := walkThrough(t, n, Ask{Queue: q, Order: o, Filter: f, N: 1 + r.IntN(40)})
				if !slices.Equal(got, want) || first.Count != len(want) || first.More {
					t.Errorf("%s %s %+v: rows %v, count %d, more %v; want %d: %v", q, o, f, got, first.Count, first.More, len(want), want)
				}
			}
		}
	}
}

// decidedOn are the clauses of all decisions on the words of a comment.
func (n newsroom) decidedOn(t *testing.T, w Waiting) []string {
	t.Helper()
	list, err := n.Decisions(n.ctx, w.ID)
	must(t, err)
	out := []string{}
	for _, d := range list {
		if d.Version == w.Version {
			out = append(out, d.Clause)
		}
	}
	return out
}
