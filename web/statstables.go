package web

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// waitsOf are the times that words waited for a person's decision, sorted.
func waitsOf(list []db.Wait, keep func(db.Wait) bool) (out []time.Duration) {
	for _, w := range list {
		if w.By != 0 && w.Action != moderation.Withdraw && keep(w) {
			out = append(out, w.Until.Sub(w.Since))
		}
	}
	slices.Sort(out)
	return out
}

// outcomes tells what became of the comments that came.
func (t tabler) outcomes(f db.Figures) templates.Table {
	out := t.table("outcomes", "outcome", "comments", "share")
	n := map[string]int{}
	all := 0
	for _, c := range f.Received {
		name := "state." + string(c.State)
		if c.State == moderation.Published && c.Outcome == moderation.Publish {
			name = "stats.alone"
		}
		n[name] += c.N
		all += c.N
	}
	for _, name := range []string{"state.published", "stats.alone", "state.pending", "state.rejected", "state.blocked", "state.withdrawn"} {
		if all > 0 {
			out.Rows = append(out.Rows, []templates.Cell{word(t.text(name)), count(n[name]), part(n[name], all)})
		}
	}
	return out
}

// clauses tells which clauses the decisions rested on that took words down.
func (t tabler) clauses(f db.Figures) templates.Table {
	out := t.table("clauses", "clause", "rejected", "blocked", "share")
	type pair struct{ rejected, blocked int }
	by := map[string]pair{}
	all := 0
	for _, c := range f.Decided {
		p := by[c.Clause]
		switch c.Action {
		case moderation.Reject:
			p.rejected += c.N
		case moderation.Block:
			p.blocked += c.N
		default:
			continue
		}
		by[c.Clause] = p
		all += c.N
	}
	for _, id := range slices.SortedFunc(maps.Keys(by), t.byClause) {
		p := by[id]
		out.Rows = append(out.Rows, []templates.Cell{t.clause(id), count(p.rejected), count(p.blocked), part(p.rejected+p.blocked, all)})
	}
	return out
}

// hours tells at which hours of the day comments come and are decided.
func (t tabler) hours(f db.Figures) templates.Table {
	out := t.table("hours", "hour", "received", "decided")
	var received, decided [24]int
	any := false
	for _, c := range f.Received {
		received[c.Hour.Hour()] += c.N
		any = true
	}
	for _, c := range f.Decided {
		decided[c.Hour.Hour()] += c.N
		any = true
	}
	if !any {
		return out
	}
	var labels []string
	var came, done []float64
	for h := range 24 {
		label := strconv.Itoa(h)
		labels = append(labels, label)
		came, done = append(came, float64(received[h])), append(done, float64(decided[h]))
		out.Rows = append(out.Rows, []templates.Cell{{Text: time.Date(2000, 1, 1, h, 0, 0, 0, time.UTC).Format("15:04"), Raw: label}, count(received[h]), count(decided[h])})
	}
	out.Charts = t.charts(drawChart("hours-chart", t.text("stats.hours_chart"), labels, short,
		series{t.text("stats.col.received"), "column", came}, series{t.text("stats.col.decided"), "solid", done}))
	return out
}

// backlog tells how long what waits now has waited.
func (t tabler) backlog(f db.Figures, now time.Time) templates.Table {
	out := t.table("backlog", "age", "comments", "share")
	open := f.Open()
	if len(open) == 0 {
		return out
	}
	bounds := []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour, math.MaxInt64}
	n := make([]int, len(bounds))
	for _, w := range open {
		n[slices.IndexFunc(bounds, func(b time.Duration) bool { return now.Sub(w.Since) < b })]++
	}
	for i := range bounds {
		out.Rows = append(out.Rows, []templates.Cell{word(t.text("stats.age." + strconv.Itoa(i))), count(n[i]), part(n[i], len(open))})
	}
	return out
}

// model tells how the risk that the review gave agrees with what was decided of the words.
func (t tabler) model(f db.Figures) templates.Table {
	out := t.table("model", "risk", "decided", "rejected", "share")
	const bands = 5
	var n, down [bands]int
	all := 0
	for _, w := range f.Waits {
		if w.By == 0 || w.Action == moderation.Withdraw {
			continue
		}
		band := min(bands-1, int(w.Risk*bands))
		n[band]++
		if all++; w.Action == moderation.Reject {
			down[band]++
		}
	}
	for i := 0; i < bands && all > 0; i++ {
		name := short(float64(i)/bands) + "–" + short(float64(i+1)/bands)
		out.Rows = append(out.Rows, []templates.Cell{word(name), count(n[i]), count(down[i]), part(down[i], n[i])})
	}
	return out
}
