package web

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// moderators tells who decided how much, how fast, and how often a second reader agreed.
func (t tabler) moderators(f db.Figures, readings []db.Reading) templates.Table {
	out := t.table("moderators", "name", "decided", "rejected_share", "taken_back", "median:s", "second", "same")
	type load struct {
		name           string
		n, down        int
		read, agreeing int
	}
	by := map[int64]*load{}
	for _, c := range f.Decided {
		l := by[c.By]
		if l == nil {
			l = &load{name: c.Name}
			by[c.By] = l
		}
		l.n += c.N
		if c.Action.NeedsClause() {
			l.down += c.N
		}
	}
	for _, r := range readings {
		if l := by[r.First.By]; l != nil {
			l.read++
			if r.Same() {
				l.agreeing++
			}
		}
	}
	waits := map[int64][]time.Duration{}
	for _, w := range f.Waits {
		if w.Action != moderation.Withdraw {
			waits[w.By] = append(waits[w.By], w.Until.Sub(w.Since))
		}
	}
	ids := slices.SortedFunc(maps.Keys(by), func(a, b int64) int { return by[b].n - by[a].n })
	for _, id := range ids {
		l := by[id]
		name := templates.Cell{Text: l.name}
		if id == 0 {
			name.Text = t.text("log.program")
		}
		out.Rows = append(out.Rows, []templates.Cell{name, count(l.n), part(l.down, l.n), count(f.TakenBack[id]), t.took(middle(waits[id])), count(l.read), part(l.agreeing, l.read)})
	}
	return out
}

// agreement tells how often the second reader of a decision answered alike, over all and by clause.
func (t tabler) agreement(readings []db.Reading) templates.Table {
	out := t.table("agreement", "clause", "second", "same_n", "same", "interval", "kappa")
	if len(readings) == 0 {
		return out
	}
	var all moderation.Agreement
	named, alike := map[string]int{}, map[string]int{}
	for _, r := range readings {
		all.Add(r.First.Action == moderation.Approve, r.Second.Action == moderation.Approve)
		if r.First.Clause == r.Second.Clause {
			alike[r.First.Clause]++
		} else if r.Second.Clause != "" {
			named[r.Second.Clause]++
		}
		named[r.First.Clause]++
	}
	kappa := word("–")
	if k, ok := all.Kappa(); ok {
		kappa = word(strconv.FormatFloat(k, 'f', 2, 64))
	}
	out.Rows = append(out.Rows, []templates.Cell{word(t.text("stats.approve_or_reject")), count(all.N()), count(all.Same()), part(all.Same(), all.N()), between(all.Same(), all.N()), kappa})
	delete(named, "") // approvals
	for _, id := range slices.SortedFunc(maps.Keys(named), t.byClause) {
		out.Rows = append(out.Rows, []templates.Cell{t.clause(id), count(named[id]), count(alike[id]), part(alike[id], named[id]), between(alike[id], named[id]), {Text: "–", Raw: " "}})
	}
	return out
}

// maxDifferences is how many differences the page lists.
const maxDifferences = 50

// differences lists the decisions that a second reader would not have taken, to be talked about.
func (t tabler) differences(readings []db.Reading) templates.Table {
	out := t.table("differences", "comment", "at:w", "first:w", "second_answer:w")
	answer := func(a db.Answer) templates.Cell {
		text := a.Name + " · " + t.text("decision."+string(a.Action))
		if a.Clause != "" {
			text += " · " + t.clause(a.Clause).Text
		}
		return word(text)
	}
	for _, r := range readings {
		if r.Same() && r.First.Clause == r.Second.Clause || len(out.Rows) == maxDifferences {
			continue
		}
		id := itoa(r.Comment)
		out.Rows = append(out.Rows, []templates.Cell{
			{Text: t.s.pages.Text(t.lang, "desk.comment", map[string]any{"ID": id}), Raw: id, Link: "/desk/comments/" + id},
			{Text: r.Second.At.In(t.period.Zone).Format("2006-01-02 15:04"), Raw: r.Second.At.Format(time.RFC3339)}, answer(r.First), answer(r.Second),
		})
	}
	return out
}
