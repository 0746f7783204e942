package web

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// comment is one comment at its permalink.
func (s *Server) comment(w http.ResponseWriter, r *request) error {
	c, err := s.visible(r)
	if err != nil {
		return err
	}
	var form *templates.CommentForm
	if d := s.draft(r); d.Edit == c.ID && r.User.ID == c.AuthorID { // also when it is too late: the words are theirs
		form = &templates.CommentForm{Body: d.Body}
	}
	return s.showComment(w, r, c, form, http.StatusOK)
}

// visible reads the comment of the address if the visitor may see it; else it is not there.
func (s *Server) visible(r *request) (db.Placed, error) {
	c, err := s.cfg.Archive.Comment(r.Context(), number(r.PathValue("id")))
	if err != nil {
		return c, err
	}
	mine := r.User != nil && r.User.ID == c.AuthorID
	staff := r.User != nil && r.User.Role.Staff()
	if c.State != moderation.Published && !mine && !staff {
		return c, fs.ErrNotExist
	}
	return c, nil
}

// editable reports whether the author may still change the words.
func editable(c db.Placed, r *request) bool {
	return r.User != nil && r.User.ID == c.AuthorID && r.Now.Sub(c.Submitted) < db.EditWindow &&
		(c.State == moderation.Pending || c.State == moderation.Published)
}

// showComment answers with a comment's page; form is what comes back of an edit, nil for none; kept puts in what comes back
// of another form.
func (s *Server) showComment(w http.ResponseWriter, r *request, c db.Placed, form *templates.CommentForm, status int, kept ...func(*templates.CommentPage)) error {
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	mine := r.User != nil && r.User.ID == c.AuthorID
	staff := r.User != nil && r.User.Role.Staff()
	page := templates.CommentPage{
		Comment: placedView(c, standards, r.Lang), Version: c.Version, Mine: mine, Staff: staff,
		Article:     templates.Card{Slug: c.Slug, Headline: c.Headline, Lang: c.ArticleLanguage},
		CanWithdraw: mine && c.State != moderation.Withdrawn,
	}
	if mine || staff {
		if err := s.addDecision(r, c, standards, &page); err != nil {
			return err
		}
	}
	if wantsJSON(r.Request) && form != nil && form.Problem != nil {
		return s.serveProblem(w, r, status, *form.Problem)
	}
	if editable(c, r) || form != nil {
		if form == nil {
			form = &templates.CommentForm{Body: c.Body}
		}
		form.Action, form.Limit, form.Count = "/comments/"+itoa(c.ID)+"/edit", moderation.Limit, moderation.Count(form.Body)
		page.EditForm, page.EditUntil = form, c.Submitted.Add(db.EditWindow)
	}
	if err := cmp.Or(s.addThread(r, c, &page), s.addCase(r, c, standards, &page), s.addActs(r, c, &page)); err != nil {
		return err
	}
	for _, f := range kept {
		f(&page)
	}
	if status == http.StatusOK {
		w.Header().Set("Cache-Control", "private, no-cache")
	}
	return render(w, s.pages.Comment, s.frame(r, s.title(r, "title.comment")), page, status)
}

// addDecision adds the last decision on the words that are shown.
func (s *Server) addDecision(r *request, c db.Placed, standards moderation.Standards, page *templates.CommentPage) error {
	d, err := s.cfg.Archive.LastDecision(r.Context(), c.ID)
	if errors.Is(err, fs.ErrNotExist) || err == nil && (d.Version != c.Version || d.Action == moderation.Withdraw) {
		return nil
	}
	if err != nil {
		return err
	}
	if d.Action == moderation.Reopen && d.By == 0 { // readers' reports: nothing was decided yet
		return nil
	}
	v := decisionView(d, standards, r.Lang, page.Staff && !page.Mine)
	page.Decision = &v
	return nil
}

// addThread adds what the comment answers and what answers it.
func (s *Server) addThread(r *request, c db.Placed, page *templates.CommentPage) error {
	if c.ParentID != 0 {
		p, err := s.cfg.Archive.Comment(r.Context(), c.ParentID)
		if err != nil {
			return err
		}
		v := commentView(p.Comment, false)
		page.Parent = &v
	}
	replies, err := s.cfg.Archive.Replies(r.Context(), c.ID)
	if err != nil {
		return err
	}
	for _, a := range replies {
		page.Replies = append(page.Replies, commentView(a, false))
	}
	return nil
}

// edit takes new words for a comment of one's own: the whole review again.
func (s *Server) edit(w http.ResponseWriter, r *request) error {
	body, anyway := formText(r, "body"), r.PostFormValue("anyway") == "1"
	if r.User == nil {
		return s.loginWithDraft(w, r, templates.Draft{Edit: number(r.PathValue("id")), Body: body})
	}
	c, err := s.visible(r)
	if err != nil {
		return err
	}
	if c.AuthorID != r.User.ID {
		return fail(http.StatusForbidden)
	}
	facts, err := s.factsOf(r, c.Slug)
	if err != nil {
		return err
	}
	// An edit is no new comment: neither rate nor repeat.
	verdict, err := s.judge(r.Context(), facts, moderation.Submission{
		Text: body, At: r.Now, Sent: s.sent.but(r.User.ID, c.Submitted), Anyway: anyway,
	})
	if err != nil {
		return err
	}
	switch {
	case !editable(c, r):
		err = db.ErrEditExpired
	case verdict.Text == c.Body: // the same words need no new review
		verdict.Nudge = false
	case verdict.Outcome != moderation.Refuse && !verdict.Nudge:
		err = s.cfg.Archive.Edit(r.Context(), c.ID, r.User.ID, c.Version, textLanguage(verdict.Text), verdict, r.Now)
	}
	if db.Unavailable(err) {
		return s.keepText(w, r, err, func(p *templates.Problem) error {
			return s.showComment(w, r, c, &templates.CommentForm{Body: body, Problem: p}, http.StatusServiceUnavailable)
		})
	}
	if p := s.refusal(r, facts.Article.ID, verdict, err); p != nil {
		form := &templates.CommentForm{Body: body, Problem: &p.Problem, Anyway: p.anyway}
		if form.Warning, err = s.warning(r, verdict, facts.Standards); err != nil {
			return err
		}
		return s.showComment(w, r, c, form, p.status)
	}
	if err != nil {
		return err
	}
	s.forgetDraft(r)
	return redirect(w, r, "/comments/"+itoa(c.ID))
}

// withdraw deletes a comment of one's own.
func (s *Server) withdraw(w http.ResponseWriter, r *request) error {
	c, err := s.visible(r)
	if err != nil {
		return err
	}
	if c.AuthorID != r.User.ID {
		return fail(http.StatusForbidden)
	}
	if err := s.cfg.Archive.Withdraw(r.Context(), c.ID, r.User.ID, r.Now); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return redirect(w, r, "/articles/"+c.Slug)
}

// standards is the published policy.
func (s *Server) standards(w http.ResponseWriter, r *request) error {
	st, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	page := templates.Standards{Version: st.Version}
	for i, c := range st.Clauses {
		v := templates.Clause{
			ClauseRef: templates.ClauseRef{ID: c.ID, Number: i + 1, Title: c.Title[r.Lang]},
			Text:      c.Text[r.Lang],
		}
		for _, e := range c.Examples {
			v.Examples = append(v.Examples, templates.Example{Text: e.Text[r.Lang], Allowed: e.Allowed, Why: e.Why[r.Lang]})
		}
		page.Clauses = append(page.Clauses, v)
	}
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("Vary", "Cookie, Accept-Language")
	return render(w, s.pages.Standards, s.frame(r, s.title(r, "title.standards")), page, http.StatusOK)
}
