package ingest

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"broadsheet/db"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html/atom"

	nethtml "golang.org/x/net/html"
)

// graph is all JSON-LD of a page.
type graph struct {
	byID     map[string]map[string]any // nodes that say something, by their @id
	articles []ldArticle
}

type ldArticle struct {
	node  map[string]any
	aside bool // stands in a list of links or among related pages
}

const maxArticles = 1000 // nodes of one page that are looked at

// articleKinds are the schema.org types of an article, better ones first.
var articleKinds = map[string]int{
	"NewsArticle": 3, "ReportageNewsArticle": 3, "OpinionNewsArticle": 3, "AnalysisNewsArticle": 3, "BackgroundNewsArticle": 3, "ReviewNewsArticle": 3,
	"AskPublicNewsArticle": 3, "LiveBlogPosting": 2, "Article": 2, "BlogPosting": 2, "TechArticle": 2, "SatiricalArticle": 2, "AdvertiserContentArticle": 2,
	"ScholarlyArticle": 2, "Report": 2, "CreativeWork": 1, "SocialMediaPosting": 1, "WebPage": 0,
}

// asideKeys lead to articles that are not this page's.
var asideKeys = map[string]bool{"itemListElement": true, "isRelatedTo": true, "relatedLink": true, "mentions": true, "citation": true, "hasPart": true, "isPartOf": true, "about": true}

var ldScript = cascadia.MustCompile(`script[type*="ld+json" i]`)

func readGraph(doc *nethtml.Node) *graph {
	g := &graph{byID: map[string]map[string]any{}}
	for _, script := range cascadia.QueryAll(doc, ldScript) {
		for _, v := range readJSON(textOf(script)) {
			g.walk(v, false, 0)
		}
	}
	return g
}

func (g *graph) walk(v any, aside bool, depth int) {
	if depth > maxNesting {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.walk(e, aside, depth+1)
		}
	case map[string]any:
		if id := text(v["@id"]); id != "" && len(v) > len(g.byID[id]) && len(v) > 1 {
			g.byID[id] = v
		}
		if kindOf(v) >= 0 && len(g.articles) < maxArticles {
			g.articles = append(g.articles, ldArticle{v, aside})
		}
		for _, k := range sortedKeys(v) {
			g.walk(v[k], aside || asideKeys[k], depth+1)
		}
	}
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// kindOf ranks a node's @type, a string or a list, with or without schema.org in front; -1 is no article.
func kindOf(node map[string]any) int {
	best := -1
	for _, t := range texts(node["@type"]) {
		if i := strings.LastIndexAny(t, "/:#"); i >= 0 {
			t = t[i+1:]
		}
		if rank, ok := articleKinds[t]; ok {
			best = max(best, rank)
		}
	}
	return best
}

// article picks the node that speaks of this page, and those with the same headline or address
// behind it, to fill what it leaves out.
func (g *graph) article(canonicalURL string, headlines []string) (nodes []map[string]any) {
	score := func(a ldArticle) int {
		n := 2 * kindOf(a.node)
		if a.aside {
			n -= 8
		}
		if u := g.address(a.node); u != "" && Key(db.Content{URL: u}) == Key(db.Content{URL: canonicalURL}) {
			n += 8
		}
		head := plainText(text(a.node["headline"]))
		if slices.ContainsFunc(headlines, func(h string) bool { return sameWords(h, head) }) {
			n += 6
		}
		for _, k := range []string{"headline", "datePublished", "author"} {
			if a.node[k] != nil {
				n++
			}
		}
		return n
	}
	list := slices.Clone(g.articles)
	slices.SortStableFunc(list, func(a, b ldArticle) int { return score(b) - score(a) })
	for i, a := range list {
		if i == 0 && score(a) > 0 || len(nodes) > 0 && score(a) > 0 && g.same(nodes[0], a.node) {
			nodes = append(nodes, a.node)
		}
	}
	return nodes
}

func (g *graph) same(a, b map[string]any) bool {
	u, v := g.address(a), g.address(b)
	return sameWords(text(a["headline"]), text(b["headline"])) || u != "" && u == v
}

// address is the page a node speaks of.
func (g *graph) address(node map[string]any) string {
	for _, k := range []string{"url", "mainEntityOfPage", "@id"} {
		v := node[k]
		if m, ok := v.(map[string]any); ok {
			if v = m["@id"]; v == nil {
				v = m["url"]
			}
		}
		if u := absolute(text(v)); u != "" && !strings.Contains(u, "#") {
			return u
		}
	}
	return ""
}

// field is the first of the keys that any of the nodes answers.
func field(nodes []map[string]any, keys ...string) any {
	for _, k := range keys {
		for _, n := range nodes {
			if v := n[k]; v != nil && v != "" {
				return v
			}
		}
	}
	return nil
}

// person is a name given as author.
type person struct {
	db.Author
	organisation bool
}

// people reads an author in all the shapes it is given in: a string of one or more names, an
// object, a reference to another node, a list, an @list, an object whose name is a list.
func (g *graph) people(v any, depth int) (out []person) {
	if depth > 8 {
		return nil
	}
	switch v := v.(type) {
	case string:
		for _, a := range namesIn(v) {
			out = append(out, person{Author: a})
		}
	case []any:
		for _, e := range v {
			out = append(out, g.people(e, depth+1)...)
		}
	case map[string]any:
		out = g.personNode(v, depth)
	}
	return out
}

func (g *graph) personNode(v map[string]any, depth int) (out []person) {
	if list := v["@list"]; list != nil {
		return g.people(list, depth+1)
	}
	name := v["name"]
	if text(name) == "" && v["givenName"] != nil {
		name = text(v["givenName"]) + " " + text(v["familyName"])
	}
	if name == nil {
		if target := g.byID[text(v["@id"])]; target != nil && target["name"] != nil {
			return g.personNode(target, depth+1)
		}
		return nil
	}
	organisation := strings.Contains(strings.Join(texts(v["@type"]), " "), "Organization")
	for _, n := range texts(name) {
		names := namesIn(n)
		inverted := len(names) > 1 && slices.ContainsFunc(names, func(a db.Author) bool { return !strings.Contains(a.Raw, " ") && !koName.MatchString(a.Raw) })
		if n = plainText(n); n != "" && (organisation || inverted) { // "Health & Science", "Bell, Ana"
			names = []db.Author{{Name: n, Raw: n}}
		}
		for _, a := range names {
			if mail := mailRE.FindString(text(v["email"])); a.Email == "" && len(names) == 1 {
				a.Email = mail
			}
			out = append(out, person{a, organisation})
		}
	}
	return out
}

var addressRE = regexp.MustCompile(`(?i)^(?:https?:|www\.|/|@)`)

// namesIn reads the names of a metadata string. What does not read like names is one name as it
// stands; an address is none.
func namesIn(s string) []db.Author {
	s = plainText(s)
	if s == "" || addressRE.MatchString(s) {
		return nil
	}
	if authors, ok := readByline(s); ok {
		return authors
	}
	if s = strings.TrimSpace(byRE.ReplaceAllString(s, "")); s == "" || len(s) > 200 {
		return nil
	}
	return []db.Author{{Name: s, Raw: s}}
}

// text is a value as one string: a string, a number, the @value or first element of others.
func text(v any) string {
	if t := texts(v); len(t) > 0 {
		return t[0]
	}
	return ""
}

// texts are all strings of a value.
func texts(v any) (out []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case float64:
		return []string{fmt.Sprintf("%.0f", v)}
	case []any:
		for _, e := range v {
			if len(out) < 1000 {
				out = append(out, texts(e)...)
			}
		}
	case map[string]any:
		for _, k := range []string{"@value", "name", "url", "@id"} {
			if s, ok := v[k].(string); ok {
				return []string{s}
			}
		}
	}
	return out
}

var tagRE = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// plainText takes entities and tags out of a metadata string and makes it one line.
func plainText(s string) string {
	for range 2 { // "&amp;quot;" is common
		s = html.UnescapeString(s)
	}
	return squeeze(tagRE.ReplaceAllString(s, " "))
}

// textOf is all text under a node, but for what scripts and styles inside it hold.
func textOf(n *nethtml.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if in := d.Parent; in != n && (in.DataAtom == atom.Script || in.DataAtom == atom.Style) {
			continue
		}
		if d.Type == nethtml.TextNode {
			b.WriteString(d.Data)
		} else if d.DataAtom == atom.Br {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
