package web

import (
	"math"

	"broadsheet/templates"
)

// series is one row of values of a chart; NaN leaves a gap.
type series struct {
	name   string
	style  string // "column", "solid" or "dashed"
	values []float64
}

// The field that charts are drawn in.
const (
	chartWidth, chartHeight = 360.0, 150.0
	chartLeft, chartRight   = 44.0, 354.0
	chartTop, chartBottom   = 10.0, 130.0
	chartLabels             = 6
	gridLines               = 4
)

// drawChart draws series over the same labels. The scale begins at 0; show writes a value of it. It returns nil when there
// is nothing to see.
func drawChart(id, title string, labels []string, show func(float64) string, rows ...series) *templates.Chart {
	top := 0.0
	for _, s := range rows {
		for _, v := range s.values {
			if !math.IsNaN(v) {
				top = max(top, v)
			}
		}
	}
	if top == 0 || len(labels) == 0 {
		return nil
	}
	step := roundStep(top / gridLines)
	lines := math.Ceil(top / step)
	c := &templates.Chart{
		ID: id, Title: title, Width: chartWidth, Height: chartHeight, Left: chartLeft, Right: chartRight, Bottom: chartBottom,
	}
	y := func(v float64) float64 { return chartBottom - v/(lines*step)*(chartBottom-chartTop) }
	slot := (chartRight - chartLeft) / float64(len(labels))
	x := func(i int) float64 { return chartLeft + (float64(i)+0.5)*slot }
	for i := 0.0; i <= lines; i++ {
		c.Grid = append(c.Grid, templates.Tick{At: y(i * step), Text: show(i * step)})
	}
	every := (len(labels) + chartLabels - 1) / chartLabels
	for i := 0; i < len(labels); i += every {
		c.Labels = append(c.Labels, templates.Tick{At: x(i), Text: labels[i], End: "middle"})
	}
	for _, s := range rows {
		if len(rows) > 1 { // one alone is what the title says
			c.Legend = append(c.Legend, templates.LegendKey{Style: s.style, Name: s.name})
		}
		if s.style == "column" {
			c.Bars = append(c.Bars, bars(s.values, slot, x, y)...)
		} else {
			c.Lines = append(c.Lines, lineOf(s, x, y))
		}
	}
	return c
}

func bars(values []float64, slot float64, x func(int) float64, y func(float64) float64) (out []templates.Bar) {
	for i, v := range values {
		if v > 0 {
			out = append(out, templates.Bar{X: x(i) - 0.35*slot, Y: y(v), Width: 0.7 * slot, Height: chartBottom - y(v)})
		}
	}
	return out
}

// lineOf joins the values that there are; a gap breaks the line.
func lineOf(s series, x func(int) float64, y func(float64) float64) templates.Line {
	l := templates.Line{Style: s.style}
	var path pathData
	broken := true
	for i, v := range s.values {
		if math.IsNaN(v) {
			broken = true
			continue
		}
		if broken {
			path.move(x(i), y(v))
		} else {
			path.to(x(i), y(v))
		}
		broken = false
		if len(s.values) <= 40 {
			l.Points = append(l.Points, templates.Point{X: x(i), Y: y(v)})
		}
	}
	l.Path = path.String()
	return l
}

// roundStep is the next of 1, 2, 5, 10, 20 … that is not below v, and at least 1.
func roundStep(v float64) float64 {
	ten := math.Pow(10, math.Floor(math.Log10(max(v, 1))))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*ten >= v {
			return m * ten
		}
	}
	return 10 * ten
}
