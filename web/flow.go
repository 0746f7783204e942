package web

import (
	"math"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// step is a piece of a period.
type step struct {
	from       time.Time
	came, done int           // comments and decisions
	half, most time.Duration // median and 90th percentile of the times to decision; negative for none
	waiting    int           // at its end
	oldest     time.Duration // that the oldest of them had waited; negative for none
}

// walk cuts a period into steps, as far as it has come, and says how their beginnings are written.
func (f periodForm) walk(figures db.Figures, now time.Time) (out []step, layout string) {
	begins, layout := f.steps()
	for i, from := range begins {
		if from.After(now) {
			break
		}
		to := f.To
		if i+1 < len(begins) {
			to = begins[i+1]
		}
		in := func(at time.Time) bool { return !at.Before(from) && at.Before(to) }
		s := step{from: from, oldest: -1}
		for _, c := range figures.Received {
			if in(c.Hour) {
				s.came += c.N
			}
		}
		for _, c := range figures.Decided {
			if in(c.Hour) {
				s.done += c.N
			}
		}
		waited := waitsOf(figures.Waits, func(w db.Wait) bool { return in(w.Until) })
		s.half, s.most = quantile(waited, 0.5), quantile(waited, 0.9)
		end := to
		if now.Before(to) {
			end = now
		}
		var since time.Time
		if s.waiting, since = figures.WaitingAt(end); s.waiting > 0 {
			s.oldest = end.Sub(since)
		}
		out = append(out, s)
	}
	return out, layout
}

// flow tells step by step what came, what was decided, how long it had waited, and what was left.
func (t tabler) flow(f db.Figures, now time.Time) templates.Table {
	out := t.table("flow", "from", "received", "decided", "p50:s", "p90:s", "left", "oldest:s")
	if len(f.Received)+len(f.Decided)+len(f.Waits)+len(f.Later) == 0 {
		return out
	}
	steps, layout := t.period.walk(f, now)
	var labels []string
	var received, decided, p50, p90, left []float64
	for _, s := range steps {
		out.Rows = append(out.Rows, []templates.Cell{
			{Text: t.stepName(s.from, layout), Raw: s.from.Format(time.RFC3339)}, count(s.came), count(s.done),
			t.took(s.half), t.took(s.most), count(s.waiting), t.took(s.oldest),
		})
		labels = append(labels, s.from.Format(layout))
		received, decided = append(received, float64(s.came)), append(decided, float64(s.done))
		p50, p90, left = append(p50, seconds(s.half)), append(p90, seconds(s.most)), append(left, float64(s.waiting))
	}
	out.Charts = t.charts(
		drawChart("flow-chart", t.text("stats.flow_chart"), labels, short, series{t.text("stats.col.received"), "column", received}, series{t.text("stats.col.decided"), "solid", decided}),
		t.timeChart("times-chart", "stats.times_chart", labels, series{t.text("stats.col.p50"), "solid", p50}, series{t.text("stats.col.p90"), "dashed", p90}),
		drawChart("left-chart", t.text("stats.left_chart"), labels, short, series{t.text("stats.col.left"), "column", left}))
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

// charts are those of which there is something to see; each says where its figures stand.
func (t tabler) charts(list ...*templates.Chart) (out []templates.Chart) {
	for _, c := range list {
		if c != nil {
			c.Desc = t.text("stats.chart_desc")
			out = append(out, *c)
		}
	}
	return out
}

// inUnit is how many of a unit a duration is.
func inUnit(d time.Duration, unit string) float64 {
	switch unit {
	case "minute":
		return d.Minutes()
	case "hour":
		return d.Hours()
	case "day":
		return d.Hours() / 24
	}
	return d.Seconds()
}
