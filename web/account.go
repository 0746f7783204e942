package web

import (
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"broadsheet/templates"
	"broadsheet/web/identity"
)

// account is the signed-in person's own page.
func (s *Server) account(w http.ResponseWriter, r *request) error {
	done := r.FormValue("done")
	if !slices.Contains([]string{"password", "language", "session", "mail", "confirm", "objection", "unmuted"}, done) {
		done = ""
	}
	return s.showAccount(w, r, nil, templates.Standing{}, done, http.StatusOK)
}

func (s *Server) showAccount(w http.ResponseWriter, r *request, problems []templates.Problem, standing templates.Standing, done string, status int) error {
	if wantsJSON(r.Request) && len(problems) > 0 {
		return s.serveProblem(w, r, status, problems[0])
	}
	own, err := s.cfg.Archive.Own(r.Context(), r.User.ID, number(r.FormValue("before")), listCards+1)
	if err != nil {
		return err
	}
	sessions, err := s.cfg.Archive.SessionsOf(r.Context(), r.User.ID)
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	mutes, err := s.mutedViews(r)
	if err != nil {
		return err
	}
	page := templates.Account{
		Email: r.User.Email, Name: r.User.Name, Role: string(r.User.Role), Language: r.User.Language,
		Joined: r.User.Created, Problems: problems, Done: done, Verified: r.User.Verified, Standing: standing, Mutes: mutes,
	}
	if page.Standing.List, err = s.standingOf(r, standards); err != nil {
		return err
	}
	page.Standing.Limit = maxAnswer
	prefs, err := s.cfg.Archive.Preference(r.Context(), r.User.ID)
	if err != nil {
		return err
	}
	page.MailDecisions, page.MailReplies = prefs.Decisions, prefs.Replies
	if len(own) > listCards {
		own = own[:listCards]
		page.Older = "/account?before=" + itoa(own[listCards-1].ID)
	}
	page.Comments = ownViews(own, standards, r.Lang)
	for _, se := range sessions {
		page.Sessions = append(page.Sessions, templates.Session{
			ID: hex.EncodeToString(se.Hash), Created: se.Created, Used: se.Used, Agent: browserName(se.Agent),
			Current: string(se.Hash) == string(r.Session.Hash),
		})
	}
	return render(w, s.pages.Account, s.frame(r, s.title(r, "title.account")), page, status)
}

// accountLanguage stores the language the account wants its pages in.
func (s *Server) accountLanguage(w http.ResponseWriter, r *request) error {
	if err := s.cfg.Archive.SetLanguage(r.Context(), r.User.ID, pageLanguage(r.PostFormValue("language"))); err != nil {
		return err
	}
	return redirect(w, r, "/account?done=language")
}

// accountPassword changes the password and ends all other sessions.
func (s *Server) accountPassword(w http.ResponseWriter, r *request) error {
	next := r.PostFormValue("password")
	if !ValidPassword(next) {
		return s.showAccount(w, r, []templates.Problem{{Field: "password", Message: "signup.password_short"}}, templates.Standing{}, "", http.StatusUnprocessableEntity)
	}
	_, phc, err := s.cfg.Archive.Credentials(r.Context(), r.User.Email)
	if err != nil {
		return err
	}
	if err := s.hashPlace(r.Context()); err != nil {
		return err
	}
	right := identity.CheckPassword(phc, r.PostFormValue("current"))
	s.hashDone()
	if !right {
		return s.showAccount(w, r, []templates.Problem{{Field: "current", Message: "password.wrong"}}, templates.Standing{}, "", http.StatusUnprocessableEntity)
	}
	if phc, err = s.hash(r.Context(), next); err != nil {
		return err
	}
	if err := s.cfg.Archive.SetPassword(r.Context(), r.User.ID, phc, r.Session.Hash, r.User.ID); err != nil {
		return err
	}
	return redirect(w, r, "/account?done=password")
}

// accountSessions ends one of the account's sessions, or all others.
func (s *Server) accountSessions(w http.ResponseWriter, r *request) error {
	which := r.PostFormValue("session")
	var err error
	if which == "others" {
		err = s.cfg.Archive.RevokeOthers(r.Context(), r.User.ID, r.Session.Hash, r.User.ID)
	} else {
		hash, herr := hex.DecodeString(which)
		if herr != nil || len(hash) == 0 {
			return fail(http.StatusBadRequest)
		}
		err = s.cfg.Archive.RevokeSession(r.Context(), r.User.ID, hash)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/account?done=session")
}

// browserName is a browser's own words in short, "Chrome, Linux"; the words themselves when they
// name none that is known.
func browserName(agent string) string {
	first := func(names ...string) string {
		for i := 0; i < len(names); i += 2 {
			if strings.Contains(agent, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	browser := first("Edg", "Edge", "Whale/", "Whale", "SamsungBrowser", "Samsung Internet", "KAKAOTALK", "KakaoTalk", "OPR/", "Opera",
		"Firefox", "Firefox", "FxiOS", "Firefox", "CriOS", "Chrome", "Chrome", "Chrome", "Safari", "Safari")
	system := first("iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Mac OS X", "macOS", "CrOS", "ChromeOS", "Linux", "Linux")
	switch {
	case browser == "":
		return excerpt(agent, 60)
	case system == "":
		return browser
	}
	return browser + ", " + system
}
