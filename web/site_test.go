package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/moderation/standards"
	"broadsheet/web/identity"
)

const password = "a long password"

// site is a real server over a real archive in a temporary folder.
type site struct {
	*Server
	archive *db.Archive
	path    string
	url     string
	slug    string
	log     *bytes.Buffer
}

func newSite(t testing.TB, change ...func(*Config)) *site {
	t.Helper()
	s := &site{path: filepath.Join(t.TempDir(), "archive.db"), log: &bytes.Buffer{}}
	ctx := context.Background()
	var err error
	if s.archive, err = db.Open(ctx, s.path, db.Options{}); err != nil {
		t.Fatal(err)
	}
	cfg := siteConfig(s.archive)
	cfg.Log = slog.New(slog.NewJSONHandler(s.log, nil))
	for _, f := range change {
		f(&cfg)
	}
	s.archive = cfg.Archive
	if s.Server, err = New(ctx, cfg); err != nil {
		t.Fatal(err)
	}
	hs := httptest.NewServer(s)
	s.url = hs.URL
	t.Cleanup(func() {
		hs.Close()
		s.jobs.stop()
		s.archive.Close()
	})
	phc := identity.HashPassword(password)
	for _, u := range []struct {
		name string
		role db.Role
	}{{"kim", db.Reader}, {"lee", db.Reader}, {"desk", db.Moderator}, {"night", db.Moderator}, {"editor", db.Admin}} {
		if _, err := s.archive.CreateUser(ctx, db.NewUser{Email: u.name + "@example.com", Name: u.name, Password: phc, Role: u.role, Verified: true}, 0); err != nil {
			t.Fatal(err)
		}
	}
	s.slug = s.addArticle(t, "k1", "A quiet headline")
	return s
}

// siteConfig is a newspaper that holds every comment.
func siteConfig(a *db.Archive) Config {
	return Config{
		Archive: a, Standards: standards.Default(), Kinds: moderation.Kinds(), Site: "The Test",
		BaseURL: &url.URL{Scheme: "http", Host: "127.0.0.1"}, Mode: moderation.HoldAll,
		Zone: time.FixedZone("KST", 9*3600), SealKey: []byte("key"), Log: slog.New(slog.DiscardHandler),
	}
}

func (s *site) addArticle(t testing.TB, key, headline string) string {
	t.Helper()
	ctx := context.Background()
	job, err := s.archive.StartJob(ctx, "test", 0, false)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.archive.PutArticles(ctx, job, 0, []db.Incoming{{Key: key, Hash: "h", Slug: "2026-11-20-" + key, Content: db.Content{
		SourceFormat: "text", Headline: headline, BodyHTML: "<p>The first paragraph.</p>", BodyText: "The first paragraph.",
		Section: "Economy", Language: "en", Published: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		Authors: []db.Author{{Name: "Han Seo-yun"}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return out[0].Slug
}

// visitor is a browser without scripts: cookies, an origin, and redirects that are not followed.
type visitor struct {
	t      testing.TB
	s      *site
	client *http.Client
	header http.Header
}

func (s *site) visit(t testing.TB) *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		http.Header{"Sec-Fetch-Site": {"same-origin"}}}
}

// as is a visitor who has logged in.
func (s *site) as(t testing.TB, name string) *visitor {
	t.Helper()
	v := s.visit(t)
	if r := v.post("/login", "email", name+"@example.com", "password", password, "next", "/"); r.Status != http.StatusSeeOther {
		t.Fatalf("log-in of %s: %d", name, r.Status)
	}
	return v
}

// reply is an answer, read whole.
type reply struct {
	Status int
	Header http.Header
	Body   string
}

func (r reply) location() string { return r.Header.Get("Location") }

func (v *visitor) do(method, path, contentType string, body io.Reader) reply {
	v.t.Helper()
	req, err := http.NewRequest(method, v.s.url+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	for k, vals := range v.header {
		req.Header[k] = vals
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(b)}
}

func (v *visitor) get(path string) reply { v.t.Helper(); return v.do("GET", path, "", nil) }

func (v *visitor) post(path string, fields ...string) reply {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return v.do("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (v *visitor) upload(name, content string, fields ...string) reply {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			v.t.Fatal(err)
		}
	}
	f, err := w.CreateFormFile("file", name)
	if err != nil {
		v.t.Fatal(err)
	}
	io.WriteString(f, content)
	w.Close()
	return v.do("POST", "/admin/import", w.FormDataContentType(), &b)
}

// comment sends a comment and returns its id.
func (v *visitor) comment(body string, more ...string) string {
	v.t.Helper()
	r := v.post("/articles/"+v.s.slug+"/comments", append([]string{"body", body}, more...)...)
	_, id, ok := strings.Cut(r.location(), "#comment-")
	if r.Status != http.StatusSeeOther || !ok {
		v.t.Fatalf("comment %q: %d to %q", body, r.Status, r.location())
	}
	return id
}

func (v *visitor) approve(id string) {
	v.t.Helper()
	if r := v.post("/desk/comments/"+id+"/decision", "action", "approve", "version", "1"); r.Status != http.StatusSeeOther {
		v.t.Fatalf("approve %s: %d", id, r.Status)
	}
}

// page is the article's page as this visitor sees it.
func (v *visitor) page() string { v.t.Helper(); return v.get("/articles/" + v.s.slug).Body }

func want(t testing.TB, what string, got, wanted int) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: %d, want %d", what, got, wanted)
	}
}

func contains(t testing.TB, what, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(page, p) {
			t.Errorf("%s lacks %q", what, p)
		}
	}
}

func lacks(t testing.TB, what, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(page, p) {
			t.Errorf("%s shows %q", what, p)
		}
	}
}

// attr finds what an expression with one group matches first.
func attr(t testing.TB, page, expr string) string {
	t.Helper()
	m := regexp.MustCompile(expr).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no %s in the page", expr)
	}
	return m[1]
}

func row(id, state string) string { return fmt.Sprintf(`data-comment="%s" data-state="%s"`, id, state) }
