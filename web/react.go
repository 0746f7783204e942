package web

import (
	"errors"
	"net/http"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// react recommends a published comment (on=1) or takes that back (on=0); without either it turns over what stands.
func (s *Server) react(w http.ResponseWriter, r *request) error {
	id := number(r.PathValue("id"))
	on := r.PostFormValue("on") == "1"
	if r.PostFormValue("on") == "" {
		now, err := s.cfg.Archive.Regard(r.Context(), id, r.User.ID)
		if err != nil {
			return err
		}
		on = !now.Recommended
	}
	err := s.cfg.Archive.React(r.Context(), id, r.User.ID, on, r.Now)
	switch {
	case errors.Is(err, db.ErrOwnReaction):
		return &failure{Status: http.StatusForbidden, Message: "react.own"}
	case errors.Is(err, db.ErrRate):
		return &failure{Status: http.StatusTooManyRequests, Message: "react.rate"}
	case err != nil:
		return err
	}
	if wantsJSON(r.Request) {
		now, err := s.cfg.Archive.Regard(r.Context(), id, r.User.ID)
		if err != nil {
			return err
		}
		serveJSON(w, http.StatusOK, map[string]any{"recommended": now.Recommended, "count": now.Count})
		return nil
	}
	if next := localPath(r.PostFormValue("next")); strings.HasPrefix(next, "/articles/") {
		return redirect(w, r, next+"#comment-"+itoa(id))
	}
	return redirect(w, r, "/comments/"+itoa(id)+"#recommend")
}

// acts are what the viewer can do with a comment on its page; nothing unless it is published.
func (s *Server) acts(r *request, c db.Placed) (templates.Acts, error) {
	var a templates.Acts
	if c.State != moderation.Published {
		return a, nil
	}
	var reader int64
	if r.User != nil {
		reader = r.User.ID
	}
	now, err := s.cfg.Archive.Regard(r.Context(), c.ID, reader)
	if err != nil {
		return a, err
	}
	picks, err := s.cfg.Archive.Picks(r.Context(), c.ID)
	for _, p := range picks {
		a.Pinned, a.Choice = a.Pinned || p == db.Pinned, a.Choice || p == db.Choice
	}
	others := r.User != nil && reader != c.AuthorID
	a.CanReact, a.CanMute, a.CanPick = others, others, others && r.User.Role.Staff()
	a.CanPin = c.ParentID == 0
	a.Count, a.Recommended, a.Muted = now.Count, now.Recommended, now.Muted
	return a, err
}
