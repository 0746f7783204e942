package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// transparency is the report on a period that the law asks for (DSA, articles 15 and 24).
func (s *Server) transparency(w http.ResponseWriter, r *request) error {
	f := s.readPeriod(r, "/desk/transparency", "year")
	tables, err := s.transparencyTables(r, f)
	if err != nil {
		return err
	}
	page := templates.Transparency{Period: f.view(), Tables: tables, CSV: f.csv("all"), Wrong: f.wrong}
	return render(w, s.pages.Transparency, s.frame(r, s.title(r, "title.transparency")), page, http.StatusOK)
}

// transparencyCSV gives a table of the report, or all, to programs.
func (s *Server) transparencyCSV(w http.ResponseWriter, r *request) error {
	f := s.readPeriod(r, "/desk/transparency", "year")
	if f.wrong {
		return fail(http.StatusBadRequest)
	}
	tables, err := s.transparencyTables(r, f)
	if err != nil {
		return err
	}
	return serveCSV(w, r.PathValue("table"), tables)
}

func (s *Server) transparencyTables(r *request, f periodForm) ([]templates.Table, error) {
	figures, err := s.cfg.Archive.Figures(r.Context(), f.Period)
	if err != nil {
		return nil, err
	}
	cases, err := s.cfg.Archive.Cases(r.Context(), f.Period)
	if err != nil {
		return nil, err
	}
	readings, err := s.cfg.Archive.Readings(r.Context(), f.Period)
	if err != nil {
		return nil, err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return nil, err
	}
	t := tabler{s: s, lang: r.Lang, standards: standards, family: "transparency", period: f}
	return []templates.Table{
		t.notices(cases.Notices), t.own(cases.Own), t.temporary(cases.Blocks), t.suspensions(cases.Sanctions), t.complaints(cases.Appeals),
		t.automated(figures), t.errors(figures, cases, readings),
	}, nil
}

// notices tells what became of the notices, by the law that they invoke and what they say is wrong.
func (t tabler) notices(list []db.CaseRecord) templates.Table {
	out := t.table("notices", "law", "ground:w", "filed", "open", "taken_down", "left_up", "median:s", "by_author", "author_median:s")
	var kinds [][2]string
	by := map[[2]string][]db.CaseRecord{}
	for _, c := range list {
		kind := [2]string{c.Kind, c.Reason}
		if by[kind] == nil {
			kinds = append(kinds, kind)
		}
		by[kind] = append(by[kind], c)
	}
	slices.SortFunc(kinds, func(a, b [2]string) int { return strings.Compare(a[0]+" "+a[1], b[0]+" "+b[1]) })
	for _, kind := range kinds {
		n := tallyCases(by[kind])
		out.Rows = append(out.Rows, []templates.Cell{{Text: t.text("transparency.law." + kind[0]), Raw: kind[0]}, t.ground(kind[1]),
			count(len(by[kind])), count(n.open), count(n.down), count(n.up), t.took(middle(n.took)), count(n.author), t.took(middle(n.changed))})
	}
	return out
}

// ground names what a notice says is wrong: by a clause, or by a word of its form.
func (t tabler) ground(id string) templates.Cell {
	if _, _, ok := t.standards.Clause(id); ok {
		return t.clause(id)
	}
	if text := t.text("notice.ground." + id); text != "notice.ground."+id {
		return templates.Cell{Text: text, Raw: id}
	}
	return word(id)
}

// own tells what the desk took down at its own initiative, and how it had come to notice.
func (t tabler) own(list []db.Measure) templates.Table {
	out := t.table("own", "clause", "measure:w", "noticed:w", "decided_by:w", "comments")
	slices.SortStableFunc(list, func(a, b db.Measure) int { return t.byClause(a.Clause, b.Clause) })
	for _, m := range list {
		noticed := "reading"
		if m.Reported {
			noticed = "report"
		} else if m.Found {
			noticed = "checks"
		}
		by := "person"
		if m.Program {
			by = "program"
		}
		out.Rows = append(out.Rows, []templates.Cell{t.clause(m.Clause), {Text: t.text("decision." + string(m.Action)), Raw: string(m.Action)},
			{Text: t.text("transparency.noticed." + noticed), Raw: noticed}, {Text: t.text("transparency.by." + by), Raw: by}, count(m.N)})
	}
	return out
}

// temporary tells how the blocks ended that end by themselves.
func (t tabler) temporary(list []db.Block) templates.Table {
	out := t.table("temporary", "ended", "comments", "median:s")
	if len(list) == 0 {
		return out
	}
	n := map[string]int{}
	times := map[string][]time.Duration{}
	for _, b := range list {
		how := "running"
		switch {
		case b.Open():
		case b.Up() && b.By == 0:
			how = "in_time"
		case b.Up():
			how = "lifted"
		case b.Down():
			how = "kept_down"
		default:
			how = "other"
		}
		if n[how]++; !b.Open() {
			times[how] = append(times[how], b.Answered.Sub(b.At))
		}
	}
	for _, how := range []string{"running", "in_time", "lifted", "kept_down", "other"} {
		if n[how] > 0 {
			out.Rows = append(out.Rows, []templates.Cell{{Text: t.text("transparency.ended." + how), Raw: how}, count(n[how]), t.took(middle(times[how]))})
		}
	}
	return out
}

// suspensions tells what was done to accounts, and why.
func (t tabler) suspensions(list []db.SanctionCount) templates.Table {
	out := t.table("suspensions", "measure", "clause:w", "times", "lifted")
	for _, action := range []moderation.Sanction{moderation.Warn, moderation.Premoderate, moderation.Suspend, moderation.Ban} {
		var of []db.SanctionCount
		for _, s := range list {
			if s.Action == action {
				of = append(of, s)
			}
		}
		slices.SortFunc(of, func(a, b db.SanctionCount) int { return t.byClause(a.Clause, b.Clause) })
		for _, s := range of {
			out.Rows = append(out.Rows, []templates.Cell{{Text: t.text("transparency.sanction." + string(action)), Raw: string(action)}, t.clause(s.Clause), count(s.N), count(s.Lifted)})
		}
	}
	return out
}

// complaints tells what became of the appeals, by what they were against.
func (t tabler) complaints(list []db.CaseRecord) templates.Table {
	out := t.table("complaints", "against", "filed", "open", "upheld", "reversed", "rate", "median:s")
	by := map[string][]db.CaseRecord{}
	for _, c := range list {
		by[c.Kind] = append(by[c.Kind], c)
	}
	for _, kind := range []string{"reject", "block"} {
		if len(by[kind]) == 0 {
			continue
		}
		n := tallyCases(by[kind])
		out.Rows = append(out.Rows, []templates.Cell{{Text: t.text("decision." + kind), Raw: kind}, count(len(by[kind])), count(n.open), count(n.down), count(n.up),
			part(n.up, n.up+n.down), t.took(middle(n.took))})
	}
	return out
}

// automated tells what the review did by itself.
func (t tabler) automated(f db.Figures) templates.Table {
	out := t.table("automated", "what", "comments", "share")
	all, alone := 0, 0
	for _, c := range f.Received {
		all += c.N
		if c.Outcome == moderation.Publish {
			alone += c.N
		}
	}
	program := 0
	for _, c := range f.Decided {
		if c.By == 0 && (c.Action.NeedsClause() || c.Action == moderation.Reopen && c.Clause != "") { // the latter: by the weight of reports
			program += c.N
		}
	}
	if all == 0 && program == 0 {
		return out
	}
	for _, row := range []struct {
		id string
		n  int
	}{{"reviewed", all}, {"alone", alone}, {"held", all - alone}, {"program_down", program}} {
		out.Rows = append(out.Rows, []templates.Cell{word(t.text("transparency.automated." + row.id)), count(row.n), part(row.n, all)})
	}
	return out
}

// errors estimates how often the review, and people, were wrong.
func (t tabler) errors(f db.Figures, c db.Cases, readings []db.Reading) templates.Table {
	out := t.table("errors", "what", "seen", "wrong", "share", "interval")
	row := func(id string, wrong, n int) {
		if n > 0 {
			out.Rows = append(out.Rows, []templates.Cell{word(t.text("transparency.errors." + id)), count(n), count(wrong), part(wrong, n), between(wrong, n)})
		}
	}
	held, vain, clean, missed := 0, 0, 0, 0
	for _, w := range f.Waits {
		switch {
		case w.By == 0 || w.Action == moderation.Withdraw:
		case w.Reason == moderation.ReasonWording || w.Reason == moderation.ReasonRepeat:
			if held++; w.Action == moderation.Approve {
				vain++
			}
		default:
			if clean++; w.Action == moderation.Reject {
				missed++
			}
		}
	}
	alone, down := 0, 0
	for _, r := range f.Received {
		if r.Outcome == moderation.Publish {
			alone += r.N
			if r.State == moderation.Rejected || r.State == moderation.Blocked {
				down += r.N
			}
		}
	}
	differ := 0
	for _, r := range readings {
		if !r.Same() {
			differ++
		}
	}
	appeals := tallyCases(c.Appeals)
	row("held", vain, held)
	row("clean", missed, clean)
	row("alone", down, alone)
	row("second", differ, len(readings))
	row("appeals", appeals.up, appeals.up+appeals.down)
	return out
}
