package web

import (
	"errors"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// standingOf lists what was done to the visitor's account and not lifted: what is in force, and what can be objected to.
func (s *Server) standingOf(r *request, standards moderation.Standards) ([]templates.Sanction, error) {
	list, err := s.cfg.Archive.Sanctions(r.Context(), r.User.ID)
	if err != nil {
		return nil, err
	}
	var out []templates.Sanction
	for _, one := range list {
		if one.Open && one.Action.NeedsClause() && (one.InForce(r.Now) || r.Now.Before(db.ObjectionWindow(one.At))) {
			out = append(out, sanctionView(one, standards, r))
		}
	}
	return out, nil
}

// object takes what a reader says against a measure on their account.
func (s *Server) object(w http.ResponseWriter, r *request) error {
	to, text := number(r.PostFormValue("sanction")), moderation.Normalize(r.PostFormValue("text"))
	back := func(message string, status int) error {
		p := templates.Problem{Field: "text", Message: message, Args: map[string]any{"Limit": maxAnswer}}
		if wantsJSON(r.Request) {
			return s.serveProblem(w, r, status, p)
		}
		return s.showAccount(w, r, nil, templates.Standing{Problem: &p, To: to, Text: formText(r, "text")}, "", status)
	}
	if n := moderation.Count(text); n < 1 || n > maxAnswer {
		return back("objection.length", http.StatusUnprocessableEntity)
	}
	err := s.cfg.Archive.Object(r.Context(), to, r.User.ID, text, r.Now)
	if errors.Is(err, db.ErrObjected) {
		return back("objection.again", http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/account?done=objection#standing")
}

// barred says until when the visitor may not comment and why, where a sanction is the reason; else only that they may not.
func (s *Server) barred(r *request) *templates.Problem {
	p := &templates.Problem{Field: "body", Message: "comment.banned"}
	list, err := s.cfg.Archive.Sanctions(r.Context(), r.User.ID)
	if err != nil {
		s.cfg.Log.Warn("sanctions not read", "err", err)
		return p
	}
	var last *db.Sanctioned // the one that ends last
	for i, one := range list {
		if one.InForce(r.Now) && one.Action != moderation.Premoderate && (last == nil || !last.Until.IsZero() && (one.Until.IsZero() || one.Until.After(last.Until))) {
			last = &list[i]
		}
	}
	if last == nil {
		return p
	}
	standards, err := s.cfg.Archive.StandardsOf(r.Context(), last.Standards)
	if err != nil {
		s.cfg.Log.Warn("standards not read", "err", err)
		return p
	}
	c := clauseRef(standards, last.Clause, r.Lang)
	p.Message, p.Args = "comment.barred", map[string]any{"Number": c.Number, "Title": c.Title}
	if !last.Until.IsZero() {
		p.Message, p.Args["Until"] = "comment.suspended", s.pages.Clock(r.Lang, last.Until)
	}
	return p
}
