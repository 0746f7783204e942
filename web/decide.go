package web

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// maxNote is how many characters a moderator's note may have.
const maxNote = 500

// deskForm is a decision's form when it comes back.
type deskForm struct {
	clause, note string
	problem      *templates.Problem
	conflict     *templates.Conflict
}

// deskComment is all that a decision on one comment needs.
func (s *Server) deskComment(w http.ResponseWriter, r *request) error {
	return s.showDeskComment(w, r, deskForm{}, http.StatusOK)
}

func (s *Server) showDeskComment(w http.ResponseWriter, r *request, form deskForm, status int) error {
	c, err := s.cfg.Archive.Evidence(r.Context(), number(r.PathValue("id")))
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	row, err := s.deskRow(r, c, standards)
	if err != nil {
		return err
	}
	record, err := s.cfg.Archive.Record(r.Context(), c.Comment)
	if err != nil {
		return err
	}
	decisions, err := s.cfg.Archive.Decisions(r.Context(), c.ID)
	if err != nil {
		return err
	}
	next, err := s.cfg.Archive.NextPending(r.Context(), c.ID, r.User.ID, s.readByOthers(r))
	if err != nil {
		return err
	}
	_, head, err := s.cfg.Archive.Totals(r.Context())
	if err != nil {
		return err
	}
	s.leases.claim(c.ID, r.User, false, r.Now)
	row.Readers = s.leases.others(r.User.ID, r.Now)[c.ID]
	page := templates.DeskComment{
		Row: row, Head: head, Lead: excerpt(record.Lead, 280), LeadLang: record.LeadLanguage, Back: backOf(r), Done: decisionDone(r), Standards: c.Standards, Clauses: clauseRefs(standards, r.Lang),
		Note: form.note, Clause: form.clause, Problem: form.problem, Conflict: form.conflict,
		Author: templates.AuthorHistory{
			ID: c.AuthorID, Name: record.Name, Joined: record.Joined, Status: record.Status,
			Published: record.Counts[moderation.Published], Pending: record.Counts[moderation.Pending],
			Rejected:  record.Counts[moderation.Rejected] + record.Counts[moderation.Blocked],
			Withdrawn: record.Counts[moderation.Withdrawn], Recent: ownViews(record.Recent, standards, r.Lang),
		},
	}
	for _, wd := range record.Wording {
		page.Wordings = append(page.Wordings, templates.Wording(wd))
	}
	for _, d := range decisions {
		page.Decisions = append(page.Decisions, decisionView(d, standards, r.Lang, true))
	}
	if next != 0 {
		page.Next = "/desk/comments/" + itoa(next)
	}
	return render(w, s.pages.DeskComment, s.frame(r, s.title(r, "title.desk_comment")), page, status)
}

// readVerb reads a decision's form. What is wrong with it is said in the problem.
func (s *Server) readVerb(r *request, comment, version, after string) (db.Verb, *templates.Problem, error) {
	v := db.Verb{
		Comment: number(comment), Version: int(number(version)), After: number(after), By: r.User.ID, At: r.Now,
		Action: moderation.Action(r.PostFormValue("action")), Note: moderation.Normalize(r.PostFormValue("note")),
	}
	if moderation.Count(v.Note) > maxNote {
		return v, &templates.Problem{Field: "note", Message: "desk.note_long", Args: map[string]any{"Limit": maxNote}}, nil
	}
	switch v.Action {
	case moderation.Approve:
		return v, nil, nil
	case moderation.Reject:
		standards, err := s.cfg.Archive.Standards(r.Context())
		if err != nil {
			return v, nil, err
		}
		v.Clause = r.PostFormValue("clause")
		if _, _, ok := standards.Clause(v.Clause); !ok {
			return v, &templates.Problem{Field: "clause", Message: "desk.clause_needed"}, nil
		}
		return v, nil, nil
	}
	return v, &templates.Problem{Message: "error.400.text"}, nil
}

// decide takes one decision. The order of its refusals is 403, 404, 409, 422: whoever is too late
// hears that first, with who decided what.
func (s *Server) decide(w http.ResponseWriter, r *request) error {
	verb, problem, err := s.readVerb(r, r.PathValue("id"), r.PostFormValue("version"), r.PostFormValue("after"))
	if err != nil {
		return err
	}
	if problem != nil {
		err = s.cfg.Archive.Decidable(r.Context(), verb)
	} else {
		err = s.cfg.Archive.Decide(r.Context(), verb)
	}
	form := deskForm{clause: r.PostFormValue("clause"), note: r.PostFormValue("note"), problem: problem}
	switch {
	case errors.Is(err, db.ErrOwn):
		return &failure{Status: http.StatusForbidden, Message: "desk.own", Back: "/desk"}
	case errors.Is(err, db.ErrConflict):
		return s.conflict(w, r, verb.Comment, form)
	case err != nil:
		return err
	case problem != nil:
		if wantsJSON(r.Request) {
			return s.serveProblem(w, r, http.StatusUnprocessableEntity, *problem)
		}
		return s.showDeskComment(w, r, form, http.StatusUnprocessableEntity)
	}
	s.learner.decided()
	next := "/desk"
	if v := r.PostFormValue("next"); v != "" {
		next = localPath(v)
	}
	return redirect(w, r, withDone(next, verb.Action))
}

// withDone adds to a path of the desk what was just decided, for the page to say so.
func withDone(path string, a moderation.Action) string {
	u, err := url.Parse(path)
	if err != nil || u.Path != "/desk" && !strings.HasPrefix(u.Path, "/desk/") {
		return path
	}
	q := u.Query()
	q.Set("done", string(a))
	u.RawQuery = q.Encode()
	return u.String()
}

// backOf is the queue that the moderator came from.
func backOf(r *request) string {
	next := r.FormValue("next")
	if u, err := url.Parse(next); err == nil && u.Path == "/desk" {
		return localPath(next)
	}
	return "/desk"
}

// conflict tells the second of two moderators what the first decided.
func (s *Server) conflict(w http.ResponseWriter, r *request, comment int64, form deskForm) error {
	form.problem = &templates.Problem{Message: "desk.conflict"}
	text := s.pages.Text(r.Lang, "desk.conflict", nil)
	d, err := s.cfg.Archive.LastDecision(r.Context(), comment)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		standards, err := s.cfg.Archive.Standards(r.Context())
		if err != nil {
			return err
		}
		v := decisionView(d, standards, r.Lang, true)
		form.conflict = &templates.Conflict{ID: comment, Decision: v}
		text += " " + d.Name + " · " + s.pages.Text(r.Lang, "action."+string(d.Action), nil)
		if v.Clause != nil {
			text += " · " + v.Clause.Title
		}
	}
	if wantsJSON(r.Request) {
		serveJSON(w, http.StatusConflict, map[string]any{"error": map[string]string{"code": "conflict", "message": text}})
		return nil
	}
	return s.showDeskComment(w, r, form, http.StatusConflict)
}

// report is what became of one of many decisions.
type report struct {
	Comment string `json:"comment"`
	Status  int    `json:"status"`
}

// decideMany takes the same decision on many comments, each for itself, and says what became of
// each: 303 back to the queue when all were taken, else the first refusal's status with the list.
func (s *Server) decideMany(w http.ResponseWriter, r *request) error {
	comments, versions := r.PostForm["comment"], r.PostForm["version"]
	if len(comments) == 0 || len(comments) != len(versions) || len(comments) > 500 {
		return fail(http.StatusBadRequest)
	}
	status := http.StatusSeeOther
	reports := make([]report, len(comments))
	for i := range comments {
		verb, problem, err := s.readVerb(r, comments[i], versions[i], "")
		if err == nil && problem != nil {
			err = &failure{Status: http.StatusUnprocessableEntity, Message: problem.Message}
		}
		if err == nil {
			err = s.cfg.Archive.Decide(r.Context(), verb)
		}
		reports[i] = report{comments[i], http.StatusSeeOther}
		if err != nil {
			reports[i].Status = decideStatus(err)
			if status == http.StatusSeeOther {
				status = reports[i].Status
			}
		}
	}
	s.learner.decided()
	if wantsJSON(r.Request) {
		if status == http.StatusSeeOther {
			status = http.StatusOK
		}
		serveJSON(w, status, map[string]any{"decisions": reports})
		return nil
	}
	if status != http.StatusSeeOther {
		return s.showDesk(w, r, s.refusedOnes(r, reports), status)
	}
	return redirect(w, r, withDone("/desk", moderation.Action(r.PostFormValue("action"))))
}

// refusedOnes tells a moderator which of many decisions were not taken, and why.
func (s *Server) refusedOnes(r *request, reports []report) (out []templates.Refused) {
	for _, one := range reports {
		if one.Status != http.StatusSeeOther {
			out = append(out, templates.Refused{ID: number(one.Comment), Why: s.title(r, "error."+itoa(one.Status)+".title")})
		}
	}
	return out
}

func decideStatus(err error) int {
	if errors.Is(err, db.ErrOwn) {
		return http.StatusForbidden
	}
	return asFailure(err).Status
}
