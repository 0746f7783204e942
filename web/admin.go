package web

import (
	"errors"
	"net/http"
	"net/url"

	"broadsheet/db"
	"broadsheet/templates"
)

// adminArticles lists articles with their comment switch.
func (s *Server) adminArticles(w http.ResponseWriter, r *request) error {
	list, err := s.cfg.Archive.Newest(r.Context(), keyOf(r.FormValue("from")), adminRows+1)
	if err != nil {
		return err
	}
	var page templates.AdminArticles
	if d := r.FormValue("done"); d == "open" || d == "closed" {
		page.Done = d
	}
	list, page.Older = older(r, list, adminRows)
	for _, b := range list {
		page.Rows = append(page.Rows, templates.ArticleRow{
			ID: b.ID, Slug: b.Slug, Headline: b.Headline, Section: b.Section, Published: b.Published,
			Open: b.OpenAt(r.Now), Revision: b.Revision, Comments: b.Comments, Pending: b.Pending,
		})
	}
	return render(w, s.pages.AdminArticles, s.frame(r, s.title(r, "title.admin_articles")), page, http.StatusOK)
}

// adminArticle opens or closes the comments of an article.
func (s *Server) adminArticle(w http.ResponseWriter, r *request) error {
	state := r.PostFormValue("comments")
	if state != "open" && state != "closed" {
		return fail(http.StatusBadRequest)
	}
	if err := s.cfg.Archive.OpenComments(r.Context(), r.PathValue("slug"), state == "open", r.User.ID, r.Now); err != nil {
		return err
	}
	return redirect(w, r, "/admin/articles?done="+state)
}

// adminUsers lists accounts.
func (s *Server) adminUsers(w http.ResponseWriter, r *request) error {
	page := templates.AdminUsers{Query: r.FormValue("q")}
	if d := r.FormValue("done"); d == "role" || d == "status" {
		page.Done = d
	}
	if err := s.cfg.Archive.Look(r.Context(), db.ActUserList, 0, r.User.ID); err != nil {
		return err
	}
	list, err := s.cfg.Archive.Users(r.Context(), page.Query, number(r.FormValue("before")), adminRows+1)
	if err != nil {
		return err
	}
	if len(list) > adminRows {
		list = list[:adminRows]
		page.Older = "/admin/users?" + url.Values{"q": {page.Query}, "before": {itoa(list[adminRows-1].ID)}}.Encode()
	}
	for _, u := range list {
		page.Rows = append(page.Rows, templates.UserRow{
			ID: u.ID, Name: u.Name, Email: u.Email, Role: string(u.Role), Status: u.Status, Joined: u.Created,
			Sessions: u.Sessions, Own: u.ID == r.User.ID,
		})
	}
	return render(w, s.pages.AdminUsers, s.frame(r, s.title(r, "title.admin_users")), page, http.StatusOK)
}

// adminUser changes somebody's role or shuts and opens their account. Either ends their sessions.
func (s *Server) adminUser(w http.ResponseWriter, r *request) error {
	user := number(r.PathValue("id"))
	if user == r.User.ID {
		return fail(http.StatusForbidden) // nobody locks themselves out by a slip
	}
	role, status, done := db.Role(r.PostFormValue("role")), r.PostFormValue("status"), "role"
	var err error
	switch {
	case role.Valid():
		err = s.cfg.Archive.SetRole(r.Context(), user, role, r.User.ID)
	case status == "active" || status == "disabled":
		done = "status"
		err = s.cfg.Archive.SetDisabled(r.Context(), user, status == "disabled", r.User.ID)
	default:
		return fail(http.StatusBadRequest)
	}
	if errors.Is(err, db.ErrLastAdmin) {
		return fail(http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/admin/users?done="+done)
}
