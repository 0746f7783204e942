package web

import (
	"net/http"

	"broadsheet/templates"
)

func (s *Server) learningView(r *request) (templates.Learning, error) {
	return templates.Learning{}, nil
}

func (s *Server) settingsModel(w http.ResponseWriter, r *request) error {
	return fail(http.StatusConflict)
}
