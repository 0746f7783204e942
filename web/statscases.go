package web

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// appeals tells what became of the appeals, by the clause that the decision rested on.
func (t tabler) appeals(list []db.CaseRecord) templates.Table {
	out := t.table("appeals", "clause", "filed", "open", "upheld", "reversed", "rate", "median:s")
	by := map[string][]db.CaseRecord{}
	for _, c := range list {
		by[c.Reason] = append(by[c.Reason], c)
	}
	row := func(name templates.Cell, list []db.CaseRecord) {
		n := tallyCases(list)
		out.Rows = append(out.Rows, []templates.Cell{name, count(len(list)), count(n.open), count(n.down), count(n.up), part(n.up, n.up+n.down), t.took(middle(n.took))})
	}
	for _, id := range slices.SortedFunc(maps.Keys(by), t.byClause) {
		row(t.clause(id), by[id])
	}
	if len(by) > 1 {
		row(word(t.text("stats.total")), list)
	}
	return out
}

// ended is how many cases became what, and how long they took.
type ended struct {
	open, up, down, author int             // author: who wrote the words changed them before the desk answered
	took, changed          []time.Duration // to the desk's answer; to the author's change
}

// tallyCases counts cases by what became of them. One that nobody heard, because it lapsed or a time was up, is left out.
func tallyCases(list []db.CaseRecord) (n ended) {
	for _, c := range list {
		took := c.Answered.Sub(c.At)
		switch {
		case c.Open():
			n.open++
		case c.Up():
			n.up++
			n.took = append(n.took, took)
		case c.Down():
			n.down++
			n.took = append(n.took, took)
		case c.ByAuthor():
			n.author++
			n.changed = append(n.changed, took)
		}
	}
	return n
}

// reports tells which reports of readers were right, by their reason.
func (t tabler) reports(list []db.CaseRecord) templates.Table {
	out := t.table("reports", "reason", "filed", "open", "right", "not_right", "share", "median:s", "by_author", "author_median:s")
	by := map[string][]db.CaseRecord{}
	for _, c := range list {
		by[c.Reason] = append(by[c.Reason], c)
	}
	names := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(by[b]), len(by[a])), t.byClause(a, b))
	})
	for _, id := range names {
		n := tallyCases(by[id])
		name := t.clause(id)
		if id == "other" {
			name = templates.Cell{Text: t.text("stats.other"), Raw: id}
		}
		out.Rows = append(out.Rows, []templates.Cell{name, count(len(by[id])), count(n.open), count(n.down), count(n.up), part(n.down, n.up+n.down), t.took(middle(n.took)),
			count(n.author), t.took(middle(n.changed))})
	}
	return out
}
