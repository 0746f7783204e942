package web

import (
	"math"
	"testing"
	"time"
)

func TestChart(t *testing.T) {
	gap := math.NaN()
	c := drawChart("x", "X", []string{"a", "b", "c", "d"}, short, series{"came", "column", []float64{0, 3, 17, 8}}, series{"done", "solid", []float64{1, gap, 2, 17}})
	if n := len(c.Grid); c.Grid[0].Text != "0" || c.Grid[n-1].Text != "20" || n != 5 {
		t.Errorf("the scale: %+v", c.Grid)
	}
	if len(c.Bars) != 3 || len(c.Legend) != 2 || len(c.Labels) != 4 {
		t.Errorf("bars %+v, legend %+v, labels %+v", c.Bars, c.Legend, c.Labels)
	}
	for _, b := range c.Bars {
		if b.Y < chartTop || math.Abs(b.Y+b.Height-chartBottom) > 1e-9 || b.X < chartLeft || b.X+b.Width > chartRight {
			t.Errorf("a bar outside the field: %+v", b)
		}
	}
	if high, low := c.Bars[1].Height, c.Bars[0].Height; math.Abs(high/low-17.0/3) > 1e-9 {
		t.Errorf("heights are not as the values: %v and %v", high, low)
	}
	if l := c.Lines[0]; len(l.Points) != 3 || l.Path != "M82.8 124.0M237.8 118.0L315.2 28.0" {
		t.Errorf("a line with a gap: %s %+v", l.Path, l.Points)
	}
	if drawChart("x", "X", []string{"a"}, short, series{"came", "column", []float64{0}}) != nil {
		t.Error("a chart of nothing")
	}
}

func TestRoundStep(t *testing.T) {
	for v, want := range map[float64]float64{0.1: 1, 1: 1, 1.1: 2, 2.5: 5, 7: 10, 10: 10, 12: 20, 250: 500, 999: 1000} {
		if got := roundStep(v); got != want {
			t.Errorf("%v: %v, want %v", v, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	s := newSite(t)
	en, ko := tabler{s: s.Server, lang: "en"}, tabler{s: s.Server, lang: "ko"}
	for d, want := range map[time.Duration][2]string{
		0: {"0 s", "0초"}, 90 * time.Second: {"90 s", "90초"}, 150 * time.Second: {"2.5 min", "2.5분"}, 75 * time.Minute: {"75 min", "75분"},
		3 * time.Hour: {"3 h", "3시간"}, 26*time.Hour + 40*time.Minute: {"27 h", "27시간"}, 60 * time.Hour: {"2.5 d", "2.5일"}, 240 * time.Hour: {"10 d", "10일"},
	} {
		if a, b := en.span(d), ko.span(d); a != want[0] || b != want[1] {
			t.Errorf("%s: %q %q, want %q", d, a, b, want)
		}
	}
	if got := en.took(-1).Text; got != "–" {
		t.Errorf("none: %q", got)
	}
}

func TestQuantile(t *testing.T) {
	var list []time.Duration
	if quantile(list, 0.5) >= 0 {
		t.Error("a median of nothing")
	}
	for i := range 10 {
		list = append(list, time.Duration(10-i))
	}
	if m := middle(list); m != 5 || quantile(list, 0.9) != 9 || quantile(list, 1) != 10 || quantile(list, 0) != 1 {
		t.Errorf("median %d, p90 %d", m, quantile(list, 0.9))
	}
}
