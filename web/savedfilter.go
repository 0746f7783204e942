package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// maxFilterName is how many characters the name of a saved filter may have.
const maxFilterName = 40

// saveFilter keeps the filter that the queue shows under a name, and leads back to it.
func (s *Server) saveFilter(w http.ResponseWriter, r *request) error {
	q, err := url.ParseQuery(r.PostFormValue("query"))
	if err != nil {
		return fail(http.StatusBadRequest)
	}
	f, err := s.readQueue(r, q)
	if err != nil {
		return err
	}
	f.after, f.mine, f.Only = nil, false, nil
	name := strings.TrimSpace(moderation.Normalize(r.PostFormValue("name")))
	if n := moderation.Count(name); n == 0 || n > maxFilterName {
		return s.showQueue(w, r, f, deskPage{filterName: name, status: http.StatusUnprocessableEntity,
			problem: &templates.Problem{Field: "name", Message: "queue.name_needed", Args: map[string]any{"Limit": maxFilterName}}})
	}
	err = s.cfg.Archive.SaveFilter(r.Context(), db.SavedFilter{By: r.User.ID, Name: name, Everybody: r.PostFormValue("everybody") == "1", Query: f.values().Encode()})
	if errors.Is(err, db.ErrRate) {
		return s.showQueue(w, r, f, deskPage{filterName: name, status: http.StatusUnprocessableEntity,
			problem: &templates.Problem{Field: "name", Message: "queue.filters_full", Args: map[string]any{"Limit": db.MaxFilters}}})
	}
	if err != nil {
		return err
	}
	return redirect(w, r, f.path(nil))
}

// deleteFilter forgets a saved filter.
func (s *Server) deleteFilter(w http.ResponseWriter, r *request) error {
	if err := s.cfg.Archive.DeleteFilter(r.Context(), number(r.PathValue("id")), r.User.ID); err != nil {
		return err
	}
	return redirect(w, r, backOf(r))
}
