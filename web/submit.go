package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// submit takes a comment: form, facts, review, archive, and back to the article. Whatever is wrong
// with it, the words come back in the form.
func (s *Server) submit(w http.ResponseWriter, r *request) error {
	body, anyway := formText(r, "body"), r.PostFormValue("anyway") == "1"
	parent := number(r.PostFormValue("parent"))
	if r.User == nil {
		return s.loginWithDraft(w, r, templates.Draft{Slug: r.PathValue("slug"), Parent: parent, Body: body})
	}
	facts, err := s.factsOf(r, r.PathValue("slug"))
	if err != nil {
		return err
	}
	// Rate and repetition are known for certain only at the commit: its guards ask. The review is told
	// of the author's last comments only where it must say why a repetition is held.
	var recent []moderation.Recent
	if anyway {
		if recent, err = s.cfg.Archive.Recent(r.Context(), facts.Article.ID, r.User.ID, r.Now); err != nil {
			return err
		}
	}
	verdict, err := s.judge(r.Context(), facts, moderation.Submission{
		Text: body, At: r.Now, Recent: recent, Sent: s.sent.all(), Anyway: anyway,
	})
	if err != nil {
		return err
	}
	var id int64
	if verdict.Outcome != moderation.Refuse && !verdict.Nudge {
		id, err = s.cfg.Archive.Submit(r.Context(), db.NewComment{
			ArticleID: facts.Article.ID, AuthorID: r.User.ID, ParentID: parent, Language: textLanguage(verdict.Text),
			Verdict: verdict, Rate: s.cfg.Rate, Repeat: anyway, At: r.Now,
		})
	}
	if db.Unavailable(err) {
		return s.keepText(w, r, err, func(p *templates.Problem) error {
			return s.sendBack(w, r, templates.CommentForm{Body: body, Parent: s.parentOf(r, parent), Problem: p}, http.StatusServiceUnavailable)
		})
	}
	if problem := s.refusal(r, facts.Article.ID, verdict, err); problem != nil {
		form := templates.CommentForm{Body: body, Parent: s.parentOf(r, parent), Problem: &problem.Problem, Anyway: problem.anyway}
		if form.Warning, err = s.warning(r, verdict, facts.Standards); err != nil {
			return err
		}
		return s.sendBack(w, r, form, problem.status)
	}
	if err != nil {
		return err
	}
	s.sent.add(moderation.Sent{Author: r.User.ID, Article: facts.Article.ID, At: r.Now, Print: moderation.PrintOf(verdict.Text)})
	s.forgetDraft(r)
	return redirect(w, r, "/articles/"+r.PathValue("slug")+"#comment-"+itoa(id))
}

// keepText answers a form that could not be stored because the archive cannot be used at the moment:
// its page with the text in it while reading works, else the plain 503 page.
func (s *Server) keepText(w http.ResponseWriter, r *request, cause error, show func(*templates.Problem) error) error {
	s.cfg.Log.Error("not stored", "path", r.URL.Path, "err", cause)
	w.Header().Set("Retry-After", "5")
	if show(&templates.Problem{Field: "body", Message: "error.503.text"}) != nil {
		return cause
	}
	return nil
}

// sendBack answers a comment that was not taken with its form, the words in it.
func (s *Server) sendBack(w http.ResponseWriter, r *request, form templates.CommentForm, status int) error {
	if wantsJSON(r.Request) {
		return s.serveProblem(w, r, status, *form.Problem)
	}
	return s.showArticle(w, r, form, status)
}

// formText is a text field as it was typed: browsers send line breaks as CRLF, which come back to
// the form as they were.
func formText(r *request, field string) string {
	return strings.ReplaceAll(r.PostFormValue(field), "\r\n", "\n")
}

// factsOf is what the review must know of the author and an article: good while nobody decides,
// edits or changes an account.
func (s *Server) factsOf(r *request, slug string) (db.Facts, error) {
	return s.facts.get(readerOf{slug, r.User.ID}, s.cfg.Archive.Generation(), func() (db.Facts, error) {
		return s.cfg.Archive.Facts(r.Context(), slug, r.User.ID, r.Now)
	})
}

// judge has a comment reviewed by the policy in force.
func (s *Server) judge(ctx context.Context, f db.Facts, sub moderation.Submission) (moderation.Verdict, error) {
	reviewer, err := s.review.by(ctx, f.Standards, f.Rules)
	if err != nil {
		return moderation.Verdict{}, err
	}
	sub.Author, sub.Article, sub.Mode = f.Author, f.Article, cmp.Or(f.Mode, s.cfg.Mode)
	sub.Author.Banned = sub.Author.Banned || f.Restraint.Barred.After(sub.At)
	sub.Author.Premoderated = f.Restraint.Held.After(sub.At)
	if !f.Closes.IsZero() && !sub.At.Before(f.Closes) {
		sub.Article.Closed = true
	}
	return reviewer.Review(sub), nil
}

// warning shows an author what in their words speaks against them, and by which clauses; nil when the wording is
// not the reason.
func (s *Server) warning(r *request, v moderation.Verdict, version string) (*templates.Warning, error) {
	if v.Reason != moderation.ReasonWording {
		return nil, nil
	}
	standards, err := s.cfg.Archive.StandardsOf(r.Context(), version)
	if err != nil {
		return nil, err
	}
	w := &templates.Warning{Of: shortHash(v.Text), Lang: textLanguage(v.Text)}
	w.Same = r.PostFormValue("warned") == w.Of
	for _, f := range v.Asked {
		c := clauseRef(standards, f.Clause, r.Lang)
		if c != nil && !slices.ContainsFunc(w.Clauses, func(o templates.ClauseRef) bool { return o.ID == c.ID }) {
			w.Clauses = append(w.Clauses, *c)
		}
	}
	w.Text = marks(v.Text, v.Asked, standards, r.Lang)
	return w, nil
}

// refused is why a comment was not taken, beside its field, with the status of the answer.
type refused struct {
	templates.Problem
	status int
	anyway bool // it can be sent all the same
}

// refusal says why a comment was not taken, by its review or by the archive; nil when it was taken
// or when the error is none of the author's.
func (s *Server) refusal(r *request, article int64, v moderation.Verdict, err error) *refused {
	reason := ""
	switch {
	case errors.Is(err, db.ErrClosed):
		reason = "closed"
	case errors.Is(err, db.ErrDisabled), errors.Is(err, db.ErrBarred):
		reason = "banned"
	case errors.Is(err, db.ErrRate):
		reason = "rate"
	case errors.Is(err, db.ErrSlow):
		reason = "slow"
	case errors.Is(err, db.ErrRepeat):
		reason = "repeat"
	case errors.Is(err, db.ErrParent):
		reason = "parent_gone"
	case errors.Is(err, db.ErrEditExpired):
		reason = "edit_expired"
	case err == nil && (v.Outcome == moderation.Refuse || v.Nudge):
		reason = string(v.Reason)
	default:
		return nil
	}
	p := &refused{Problem: templates.Problem{Field: "body", Message: "comment." + reason}, status: http.StatusUnprocessableEntity}
	switch reason {
	case "too_long":
		p.Args = map[string]any{"Count": v.Characters, "Over": v.Characters - moderation.Limit}
	case "closed", "parent_gone", "edit_expired":
		p.status = http.StatusConflict
	case "banned":
		p.Problem, p.status = *s.barred(r), http.StatusForbidden
	case "rate":
		p.status, p.Args = http.StatusTooManyRequests, map[string]any{"Wait": s.wait(r)}
	case "slow":
		p.status, p.Args = http.StatusTooManyRequests, map[string]any{"Wait": s.slowWait(r, article)}
	case "repeat", "wording":
		p.anyway = true
	}
	return p
}

// wait is how many seconds an author must wait until the rate allows the next comment, at least 1.
func (s *Server) wait(r *request) int {
	rate := s.cfg.Rate
	recent, err := s.cfg.Archive.Recent(r.Context(), 0, r.User.ID, r.Now)
	if err != nil || rate.N > len(recent) {
		return max(1, int(rate.Per/time.Second))
	}
	left := recent[rate.N-1].At.Add(rate.Per).Sub(r.Now)
	return max(1, int(math.Ceil(left.Seconds())))
}

// slowWait is how many seconds slow mode asks the author to wait, at least 1.
func (s *Server) slowWait(r *request, article int64) int {
	until, err := s.cfg.Archive.SlowUntil(r.Context(), article, r.User.ID)
	if err != nil {
		s.cfg.Log.Warn("the wait of slow mode is not known", "err", err)
	}
	return max(1, int(math.Ceil(until.Sub(r.Now).Seconds())))
}

// forgetDraft takes the comment that waited out of the session: it was sent.
func (s *Server) forgetDraft(r *request) {
	if r.Session.Draft == "" {
		return
	}
	if err := s.cfg.Archive.SetDraft(r.Context(), r.Session.Hash, ""); err != nil {
		s.cfg.Log.Warn("draft not forgotten", "err", err)
	}
}

// draft is the comment that waits in the session since a log-in; the zero Draft when none does.
func (s *Server) draft(r *request) (d templates.Draft) {
	if r.Session == nil || r.Session.Draft == "" {
		return d
	}
	if err := json.Unmarshal([]byte(r.Session.Draft), &d); err != nil {
		return templates.Draft{}
	}
	return d
}
