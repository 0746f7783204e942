package web

import (
	"cmp"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// queueForm is the desk's filter as it stands in an address. Unknown values are refused: nothing of
// it ever becomes SQL.
type queueForm struct {
	queue string // "pending", "published" or "decided"
	order db.Order
	db.Filter
	after *db.Cursor
}

// readQueue reads the filter of the desk.
func readQueue(r *request) (queueForm, error) {
	q := r.URL.Query()
	f := queueForm{queue: "pending", order: db.Oldest, Filter: db.Filter{
		Section: q.Get("section"), Article: q.Get("article"), Text: strings.TrimSpace(moderation.Normalize(q.Get("q"))),
	}}
	switch v := q.Get("queue"); v {
	case "", "pending":
	case "decided", "published":
		f.queue = v
	default:
		return f, fail(http.StatusBadRequest)
	}
	switch v := db.Order(q.Get("order")); v {
	case "":
	case db.Oldest, db.Newest, db.Risk:
		f.order = v
	default:
		return f, fail(http.StatusBadRequest)
	}
	if v := q.Get("after"); v != "" {
		id, risk, _ := strings.Cut(v, "~")
		score, err := strconv.ParseFloat(risk, 64)
		if number(id) == 0 || err != nil {
			return f, fail(http.StatusBadRequest)
		}
		f.after = &db.Cursor{ID: number(id), Risk: score}
	}
	return f, nil
}

// path is the address of this queue after a place in it.
func (f queueForm) path(after *db.Cursor) string {
	v := url.Values{}
	set := func(k, val string) {
		if val != "" {
			v.Set(k, val)
		}
	}
	set("queue", f.queue)
	set("order", string(f.order))
	set("section", f.Section)
	set("article", f.Article)
	set("q", f.Text)
	if after != nil {
		v.Set("after", itoa(after.ID)+"~"+strconv.FormatFloat(after.Risk, 'g', -1, 64))
	}
	return "/desk?" + v.Encode()
}

// desk is the moderators' queue.
func (s *Server) desk(w http.ResponseWriter, r *request) error {
	return s.showDesk(w, r, nil, http.StatusOK)
}

// showDesk answers with the queue, and with which of many decisions were not taken.
func (s *Server) showDesk(w http.ResponseWriter, r *request, refused []templates.Refused, status int) error {
	f, err := readQueue(r)
	if err != nil {
		return err
	}
	var list []db.Waiting
	var total int
	var before int64
	if f.after != nil {
		before = f.after.ID
	}
	switch f.queue {
	case "decided":
		list, total, err = s.cfg.Archive.Decided(r.Context(), f.Filter, before, queueRows+1)
	case "published":
		list, total, err = s.cfg.Archive.Published(r.Context(), f.Filter, before, queueRows+1)
	default:
		list, total, err = s.cfg.Archive.Pending(r.Context(), f.Filter, f.order, f.after, queueRows+1)
	}
	if err != nil {
		return err
	}
	sections, err := s.cfg.Archive.Sections(r.Context())
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	page := templates.Desk{
		Queue: f.queue, Order: string(f.order), Section: f.Section, Article: f.Article, Query: f.Text,
		Count: min(total, db.CountLimit), More: total > db.CountLimit, Clauses: clauseRefs(standards, r.Lang), Done: decisionDone(r), Refused: refused,
	}
	for _, sec := range sections {
		page.Sections = append(page.Sections, templates.Link{Name: sec.Name, Slug: sec.Slug})
	}
	if len(list) > queueRows {
		list = list[:queueRows]
		last := list[queueRows-1]
		at := db.Cursor{ID: last.ID, Risk: last.Risk}
		if f.queue == "decided" {
			at = db.Cursor{ID: last.Last}
		}
		page.Next = f.path(&at)
	}
	for _, c := range list {
		row, err := s.deskRow(r, c, standards)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	return render(w, s.pages.Desk, s.frame(r, s.title(r, "title.desk")), page, status)
}

// decisionDone is the decision that led to this page, or "allowed" for a finding that was taken back; "" for none.
func decisionDone(r *request) string {
	if d := r.URL.Query().Get("done"); d == string(moderation.Approve) || d == string(moderation.Reject) || d == "allowed" {
		return d
	}
	return ""
}

// deskRow shows a comment with the evidence on it, and what it answers.
func (s *Server) deskRow(r *request, c db.Waiting, standards moderation.Standards) (templates.DeskRow, error) {
	row := templates.DeskRow{
		ID: c.ID, Version: c.Version, Risk: c.Risk, Chars: c.Characters, Lang: c.Language, State: string(c.State),
		Author: c.Author, Own: c.AuthorID == r.User.ID, Headline: c.Headline, Slug: c.Slug,
		Section:   templates.Link{Name: c.Section, Slug: db.Content{Section: c.Section}.SectionSlug()},
		Submitted: c.Submitted, Edited: c.Edited,
		Text: marks(c.Body, c.Findings, standards, r.Lang), After: c.Last,
	}
	for i, f := range c.Findings {
		v := findingView(c.Body, f, standards, r.Lang)
		if f.Term != "" && moderation.Harmless(c.Body, f) != "" {
			v.Allow = i + 1
		}
		row.Findings = append(row.Findings, v)
	}
	if c.Last != 0 {
		d, err := s.cfg.Archive.LastDecision(r.Context(), c.ID)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return row, err
		}
		v := decisionView(d, standards, r.Lang, true)
		row.Decision = &v
	}
	if c.ParentID != 0 {
		p, err := s.cfg.Archive.Comment(r.Context(), c.ParentID)
		if err != nil {
			return row, err
		}
		v := commentView(p.Comment, true)
		row.Parent = &v
	}
	return row, nil
}

// findingView shows a finding, and the entry of the word list where it is not what the text says.
func findingView(text string, f moderation.Finding, standards moderation.Standards, lang string) templates.Finding {
	v := templates.Finding{
		Check: f.Check, Why: f.Why, Term: span(text, f), Entry: strings.Trim(f.Term, "~^*"), Clause: clauseRef(standards, f.Clause, lang), Score: f.Score,
	}
	if strings.EqualFold(v.Entry, v.Term) {
		v.Entry = ""
	}
	return v
}

// span is the piece of a text that a finding speaks of, "" when it speaks of the whole.
func span(text string, f moderation.Finding) string {
	if f.Start < 0 || f.End > len(text) || f.Start >= f.End || f.End-f.Start == len(text) {
		return ""
	}
	return text[f.Start:f.End]
}

// marks cuts a text at the findings on it.
func marks(text string, findings []moderation.Finding, standards moderation.Standards, lang string) []templates.Mark {
	var out []templates.Mark
	at := 0
	for _, f := range markable(text, findings) {
		if f.Start > at {
			out = append(out, templates.Mark{Text: text[at:f.Start]})
		}
		out = append(out, templates.Mark{Text: text[f.Start:f.End], Why: f.Why, Clause: clauseRef(standards, f.Clause, lang)})
		at = f.End
	}
	if at < len(text) {
		out = append(out, templates.Mark{Text: text[at:]})
	}
	return out
}

// markable picks the findings that can be marked side by side, from left to right. Where they overlap, what a check
// found comes before what a classifier guesses, then the longer. One that speaks of the whole text marks it only when it is
// a word of the list.
func markable(text string, findings []moderation.Finding) (out []moderation.Finding) {
	best := slices.Clone(findings)
	rank := func(f moderation.Finding) int {
		if f.Check == moderation.ClassifierName {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(best, func(a, b moderation.Finding) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.End-b.Start, a.End-a.Start))
	})
	for _, f := range best {
		if span(text, f) == "" && (f.Term == "" || f.End > len(text)) {
			continue
		}
		if !slices.ContainsFunc(out, func(o moderation.Finding) bool { return f.Start < o.End && o.Start < f.End }) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b moderation.Finding) int { return a.Start - b.Start })
	return out
}

// auditLog is the log of what was done, newest first.
func (s *Server) auditLog(w http.ResponseWriter, r *request) error {
	rows, err := s.cfg.Archive.Log(r.Context(), number(r.FormValue("before")), adminRows+1)
	if err != nil {
		return err
	}
	var page templates.Log
	if len(rows) > adminRows {
		rows = rows[:adminRows]
		page.Older = "/desk/log?before=" + itoa(rows[adminRows-1].Seq)
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	for _, l := range rows {
		v := templates.LogRow{Seq: l.Seq, At: l.At, Actor: l.Name, Action: l.Action, Detail: l.Detail, Sealed: l.Sealed}
		switch l.Action {
		case db.ActCommentApprove, db.ActCommentReject, db.ActCommentBlock, db.ActCommentRestore, db.ActCommentReopen:
			clause, rest, _ := strings.Cut(l.Detail, " ")
			v.Clause, v.Noted, v.Detail = clauseRef(standards, clause, r.Lang), strings.HasPrefix(rest, "note:"), ""
		}
		switch kind, _, _ := strings.Cut(l.Action, "."); kind {
		case "comment":
			v.Subject, v.Label = "/desk/comments/"+itoa(l.Subject), itoa(l.Subject)
		case "user":
			v.Subject, v.Label = "/desk/users/"+itoa(l.Subject), itoa(l.Subject)
		case "import":
			v.Subject, v.Label = "/admin/import/"+itoa(l.Subject), itoa(l.Subject)
		default:
			if l.Subject != 0 {
				v.Label = itoa(l.Subject)
			}
		}
		page.Rows = append(page.Rows, v)
	}
	return render(w, s.pages.Log, s.frame(r, s.title(r, "title.log")), page, http.StatusOK)
}
