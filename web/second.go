package web

import (
	"errors"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// second shows a decision to be taken once more, without what was decided.
func (s *Server) second(w http.ResponseWriter, r *request) error {
	return s.showSecond(w, r, templates.SecondReading{Done: r.FormValue("done") == "1"}, http.StatusOK)
}

// showSecond fills the page with the decision that has waited longest.
func (s *Server) showSecond(w http.ResponseWriter, r *request, page templates.SecondReading, status int) error {
	desk, err := s.cfg.Archive.Desk(r.Context())
	if err != nil {
		return err
	}
	page.Off = desk.SecondShare == 0
	next, waiting, err := s.cfg.Archive.NextSecond(r.Context(), desk.SecondShare, r.User.ID, r.Now)
	if err != nil {
		return err
	}
	if next != nil {
		page.Decision, page.Waiting, page.More = next.Decision, min(waiting, db.CountLimit), waiting > db.CountLimit
		if err := s.fillSecond(r, &page, next.Comment); err != nil {
			return err
		}
	}
	return render(w, s.pages.Second, s.frame(r, s.title(r, "title.second")), page, status)
}

// fillSecond puts in what the first moderator saw: the words with what the checks point at, and what they stand under.
// Nothing of it tells what was decided.
func (s *Server) fillSecond(r *request, page *templates.SecondReading, comment int64) error {
	c, err := s.cfg.Archive.Evidence(r.Context(), comment)
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	record, err := s.cfg.Archive.Record(r.Context(), c.Comment)
	if err != nil {
		return err
	}
	page.Clauses = clauseRefs(standards, r.Lang)
	page.Lead, page.LeadLang = excerpt(record.Lead, 280), record.LeadLanguage
	page.Row = templates.DeskRow{ID: c.ID, Lang: c.Language, Headline: c.Headline, Text: marks(c.Body, c.Findings, standards, r.Lang)}
	for _, f := range c.Findings {
		page.Row.Findings = append(page.Row.Findings, findingView(c.Body, f, standards, r.Lang))
	}
	if c.ParentID != 0 {
		p, err := s.cfg.Archive.Comment(r.Context(), c.ParentID)
		if err != nil {
			return err
		}
		v := commentView(p.Comment, true)
		page.Row.Parent = &v
	}
	return nil
}

// answerSecond stores a second reading.
func (s *Server) answerSecond(w http.ResponseWriter, r *request) error {
	answer := db.Answer{Action: moderation.Action(r.PostFormValue("action")), By: r.User.ID, At: r.Now}
	refuse := func(p templates.Problem, status int) error {
		if wantsJSON(r.Request) {
			return s.serveProblem(w, r, status, p)
		}
		return s.showSecond(w, r, templates.SecondReading{Problem: &p, Clause: r.PostFormValue("clause")}, status)
	}
	switch answer.Action {
	case moderation.Approve:
	case moderation.Reject:
		standards, err := s.cfg.Archive.Standards(r.Context())
		if err != nil {
			return err
		}
		answer.Clause = r.PostFormValue("clause")
		if _, _, ok := standards.Clause(answer.Clause); !ok {
			return refuse(templates.Problem{Field: "clause", Message: "desk.clause_needed"}, http.StatusUnprocessableEntity)
		}
	default:
		return fail(http.StatusBadRequest)
	}
	desk, err := s.cfg.Archive.Desk(r.Context())
	if err != nil {
		return err
	}
	err = s.cfg.Archive.Answer(r.Context(), desk.SecondShare, number(r.PostFormValue("decision")), answer)
	if errors.Is(err, db.ErrConflict) {
		return refuse(templates.Problem{Message: "second.conflict"}, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/desk/second?done=1")
}
