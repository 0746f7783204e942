package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// Server answers the newspaper's readers. It is an http.Handler.
type Server struct {
	cfg      Config
	pages    *templates.Pages
	assets   *assets
	store    *store
	articles *pageCache
	pulses   *kept[readerOf, db.Pulse] // by Commits
	facts    *kept[readerOf, db.Facts] // by Generation
	unread   *kept[int64, int]         // by Generation
	mailKey  []byte                    // of the links in mail
	owns     *kept[ownKey, []byte]     // by Commits
	review   *review
	learner  *learner
	earlier  *db.Precedents
	sent     sentLog
	totals   *kept[struct{}, db.Totals] // of the desk's queues, by Commits
	live     *live
	leases   *leases // live's
	liveOnce sync.Once
	hashing  chan struct{} // a place for each password that may be hashed at once
	origins  *http.CrossOriginProtection
	mux      *http.ServeMux
	handler  http.Handler
	jobs     *jobs

	buffers sync.Pool // *bytes.Buffer, for pages that are put together
	started string    // tells this process's pages from an earlier one's
	// Placeholders in shared pages.
	holeName, holeDiscussion, holeUnread string
}

// readerOf is one reader (0: signed out) of one article.
type readerOf struct {
	slug   string
	reader int64
}

// maxKept bounds what is kept in memory of each kind.
const maxKept = 20_000

// New makes a server over an open archive and puts the standards in force when it has none.
func New(ctx context.Context, cfg Config) (*Server, error) {
	if err := cfg.Archive.EnsureStandards(ctx, cfg.Standards); err != nil {
		return nil, fmt.Errorf("put the standards in force: %w", err)
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	pages, err := templates.Load(cfg.Zone, assets.url)
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, pages: pages, assets: assets,
		store:    newStore(cfg.Archive, cfg.BaseURL.Scheme == "https"),
		articles: newPageCache(),
		pulses:   newKept[readerOf, db.Pulse](maxKept),
		facts:    newKept[readerOf, db.Facts](maxKept),
		unread:   newKept[int64, int](maxKept),
		mailKey:  mailKey(cfg.SealKey),
		owns:     newKept[ownKey, []byte](maxOwns),
		totals:   newKept[struct{}, db.Totals](1),
		live:     newLive(cfg.Archive, cfg.Log),
		hashing:  make(chan struct{}, runtime.GOMAXPROCS(0)),
		origins:  http.NewCrossOriginProtection(),
		jobs:     newJobs(ctx),

		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
		started: newRef(), holeName: "hole" + newRef(), holeDiscussion: "hole" + newRef(), holeUnread: "hole" + newRef(),
	}
	s.leases = s.live.leases
	if s.learner, err = newLearner(ctx, cfg); err != nil {
		return nil, err
	}
	s.earlier = cfg.Archive.Precedents()
	s.review = &review{archive: cfg.Archive, learner: s.learner}
	if s.sent.list, err = cfg.Archive.LastSent(ctx, cfg.Archive.Now().Add(-sentWindow)); err != nil {
		return nil, err
	}
	s.handler = s.routed()
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// request is an HTTP request with what the site knows about it.
type request struct {
	*http.Request
	ID      string      // what the log calls it, made when it is needed
	User    *db.User    // nil when signed out
	Session *db.Session // nil when signed out
	Lang    string      // "en" or "ko"
	Now     time.Time
}

// routed puts the table of routes behind what holds for all of them.
func (s *Server) routed() http.Handler {
	s.mux = http.NewServeMux()
	for _, rt := range routes() {
		s.mux.Handle(rt.Pattern, s.serve(rt))
	}
	s.mux.Handle("/", s.serve(route{Who: anyone, Handler: (*Server).lost}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		securityHeaders(w.Header()) // also of the redirects that the mux makes
		w.Header().Set("Cache-Control", "no-store")
		s.mux.ServeHTTP(w, r)
	})
}

// serve runs one route: size, origin, session, language, right, handler, and errors as pages.
func (s *Server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		r := &request{Request: hr, Now: s.cfg.Archive.Now(), Lang: "en"}
		defer s.recover(w, r)
		if err := s.prepare(w, r, rt); err != nil {
			r.ID = newRef()
			s.serveError(w, r, err)
			return
		}
		if err := rt.Handler(s, w, r); err != nil {
			r.ID = newRef()
			s.serveError(w, r, err)
		}
	})
}

// prepare finds out who asks and in which language, and whether they may.
func (s *Server) prepare(w http.ResponseWriter, r *request, rt route) error {
	r.Lang = wantedLanguage(w, r)
	if err := s.sameOrigin(r.Request); err != nil {
		return err
	}
	if err := s.identify(w, r); err != nil {
		return err
	}
	if r.User != nil && r.User.Language != "" {
		r.Lang = r.User.Language
	}
	if r.Body != nil && r.Method != http.MethodGet {
		limit := int64(maxForm)
		switch rt.Pattern {
		case "POST /admin/import":
			limit = maxUpload
		case "POST /admin/settings":
			limit = maxSettings
		}
		if err := limitBody(w, r, limit); err != nil {
			return err
		}
	}
	return s.allow(r, rt.Who)
}

// allow says whether the visitor may use the route: nil, log in first, or 403.
func (s *Server) allow(r *request, who access) error {
	switch {
	case who == anyone, who == reading && s.cfg.Public:
		return nil
	case r.User == nil && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return &failure{Status: http.StatusSeeOther, Back: loginPath(r.URL.RequestURI())}
	case r.User == nil:
		return fail(http.StatusUnauthorized)
	case who == moderator && !r.User.Role.Staff(), who == admin && r.User.Role != db.Admin:
		return fail(http.StatusForbidden)
	}
	return nil
}

// recover turns a panic into the 500 page.
func (s *Server) recover(w http.ResponseWriter, r *request) {
	p := recover()
	if p == nil {
		return
	}
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	r.ID = newRef()
	s.serveError(w, r, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

// newRef names a failure for the visitor and the log.
func newRef() string {
	var b [6]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// frame is what every page needs around its own data.
func (s *Server) frame(r *request, title string) templates.Frame {
	f := templates.Frame{Site: s.cfg.Site, Lang: r.Lang, Title: title, Path: s.address(r), Public: s.cfg.Public}
	if r.User != nil {
		f.Viewer = &templates.Viewer{Name: r.User.Name, Role: string(r.User.Role), Unread: s.unreadText(r)}
	}
	return f
}

// address is where the page can be asked for again: for the answer to a form, the nearest page above it.
func (s *Server) address(r *request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		if q := r.URL.Query(); q.Has("done") { // said once
			q.Del("done")
			q.Del("undo")
			return (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String()
		}
		return r.URL.RequestURI()
	}
	for at := r.URL.Path; at != "/"; at = path.Dir(at) {
		if _, pattern := s.mux.Handler(&http.Request{Method: http.MethodGet, Host: r.Host, URL: &url.URL{Path: at}}); strings.HasPrefix(pattern, http.MethodGet) {
			return (&url.URL{Path: at}).String()
		}
	}
	return "/"
}

// title is a page's title from the catalogue.
func (s *Server) title(r *request, id string) string { return s.pages.Text(r.Lang, id, nil) }

// render writes a page: into memory first, so that nothing half made is ever sent.
func render[T any](w http.ResponseWriter, p *templates.Page[T], f templates.Frame, data T, status int) error {
	var b bytes.Buffer
	if err := p.Render(&b, f, data); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	w.Write(b.Bytes()) // an error here means that the visitor has gone
	return nil
}

// redirect answers a form: 303 to a path on this site.
func redirect(w http.ResponseWriter, r *request, path string) error {
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r.Request, path, http.StatusSeeOther)
	return nil
}

// lost answers what no route does.
func (s *Server) lost(http.ResponseWriter, *request) error { return fail(http.StatusNotFound) }

func (s *Server) robots(w http.ResponseWriter, r *request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	allow := "Disallow: /\n"
	if s.cfg.Public {
		allow = "Disallow: /account\nDisallow: /admin\nDisallow: /desk\nDisallow: /login\nDisallow: /notices\nDisallow: /signup\n"
	}
	_, err := w.Write([]byte("User-agent: *\n" + allow))
	return err
}

func (s *Server) health(w http.ResponseWriter, r *request) error {
	if err := s.cfg.Archive.Ready(r.Context()); err != nil {
		return &failure{Status: http.StatusServiceUnavailable, Cause: err}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write([]byte("ok\n"))
	return err
}

func itoa[T ~int | ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
