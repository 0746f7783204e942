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
		open, up, down, times := tallyCases(list)
		out.Rows = append(out.Rows, []templates.Cell{name, count(len(list)), count(open), count(down), count(up), part(up, up+down), t.took(middle(times))})
	}
	for _, id := range slices.SortedFunc(maps.Keys(by), t.byClause) {
		row(t.clause(id), by[id])
	}
	if len(by) > 1 {
		row(word(t.text("stats.total")), list)
	}
	return out
}

// tallyCases counts cases by what became of them, and takes the times that the answered ones took.
func tallyCases(list []db.CaseRecord) (open, up, down int, times []time.Duration) {
	for _, c := range list {
		switch {
		case c.Open():
			open++
			continue
		case c.Up():
			up++
		case c.Down():
			down++
		default: // nobody heard it: it lapsed, or a time was up
			continue
		}
		times = append(times, c.Answered.Sub(c.At))
	}
	return open, up, down, times
}

// reports tells which reports of readers were right, by their reason.
func (t tabler) reports(list []db.CaseRecord) templates.Table {
	out := t.table("reports", "reason", "filed", "open", "right", "not_right", "share", "median:s")
	by := map[string][]db.CaseRecord{}
	for _, c := range list {
		by[c.Reason] = append(by[c.Reason], c)
	}
	names := slices.SortedFunc(maps.Keys(by), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(by[b]), len(by[a])), t.byClause(a, b))
	})
	for _, id := range names {
		open, up, down, times := tallyCases(by[id])
		name := t.clause(id)
		if id == "other" {
			name = templates.Cell{Text: t.text("stats.other"), Raw: id}
		}
		out.Rows = append(out.Rows, []templates.Cell{name, count(len(by[id])), count(open), count(down), count(up), part(down, up+down), t.took(middle(times))})
	}
	return out
}
