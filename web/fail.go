package web

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"strings"

	"broadsheet/db"
	"broadsheet/templates"
)

// failure is an answer that is not the page that was asked for. What the visitor is told (the
// status and a text of the catalogue) and what the log gets (the cause) are two things.
type failure struct {
	Status  int
	Message string // id in the catalogue; "" for that of the status
	Back    string // address that leads on
	Cause   error  // for the log
}

func (f *failure) Error() string {
	if f.Cause != nil {
		return f.Cause.Error()
	}
	return http.StatusText(f.Status)
}

func (f *failure) Unwrap() error { return f.Cause }

// fail answers with a status and nothing but its page.
func fail(status int) error { return &failure{Status: status} }

// asFailure says how an error is answered.
func asFailure(err error) *failure {
	var f *failure
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, fs.ErrNotExist):
		return &failure{Status: http.StatusNotFound}
	case errors.As(err, &large):
		return &failure{Status: http.StatusRequestEntityTooLarge}
	case db.Unavailable(err), errors.Is(err, context.DeadlineExceeded):
		return &failure{Status: http.StatusServiceUnavailable, Cause: err}
	case errors.Is(err, db.ErrDisabled), errors.Is(err, db.ErrBarred):
		return &failure{Status: http.StatusForbidden}
	case errors.Is(err, db.ErrOwnRuling):
		return &failure{Status: http.StatusForbidden, Message: "appeal.not_yours"}
	case errors.Is(err, db.ErrAnswer):
		return &failure{Status: http.StatusUnprocessableEntity, Message: "appeal.answer_needed"}
	case errors.Is(err, db.ErrConflict):
		return &failure{Status: http.StatusConflict}
	}
	return &failure{Status: http.StatusInternalServerError, Cause: err}
}

// wantsJSON reports whether the client is a program.
func wantsJSON(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "application/json")
}

// serveError is the one place where errors become answers.
func (s *Server) serveError(w http.ResponseWriter, r *request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the visitor has gone
	}
	f := asFailure(err)
	if f.Status == http.StatusSeeOther && wantsJSON(r.Request) {
		f = &failure{Status: http.StatusUnauthorized}
	}
	if f.Status == http.StatusSeeOther {
		redirect(w, r, f.Back)
		return
	}
	ref := ""
	if f.Status >= 500 {
		ref = r.ID
		s.cfg.Log.Error("request failed", "ref", ref, "method", r.Method, "path", r.URL.Path, "status", f.Status, "err", err)
	}
	if f.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	w.Header().Set("Cache-Control", "no-store")
	message := f.Message
	if message == "" {
		message = "error." + itoa(f.Status)
	}
	if wantsJSON(r.Request) {
		s.serveJSONError(w, r, f, message)
		return
	}
	title := s.pages.Text(r.Lang, "error."+itoa(f.Status)+".title", nil)
	page := templates.ErrorPage{Status: f.Status, Message: message, Ref: ref, Back: f.Back}
	if rerr := render(w, s.pages.Error, s.frame(r, title), page, f.Status); rerr != nil {
		s.cfg.Log.Error("error page failed", "err", rerr)
		http.Error(w, title, f.Status)
	}
}

func (s *Server) serveJSONError(w http.ResponseWriter, r *request, f *failure, message string) {
	code := strings.ToLower(strings.ReplaceAll(http.StatusText(f.Status), " ", "_"))
	text := s.pages.Text(r.Lang, message, nil)
	if text == message {
		text = s.pages.Text(r.Lang, message+".text", nil)
	}
	serveJSON(w, f.Status, map[string]any{"error": map[string]string{"code": code, "message": text}})
}

// serveProblem tells a program what is wrong with a form: its code is the last word of the message's id.
func (s *Server) serveProblem(w http.ResponseWriter, r *request, status int, p templates.Problem) error {
	code := strings.TrimSuffix(p.Message, ".text")
	serveJSON(w, status, map[string]any{"error": map[string]string{
		"code": code[strings.LastIndexByte(code, '.')+1:], "message": s.pages.Text(r.Lang, p.Message, p.Args), "field": p.Field,
	}})
	return nil
}

func serveJSON(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "{}", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	w.Write(append(b, '\n'))
}
