package web

import (
	"net/http"
	"net/url"
	"slices"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// deskForm is a decision's form when it comes back.
type deskForm struct {
	clause, note, answer, until string
	about                       string // a note on the author
	problem                     *templates.Problem
	conflict                    *templates.Conflict
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
	page := templates.DeskComment{
		Back: backOf(r), Done: s.decisionDone(r), Standards: c.Standards, Clauses: clauseRefs(standards, r.Lang), Keys: s.keysOf(r),
		Clause: form.clause, Note: form.note, Answer: form.answer, Until: form.until, Problem: form.problem, Conflict: form.conflict,
	}
	for _, add := range []func(*request, db.Waiting, moderation.Standards, *templates.DeskComment) error{
		s.addRow, s.addDecisions, s.addAuthor, s.addNext,
	} {
		if err := add(r, c, standards, &page); err != nil {
			return err
		}
	}
	page.Author.Note = form.about
	if page.Alike, err = s.alike(r, c, standards); err != nil {
		return err
	}
	if page.Case, err = s.caseOf(r, c); err != nil {
		return err
	}
	if page.Case.Appeal != nil && form.problem != nil && form.problem.Field == "appeal-answer" {
		page.Case.Appeal.Problem = form.problem
	}
	return render(w, s.pages.DeskComment, s.frame(r, s.title(r, "title.desk_comment")), page, status)
}

// addRow adds the comment itself, which whoever opens it now reads.
func (s *Server) addRow(r *request, c db.Waiting, standards moderation.Standards, page *templates.DeskComment) (err error) {
	s.leases.claim(c.ID, r.User, false, r.Now)
	if page.Row, err = s.deskRow(r, c, standards); err != nil {
		return err
	}
	cases, err := s.cfg.Archive.OpenCases(r.Context(), []int64{c.ID})
	page.Row.Cases = caseViews(cases[c.ID], r, standards, page.Row)
	page.Row.Readers = s.leases.others(r.User.ID, r.Now)[c.ID]
	return err
}

// addDecisions adds what was decided of the comment, newest first.
func (s *Server) addDecisions(r *request, c db.Waiting, standards moderation.Standards, page *templates.DeskComment) error {
	decisions, err := s.cfg.Archive.Decisions(r.Context(), c.ID)
	for _, d := range decisions {
		page.Decisions = append(page.Decisions, decisionView(d, standards, r.Lang, !page.Row.Own))
	}
	return err
}

// addAuthor adds what the author did before, and what surrounds the comment.
func (s *Server) addAuthor(r *request, c db.Waiting, standards moderation.Standards, page *templates.DeskComment) error {
	record, err := s.cfg.Archive.Record(r.Context(), c.Comment)
	if err != nil {
		return err
	}
	author, err := s.cfg.Archive.User(r.Context(), c.AuthorID)
	if err != nil {
		return err
	}
	page.Lead, page.LeadLang = excerpt(record.Lead, 280), record.LeadLanguage
	for _, wd := range record.Wording {
		page.Wordings = append(page.Wordings, templates.Wording(wd))
	}
	page.Author = history(c.Comment, record, standards, r)
	page.Sanctions = s.sanctionsView(r, author, record.Sanctions, standards)
	return nil
}

// addNext adds where to go on, and the log's head: what comes after is told live.
func (s *Server) addNext(r *request, c db.Waiting, _ moderation.Standards, page *templates.DeskComment) error {
	next, err := s.cfg.Archive.NextPending(r.Context(), c.ID, r.User.ID, s.readByOthers(r))
	if err != nil {
		return err
	}
	if next != 0 {
		page.Next = "/desk/comments/" + itoa(next)
	}
	page.Head, err = s.cfg.Archive.LogEnd(r.Context())
	return err
}

// recentShown is how many of an author's latest comments stand beside one; their page has all.
const recentShown = 5

// history is what the author of a comment did besides it, as staff see it.
func history(c db.Comment, record db.Record, standards moderation.Standards, r *request) templates.AuthorHistory {
	record.Recent = slices.DeleteFunc(record.Recent, func(p db.Placed) bool { return p.ID == c.ID })
	record.Recent = record.Recent[:min(len(record.Recent), recentShown)]
	h := templates.AuthorHistory{
		ID: c.AuthorID, Name: record.Name, Joined: record.Joined, Status: record.Status,
		Published: record.Counts[moderation.Published], Pending: record.Counts[moderation.Pending],
		Rejected: record.Counts[moderation.Rejected], Blocked: record.Counts[moderation.Blocked],
		Withdrawn: record.Counts[moderation.Withdrawn], Recent: ownViews(record.Recent, standards, r.Lang),
	}
	for _, c := range record.Clauses {
		if ref := clauseRef(standards, c.Clause, r.Lang); ref != nil {
			h.Clauses = append(h.Clauses, templates.ClauseCount{ClauseRef: *ref, N: c.N})
		}
	}
	for _, n := range record.Notes {
		h.Notes = append(h.Notes, templates.StaffNote{
			ID: n.ID, By: n.Name, At: n.At, Text: n.Text, Mine: n.By == r.User.ID || r.User.Role == db.Admin,
		})
	}
	return h
}

// backOf is the queue that the moderator came from.
func backOf(r *request) string {
	next := r.FormValue("next")
	if u, err := url.Parse(next); err == nil && u.Path == "/desk" {
		return localPath(next)
	}
	return "/desk"
}
