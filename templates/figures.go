package templates

import "slices"

// Stats is what the desk did in a period, as tables and charts.
type Stats struct {
	Period Period
	Facts  []Fact
	Tables []Table
	CSV    string // address of all tables in one file
	Second int    // decisions that wait for a second reading by the viewer
	Wrong  bool   // what was asked for is no period: this is the usual one
}

// Transparency is the report of a period that the law asks for.
type Transparency struct {
	Period Period
	Tables []Table
	CSV    string
	Wrong  bool
}

// Period is the form that asks for figures.
type Period struct {
	Path     string // of the page
	Kind     string // "day", "week" or "month"; "" for days of one's own
	From, To string // first and last day, 2006-01-02
	Section  string // a section's slug
	Sections []Link // none: the page has no such filter
}

// Fact is one figure that stands at the head of a page.
type Fact struct{ Name, Value string }

// Table is a table of figures, with charts of the same figures above it. Its texts are in the page's language.
type Table struct {
	ID      string // a stable word: of the heading, and of the CSV
	Title   string
	Help    string
	Columns []Column
	Rows    [][]Cell // as long as Columns; the first cell names the row
	Charts  []Chart
	CSV     string // address
}

// Wide reports whether the table takes the whole width.
func (t Table) Wide() bool {
	words := slices.ContainsFunc(t.Columns[min(1, len(t.Columns)):], func(c Column) bool { return !c.Num })
	return words || len(t.Columns) > 5 || len(t.Charts) > 1
}

// Column is the head of a column.
type Column struct {
	Name string
	CSV  string // the head in the CSV, with the unit; "" for Name
	Num  bool   // aligned as numbers are
}

// Cell is one figure as it is shown.
type Cell struct {
	Text string
	Raw  string  // as it stands in the CSV; "" for Text
	Link string  // where it leads to, "" for nowhere
	Bar  bool    // a bar is drawn beside it
	Part float64 // of one: how long the bar is
}

// Width is how long the bar is, of 100.
func (c Cell) Width() float64 { return 100 * min(c.Part, 1) }

// Chart is drawn in a field of Width by Height; what it shows stands in its table as well.
type Chart struct {
	ID            string // unique in the page
	Title, Desc   string
	Width, Height float64
	Left, Right   float64 // where the grid begins and ends
	Bottom        float64 // where it stands
	Grid          []Tick  // from below, by height
	Labels        []Tick  // below the grid, by place
	Bars          []Bar
	Lines         []Line
	Legend        []LegendKey
}

// Tick is a mark on an axis.
type Tick struct {
	At   float64
	Text string
	End  string // "start", "middle" or "end": how the text stands to the mark
}

// Bar is an upright bar.
type Bar struct{ X, Y, Width, Height float64 }

// Line is a series as a line with a mark at each point.
type Line struct {
	Style  string // "solid" with dots or "dashed" with squares
	Path   string // SVG path data
	Points []Point
}

// Point is a place in a chart.
type Point struct{ X, Y float64 }

// LegendKey says what a shape in a chart means.
type LegendKey struct{ Style, Name string } // Style: "column", "solid" or "dashed"

// SecondReading is the page on which a decision is taken once more, blind.
type SecondReading struct {
	Decision int64 // 0: none waits
	Waiting  int   // how many do
	More     bool  // there are more than Waiting
	Off      bool  // the settings ask for none
	Row      DeskRow
	Lead     string
	LeadLang string
	Clauses  []ClauseRef
	Clause   string // what was chosen, when the form comes back
	Problem  *Problem
	Done     bool // one was just given
}
