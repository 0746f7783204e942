package web

import (
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// blockCards is how many articles the front page shows of each section.
const blockCards = 4

// topCards is how many articles stand at the top of the front page, above the sections.
const topCards = 7

// home is the front page: the newest articles, then the newest of each section that do not stand
// above, then what is left. No article stands on it twice.
func (s *Server) home(w http.ResponseWriter, r *request) error {
	from := keyOf(r.FormValue("from"))
	list, err := s.cfg.Archive.Newest(r.Context(), from, frontCards+1)
	if err != nil {
		return err
	}
	var page templates.Home
	list, page.Older = older(r, list, frontCards)
	shown := map[int64]bool{}
	if from == (db.Key{}) && len(list) > 0 {
		top := list[:min(topCards, len(list))]
		for _, b := range top {
			shown[b.ID] = true
		}
		lead := card(top[0])
		page.Lead, page.Latest = &lead, cards(top[1:])
		list = list[len(top):]
		if page.Sections, err = s.blocks(r, shown); err != nil {
			return err
		}
	}
	for _, b := range list {
		if !shown[b.ID] {
			page.Latest = append(page.Latest, card(b))
		}
	}
	return s.browse(w, r, "", func(f templates.Frame) error {
		f.Today = r.Now
		return render(w, s.pages.Home, f, page, http.StatusOK)
	})
}

// blocks are the sections of the front page with their newest articles that are not shown yet.
func (s *Server) blocks(r *request, shown map[int64]bool) (out []templates.Block, err error) {
	sections, err := s.cfg.Archive.Sections(r.Context())
	if err != nil {
		return nil, err
	}
	for _, sec := range sections {
		in, err := s.cfg.Archive.InSection(r.Context(), sec.Slug, db.Key{}, blockCards+topCards)
		if err != nil {
			return nil, err
		}
		block := templates.Block{Section: templates.Link{Name: sec.Name, Slug: sec.Slug}}
		for _, b := range in {
			if !shown[b.ID] && len(block.Cards) < blockCards {
				shown[b.ID] = true
				block.Cards = append(block.Cards, card(b))
			}
		}
		out = append(out, block)
	}
	return out, nil
}

// section lists the articles of a section.
func (s *Server) section(w http.ResponseWriter, r *request) error {
	list, err := s.cfg.Archive.InSection(r.Context(), r.PathValue("section"), keyOf(r.FormValue("from")), listCards+1)
	if err != nil {
		return err
	}
	page := templates.Listing{Kind: "section"}
	list, page.Older = older(r, list, listCards)
	if len(list) > 0 {
		page.Name = list[0].Section
	}
	return s.listing(w, r, page, list)
}

// author lists the articles of an author.
func (s *Server) author(w http.ResponseWriter, r *request) error {
	name, list, err := s.cfg.Archive.ByAuthor(r.Context(), r.PathValue("author"), keyOf(r.FormValue("from")), listCards+1)
	if err != nil {
		return err
	}
	page := templates.Listing{Kind: "author", Name: name}
	list, page.Older = older(r, list, listCards)
	return s.listing(w, r, page, list)
}

// day lists what was published on a day in the newspaper's zone.
func (s *Server) day(w http.ResponseWriter, r *request) error {
	day, ok := s.dayOf(r.PathValue("year"), r.PathValue("month"), r.PathValue("day"))
	if !ok {
		return fs.ErrNotExist
	}
	list, before, after, err := s.cfg.Archive.Span(r.Context(), day, day.AddDate(0, 0, 1), keyOf(r.FormValue("from")), listCards+1)
	if err != nil {
		return err
	}
	page := templates.Listing{Kind: "day", Day: day, PrevDay: s.dayPath(before), NextDay: s.dayPath(after)}
	list, page.Older = older(r, list, listCards)
	return s.listing(w, r, page, list)
}

// dayOf reads yyyy, mm, dd; false when that is no day of the calendar.
func (s *Server) dayOf(y, m, d string) (time.Time, bool) {
	if len(y) != 4 || len(m) != 2 || len(d) != 2 {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation("2006-01-02", y+"-"+m+"-"+d, s.cfg.Zone)
	return t, err == nil
}

// dayPath is the address of the day of an instant, "" for no instant.
func (s *Server) dayPath(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return "/archive/" + t.In(s.cfg.Zone).Format("2006/01/02")
}

// older cuts a list that was read one too long, and gives the address of its next page.
func older(r *request, list []db.Brief, n int) ([]db.Brief, string) {
	if len(list) <= n {
		return list, ""
	}
	last := list[n-1]
	return list[:n], r.URL.EscapedPath() + "?" + url.Values{"from": {keyText(last.Sorted, last.ID)}}.Encode()
}

func (s *Server) listing(w http.ResponseWriter, r *request, page templates.Listing, list []db.Brief) error {
	page.Cards = cards(list)
	title := page.Name
	if page.Kind == "day" {
		title = page.Day.Format("2006-01-02")
	}
	return s.browse(w, r, title, func(f templates.Frame) error { return render(w, s.pages.Listing, f, page, http.StatusOK) })
}

// browse answers a page of articles: 304 when nothing at all was committed since the reader had it.
func (s *Server) browse(w http.ResponseWriter, r *request, title string, show func(templates.Frame) error) error {
	tag := `W/"` + strconv.FormatUint(s.cfg.Archive.Generation(), 36) + "-" + s.viewerTag(r) + "-" + r.Now.In(s.cfg.Zone).Format("0102") + `"` // the front page has a date
	if s.notModified(w, r, tag) {
		return nil
	}
	return show(s.frame(r, title))
}

// viewerTag tells pages for different readers, languages and programs apart in an ETag.
func (s *Server) viewerTag(r *request) string {
	tag := r.Lang + s.started
	if r.User != nil {
		tag += "-" + itoa(r.User.ID) + string(r.User.Role[:1]) + shortHash(r.User.Name, s.unreadText(r))
	}
	return tag
}

// notModified sets the caching headers of a page for readers and answers 304 when the reader has
// this very page already.
func (s *Server) notModified(w http.ResponseWriter, r *request, tag string) bool {
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Vary", "Cookie, Accept-Language")
	h.Set("Cache-Control", "private, no-cache")
	if s.cfg.Public && r.User == nil {
		h.Set("Cache-Control", "no-cache")
	}
	if r.Header.Get("If-None-Match") != tag {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}
