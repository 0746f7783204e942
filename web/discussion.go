package web

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// ownKey names a reader's own part of an article's page while nothing is in the form.
type ownKey struct {
	readerOf
	lang   string
	open   bool
	barred bool // they may not comment
}

// maxOwns bounds how many of them are kept.
const maxOwns = 2000

// orders are the orders of threads that a reader may ask for, as the address names them.
var orders = [...]db.ThreadOrder{db.ByNewest, db.ByOldest, db.ByRecommended, db.ByChoice}

// pageKeyOf names the shared page that a request asks for. The address has sort, and for a later page before=ID in the
// order of the newest, after=ID or after=RANK-ID in the others; what makes no sense is the first page of the newest.
func pageKeyOf(r *request, pulse db.Pulse) pageKey {
	key := pageKey{article: pulse.ID, order: db.ByNewest, lang: r.Lang, open: pulse.OpenAt(r.Now), folded: idList(pulse.Muted)}
	if !pulse.Closes.IsZero() {
		key.closes = pulse.Closes.UnixMilli()
	}
	if r.User != nil {
		key.kind = string(r.User.Role)
	}
	if r.URL.RawQuery == "" {
		return key
	}
	q := r.URL.Query()
	for _, o := range orders {
		if q.Get("sort") == string(o) {
			key.order = o
		}
	}
	switch key.order {
	case db.ByNewest:
		key.from.ID = number(q.Get("before"))
	case db.ByOldest:
		key.from.ID = number(q.Get("after"))
	default:
		k := keyOf(q.Get("after"))
		key.from = db.Place{Rank: k.Sorted, ID: k.ID}
	}
	return key
}

// discussionPath is the address of a page of an article's threads.
func discussionPath(slug string, order db.ThreadOrder, from db.Place) string {
	q := url.Values{}
	if order != db.ByNewest {
		q.Set("sort", string(order))
	}
	switch {
	case from == db.Place{}:
	case order == db.ByNewest:
		q.Set("before", itoa(from.ID))
	case order == db.ByOldest:
		q.Set("after", itoa(from.ID))
	default:
		q.Set("after", keyText(from.Rank, from.ID))
	}
	return (&url.URL{Path: "/articles/" + slug, RawQuery: q.Encode()}).String()
}

// orderLinks lead to the other orders.
func orderLinks(slug string, at db.ThreadOrder) []templates.OrderLink {
	out := make([]templates.OrderLink, len(orders))
	for i, o := range orders {
		out[i] = templates.OrderLink{ID: string(o), Path: discussionPath(slug, o, db.Place{}) + "#comments", Current: o == at}
	}
	return out
}

// renderOwn renders the discussion of a reader with comments that wait, marks, or words in the form.
func (s *Server) renderOwn(r *request, slug string, pulse db.Pulse, page *sharedPage, form templates.CommentForm) ([]byte, error) {
	d := templates.Discussion{Slug: slug, Form: form}
	if pulse.Barred.After(r.Now) && form.Problem == nil { // else that says it
		d.Barred = s.barred(r)
	}
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
	if pulse.Reacted != 0 {
		m, err := s.cfg.Archive.Marks(r.Context(), pulse.ID, r.User.ID)
		if err != nil {
			return nil, err
		}
		d.Marks = &templates.Marks{Recommended: idList(m.Recommended)}
	}
	return s.renderDiscussion(r, pulse, page, d)
}

func (s *Server) renderDiscussion(r *request, pulse db.Pulse, page *sharedPage, d templates.Discussion) ([]byte, error) {
	d.Path, d.SignedIn = "/articles/"+d.Slug, r.User != nil
	d.Open, d.Closes, d.Pause = pulse.OpenAt(r.Now), pulse.Closes, page.pause
	d.Form.Action = "/articles/" + d.Slug + "/comments"
	d.Form.Count, d.Form.Limit = moderation.Count(d.Form.Body), moderation.Limit
	var b bytes.Buffer
	err := s.pages.Discussion.Render(&b, r.Lang, d)
	return b.Bytes(), err
}

// idList writes ids with a space between them.
func idList(ids []int64) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	return b.String()
}
