package web

import (
	"errors"
	"io/fs"
	"net/http"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// confirmed finds the account whose address a link confirms; 404 when the link is none of ours, is too old or speaks
// of another address.
func (s *Server) confirmed(r *request) (db.User, error) {
	text := r.PathValue("token")
	purpose, id, at, ok := tokenOf(text)
	if !ok || purpose != forConfirm || r.Now.Sub(at) > confirmLife {
		return db.User{}, fs.ErrNotExist
	}
	u, err := s.cfg.Archive.User(r.Context(), id)
	if err == nil && !s.sealed(text, u.Email) {
		err = fs.ErrNotExist
	}
	return u, err
}

// confirmPage is where the link in a mail leads: reading it does nothing, its button confirms.
func (s *Server) confirmPage(w http.ResponseWriter, r *request) error {
	u, err := s.confirmed(r)
	if err != nil {
		return err
	}
	return s.showButton(w, r, templates.Button{Kind: "confirm", Action: r.URL.Path, Email: u.Email, Done: u.Verified})
}

// confirm notes that the address is theirs.
func (s *Server) confirm(w http.ResponseWriter, r *request) error {
	u, err := s.confirmed(r)
	if err != nil {
		return err
	}
	if err := s.cfg.Archive.Confirm(r.Context(), u.ID, u.Email, r.Now); err != nil {
		return err
	}
	return s.showButton(w, r, templates.Button{Kind: "confirm", Done: true})
}

func (s *Server) showButton(w http.ResponseWriter, r *request, page templates.Button) error {
	w.Header().Set("Referrer-Policy", "no-referrer") // the address has a token
	return render(w, s.pages.Button, s.frame(r, s.title(r, "button.title."+page.Kind)), page, http.StatusOK)
}

// stopped says whose mail of which kind a link ends.
func (s *Server) stopped(r *request) (int64, db.MessageKind, error) {
	text := r.PathValue("token")
	purpose, user, _, ok := tokenOf(text)
	if !ok || !s.sealed(text, "") {
		return 0, "", fs.ErrNotExist
	}
	switch purpose {
	case forStopDecisions:
		return user, db.MessageDecision, nil
	case forStopReplies:
		return user, db.MessageReply, nil
	}
	return 0, "", fs.ErrNotExist
}

// stopPage is where the link "stop mail like this" leads.
func (s *Server) stopPage(w http.ResponseWriter, r *request) error {
	_, kind, err := s.stopped(r)
	if err != nil {
		return err
	}
	return s.showButton(w, r, templates.Button{Kind: "stop." + string(kind), Action: r.URL.Path})
}

// stop ends mail of a kind; a mail program does it by one request (RFC 8058).
func (s *Server) stop(w http.ResponseWriter, r *request) error {
	user, kind, err := s.stopped(r)
	if err != nil {
		return err
	}
	if err := s.cfg.Archive.Unsubscribe(r.Context(), user, kind); err != nil {
		return err
	}
	return s.showButton(w, r, templates.Button{Kind: "stop." + string(kind), Done: true})
}

// stopLink is the token that ends mail like a message to an account.
func (s *Server) stopLink(user int64, kind db.MessageKind) string {
	purpose := byte(forStopDecisions)
	if kind == db.MessageReply {
		purpose = forStopReplies
	}
	return s.token(purpose, user, time.UnixMilli(0), "")
}

// accountMail stores what the account wants by mail.
func (s *Server) accountMail(w http.ResponseWriter, r *request) error {
	p := db.Preference{Decisions: r.PostFormValue("decisions") == "1", Replies: r.PostFormValue("replies") == "1"}
	if err := s.cfg.Archive.SetPreference(r.Context(), r.User.ID, p); err != nil {
		return err
	}
	return redirect(w, r, "/account?done=mail")
}

// accountConfirm sends the mail that asks for proof of the address once more.
func (s *Server) accountConfirm(w http.ResponseWriter, r *request) error {
	err := s.cfg.Archive.AskConfirm(r.Context(), r.User.ID, r.Lang, r.Now)
	if errors.Is(err, db.ErrRate) {
		return &failure{Status: http.StatusTooManyRequests, Message: "account.confirm_rate", Back: "/account"}
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/account?done=confirm")
}
