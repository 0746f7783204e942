package ingest

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// page is what an HTML page says of itself, by source: JSON-LD, meta tags, microdata, markup.
type page struct {
	doc  *html.Node
	meta map[string][]string // property, name or itemprop in lower case -> contents
	ld   *graph
	node []map[string]any // the page's JSON-LD article, then those that complete it
	url  string           // canonical, absolute, or ""
	base *url.URL         // for relative addresses; nil when unknown
	h1   []string         // texts of h1, visible order

	papers map[string]bool // the folded names by which the page calls its own paper
}

var (
	metaSel      = cascadia.MustCompile(`meta[content]`)
	canonicalSel = cascadia.MustCompile(`link[rel~="canonical" i][href]`)
	h1Sel        = cascadia.MustCompile(`h1`)
	titleSel     = cascadia.MustCompile(`head > title, title`)
	htmlSel      = cascadia.MustCompile(`html`)
)

func readPage(doc *html.Node) *page {
	p := &page{doc: doc, meta: map[string][]string{}, ld: readGraph(doc)}
	for _, m := range cascadia.QueryAll(doc, metaSel) {
		value := plainText(attr(m, "content"))
		for _, key := range []string{"property", "name", "itemprop"} {
			if k := strings.ToLower(attr(m, key)); k != "" && value != "" {
				p.meta[k] = append(p.meta[k], value)
			}
		}
	}
	for _, h := range cascadia.QueryAll(doc, h1Sel) {
		if t := squeeze(textOf(h)); t != "" {
			p.h1 = append(p.h1, t)
		}
	}
	p.url = p.canonical()
	p.node = p.ld.article(p.url, append([]string{p.first("og:title", "twitter:title")}, p.h1...))
	if p.url == "" {
		for _, n := range p.node {
			if p.url == "" {
				p.url = p.ld.address(n)
			}
		}
	}
	p.base, _ = url.Parse(p.url)
	p.papers = p.paperNames()
	return p
}

// canonical is the address the page gives itself; a front page is nobody's canonical address.
func (p *page) canonical() string {
	candidates := p.meta["og:url"]
	for _, l := range cascadia.QueryAll(p.doc, canonicalSel) {
		candidates = append([]string{attr(l, "href")}, candidates...)
	}
	for _, c := range candidates {
		if u, err := url.Parse(absolute(c)); err == nil && u.Host != "" && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "") {
			return c
		}
	}
	return ""
}

// first is the first content of the first of the meta keys that has one.
func (p *page) first(keys ...string) string {
	for _, k := range keys {
		if v := p.meta[k]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// said is a JSON-LD field as one line of text.
func (p *page) said(keys ...string) string { return plainText(text(field(p.node, keys...))) }

// paperNames are publisher, site name and domain.
func (p *page) paperNames() map[string]bool {
	names := []string{p.first("og:site_name"), p.first("application-name"), p.first("dc.publisher"), p.first("publisher"), p.first("twitter:site")}
	for _, n := range p.ld.people(field(p.node, "publisher", "sourceOrganization"), 0) {
		names = append(names, n.Name)
	}
	if p.base != nil && p.base.Host != "" {
		host := strings.TrimPrefix(strings.ToLower(p.base.Hostname()), "www.")
		names = append(names, host, strings.SplitN(host, ".", 2)[0])
	}
	set := map[string]bool{}
	for _, n := range names {
		set[foldPaper(n)] = true
	}
	delete(set, "")
	return set
}

// isPaper says whether a name is the paper's own.
func (p *page) isPaper(name string) bool {
	return p.papers[foldPaper(name)] || p.papers[foldPaper(genericTail.ReplaceAllString(name, ""))]
}

// genericTail is what sites add to their own name: "Metro News" is Metro.
var genericTail = regexp.MustCompile(`(?i)(?:\s+(?:news|online|newspaper|staff)|\.(?:com|co\.uk|co\.kr|org|net))$`)

func foldPaper(name string) string { return fold(strings.TrimPrefix(strings.ToLower(name), "the ")) }

// resolve makes an address absolute; "" when that cannot be.
func (p *page) resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return ""
	}
	if p.base != nil {
		u = p.base.ResolveReference(u)
	}
	return absolute(u.String())
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
