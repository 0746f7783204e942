package web

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/mail"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// minPassword is how many characters a password must have.
const minPassword = 10

// ValidEmail reports whether an address can be one: a mailbox and a host, nothing else.
func ValidEmail(email string) bool {
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || a.Name != "" || len(email) > 254 {
		return false
	}
	_, host, _ := strings.Cut(email, "@")
	return host != "" && !strings.ContainsAny(email, " \t\r\n<>\"")
}

// ValidName reports whether a display name has 2 to 20 characters in one line.
func ValidName(name string) bool {
	n := moderation.Count(name)
	return name == moderation.Normalize(name) && n >= 2 && n <= 20 && !strings.Contains(name, "\n")
}

// ValidPassword reports whether a password has at least 10 characters, and at most 1,024 bytes.
func ValidPassword(password string) bool {
	return len([]rune(password)) >= minPassword && len(password) <= 1024
}

// newAccount reads the fields that sign-up and set-up share and says what is wrong with them.
func newAccount(r *request) (email, name, password string, problems []templates.Problem) {
	email = cleanEmail(r.PostFormValue("email"))
	name = moderation.Normalize(r.PostFormValue("name"))
	password = r.PostFormValue("password")
	add := func(field, message string) {
		problems = append(problems, templates.Problem{Field: field, Message: message})
	}
	if !ValidEmail(email) {
		add("email", "signup.email_invalid")
	}
	if !ValidName(name) {
		add("name", "signup.name_length")
	}
	if !ValidPassword(password) {
		add("password", "signup.password_short")
	}
	return email, name, password, problems
}

func (s *Server) signupForm(w http.ResponseWriter, r *request) error {
	next := localPath(r.FormValue("next"))
	if r.User != nil {
		return redirect(w, r, next)
	}
	return s.showSignup(w, r, templates.Signup{Next: next}, http.StatusOK)
}

func (s *Server) showSignup(w http.ResponseWriter, r *request, page templates.Signup, status int) error {
	if wantsJSON(r.Request) && len(page.Problems) > 0 {
		return s.serveProblem(w, r, status, page.Problems[0])
	}
	return render(w, s.pages.Signup, s.frame(r, s.title(r, "title.signup")), page, status)
}

// signup makes a reader's account and logs in.
func (s *Server) signup(w http.ResponseWriter, r *request) error {
	email, name, password, problems := newAccount(r)
	page := templates.Signup{Email: email, Name: name, Age: r.PostFormValue("age") == "14", Next: localPath(r.PostFormValue("next")), Draft: carried(r)}
	if _, filled := r.PostForm["email"]; !filled && page.Draft != nil { // from the log-in form, which carries a comment
		return s.showSignup(w, r, page, http.StatusOK)
	}
	if doubtful, err := s.doubtfulName(r, name); err != nil {
		return err
	} else if doubtful {
		problems = append(problems, templates.Problem{Field: "name", Message: "signup.name_doubtful"})
	}
	if !page.Age {
		problems = append(problems, templates.Problem{Field: "age", Message: "signup.age"})
	}
	if page.Problems = problems; len(problems) > 0 {
		return s.showSignup(w, r, page, http.StatusUnprocessableEntity)
	}
	phc, err := s.hash(r.Context(), password)
	if err != nil {
		return err
	}
	user, err := s.cfg.Archive.Signup(r.Context(), db.NewUser{Email: email, Name: name, Password: phc, Language: r.Lang}, clientNetwork(r.Request, s.cfg.Proxies))
	if errors.Is(err, db.ErrEmailTaken) {
		page.Problems = []templates.Problem{{Field: "email", Message: "signup.email_taken"}}
		return s.showSignup(w, r, page, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	if err := s.begin(w, r, user, phc, page.Draft); err != nil {
		return err
	}
	return redirect(w, r, page.Next)
}

// doubtfulName has a display name reviewed like a comment: it is public text, and nobody would see
// it before it is shown.
func (s *Server) doubtfulName(r *request, name string) (bool, error) {
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return false, err
	}
	rules, err := s.cfg.Archive.Rules(r.Context())
	if err != nil {
		return false, err
	}
	reviewer, err := s.review.by(r.Context(), standards.Version, rules.Version)
	if err != nil {
		return false, err
	}
	v := reviewer.Review(moderation.Submission{Text: name, At: r.Now, Mode: moderation.PublishClean})
	return v.Outcome != moderation.Publish, nil
}

// setupCookie carries the set-up token from the link to the form, so that no page with
// sub-resources has it in its address.
const setupCookie = "setup"

// setupLink is the one-time link that serve prints.
func (s *Server) setupLink(w http.ResponseWriter, r *request) error {
	http.SetCookie(w, &http.Cookie{Name: setupCookie, Value: r.PathValue("token"), Path: "/setup", MaxAge: 3600,
		HttpOnly: true, Secure: s.store.secure, SameSite: http.SameSiteLaxMode})
	return redirect(w, r, "/setup")
}

// setupHash is the hash of the set-up token that the request carries.
func setupHash(r *request) []byte {
	c, err := r.Cookie(setupCookie)
	if err != nil {
		return nil
	}
	token, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return nil
	}
	sum := sha256.Sum256(token)
	return sum[:]
}

func (s *Server) setupForm(w http.ResponseWriter, r *request) error {
	open, err := s.cfg.Archive.SetupOpen(r.Context(), setupHash(r))
	if err != nil {
		return err
	}
	if !open {
		return &failure{Status: http.StatusNotFound, Message: "setup.used"}
	}
	return s.showSetup(w, r, templates.Setup{}, http.StatusOK)
}

func (s *Server) showSetup(w http.ResponseWriter, r *request, page templates.Setup, status int) error {
	if wantsJSON(r.Request) && len(page.Problems) > 0 {
		return s.serveProblem(w, r, status, page.Problems[0])
	}
	return render(w, s.pages.Setup, s.frame(r, s.title(r, "title.setup")), page, status)
}

// setup makes the first admin.
func (s *Server) setup(w http.ResponseWriter, r *request) error {
	email, name, password, problems := newAccount(r)
	page := templates.Setup{Email: email, Name: name, Problems: problems}
	if len(problems) > 0 {
		return s.showSetup(w, r, page, http.StatusUnprocessableEntity)
	}
	open, err := s.cfg.Archive.SetupOpen(r.Context(), setupHash(r)) // asked before hashing
	if err != nil {
		return err
	}
	if !open {
		return &failure{Status: http.StatusNotFound, Message: "setup.used"}
	}
	phc, err := s.hash(r.Context(), password)
	if err != nil {
		return err
	}
	user, err := s.cfg.Archive.Setup(r.Context(), setupHash(r), db.NewUser{Email: email, Name: name, Password: phc})
	switch {
	case errors.Is(err, db.ErrSetupUsed):
		return &failure{Status: http.StatusNotFound, Message: "setup.used"}
	case errors.Is(err, db.ErrEmailTaken):
		page.Problems = []templates.Problem{{Field: "email", Message: "signup.email_taken"}}
		return s.showSetup(w, r, page, http.StatusUnprocessableEntity)
	case err != nil:
		return err
	}
	if err := s.begin(w, r, user, phc, nil); err != nil {
		return err
	}
	return redirect(w, r, "/admin/import")
}
