package web

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// decide takes one decision. The order of its refusals is 403, 404, 409, 422: whoever is too late
// hears that first, with who decided what.
func (s *Server) decide(w http.ResponseWriter, r *request) error {
	v, err := s.readVerb(r, r.PathValue("id"), r.PostFormValue("version"), r.PostFormValue("after"))
	if err != nil {
		return err
	}
	form := deskForm{clause: r.PostFormValue("clause"), note: r.PostFormValue("note"), answer: r.PostFormValue("answer"), until: r.PostFormValue("until")}
	after, err := s.take(r.Context(), v)
	var p problemError
	switch {
	case err == nil:
	case errors.Is(err, db.ErrAnswer):
		form.problem = &templates.Problem{Field: "appeal-answer", Message: "appeal.answer_needed"}
		if wantsJSON(r.Request) {
			return s.serveProblem(w, r, http.StatusUnprocessableEntity, *form.problem)
		}
		return s.showDeskComment(w, r, form, http.StatusUnprocessableEntity)
	case errors.Is(err, db.ErrConflict):
		return s.conflict(w, r, v.Comment, form)
	case errors.As(err, &p) && wantsJSON(r.Request):
		return s.serveProblem(w, r, http.StatusUnprocessableEntity, p.Problem)
	case errors.As(err, &p):
		form.problem = &p.Problem
		return s.showDeskComment(w, r, form, http.StatusUnprocessableEntity)
	default:
		return refusal(err)
	}
	s.learn(v)
	return s.decided(w, r, nextOf(r), v, after)
}

// nextOf is where a form of the desk leads, "/desk" when it does not say.
func nextOf(r *request) string {
	if next := r.PostFormValue("next"); next != "" {
		return localPath(next)
	}
	return "/desk"
}

// decided leads on to a page of the desk, which says what was done and offers to take it back: the decision after, if there
// was but one.
func (s *Server) decided(w http.ResponseWriter, r *request, next string, v verb, after int64) error {
	undo := ""
	if !v.undo && after != 0 {
		undo = itoa(v.Comment) + "-" + itoa(v.Version) + "-" + itoa(after)
	}
	return redirect(w, r, withDone(next, string(v.Action), undo))
}

// withDone adds to a path of the desk what was just decided, for the page to say so, and what would take it back.
func withDone(path, action, undo string) string {
	u, err := url.Parse(path)
	if err != nil || u.Path != "/desk" && !strings.HasPrefix(u.Path, "/desk/") {
		return path
	}
	q := u.Query()
	q.Set("done", action)
	q.Del("undo")
	if undo != "" {
		q.Set("undo", undo)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// decisionDone is what led to this page, nil for nothing.
func (s *Server) decisionDone(r *request) *templates.Done {
	switch a := r.URL.Query().Get("done"); a {
	case string(moderation.Approve), string(moderation.Reject), string(moderation.Block), string(moderation.Restore), "undo", "allowed", "nothing", "noted", "unnoted":
		d := &templates.Done{Action: a, Next: s.address(r)}
		if p := strings.Split(r.URL.Query().Get("undo"), "-"); len(p) == 3 {
			d.Comment, d.Version, d.After = number(p[0]), number(p[1]), number(p[2])
		}
		return d
	}
	return nil
}

// conflict tells the second of two moderators what the first decided.
func (s *Server) conflict(w http.ResponseWriter, r *request, comment int64, form deskForm) error {
	form.problem = &templates.Problem{Message: "desk.conflict"}
	v, text, err := s.lastDecided(r, comment)
	if err != nil {
		return err
	}
	if v != nil {
		form.conflict = &templates.Conflict{ID: comment, Decision: *v}
	} else {
		form.problem.Message = "desk.edited_meanwhile"
	}
	if wantsJSON(r.Request) {
		serveJSON(w, http.StatusConflict, map[string]any{"error": map[string]string{"code": "conflict", "message": text}})
		return nil
	}
	return s.showDeskComment(w, r, form, http.StatusConflict)
}

// lastDecided is the last decision on a comment, nil when there is none, and a sentence that says who and what.
func (s *Server) lastDecided(r *request, comment int64) (*templates.Decision, string, error) {
	text := s.pages.Text(r.Lang, "desk.conflict", nil)
	c, err := s.cfg.Archive.Comment(r.Context(), comment)
	if err != nil {
		return nil, text, err
	}
	d, err := s.cfg.Archive.LastDecision(r.Context(), comment)
	if errors.Is(err, fs.ErrNotExist) || err == nil && d.Version != c.Version {
		return nil, s.pages.Text(r.Lang, "desk.edited_meanwhile", nil), nil
	}
	if err != nil {
		return nil, text, err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return nil, text, err
	}
	v := decisionView(d, standards, r.Lang, true)
	text += " " + cmp.Or(v.By, s.pages.Text(r.Lang, "desk.by_program", nil)) + " · " + s.pages.Text(r.Lang, "action."+string(d.Action), nil)
	if v.Clause != nil {
		text += " · " + v.Clause.Title
	}
	return &v, text, nil
}
