package web

import (
	"errors"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// noteAuthor keeps what one of the staff writes down about the author of a comment.
func (s *Server) noteAuthor(w http.ResponseWriter, r *request) error {
	c, err := s.cfg.Archive.Comment(r.Context(), number(r.PathValue("id")))
	if err != nil {
		return err
	}
	text := moderation.Normalize(r.PostFormValue("about"))
	var problem *templates.Problem
	switch {
	case text == "":
		problem = &templates.Problem{Field: "about", Message: "decide.about_empty"}
	case moderation.Count(text) > maxNote:
		problem = &templates.Problem{Field: "about", Message: "desk.note_long", Args: map[string]any{"Limit": maxNote}}
	}
	if problem != nil {
		return s.showDeskComment(w, r, deskForm{about: text, problem: problem}, http.StatusUnprocessableEntity)
	}
	if err := s.cfg.Archive.AddAuthorNote(r.Context(), c.AuthorID, r.User.ID, text, r.Now); err != nil {
		return err
	}
	return redirect(w, r, withDone(nextOf(r), "noted", ""))
}

// eraseNote takes the words of such a note away.
func (s *Server) eraseNote(w http.ResponseWriter, r *request) error {
	err := s.cfg.Archive.EraseAuthorNote(r.Context(), number(r.PathValue("id")), r.User.ID, r.Now)
	if errors.Is(err, db.ErrNotYours) {
		return &failure{Status: http.StatusForbidden, Message: "decide.note_not_yours", Back: "/desk"}
	}
	if err != nil {
		return err
	}
	return redirect(w, r, withDone(nextOf(r), "unnoted", ""))
}
