package web

import (
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// addCase adds what the viewer can do about a comment, and what became of it.
func (s *Server) addCase(r *request, c db.Placed, standards moderation.Standards, page *templates.CommentPage) error {
	k := &page.Case
	if done := r.URL.Query().Get("done"); done == "reported" || done == "appealed" {
		k.Done = done
	}
	published := c.State == moderation.Published
	k.Notice = published && !page.Mine
	switch draft := s.draft(r); {
	case page.Mine:
		if err := s.addOwnCase(r, c, standards, k); err != nil {
			return err
		}
		if draft.Appeal == c.ID && k.Appeal != nil {
			k.Appeal.Text = draft.Body
		}
	case r.User != nil && published:
		o, found, err := s.cfg.Archive.ReportOf(r.Context(), r.User.ID, c.ID)
		if err != nil {
			return err
		}
		if found {
			v := ownReportView(o, standards, r.Lang)
			k.Reported = &v
			return nil
		}
		k.Report = &templates.ReportForm{Reasons: clauseRefs(standards, r.Lang)}
		if draft.Report == c.ID {
			k.Report.Note = draft.Body
		}
	}
	return nil
}

// showCase answers a report or appeal that was not taken with the comment's page, where kept puts what was typed.
func (s *Server) showCase(w http.ResponseWriter, r *request, c db.Placed, p *templates.Problem, status int,
	kept func(*templates.ReaderCase, []templates.ClauseRef)) error {
	if wantsJSON(r.Request) {
		return s.serveProblem(w, r, status, *p)
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	return s.showComment(w, r, c, nil, status, func(page *templates.CommentPage) {
		kept(&page.Case, clauseRefs(standards, r.Lang))
	})
}

// caseOf is what readers and others say about a comment, for the moderator who decides on it. Its author sees only their own
// appeals.
func (s *Server) caseOf(r *request, c db.Waiting) (k templates.Case, err error) {
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return k, err
	}
	if k.Own = c.AuthorID == r.User.ID; !k.Own {
		err = s.addOthers(r, c, standards, &k)
	}
	if err != nil {
		return k, err
	}
	err = s.addAppeal(r, c, standards, &k)
	return k, err
}

// addOthers adds the open reports on a comment, and the notices of it.
func (s *Server) addOthers(r *request, c db.Waiting, standards moderation.Standards, k *templates.Case) error {
	reports, err := s.cfg.Archive.OpenReports(r.Context(), c.ID)
	if err != nil {
		return err
	}
	for _, o := range reports {
		k.Reports = append(k.Reports, templates.CaseReport{
			Reason: reasonRef(standards, o.Reason, r.Lang), Note: o.Note, At: o.At, Old: o.Version != c.Version, Upheld: o.Upheld, Judged: o.Judged,
		})
	}
	notices, err := s.cfg.Archive.NoticesOn(r.Context(), c.ID)
	if err != nil {
		return err
	}
	for _, n := range notices {
		became, err := s.cfg.Archive.Became(r.Context(), n.ID)
		if err != nil {
			return err
		}
		k.Notices = append(k.Notices, noticeView(n, became))
	}
	return nil
}

// addAppeal adds the open appeal on a comment with all that its answer needs, and the appeals that were answered.
func (s *Server) addAppeal(r *request, c db.Waiting, standards moderation.Standards, k *templates.Case) error {
	appeals, err := s.cfg.Archive.Appeals(r.Context(), c.ID)
	if err != nil || len(appeals) == 0 {
		return err
	}
	decisions, err := s.cfg.Archive.Decisions(r.Context(), c.ID)
	if err != nil {
		return err
	}
	open, may, err := s.cfg.Archive.AppealOpen(r.Context(), c.ID, r.User.ID)
	if err != nil {
		return err
	}
	for i, v := range appealViews(appeals, decisions) {
		a := appeals[i]
		if a.ID != open {
			k.Earlier = append(k.Earlier, v)
			continue
		}
		k.Appeal = &templates.CaseAppeal{
			ID: a.ID, Text: a.Text, Lang: v.Lang, At: a.At, May: may && !k.Own, Own: k.Own, Comment: c.ID, Version: c.Version, After: c.Last, Answer: r.PostFormValue("answer"),
		}
		for _, d := range decisions {
			if d.ID == a.Decision {
				k.Appeal.First, k.Appeal.Until = decisionView(d, standards, r.Lang, !k.Own), d.Until
				k.Appeal.Clause, k.Appeal.Blocking, k.Appeal.Alone = d.Clause, d.Action == moderation.Block, d.By == r.User.ID
			}
		}
	}
	if k.Appeal == nil {
		return nil
	}
	k.Appeal.Thread, err = s.threadOf(r, c.Comment)
	return err
}

// threadOf lists the published answers in the thread that a comment stands in.
func (s *Server) threadOf(r *request, c db.Comment) (out []templates.Comment, err error) {
	head := c.ID
	if c.ParentID != 0 {
		head = c.ParentID
	}
	replies, err := s.cfg.Archive.Replies(r.Context(), head)
	for _, a := range replies {
		if a.ID != c.ID {
			out = append(out, commentView(a, false))
		}
	}
	return out, err
}
