package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"strings"

	"broadsheet/db"
	"broadsheet/templates"
	"broadsheet/web/identity"
)

// loginForm shows the log-in form; whoever is logged in goes on.
func (s *Server) loginForm(w http.ResponseWriter, r *request) error {
	next := localPath(r.FormValue("next"))
	if r.User != nil {
		return redirect(w, r, next)
	}
	return s.showLogin(w, r, templates.Login{Next: next}, http.StatusOK)
}

func (s *Server) showLogin(w http.ResponseWriter, r *request, page templates.Login, status int) error {
	if wantsJSON(r.Request) && page.Problem != nil {
		return s.serveProblem(w, r, status, *page.Problem)
	}
	return render(w, s.pages.Login, s.frame(r, s.title(r, "title.login")), page, status)
}

// loginWithDraft answers a comment whose session has ended: the log-in form carries its words.
func (s *Server) loginWithDraft(w http.ResponseWriter, r *request, d templates.Draft) error {
	next := "/articles/" + d.Slug + "#write"
	if id := cmp.Or(d.Edit, d.Report, d.Appeal); id != 0 {
		next = "/comments/" + itoa(id)
	}
	return s.showLogin(w, r, templates.Login{
		Next: next, Draft: &d,
		Problem: &templates.Problem{Message: "comment.session_ended"},
	}, http.StatusUnauthorized)
}

// carried is the comment that a log-in or sign-up form carries along, nil for none.
func carried(r *request) *templates.Draft {
	body := formText(r, "draft_body")
	if body == "" {
		return nil
	}
	return &templates.Draft{Slug: r.PostFormValue("draft_article"), Parent: number(r.PostFormValue("draft_parent")),
		Edit: number(r.PostFormValue("draft_edit")), Report: number(r.PostFormValue("draft_report")), Appeal: number(r.PostFormValue("draft_appeal")), Body: body}
}

// errWrong is a log-in whose address or password is wrong: which of them is not said.
var errWrong = errors.New("wrong address or password")

// login checks a password and begins a session. The order keeps a flood off the hashing: the rate is
// asked first, then a place to hash is waited for, and the attempt counts as failed until it is right.
func (s *Server) login(w http.ResponseWriter, r *request) error {
	page := templates.Login{Email: cleanEmail(r.PostFormValue("email")), Next: localPath(r.PostFormValue("next"))}
	page.Draft = carried(r)
	user, phc, err := s.authenticate(r, page.Email, r.PostFormValue("password"))
	switch {
	case errors.Is(err, db.ErrLoginRate):
		page.Problem = &templates.Problem{Message: "login.rate"}
		return s.showLogin(w, r, page, http.StatusTooManyRequests)
	case errors.Is(err, errWrong):
		page.Problem = &templates.Problem{Message: "login.wrong"}
		return s.showLogin(w, r, page, http.StatusUnprocessableEntity)
	case errors.Is(err, db.ErrDisabled):
		page.Problem = &templates.Problem{Message: "login.disabled"}
		return s.showLogin(w, r, page, http.StatusForbidden)
	case err != nil:
		return err
	}
	if err := s.begin(w, r, user, phc, page.Draft); err != nil {
		return err
	}
	return redirect(w, r, page.Next)
}

// authenticate gives the account of an address and password, and the hash that was checked.
func (s *Server) authenticate(r *request, email, password string) (int64, string, error) {
	network := clientNetwork(r.Request, s.cfg.Proxies)
	allowed, err := s.cfg.Archive.LoginAllowed(r.Context(), email, network)
	if err != nil {
		return 0, "", err
	}
	if !allowed {
		return 0, "", db.ErrLoginRate
	}
	if err := s.hashPlace(r.Context()); err != nil {
		return 0, "", err
	}
	defer s.hashDone()
	attempt, err := s.cfg.Archive.Attempt(r.Context(), email, network)
	if err != nil {
		return 0, "", err
	}
	user, phc, err := s.cfg.Archive.Credentials(r.Context(), email)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, "", err
	}
	if !identity.CheckPassword(phc, password) { // an unknown address costs the same
		return 0, "", errWrong
	}
	if err := s.cfg.Archive.Forgive(r.Context(), attempt); err != nil {
		return 0, "", err
	}
	if user.Status != "active" {
		return 0, "", db.ErrDisabled
	}
	return user.ID, phc, nil
}

// hashPlace waits for a place to hash a password in: each takes a core for some 30 ms and 19 MiB.
func (s *Server) hashPlace(ctx context.Context) error {
	select {
	case s.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Server) hashDone() { <-s.hashing }

// hash makes the hash of a new password in its turn.
func (s *Server) hash(ctx context.Context, password string) (string, error) {
	if err := s.hashPlace(ctx); err != nil {
		return "", err
	}
	defer s.hashDone()
	return identity.HashPassword(password), nil
}

// begin starts a session in the place of the one the request may have.
func (s *Server) begin(w http.ResponseWriter, r *request, user int64, phc string, draft *templates.Draft) error {
	l := login{user: user, phc: phc, agent: excerpt(r.UserAgent(), 200), at: r.Now}
	if draft != nil && draft.Body != "" {
		b, err := json.Marshal(draft)
		if err != nil {
			return err
		}
		l.draft = string(b)
	}
	if r.Session != nil {
		if err := s.cfg.Archive.EndSession(r.Context(), r.Session.Hash); err != nil {
			return err
		}
	}
	sess, err := s.store.Get(r.Request, s.store.cookie)
	if err != nil {
		return err
	}
	sess.Values[keyLogin] = l
	return sess.Save(r.Request, w)
}

// logout ends the session.
func (s *Server) logout(w http.ResponseWriter, r *request) error {
	sess, err := s.store.Get(r.Request, s.store.cookie)
	if err != nil {
		return err
	}
	sess.Options.MaxAge = -1
	if err := sess.Save(r.Request, w); err != nil {
		return err
	}
	return redirect(w, r, "/")
}

// cleanEmail is an address as the archive keeps it: trimmed, in lower case.
func cleanEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
