package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestWhoMay asks every route of the table as everybody, on a members' newspaper and a public one.
func TestWhoMay(t *testing.T) {
	for _, public := range []bool{false, true} {
		t.Run(fmt.Sprint("public=", public), func(t *testing.T) {
			s := newSite(t, func(c *Config) { c.Public = public })
			id := s.as(t, "kim").comment("One comment")
			s.as(t, "desk").approve(id)
			path := strings.NewReplacer("{$}", "", "{slug}", s.slug, "{section}", "economy", "{author}", "han-seo-yun", "{year}", "2026",
				"{month}", "11", "{day}", "20", "{id}", id, "{job}", "7", "{position}", "0", "{token}", "x", "{file...}", "none")
			visitors := map[string]*visitor{"": s.visit(t), "lee": s.as(t, "lee"), "night": s.as(t, "night"), "editor": s.as(t, "editor")}
			ranks := map[string]access{"": anyone, "lee": reader, "night": moderator, "editor": admin}
			for _, rt := range routes() {
				method, pattern, _ := strings.Cut(rt.Pattern, " ")
				for name, rank := range ranks {
					if pattern == "/logout" || pattern == "/setup/{token}" || pattern == "/desk/events" && rank >= moderator {
						continue // would end the visit; sets a cookie; does not end
					}
					r := visitors[name].do(method, path.Replace(pattern), "application/x-www-form-urlencoded", nil)
					needed := rt.Who
					if needed == reading {
						needed = reader
						if public {
							needed = anyone
						}
					}
					what := fmt.Sprintf("%s as %q", rt.Pattern, name)
					switch {
					case rank >= needed:
						if pattern != "/articles/{slug}/comments" && (r.Status == 401 || r.Status == 403) && pattern != "/comments/{id}/edit" && pattern != "/comments/{id}/delete" &&
							pattern != "/comments/{id}/report" && pattern != "/comments/{id}/appeal" {
							t.Errorf("%s: %d", what, r.Status)
						}
					case rank == anyone && method == "GET":
						if r.Status != 303 || !strings.HasPrefix(r.location(), "/login?next=") {
							t.Errorf("%s: %d to %q, want the log-in", what, r.Status, r.location())
						}
					case rank == anyone:
						want(t, what, r.Status, 401)
					default:
						want(t, what, r.Status, 403)
					}
					if r.Status >= 500 {
						t.Errorf("%s: %d\n%s", what, r.Status, s.log)
					}
				}
			}
		})
	}
}

// TestForgedRequests sends every unsafe route from another site.
func TestForgedRequests(t *testing.T) {
	s := newSite(t)
	v := s.as(t, "editor")
	id := s.as(t, "kim").comment("One comment")
	path := strings.NewReplacer("{slug}", s.slug, "{id}", id)
	for _, rt := range routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if method == "GET" {
			continue
		}
		for what, header := range map[string]http.Header{
			"cross-site": {"Sec-Fetch-Site": {"cross-site"}}, "same-site": {"Sec-Fetch-Site": {"same-site"}},
			"other origin": {"Origin": {"https://evil.example"}}, "null origin": {"Origin": {"null"}}, "no word of its origin": {},
		} {
			v.header = header
			want(t, rt.Pattern+", "+what, v.do(method, path.Replace(pattern), "application/x-www-form-urlencoded", strings.NewReader("action=approve&version=1")).Status, 403)
		}
	}
	v.header = http.Header{"Sec-Fetch-Site": {"same-origin"}}
	want(t, "the session goes on", v.get("/account").Status, 200)
}

func TestPathsDecideAlike(t *testing.T) {
	s := newSite(t)
	kim := s.as(t, "kim")
	for _, path := range []string{"/desk/", "//desk", "/desk/./", "/DESK", "/%64esk", "/desk%2f", "/admin/import/", "/x/../desk", "/desk/log/"} {
		if r := kim.get(path); r.Status == 200 || strings.Contains(r.Body, "data-queue") {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
}

func TestCaching(t *testing.T) {
	s := newSite(t)
	kim, lee := s.as(t, "kim"), s.as(t, "lee")
	article := "/articles/" + s.slug
	for _, path := range []string{"/", article, "/sections/economy", "/authors/han-seo-yun", "/archive/2026/11/20"} {
		r := kim.get(path)
		if r.Status != 200 || r.Header.Get("Cache-Control") != "private, no-cache" || r.Header.Get("ETag") == "" {
			t.Errorf("%s: %d, %q, ETag %q", path, r.Status, r.Header.Get("Cache-Control"), r.Header.Get("ETag"))
		}
		kim.header.Set("If-None-Match", r.Header.Get("ETag"))
		want(t, path+" again", kim.get(path).Status, 304)
		kim.header.Del("If-None-Match")
		lee.header.Set("If-None-Match", r.Header.Get("ETag"))
		want(t, path+" by another reader", lee.get(path).Status, 200)
		lee.header.Del("If-None-Match")
	}
	before := kim.get(article).Header.Get("ETag")
	kim.comment("A private thought")
	r := kim.get(article)
	if r.Header.Get("ETag") == before {
		t.Error("the page with one's own pending comment has the old ETag")
	}
	lacks(t, "another reader's page", lee.page(), "A private thought", ">kim<")
	contains(t, "another reader's page", lee.page(), "lee")
	for _, path := range []string{"/account", "/login?next=/x", "/none", "/desk"} {
		if c := kim.get(path).Header.Get("Cache-Control"); c != "no-store" {
			t.Errorf("%s: %q", path, c)
		}
	}
	for _, path := range []string{"/desk", "/desk/log", "/admin/import", "/admin/users"} {
		if c := s.as(t, "editor").get(path).Header.Get("Cache-Control"); c != "no-store" {
			t.Errorf("%s: %q", path, c)
		}
	}
}

func TestLanguage(t *testing.T) {
	s := newSite(t)
	v := s.visit(t)
	lang := func(path string) string { return attr(t, v.get(path).Body, `<html lang="(\w+)"`) }
	for _, tc := range []struct{ accept, path, want string }{
		{"", "/login", "en"}, {"ko-KR,ko;q=0.9,en;q=0.8", "/login", "ko"}, {"fr,en;q=0.5,ko;q=0.4", "/login", "en"}, {"de", "/login", "en"},
		{"ko", "/login?lang=en", "en"}, {"ko", "/login", "en"}, {"en", "/login?lang=ko", "ko"}, {"en", "/login", "ko"}, {"en", "/login?lang=xx", "ko"},
	} {
		v.header.Set("Accept-Language", tc.accept)
		if got := lang(tc.path); got != tc.want {
			t.Errorf("%s with %q: %s, want %s", tc.path, tc.accept, got, tc.want)
		}
	}
	v = s.as(t, "kim")
	v.post("/account/language", "language", "ko")
	if got := lang("/?lang=en"); got != "ko" {
		t.Errorf("the account's choice comes first: %s", got)
	}
}

func TestErrorsForPrograms(t *testing.T) {
	s := newSite(t)
	v := s.as(t, "kim")
	v.header.Set("Accept", "application/json")
	for path, status := range map[string]int{"/none": 404, "/desk": 403} {
		r := v.get(path)
		want(t, path, r.Status, status)
		contains(t, path, r.Body, `{"error":{"code":"`, `"message":"`)
	}
	r := v.post("/articles/"+s.slug+"/comments", "body", strings.Repeat("x", 251))
	want(t, "251", r.Status, 422)
	contains(t, "251", r.Body, `"code":"too_long"`)
	out := s.visit(t)
	out.header.Set("Accept", "application/json")
	want(t, "signed out", out.get("/").Status, 401)
}

func TestHeaders(t *testing.T) {
	s := newSite(t)
	v := s.as(t, "editor")
	for _, path := range []string{"/", "/articles/" + s.slug, "/login", "/desk", "/admin/import", "/none", "/static/none"} {
		h := v.get(path).Header
		if csp := h.Get("Content-Security-Policy"); csp != policy || strings.Contains(csp, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, h)
		}
	}
	page := v.get("/").Body
	css := attr(t, page, `href="(/static/app\.[0-9a-f]+\.css)"`)
	r := v.get(css)
	if r.Status != 200 || !strings.Contains(r.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/css") {
		t.Errorf("%s: %d %v", css, r.Status, r.Header)
	}
	js := attr(t, v.page(), `src="(/static/counter\.[0-9a-f]+\.js)"`)
	imported := attr(t, v.get(js).Body, `from "\./(count\.[0-9a-f]+\.js)"`)
	want(t, "the module it imports", v.get("/static/"+imported).Status, 200)
	want(t, "health", v.get("/healthz").Status, 200)
	contains(t, "robots", v.get("/robots.txt").Body, "Disallow: /")
}
