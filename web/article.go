package web

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// article is the page of an article with its comments and the form.
func (s *Server) article(w http.ResponseWriter, r *request) error {
	form := templates.CommentForm{}
	if d := s.draft(r); d.Slug == r.PathValue("slug") {
		form.Body = d.Body
		form.Parent = s.parentOf(r, d.Parent)
	} else if reply := number(r.FormValue("reply")); reply != 0 {
		form.Parent = s.parentOf(r, reply)
	}
	return s.showArticle(w, r, form, http.StatusOK)
}

// showArticle answers with an article's page: the shared part from memory when it is still as the pulse
// says, with the reader's name and discussion filled in.
func (s *Server) showArticle(w http.ResponseWriter, r *request, form templates.CommentForm, status int) error {
	at := readerOf{slug: r.PathValue("slug")}
	if r.User != nil {
		at.reader = r.User.ID
	}
	commits := s.cfg.Archive.Commits()
	pulse, err := s.pulses.get(at, commits, func() (db.Pulse, error) {
		return s.cfg.Archive.ArticlePulse(r.Context(), at.slug, at.reader)
	})
	if err != nil {
		return err
	}
	key := pageKeyOf(r, pulse)
	page := s.articles.get(key, pulse, r.Now)
	if page == nil {
		if page, err = s.renderShared(r, at.slug, key, pulse); err != nil {
			return err
		}
		s.articles.put(key, page)
	}
	own, barred := page.plain, pulse.Barred.After(r.Now)
	switch {
	case form.Body != "" || form.Parent != nil || form.Problem != nil:
		own, err = s.renderOwn(r, at.slug, pulse, page, form)
	case pulse.Mine || pulse.Reacted != 0 || barred:
		own, err = s.owns.get(ownKey{at, r.Lang, key.open, barred}, commits, func() ([]byte, error) {
			return s.renderOwn(r, at.slug, pulse, page, form)
		})
	}
	if err != nil {
		return err
	}
	switch {
	case status != http.StatusOK:
		w.Header().Set("Cache-Control", "no-store")
	case s.notModified(w, r, `W/"`+page.tag()+"-"+s.viewerTag(r)+"-"+shortHash(string(own), key.folded)+`"`):
		return nil
	}
	s.fill(w, r, page, own, status)
	return nil
}

// fill writes a shared page with a reader's own parts in its holes.
func (s *Server) fill(w http.ResponseWriter, r *request, page *sharedPage, own []byte, status int) {
	var name []byte
	var unread string
	if r.User != nil {
		name, unread = []byte(template.HTMLEscapeString(r.User.Name)), s.unreadText(r)
	}
	size := len(name)*len(page.holes) + len(own) + page.size // at least what follows
	whole := s.buffers.Get().(*bytes.Buffer)
	defer s.buffers.Put(whole)
	whole.Reset()
	whole.Grow(size)
	for i, seg := range page.segments {
		whole.Write(seg)
		switch {
		case i == len(page.holes):
		case page.holes[i] == holeName:
			whole.Write(name)
		case page.holes[i] == holeUnread:
			whole.WriteString(unread)
		default:
			whole.Write(own)
		}
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(whole.Len()))
	w.WriteHeader(status)
	w.Write(whole.Bytes()) // an error here means that the reader has gone
}

// renderShared renders what all readers of a key share.
func (s *Server) renderShared(r *request, slug string, key pageKey, pulse db.Pulse) (*sharedPage, error) {
	art, err := s.cfg.Archive.Article(r.Context(), slug)
	if err != nil {
		return nil, err
	}
	page := &sharedPage{version: art.Version, reaction: pulse.Reactions, made: r.Now, pause: templates.Pause(art.Slow)}
	d, err := s.cfg.Archive.Discussion(r.Context(), art.ID, key.order, key.from, threadsAPage)
	if err != nil {
		return nil, err
	}
	view := articleView(art)
	view.Open, view.Total, view.Personal = key.open, d.Total, s.holeDiscussion
	view.Pinned, view.Threads = threadsView(d.Pinned, pulse.Muted), threadsView(d.Threads, pulse.Muted)
	if d.Total > 1 {
		view.Orders = orderLinks(slug, key.order)
	}
	if d.Next != (db.Place{}) {
		view.Older = discussionPath(slug, key.order, d.Next) + "#comments"
	}
	frame := s.frame(r, art.Content.Headline)
	frame.Path = discussionPath(slug, key.order, key.from)
	if frame.Viewer != nil {
		frame.Viewer.Name, frame.Viewer.Unread = s.holeName, s.holeUnread
		view.Recommend = frame.Path
	}
	var b bytes.Buffer
	if err := s.pages.Article.Render(&b, frame, view); err != nil {
		return nil, err
	}
	if page.plain, err = s.renderDiscussion(r, pulse, page, templates.Discussion{Slug: slug}); err != nil {
		return nil, err
	}
	page.size = b.Len() + len(page.plain)
	page.segments, page.holes = cut(b.Bytes(), s.holeName, s.holeDiscussion, s.holeUnread)
	return page, nil
}

// articleView shows an article.
func articleView(a db.Article) templates.Article {
	c := a.Content
	v := templates.Article{
		Slug: a.Slug, Headline: c.Headline, Deck: c.Deck, Lang: c.Language,
		Section:  templates.Link{Name: c.Section, Slug: c.SectionSlug()},
		Dateline: c.Dateline, Credit: c.Credit, Published: c.Published, Modified: c.Modified,
		URL: c.URL, BodyHTML: c.BodyHTML, Open: a.Open,
	}
	if strings.HasPrefix(c.BodyText, c.Dateline) {
		v.Dateline = "" // the body begins with it
	}
	for _, w := range c.Authors {
		v.Authors = append(v.Authors, templates.Byline{Link: templates.Link{Name: w.Name, Slug: w.Slug()}, Email: w.Email, Role: w.Role})
	}
	for _, i := range c.Images {
		v.Images = append(v.Images, templates.Image(i))
	}
	return v
}

// parentOf is the comment that a form answers, nil when it cannot be answered.
func (s *Server) parentOf(r *request, id int64) *templates.Comment {
	if id == 0 {
		return nil
	}
	c, err := s.cfg.Archive.Comment(r.Context(), id)
	if err != nil || c.State != moderation.Published || c.ParentID != 0 || c.Slug != r.PathValue("slug") {
		return nil
	}
	v := commentView(c.Comment, false)
	return &v
}
