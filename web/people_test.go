package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"broadsheet/db"
)

func TestSignup(t *testing.T) {
	s := newSite(t)
	v := s.visit(t)
	form := func(change ...string) []string {
		fields := map[string]string{"email": "new@example.com", "name": "새 독자", "password": "long enough pw", "age": "14"}
		for i := 0; i < len(change); i += 2 {
			fields[change[i]] = change[i+1]
		}
		var out []string
		for k, val := range fields {
			out = append(out, k, val)
		}
		return out
	}
	for name, f := range map[string][]string{
		"no address": form("email", "nobody"), "two addresses": form("email", "a@b.c, d@e.f"), "short name": form("name", "가"), "long name": form("name", strings.Repeat("가", 21)),
		"short password": form("password", "short"), "too young": form("age", ""), "taken": form("email", "KIM@example.com"), "rude name": form("name", "바보 멍청이"),
	} {
		r := v.post("/signup", f...)
		want(t, name, r.Status, 422)
		contains(t, name, r.Body, `role="alert"`)
	}
	want(t, "sign-up", v.post("/signup", form()...).Status, 303)
	v.comment("A new reader's first comment")
	contains(t, "the account", v.get("/account").Body, "new@example.com", "새 독자", "A new reader&#39;s first comment")
}

func TestLoginRateIgnoresForgedHeaders(t *testing.T) {
	s := newSite(t)
	v := s.visit(t)
	for i := range 5 {
		v.header.Set("X-Forwarded-For", fmt.Sprint("203.0.113.", i))
		v.header.Set("X-Real-IP", fmt.Sprint("203.0.113.", i))
		want(t, "a wrong password", v.post("/login", "email", "kim@example.com", "password", "wrong wrong").Status, 422)
	}
	want(t, "the sixth", v.post("/login", "email", "kim@example.com", "password", password).Status, 429)
	for i := range 25 {
		v.header.Set("X-Forwarded-For", fmt.Sprint("198.51.100.", i))
		v.post("/login", "email", fmt.Sprint("u", i, "@example.com"), "password", "wrong wrong")
	}
	want(t, "another account from the same address", v.post("/login", "email", "lee@example.com", "password", password).Status, 429)
}

func TestClientNetwork(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, tc := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:5", "", "192.0.2.1"},
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1"},
		{"10.0.0.1:5", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:5", "6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9"},
		{"10.0.0.1:5", "not an address", "10.0.0.1"},
		{"[2001:db8:1:2:3::4]:5", "", "2001:db8:1:2::/64"},
		{"[::ffff:192.0.2.1]:5", "", "192.0.2.1"},
	} {
		r := &http.Request{RemoteAddr: tc.remote, Header: http.Header{}}
		if tc.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tc.forwarded)
		}
		if got := clientNetwork(r, trusted); got != tc.want {
			t.Errorf("%s via %q: %s, want %s", tc.remote, tc.forwarded, got, tc.want)
		}
	}
}

func TestSessionCookie(t *testing.T) {
	for scheme, cookie := range map[string]string{"http": "session", "https": "__Host-session"} {
		s := newSite(t, func(c *Config) { u := *c.BaseURL; u.Scheme = scheme; c.BaseURL = &u })
		v := s.visit(t)
		lacks(t, "an anonymous answer", fmt.Sprint(v.get("/login").Header["Set-Cookie"]), "session")
		set := fmt.Sprint(v.post("/login", "email", "kim@example.com", "password", password).Header["Set-Cookie"])
		contains(t, "the cookie over "+scheme, set, cookie+"=", "HttpOnly", "SameSite=Lax", "Path=/")
		if strings.Contains(set, "Secure") != (scheme == "https") {
			t.Errorf("over %s: %s", scheme, set)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	one, two := s.as(t, "kim"), s.as(t, "kim")
	status := func(v *visitor) int { return v.get("/account").Status }
	want(t, "before", status(two), 200)
	id := attr(t, one.get("/account").Body, `name="session" value="([0-9a-f]{64})"`)
	want(t, "ending the other one", one.post("/account/sessions", "session", id).Status, 303)
	if a, b := status(one), status(two); a+b != 200+303 {
		t.Errorf("after ending one of two: %d and %d", a, b)
	}
	one, two = s.as(t, "kim"), s.as(t, "kim")
	want(t, "a wrong current password", one.post("/account/password", "current", "not this one", "password", "another long one").Status, 422)
	want(t, "a new password", one.post("/account/password", "current", password, "password", "another long one").Status, 303)
	want(t, "the session that changed it", status(one), 200)
	want(t, "the other session", status(two), 303)
	contains(t, "the account of another browser", one.get("/account").Body, "Go-http-client")
	want(t, "log-out", one.post("/logout").Status, 303)
	want(t, "after the log-out", status(one), 303)

	// The command line changes a role while the site is served.
	desk := s.as(t, "desk")
	want(t, "the desk", desk.get("/desk").Status, 200)
	other, err := db.Open(ctx, s.path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	u, _, err := other.Credentials(ctx, "desk@example.com")
	if err != nil {
		t.Fatal(err)
	}
	before := s.archive.Generation()
	if err := other.SetRole(ctx, u.ID, db.Reader, 0); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); s.archive.Generation() == before; {
		if time.Now().After(deadline) {
			t.Fatal("the other process's change is not noticed")
		}
	}
	want(t, "the desk after the role was taken", desk.get("/desk").Status, 303)
}

func TestStaffSessionsAreShort(t *testing.T) {
	now := time.Now()
	in := func(role db.Role, used, created time.Duration) db.SignedIn {
		return db.SignedIn{User: db.User{Role: role}, Session: db.Session{Used: now.Add(-used), Created: now.Add(-created)}}
	}
	for _, tc := range []struct {
		in   db.SignedIn
		over bool
	}{
		{in(db.Reader, 29*24*time.Hour, 300*24*time.Hour), false}, {in(db.Reader, 31*24*time.Hour, 31*24*time.Hour), true},
		{in(db.Moderator, 29*time.Minute, time.Hour), false}, {in(db.Moderator, 31*time.Minute, time.Hour), true},
		{in(db.Admin, time.Minute, 13*time.Hour), true},
	} {
		if over(tc.in, now) != tc.over {
			t.Errorf("%+v: over = %v", tc.in, !tc.over)
		}
	}
}

func TestNextStaysHere(t *testing.T) {
	for _, next := range []string{
		"https://evil.example", "http:evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example",
		"javascript:alert(1)", "data:text/html,x", "evil.example", "@evil.example", "", ".", "..", "?x", "#x", "/%09/evil.example/\t", "/\n/evil.example",
		"/\r/evil.example", "//evil.example/%2f..", "https:/evil.example", "https:///evil.example", "http://[::1", "/\x00", "ftp://x", "mailto:x@y", "//", "\t//x", " //x", "/.//\\x",
	} {
		if got := localPath(next); got != "/" {
			t.Errorf("localPath(%q) = %q", next, got)
		}
	}
	for _, next := range []string{"/", "/articles/a?b=c#d", "/authors/%ED%95%9C", "/desk?queue=pending"} {
		if got := localPath(next); got != next {
			t.Errorf("localPath(%q) = %q", next, got)
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	f.Add("//evil")
	f.Add("/a?b")
	f.Fuzz(func(t *testing.T, next string) {
		got := localPath(next)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, "/\\") {
			t.Errorf("localPath(%q) = %q", next, got)
		}
	})
}

func TestSetup(t *testing.T) {
	s := newSite(t)
	ctx := context.Background()
	token := []byte("0123456789abcdef0123456789abcdef")
	sum := sha256.Sum256(token)
	if err := s.archive.OfferSetup(ctx, sum[:]); err != nil {
		t.Fatal(err)
	}
	v := s.visit(t)
	want(t, "without the link", v.get("/setup").Status, 404)
	r := v.get("/setup/" + base64.RawURLEncoding.EncodeToString(token))
	if r.Status != 303 || r.location() != "/setup" {
		t.Fatalf("the link: %d to %q", r.Status, r.location())
	}
	want(t, "the form", v.get("/setup").Status, 200)
	want(t, "while there is an admin", v.post("/setup", "email", "boss@example.com", "name", "Boss", "password", "long enough pw").Status, 404)
}
