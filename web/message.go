package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// messagesAPage is how many messages stand on a page of the account.
const messagesAPage = 20

// messages lists what the signed-in person was told, each in full, and notes that they have seen it.
func (s *Server) messages(w http.ResponseWriter, r *request) error {
	list, err := s.cfg.Archive.Messages(r.Context(), r.User.ID, number(r.FormValue("before")), messagesAPage+1)
	if err != nil {
		return err
	}
	var page templates.Messages
	if len(list) > messagesAPage {
		list = list[:messagesAPage]
		page.Older = "/account/messages?before=" + itoa(list[messagesAPage-1].ID)
	}
	for _, m := range list {
		letter, err := s.letter(r.Context(), m, r.Lang, r.Now)
		if err != nil {
			return err
		}
		page.List = append(page.List, templates.Told{ID: m.ID, At: m.At, New: m.Seen.IsZero(), Letter: letter})
	}
	if slices.ContainsFunc(list, func(m db.Message) bool { return m.Seen.IsZero() }) {
		if err := s.cfg.Archive.SeeMessages(r.Context(), r.User.ID, list[len(list)-1].ID, list[0].ID, r.Now); err != nil {
			return err
		}
	}
	return render(w, s.pages.Messages, s.frame(r, s.title(r, "title.messages")), page, http.StatusOK)
}

// letter puts a message into the words of a language.
func (s *Server) letter(ctx context.Context, m db.Message, lang string, now time.Time) (templates.Letter, error) {
	v, err := s.messageView(ctx, m, lang, now)
	if err != nil {
		return templates.Letter{}, err
	}
	return s.pages.Letter(lang, v)
}

// messageView shows a message: what it points at, with the clause as it was in the standards that it rests on.
func (s *Server) messageView(ctx context.Context, m db.Message, lang string, now time.Time) (templates.Message, error) {
	v := templates.Message{ID: m.ID, Kind: string(m.Kind), At: m.At, New: m.Seen.IsZero()}
	if c := m.About; c.ID != 0 {
		v.Comment = &templates.MessageComment{ID: c.ID, Body: c.Body, Lang: c.Language, State: string(c.State), Author: c.Author, Slug: c.Slug, Headline: c.Headline}
	}
	if m.Notice.Number != "" {
		v.Case, v.Law, v.Link = m.Notice.Number, m.Notice.Law, "/notices/"+m.Notice.Number
	}
	if m.Kind == db.MessageHead {
		head, err := s.cfg.Archive.HeadAt(ctx, m.At)
		if err != nil {
			return v, err
		}
		v.Head = head.String()
	}
	clause := ""
	switch d, p := m.Ruling, m.Penalty; {
	case d.ID != 0:
		clause, v.Standards = d.Clause, d.Standards
		v.Action, v.Until, v.Answer, v.Appeal, v.Undone, v.Program = string(d.Action), d.Until, d.Answer, d.Appeal != 0, d.Undoes != 0, d.Program
		v.Reported, v.Found = m.About.Reported, s.foundIn(m.About.Findings)
		v.Awaited, v.Lapsed = d.Awaited, d.Lapsed
		if d.Action.NeedsClause() && !v.Appeal && !v.Undone && !d.Appealed && now.Before(db.ObjectionWindow(d.At)) {
			v.AppealUntil = db.ObjectionWindow(d.At)
		}
	case p.ID != 0:
		clause, v.Standards = p.Clause, p.Standards
		v.Action, v.Until, v.Answer, v.Comments = string(p.Action), p.Until, p.Answer, p.Comments
		v.Awaited, v.Lapsed = p.Awaited, p.Lapsed
		if p.Action.NeedsClause() && !p.Objected && !p.Lifted && now.Before(db.ObjectionWindow(m.At)) {
			v.AppealUntil = db.ObjectionWindow(m.At)
		}
	}
	if clause == "" {
		return v, nil
	}
	standards, err := s.cfg.Archive.StandardsOf(ctx, v.Standards)
	if err != nil {
		return v, err
	}
	if c := clauseRef(standards, clause, lang); c.Number != 0 { // a report's reason may be none of them
		v.Clause = c
	}
	return v, nil
}

// foundIn names what checks found that speaks against the words, each once. What speaks of the author alone, or is known
// by no check any more, is left out.
func (s *Server) foundIn(findings []moderation.Finding) (out []string) {
	kinds := s.learner.kinds()
	for _, f := range findings {
		ofWords := slices.ContainsFunc(kinds, func(k moderation.Kind) bool { return k.Name == f.Check && !k.Author })
		if f.Score > 0 && ofWords && !slices.Contains(out, f.Why) {
			out = append(out, f.Why)
		}
	}
	return out
}

// unreadText is how many messages the visitor has not opened, "" for none.
func (s *Server) unreadText(r *request) string {
	n, err := s.unread.get(r.User.ID, s.cfg.Archive.Generation(), func() (int, error) { return s.cfg.Archive.Unread(r.Context(), r.User.ID) })
	switch {
	case err != nil: // the page is worth more than its number
		s.cfg.Log.Warn("unread messages not counted", "err", err)
		return ""
	case n == 0:
		return ""
	case n > 99:
		return "99+"
	}
	return itoa(n)
}
