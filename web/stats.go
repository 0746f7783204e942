package web

import (
	"net/http"

	"broadsheet/db"
	"broadsheet/templates"
)

// stats shows what the desk did in a period.
func (s *Server) stats(w http.ResponseWriter, r *request) error {
	f := s.readPeriod(r, "/desk/stats", "week")
	figures, tables, err := s.statsTables(r, f)
	if err != nil {
		return err
	}
	page := templates.Stats{Period: f.view(), Tables: tables, CSV: f.csv("all"), Wrong: f.wrong}
	t := tabler{s: s, lang: r.Lang}
	page.Facts = t.facts(figures)
	sections, err := s.cfg.Archive.Sections(r.Context())
	if err != nil {
		return err
	}
	for _, sec := range sections {
		page.Period.Sections = append(page.Period.Sections, templates.Link{Name: sec.Name, Slug: sec.Slug})
	}
	desk, err := s.cfg.Archive.Desk(r.Context())
	if err != nil {
		return err
	}
	if desk.SecondShare > 0 {
		if _, page.Second, err = s.cfg.Archive.NextSecond(r.Context(), desk.SecondShare, r.User.ID, r.Now); err != nil {
			return err
		}
	}
	return render(w, s.pages.Stats, s.frame(r, s.title(r, "title.stats")), page, http.StatusOK)
}

// statsCSV gives a table of the page to programs.
func (s *Server) statsCSV(w http.ResponseWriter, r *request) error {
	f := s.readPeriod(r, "/desk/stats", "week")
	if f.wrong {
		return fail(http.StatusBadRequest)
	}
	_, tables, err := s.statsTables(r, f)
	if err != nil {
		return err
	}
	return serveCSV(w, r.PathValue("table"), tables)
}

// statsTables are all tables of the page.
func (s *Server) statsTables(r *request, f periodForm) (db.Figures, []templates.Table, error) {
	figures, err := s.cfg.Archive.Figures(r.Context(), f.Period)
	if err != nil {
		return figures, nil, err
	}
	cases, err := s.cfg.Archive.Cases(r.Context(), f.Period)
	if err != nil {
		return figures, nil, err
	}
	readings, err := s.cfg.Archive.Readings(r.Context(), f.Period)
	if err != nil {
		return figures, nil, err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return figures, nil, err
	}
	t := tabler{s: s, lang: r.Lang, standards: standards, family: "stats", period: f}
	now := r.Now.In(s.cfg.Zone)
	return figures, []templates.Table{
		t.outcomes(figures), t.clauses(figures), t.flow(figures, now), t.hours(figures), t.backlog(figures, now),
		t.moderators(figures, readings), t.agreement(readings), t.differences(readings), t.model(figures),
		t.appeals(cases.Appeals), t.reports(cases.Reports),
	}, nil
}

// facts are the figures at the head of the page.
func (t tabler) facts(f db.Figures) []templates.Fact {
	received, decided := 0, 0
	for _, c := range f.Received {
		received += c.N
	}
	for _, c := range f.Decided {
		decided += c.N
	}
	waited := waitsOf(f.Waits, func(db.Wait) bool { return true })
	return []templates.Fact{
		{Name: t.text("stats.fact.received"), Value: count(received).Text},
		{Name: t.text("stats.fact.decided"), Value: count(decided).Text},
		{Name: t.text("stats.fact.p50"), Value: t.took(quantile(waited, 0.5)).Text},
		{Name: t.text("stats.fact.p90"), Value: t.took(quantile(waited, 0.9)).Text},
		{Name: t.text("stats.fact.waiting"), Value: count(len(f.Open())).Text},
	}
}
