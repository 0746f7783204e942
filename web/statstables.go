package web

import (
	"cmp"
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

// flow tells step by step what came, what was decided, how long it had waited, and what was left.
func (t tabler) flow(f db.Figures, now time.Time) templates.Table {
	out := t.table("flow", "from", "received", "decided", "p50:s", "p90:s", "left", "oldest:s")
	begins, layout := t.period.steps()
	var labels []string
	var received, decided, p50, p90, left []float64
	any := len(f.Received)+len(f.Decided)+len(f.Waits)+len(f.Later) > 0
	for i, from := range begins {
		to := t.period.To
		if i+1 < len(begins) {
			to = begins[i+1]
		}
		if from.After(now) || !any {
			break
		}
		in := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
		came, done := 0, 0
		for _, c := range f.Received {
			if in(c.Hour) {
				came += c.N
			}
		}
		for _, c := range f.Decided {
			if in(c.Hour) {
				done += c.N
			}
		}
		waited := waitsOf(f.Waits, func(w db.Wait) bool { return in(w.Until) })
		end := to
		if now.Before(to) {
			end = now
		}
		waiting, since := f.WaitingAt(end)
		oldest := time.Duration(-1)
		if waiting > 0 {
			oldest = end.Sub(since)
		}
		half, most := quantile(waited, 0.5), quantile(waited, 0.9)
		out.Rows = append(out.Rows, []templates.Cell{
			{Text: t.stepName(from, layout), Raw: from.Format(time.RFC3339)}, count(came), count(done), t.took(half), t.took(most), count(waiting), t.took(oldest),
		})
		labels = append(labels, from.Format(layout))
		received, decided = append(received, float64(came)), append(decided, float64(done))
		p50, p90, left = append(p50, seconds(half)), append(p90, seconds(most)), append(left, float64(waiting))
	}
	out.Charts = charts(
		drawChart("flow-chart", t.text("stats.flow_chart"), labels, short, series{t.text("stats.col.received"), "column", received}, series{t.text("stats.col.decided"), "solid", decided}),
		t.timeChart("times-chart", "stats.times_chart", labels, series{t.text("stats.col.p50"), "solid", p50}, series{t.text("stats.col.p90"), "dashed", p90}),
		drawChart("left-chart", t.text("stats.left_chart"), labels, short, series{t.text("stats.col.left"), "column", left}))
	t.describe(out.Charts)
	return out
}

// stepName names a step of a period.
func (t tabler) stepName(from time.Time, layout string) string {
	if layout == "1/2" {
		return from.Format(time.DateOnly)
	}
	if layout == "15:04" && t.period.To.Sub(t.period.From) > 25*time.Hour {
		return from.Format("2006-01-02 15:04")
	}
	return from.Format(layout)
}

// seconds is a duration for a chart, a gap when there is none.
func seconds(d time.Duration) float64 {
	if d < 0 {
		return math.NaN()
	}
	return d.Seconds()
}

// timeChart draws series of seconds in the unit that the longest is best said in.
func (t tabler) timeChart(id, title string, labels []string, rows ...series) *templates.Chart {
	longest := 0.0
	for _, s := range rows {
		for _, v := range s.values {
			if v > longest {
				longest = v
			}
		}
	}
	unit, _ := unitOf(time.Duration(longest * float64(time.Second)))
	for _, s := range rows {
		for i, v := range s.values {
			if math.IsNaN(v) {
				continue
			}
			s.values[i] = inUnit(time.Duration(v*float64(time.Second)), unit)
		}
	}
	return drawChart(id, t.text(title), labels, func(v float64) string {
		return t.s.pages.Text(t.lang, "stats.unit."+unit, map[string]any{"Number": short(v)})
	}, rows...)
}

// describe says of charts where their figures stand.
func (t tabler) describe(list []templates.Chart) {
	for i := range list {
		list[i].Desc = t.text("stats.chart_desc")
	}
}

// charts are those of which there is something to see.
func charts(list ...*templates.Chart) (out []templates.Chart) {
	for _, c := range list {
		if c != nil {
			out = append(out, *c)
		}
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
	out.Charts = charts(drawChart("hours-chart", t.text("stats.hours_chart"), labels, short,
		series{t.text("stats.col.received"), "column", came}, series{t.text("stats.col.decided"), "solid", done}))
	t.describe(out.Charts)
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
