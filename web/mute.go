package web

import (
	"errors"
	"io/fs"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// mutes folds the comments of somebody for the reader, or ends that: on=1 with a comment of theirs, on=0 with a comment
// or, from the list in the account, with the id of the reader.
func (s *Server) mutes(w http.ResponseWriter, r *request) error {
	comment, muted := number(r.PostFormValue("comment")), number(r.PostFormValue("reader"))
	on := r.PostFormValue("on")
	switch {
	case on == "1" && comment != 0:
		err := s.cfg.Archive.Mute(r.Context(), r.User.ID, comment, r.Now)
		switch {
		case errors.Is(err, db.ErrOwnMute):
			return &failure{Status: http.StatusForbidden, Message: "mute.own"}
		case errors.Is(err, db.ErrMutes):
			return &failure{Status: http.StatusConflict, Message: "mute.too_many", Back: "/account#mutes"}
		case err != nil:
			return err
		}
	case on == "0" && comment != 0:
		c, err := s.cfg.Archive.Comment(r.Context(), comment)
		if err == nil && c.State != moderation.Published {
			err = fs.ErrNotExist
		}
		if err != nil {
			return err
		}
		if err := s.cfg.Archive.Unmute(r.Context(), r.User.ID, c.AuthorID); err != nil {
			return err
		}
	case on == "0" && muted != 0:
		if err := s.cfg.Archive.Unmute(r.Context(), r.User.ID, muted); err != nil {
			return err
		}
		return redirect(w, r, "/account?done=unmuted")
	default:
		return fail(http.StatusBadRequest)
	}
	return redirect(w, r, "/comments/"+itoa(comment)+"#mute")
}

// mutedViews lists whom the account has muted.
func (s *Server) mutedViews(r *request) ([]templates.Muted, error) {
	list, err := s.cfg.Archive.Mutes(r.Context(), r.User.ID)
	out := make([]templates.Muted, len(list))
	for i, m := range list {
		out[i] = templates.Muted(m)
	}
	return out, err
}
