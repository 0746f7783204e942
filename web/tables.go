package web

import (
	"encoding/csv"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/moderation"
	"broadsheet/templates"
)

// tabler makes tables of figures in a page's language.
type tabler struct {
	s         *Server
	lang      string
	standards moderation.Standards
	family    string // first word of the ids of its texts
	period    periodForm
}

func (t tabler) text(id string) string { return t.s.pages.Text(t.lang, id, nil) }

// table is one without rows: its title, help and columns are texts by its id. A column's name that ends with "s" is that of
// seconds in the CSV.
func (t tabler) table(id string, columns ...string) templates.Table {
	base := t.family + "." + id
	out := templates.Table{ID: id, Title: t.text(base), CSV: t.period.csv(id)}
	if help := base + "_help"; t.text(help) != help {
		out.Help = t.text(help)
	}
	for i, name := range columns {
		name, seconds := strings.CutSuffix(name, ":s")
		name, words := strings.CutSuffix(name, ":w")
		c := templates.Column{Name: t.text("stats.col." + name), Num: i > 0 && !words}
		if seconds {
			c.CSV = c.Name + " (s)"
		}
		out.Columns = append(out.Columns, c)
	}
	return out
}

// word is a cell of words.
func word(text string) templates.Cell { return templates.Cell{Text: text} }

// count is a cell of a number.
func count(n int) templates.Cell {
	raw := strconv.Itoa(n)
	text := raw
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return templates.Cell{Text: text, Raw: raw}
}

// part is a cell of a share, with a bar: of nothing it is a dash.
func part(k, n int) templates.Cell {
	if n == 0 {
		return templates.Cell{Text: "–", Raw: " "}
	}
	share := float64(k) / float64(n)
	return templates.Cell{Text: percentage(share), Raw: strconv.FormatFloat(share, 'f', 4, 64), Bar: true, Part: share}
}

// between is a cell of where a share most likely lies.
func between(k, n int) templates.Cell {
	if n == 0 {
		return templates.Cell{Text: "–", Raw: " "}
	}
	low, high := moderation.Interval(k, n)
	return templates.Cell{Text: fmt.Sprintf("%.1f–%.1f%%", 100*low, 100*high), Raw: fmt.Sprintf("%.4f-%.4f", low, high)}
}

// took is a cell of a time that something took; a negative one is a dash.
func (t tabler) took(d time.Duration) templates.Cell {
	if d < 0 {
		return templates.Cell{Text: "–", Raw: " "}
	}
	return templates.Cell{Text: t.span(d), Raw: strconv.FormatInt(int64(d/time.Second), 10)}
}

// span writes a duration in its largest unit.
func (t tabler) span(d time.Duration) string {
	unit, v := unitOf(d)
	return t.s.pages.Text(t.lang, "stats.unit."+unit, map[string]any{"Number": short(v)})
}

// unitOf is the unit that a duration is best said in, and how many of it.
func unitOf(d time.Duration) (unit string, n float64) {
	switch {
	case d < 2*time.Minute:
		return "second", d.Seconds()
	case d < 2*time.Hour:
		return "minute", d.Minutes()
	case d < 48*time.Hour:
		return "hour", d.Hours()
	}
	return "day", d.Hours() / 24
}

// short writes a number with one decimal when it is small and has one.
func short(v float64) string {
	if v < 10 && v != math.Trunc(v) {
		return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// quantile is the value below which a share of sorted durations lies, one of them; negative when there are none.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return -1
	}
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

// middle sorts durations and takes the middle one.
func middle(all []time.Duration) time.Duration {
	slices.Sort(all)
	return quantile(all, 0.5)
}

// clause is a cell that names a clause.
func (t tabler) clause(id string) templates.Cell {
	c := clauseRef(t.standards, id, t.lang)
	switch {
	case c == nil:
		return word(t.text("stats.no_clause"))
	case c.Number == 0:
		return templates.Cell{Text: c.Title, Raw: id}
	}
	return templates.Cell{Text: t.s.pages.Text(t.lang, "clause.numbered", map[string]any{"Number": c.Number, "Title": c.Title}), Raw: id, Link: "/standards#clause-" + id}
}

// byClause orders clauses as the standards do, unknown ones behind.
func (t tabler) byClause(a, b string) int {
	place := func(id string) int {
		if _, n, ok := t.standards.Clause(id); ok {
			return n
		}
		return 1 << 20
	}
	if d := place(a) - place(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}

// serveCSV answers with one table by its id, or with all of them one after another.
func serveCSV(w http.ResponseWriter, file string, tables []templates.Table) error {
	if file != "all.csv" {
		i := slices.IndexFunc(tables, func(t templates.Table) bool { return t.ID+".csv" == file })
		if i < 0 {
			return fail(http.StatusNotFound)
		}
		tables = tables[i : i+1]
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	w.Write([]byte("\ufeff")) // spreadsheets take it for the sign of UTF-8
	out := csv.NewWriter(w)
	for i, t := range tables {
		if len(tables) > 1 {
			if i > 0 {
				out.Write([]string{""})
			}
			out.Write([]string{t.Title})
		}
		writeTable(out, t)
	}
	out.Flush()
	return nil // an error of the writer means that the visitor has gone
}

func writeTable(out *csv.Writer, t templates.Table) {
	var head []string
	for _, c := range t.Columns {
		if c.CSV == "" {
			c.CSV = c.Name
		}
		head = append(head, c.CSV)
	}
	out.Write(head)
	for _, row := range t.Rows {
		var line []string
		for _, c := range row {
			switch {
			case c.Raw != "":
				line = append(line, strings.TrimSpace(c.Raw))
			case strings.ContainsAny(c.Text[:min(1, len(c.Text))], "=+-@\t\r"): // else a spreadsheet may run it
				line = append(line, "'"+c.Text)
			default:
				line = append(line, c.Text)
			}
		}
		out.Write(line)
	}
}
