package web

import (
	"errors"
	"net/http"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// maxAppeal is how many characters an appeal may have.
const maxAppeal = 1000

// appeal takes an author's appeal against the decision that took their comment off the page.
func (s *Server) appeal(w http.ResponseWriter, r *request) error {
	typed := formText(r, "text")
	if r.User == nil {
		return s.loginWithDraft(w, r, templates.Draft{Appeal: number(r.PathValue("id")), Body: typed})
	}
	c, err := s.visible(r)
	if err != nil {
		return err
	}
	if c.AuthorID != r.User.ID {
		return fail(http.StatusForbidden)
	}
	show := func(p *templates.Problem, status int) error {
		return s.showCase(w, r, c, p, status, func(k *templates.ReaderCase, _ []templates.ClauseRef) {
			if k.Appeal == nil {
				k.Appeal = &templates.AppealForm{Limit: maxAppeal}
			}
			k.Appeal.Text, k.Appeal.Problem = typed, p
		})
	}
	text := moderation.Normalize(typed)
	if p := textProblem(text, maxAppeal, "appeal.empty", "appeal.long"); p != nil {
		return show(p, http.StatusUnprocessableEntity)
	}
	err = s.cfg.Archive.Appeal(r.Context(), c.ID, r.User.ID, text, r.Now)
	switch {
	case errors.Is(err, db.ErrAppealed):
		return show(&templates.Problem{Message: "appeal.again"}, http.StatusConflict)
	case errors.Is(err, db.ErrNoAppeal):
		return show(&templates.Problem{Message: "appeal.nothing"}, http.StatusConflict)
	case db.Unavailable(err):
		return s.keepText(w, r, err, func(p *templates.Problem) error { return show(inForm(p), http.StatusServiceUnavailable) })
	case err != nil:
		return err
	}
	s.forgetDraft(r)
	return redirect(w, r, "/comments/"+itoa(c.ID)+"?done=appealed")
}

// textProblem says what is wrong with a field "text", nil when nothing is.
func textProblem(text string, limit int, empty, long string) *templates.Problem {
	switch n := moderation.Count(text); {
	case strings.TrimSpace(text) == "":
		return &templates.Problem{Field: "text", Message: empty}
	case n > limit:
		return &templates.Problem{Field: "text", Message: long, Args: map[string]any{"Over": n - limit, "Limit": limit}}
	}
	return nil
}

// addOwnCase adds why an author's comment is off the page, their appeals, and the form for one.
func (s *Server) addOwnCase(r *request, c db.Placed, standards moderation.Standards, k *templates.ReaderCase) error {
	decisions, err := s.cfg.Archive.Decisions(r.Context(), c.ID)
	if err != nil || len(decisions) == 0 {
		return err
	}
	appeals, err := s.cfg.Archive.Appeals(r.Context(), c.ID)
	if err != nil {
		return err
	}
	k.Appeals = appealViews(appeals, decisions)
	last := decisions[0]
	if last.Version != c.Version || c.State != moderation.Rejected && c.State != moderation.Blocked {
		return nil
	}
	evidence, err := s.cfg.Archive.Evidence(r.Context(), c.ID)
	if err != nil {
		return err
	}
	published, err := s.cfg.Archive.WasPublished(r.Context(), c.ID)
	if err != nil {
		return err
	}
	k.Ruling = &templates.Ruling{
		Action: string(last.Action), At: last.At, Until: last.Until, Clause: clauseRef(standards, last.Clause, r.Lang), Answer: last.Answer,
		Standards: last.Standards, Found: len(s.foundIn(evidence.Findings)) > 0, Published: published,
	}
	waits := len(appeals) > 0 && (k.Appeals[0].Became == "" || appeals[0].Decision == last.ID)
	if until := db.AppealUntil(last.At); !waits && last.Appeal == 0 && !r.Now.After(until) {
		k.Appeal = &templates.AppealForm{Limit: maxAppeal, Until: until}
	}
	return nil
}

// appealViews shows appeals on a comment with the decisions that answered or ended them, given newest first.
func appealViews(appeals []db.Appeal, decisions []db.Decision) (out []templates.Appeal) {
	for _, a := range appeals {
		v := templates.Appeal{Text: a.Text, Lang: textLanguage(a.Text), At: a.At}
		for _, d := range decisions {
			switch {
			case d.ID == a.Answer && d.By == 0:
				v.Became, v.Ended = "expired", d.At // the time was up before anybody heard it
			case d.ID == a.Answer:
				v.Became, v.Answer, v.Ended = string(d.Action), d.Answer, d.At
			case d.Undoes == a.Decision:
				v.Became, v.Ended = "undone", d.At
			case d.Action == moderation.Withdraw:
				v.Became, v.Ended = string(d.Action), d.At
			}
		}
		out = append(out, v)
	}
	return out
}
