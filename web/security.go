package web

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// policy is the content security policy: everything from here, nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func securityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// sameOrigin refuses unsafe requests that another site made: by what the browser says of their
// origin, and, where it says nothing, when they carry our cookie.
func (s *Server) sameOrigin(r *http.Request) error {
	if err := s.origins.Check(r); err != nil {
		return &failure{Status: http.StatusForbidden, Cause: err}
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return nil
	}
	if r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
		if _, err := r.Cookie(s.store.cookie); err == nil {
			return &failure{Status: http.StatusForbidden, Cause: errors.New("unsafe request with a session but without an origin")}
		}
	}
	return nil
}

// limitBody bounds what a request may carry. A body that is announced larger is read away, up to
// a bound, so that the answer arrives.
func limitBody(w http.ResponseWriter, r *request, limit int64) error {
	if r.ContentLength > limit {
		io.CopyN(io.Discard, r.Body, maxDrain)
		return fail(http.StatusRequestEntityTooLarge)
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	if limit > maxForm {
		return nil // an upload is read by its handler
	}
	err := r.ParseMultipartForm(limit) // reads any form
	if errors.Is(err, http.ErrNotMultipart) {
		err = nil
	}
	if err != nil {
		if f := asFailure(err); f.Status == http.StatusRequestEntityTooLarge {
			return f
		}
		return fail(http.StatusBadRequest)
	}
	return nil
}

// clientNetwork is the network an attempt is counted for: an IPv4 address, or the /64 of an IPv6
// one. Forwarding headers are believed only from trusted proxies, right to left.
func clientNetwork(r *http.Request, trusted []netip.Prefix) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && isTrusted(addr, trusted); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	p, err := addr.Prefix(64)
	if err != nil {
		return addr.String()
	}
	return p.String()
}

func isTrusted(a netip.Addr, trusted []netip.Prefix) bool {
	for _, p := range trusted {
		if p.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// localPath is where a form leads on: a path on this site, else the front page. Whatever a browser
// could read as another host is refused: "//", "/\", control characters, a scheme.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" {
		return "/"
	}
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\x00\r\n\t") {
		return "/"
	}
	if strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return "/"
	}
	return next
}

// loginPath is the log-in form that leads back to a path.
func loginPath(back string) string { return "/login?next=" + url.QueryEscape(back) }
