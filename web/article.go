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

// showArticle answers with an article's page: the shared part from memory when its version is still
// that of the archive, with the reader's name and discussion filled in.
func (s *Server) showArticle(w http.ResponseWriter, r *request, form templates.CommentForm, status int) error {
	var reader int64
	kind := ""
	if r.User != nil {
		reader, kind = r.User.ID, string(r.User.Role)
	}
	slug := r.PathValue("slug")
	pulse, err := s.pulses.get(readerOf{slug, reader}, s.cfg.Archive.Commits(), func() (db.Pulse, error) {
		return s.cfg.Archive.ArticlePulse(r.Context(), slug, reader)
	})
	if err != nil {
		return err
	}
	key := pageKey{pulse.ID, number(r.FormValue("before")), r.Lang, kind}
	page := s.articles.get(key, pulse.Version)
	if page == nil {
		if page, err = s.renderShared(r, slug, key); err != nil {
			return err
		}
		s.articles.put(key, page)
	}
	own := page.plain
	if pulse.Mine || form.Body != "" || form.Parent != nil || form.Problem != nil {
		if own, err = s.renderOwn(r, slug, pulse, form); err != nil {
			return err
		}
	}
	if status == http.StatusOK {
		tag := `W/"` + strconv.Itoa(page.version) + "-" + s.viewerTag(r) + "-" + shortHash(string(own)) + `"`
		if s.notModified(w, r, tag) {
			return nil
		}
	} else {
		w.Header().Set("Cache-Control", "no-store")
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

// renderShared renders what all readers of one kind share.
func (s *Server) renderShared(r *request, slug string, key pageKey) (*sharedPage, error) {
	art, err := s.cfg.Archive.Article(r.Context(), slug)
	if err != nil {
		return nil, err
	}
	threads, more, total, err := s.cfg.Archive.Threads(r.Context(), art.ID, key.before, threadsAPage)
	if err != nil {
		return nil, err
	}
	view := articleView(art)
	view.Threads, view.Total, view.Personal = threadsView(threads), total, s.holeDiscussion
	if more {
		view.Older = "/articles/" + slug + "?before=" + itoa(threads[len(threads)-1].ID) + "#comments"
	}
	frame := s.frame(r, art.Content.Headline)
	frame.Path = "/articles/" + slug
	if frame.Viewer != nil {
		frame.Viewer.Name, frame.Viewer.Unread = s.holeName, s.holeUnread
	}
	var b bytes.Buffer
	if err := s.pages.Article.Render(&b, frame, view); err != nil {
		return nil, err
	}
	plain, err := s.renderDiscussion(r, templates.Discussion{Slug: slug, Open: art.Open})
	if err != nil {
		return nil, err
	}
	page := &sharedPage{version: art.Version, plain: plain, size: b.Len() + len(plain)}
	page.segments, page.holes = cut(b.Bytes(), s.holeName, s.holeDiscussion, s.holeUnread)
	return page, nil
}

// renderOwn renders the discussion of a reader with comments that wait, or words in the form.
func (s *Server) renderOwn(r *request, slug string, pulse db.Pulse, form templates.CommentForm) ([]byte, error) {
	d := templates.Discussion{Slug: slug, Open: pulse.Open, Form: form}
	if pulse.Mine {
		own, err := s.cfg.Archive.OwnUnder(r.Context(), pulse.ID, r.User.ID)
		if err != nil {
			return nil, err
		}
		standards, err := s.cfg.Archive.Standards(r.Context())
		if err != nil {
			return nil, err
		}
		d.Mine = placedViews(own, standards, r.Lang)
	}
	return s.renderDiscussion(r, d)
}

func (s *Server) renderDiscussion(r *request, d templates.Discussion) ([]byte, error) {
	d.Path, d.SignedIn = "/articles/"+d.Slug, r.User != nil
	d.Form.Action = "/articles/" + d.Slug + "/comments"
	d.Form.Count, d.Form.Limit = moderation.Count(d.Form.Body), moderation.Limit
	var b bytes.Buffer
	err := s.pages.Discussion.Render(&b, r.Lang, d)
	return b.Bytes(), err
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
