package web

import (
	"errors"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// maxReportNote is how many characters a report may say beside its reason.
const maxReportNote = 500

// otherReason is a report's reason that the standards do not name.
const otherReason = "other"

// report takes a reader's report of somebody else's comment.
func (s *Server) report(w http.ResponseWriter, r *request) error {
	note := formText(r, "note")
	if r.User == nil {
		return s.loginWithDraft(w, r, templates.Draft{Report: number(r.PathValue("id")), Body: note})
	}
	c, err := s.visible(r)
	if err != nil {
		return err
	}
	n := db.NewReport{Comment: c.ID, By: r.User.ID, Reason: r.PostFormValue("reason"), Note: moderation.Normalize(note), At: r.Now}
	problem, err := s.reportProblem(r, n)
	if err != nil {
		return err
	}
	show := func(p *templates.Problem, status int) error {
		return s.showCase(w, r, c, p, status, func(k *templates.ReaderCase, reasons []templates.ClauseRef) {
			k.Report = &templates.ReportForm{Reasons: reasons, Reason: n.Reason, Note: note, Problem: p}
		})
	}
	if problem != nil {
		return show(problem, http.StatusUnprocessableEntity)
	}
	err = s.cfg.Archive.Report(r.Context(), n)
	switch {
	case errors.Is(err, db.ErrOwn):
		return &failure{Status: http.StatusForbidden, Message: "report.own", Back: "/comments/" + itoa(c.ID)}
	case errors.Is(err, db.ErrReported):
		return show(&templates.Problem{Message: "report.again"}, http.StatusConflict)
	case errors.Is(err, db.ErrRate):
		return show(&templates.Problem{Message: "report.rate"}, http.StatusTooManyRequests)
	case db.Unavailable(err):
		return s.keepText(w, r, err, func(p *templates.Problem) error { return show(inForm(p), http.StatusServiceUnavailable) })
	case err != nil:
		return err
	}
	s.forgetDraft(r)
	return redirect(w, r, "/comments/"+itoa(c.ID)+"?done=reported")
}

// inForm is a problem of a form as a whole.
func inForm(p *templates.Problem) *templates.Problem {
	return &templates.Problem{Message: p.Message, Args: p.Args}
}

// reportProblem says what is wrong with a report's form, nil when nothing is.
func (s *Server) reportProblem(r *request, n db.NewReport) (*templates.Problem, error) {
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return nil, err
	}
	if _, _, ok := standards.Clause(n.Reason); !ok && n.Reason != otherReason {
		return &templates.Problem{Field: "reason", Message: "report.reason_needed"}, nil
	}
	if moderation.Count(n.Note) > maxReportNote {
		return &templates.Problem{Field: "note", Message: "report.note_long", Args: map[string]any{"Limit": maxReportNote}}, nil
	}
	return nil, nil
}

// ownReports lists what a reader reported and what became of it.
func (s *Server) ownReports(w http.ResponseWriter, r *request) error {
	list, err := s.cfg.Archive.ReportsBy(r.Context(), r.User.ID, number(r.FormValue("before")), listCards+1)
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	var page templates.OwnReports
	if len(list) > listCards {
		list = list[:listCards]
		page.Older = "/account/reports?before=" + itoa(list[listCards-1].ID)
	}
	for _, o := range list {
		page.Reports = append(page.Reports, ownReportView(o, standards, r.Lang))
	}
	return render(w, s.pages.Reports, s.frame(r, s.title(r, "title.reports")), page, http.StatusOK)
}

// reasonRef names the reason of a report; nil for another than the standards name.
func reasonRef(s moderation.Standards, reason, lang string) *templates.ClauseRef {
	if reason == otherReason {
		return nil
	}
	return clauseRef(s, reason, lang)
}

func ownReportView(o db.OwnReport, s moderation.Standards, lang string) templates.OwnReport {
	return templates.OwnReport{
		Comment: o.Comment, Reason: reasonRef(s, o.Reason, lang), Note: o.Note, At: o.At, Became: o.Became,
		Body: o.Body, Lang: o.Language, Slug: o.Slug, Headline: o.Headline, HeadlineLang: o.ArticleLanguage,
	}
}
