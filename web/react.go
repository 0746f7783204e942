package web

import (
	"errors"
	"net/http"
	"slices"
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

// addActs adds what the viewer can do with the comment, when it is published, and folds what the viewer has muted.
func (s *Server) addActs(r *request, c db.Placed, page *templates.CommentPage) error {
	if c.State != moderation.Published {
		return nil
	}
	var reader int64
	if r.User != nil {
		reader = r.User.ID
	}
	now, err := s.cfg.Archive.Regard(r.Context(), c.ID, reader)
	if err != nil {
		return err
	}
	picks, err := s.cfg.Archive.Picks(r.Context(), c.ID)
	if err != nil {
		return err
	}
	a := templates.Acts{Count: now.Count, Recommended: now.Recommended, Muted: now.Muted, CanPin: c.ParentID == 0,
		Pinned: slices.Contains(picks, db.Pinned), Choice: slices.Contains(picks, db.Choice)}
	if reader != 0 && reader != c.AuthorID {
		a.CanReact, a.CanMute, a.CanPick = true, true, r.User.Role.Staff()
	}
	page.Acts = a
	page.Comment.Pinned, page.Comment.Choice, page.Comment.Muted = a.Pinned, a.Choice, a.Muted
	if len(page.Replies) == 0 || reader == 0 {
		return nil
	}
	marks, err := s.cfg.Archive.Marks(r.Context(), c.ArticleID, reader)
	for i := range page.Replies {
		page.Replies[i].Muted = slices.Contains(marks.Muted, page.Replies[i].ID)
	}
	return err
}
