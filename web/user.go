package web

import (
	"net/http"

	"broadsheet/moderation"
	"broadsheet/templates"
)

// user is an account as the staff see it. That they looked is logged.
func (s *Server) user(w http.ResponseWriter, r *request) error {
	return s.showUser(w, r, number(r.PathValue("id")), templates.SanctionForm{}, nil, false, http.StatusOK)
}

func (s *Server) showUser(w http.ResponseWriter, r *request, user int64, form templates.SanctionForm, problem *templates.Problem, conflict bool, status int) error {
	if err := s.cfg.Archive.ViewUser(r.Context(), user, r.User.ID, r.Now); err != nil {
		return err
	}
	u, err := s.cfg.Archive.User(r.Context(), user)
	if err != nil {
		return err
	}
	h, err := s.cfg.Archive.History(r.Context(), user)
	if err != nil {
		return err
	}
	own, err := s.cfg.Archive.Own(r.Context(), user, number(r.FormValue("before")), listCards+1)
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	page := templates.User{
		ID: u.ID, Name: u.Name, Email: u.Email, Role: string(u.Role), Status: u.Status, Verified: u.Verified, Joined: u.Created,
		Published: h.Counts[moderation.Published], Pending: h.Counts[moderation.Pending], Withdrawn: h.Counts[moderation.Withdrawn],
		Rejected: h.Counts[moderation.Rejected], Blocked: h.Counts[moderation.Blocked],
		Reports: h.Reports.Made, Judged: h.Reports.Judged, Upheld: h.Reports.Upheld,
		Sanctions: s.sanctionsView(r, u, h.Sanctions, standards),
	}
	page.Sanctions.Here = true
	page.Sanctions.Form, page.Sanctions.Problem, page.Sanctions.Conflict = form, problem, conflict
	if done := moderation.Sanction(r.FormValue("done")); done.Valid() {
		page.Done = string(done)
	}
	for _, c := range h.Clauses {
		page.Clauses = append(page.Clauses, templates.ClauseCount{ClauseRef: *clauseRef(standards, c.Clause, r.Lang), N: c.N})
	}
	if len(own) > listCards {
		own = own[:listCards]
		page.Older = "/desk/users/" + itoa(user) + "?before=" + itoa(own[listCards-1].ID)
	}
	page.Comments = ownViews(own, standards, r.Lang)
	return render(w, s.pages.User, s.frame(r, s.title(r, "title.user")), page, status)
}
