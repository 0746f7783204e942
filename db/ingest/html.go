package ingest

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/db"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// maxPage bounds an HTML page in bytes: body extraction takes time that grows faster than the page.
const maxPage = 8 << 20

// parseHTML reads a web page: the fields from JSON-LD, then OpenGraph, then Dublin Core, then what
// is visible; the body by body().
func parseHTML(it *Item, source string, zone *time.Location) {
	if len(source) > maxPage {
		it.Err = problemf("too_large", "the page is larger than %d MiB", maxPage>>20)
		return
	}
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		it.Err = &problem{"parser", "the HTML cannot be read", err}
		return
	}
	p := readPage(doc)
	c := &it.Content
	c.URL = p.url
	c.SourceID = p.said("identifier")
	if c.SourceID == "" {
		c.SourceID = p.first("article:id", "article_id", "articleid", "cxenseparse:articleid")
	}
	c.Headline = p.headline()
	c.Authors = p.authors()
	c.Section = p.section()
	c.Keywords = p.keywords()
	setDates(it, p.published(zone), p.modified(zone))

	blocks := body(p)
	blocks = trim(it, p, blocks)
	c.Images = images(p, blocks)
	blocks = dropCaptions(it, blocks)
	c.BodyHTML, c.BodyText = render(blocks)
	if c.BodyText == "" {
		it.Err = problemf("no_text", "no article text found: neither in the page nor in its scripts")
	}
	if len(blocks) > 0 {
		c.Dateline = dateline(blocks[0].text)
	}
	c.Deck = p.deck(c)
	c.Language = detectLanguage(p.declaredLanguage(), c.Headline+"\n"+c.BodyText)
}

// headline is the JSON-LD headline, else the first of the other titles; without the site's name,
// and in full where another source has what an ellipsis left out.
func (p *page) headline() string {
	others := []string{p.first("og:title"), p.first("twitter:title"), p.first("dc.title", "dcterms.title", "citation_title", "title")}
	if len(p.h1) == 1 {
		others = append(others, p.h1[0])
	}
	if t := cascadia.Query(p.doc, titleSel); t != nil {
		others = append(others, squeeze(textOf(t)))
	}
	if len(p.h1) > 1 {
		others = append(others, p.h1...)
	}
	head := p.said("headline")
	if head == "" && len(p.node) > 0 && kindOf(p.node[0]) > 0 {
		head = p.said("name")
	}
	for _, o := range others {
		if head == "" && !p.isPaper(o) {
			head = o
		}
	}
	if len(p.node) > 0 { // JSON-LD wins over what other sources leave out, but for the paper's name
		head = p.withoutSite(head, nil)
	} else {
		head = p.withoutSite(head, others)
	}
	if cut := strings.TrimRight(head, ".… "); cut != head && (strings.HasSuffix(head, "…") || strings.HasSuffix(head, "...")) {
		for _, o := range others {
			if o = p.withoutSite(o, others); len(o) > len(head) && strings.HasPrefix(o, cut) {
				return o
			}
		}
	}
	return head
}

var siteSep = regexp.MustCompile(`\s+[|\-–—·:»<]+\s+|\s*(?:\||::|»)\s*`)

// withoutSite cuts " - The Paper" and " | News | The Paper" off: what follows a separator goes when
// it names the paper, or when another source has just what stands before it.
func (p *page) withoutSite(title string, others []string) string {
	for _, loc := range siteSep.FindAllStringIndex(title, -1) {
		before, after := strings.TrimSpace(title[:loc[0]]), strings.TrimSpace(title[loc[1]:])
		if before == "" || utf8.RuneCountInString(before) < 4 {
			continue
		}
		if p.isPaper(after) {
			return before
		}
		for _, o := range others {
			if o == before {
				return before
			}
		}
	}
	return title
}

// authors are the persons the best source names. A paper named as author gives way to a person of
// another source, and stays when there is none.
func (p *page) authors() []db.Author {
	sources := [][]person{
		p.ld.people(field(p.node, "author"), 0), p.ld.people(field(p.node, "creator"), 0),
		p.metaPeople("article:author", "author"), p.metaPeople("parsely-author", "sailthru.author", "byl", "article:author_name", "citation_author"),
		p.metaPeople("dc.creator", "dcterms.creator", "dc.contributor"),
	}
	var fallback []db.Author
	for _, source := range sources {
		var persons, papers []db.Author
		for _, a := range source {
			if a.organisation || p.isPaper(a.Name) {
				papers = appendAuthor(papers, a.Author)
			} else {
				persons = appendAuthor(persons, a.Author)
			}
		}
		if len(persons) > 0 {
			return persons
		}
		if fallback == nil {
			fallback = papers
		}
	}
	if fallback == nil {
		fallback = p.visibleByline()
	}
	return fallback
}

func appendAuthor(list []db.Author, a db.Author) []db.Author {
	return mergeAuthors(list, []db.Author{a})
}

func (p *page) metaPeople(keys ...string) (out []person) {
	for _, k := range keys {
		for _, v := range p.meta[k] {
			out = append(out, p.ld.people(v, 0)...)
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// bylineSels mark bylines, the surest first.
var bylineSels = []cascadia.Selector{
	cascadia.MustCompile(`[itemprop="author"] [itemprop="name"]`),
	cascadia.MustCompile(`[itemprop="author"], a[rel~="author"]`),
	cascadia.MustCompile(`.byline, [class*="byline" i], [data-testid*="byline" i], [id*="byline" i]`),
	cascadia.MustCompile(`[class*="author-name" i], [class*="author_name" i], [class*="authorname" i], .author, [class*="reporter" i], [class*="journalist" i], [class*="writer" i]`),
}

// visibleByline reads the first element that is marked as a byline and reads like names.
func (p *page) visibleByline() []db.Author {
	for _, sel := range bylineSels {
		for _, n := range cascadia.QueryAll(p.doc, sel) {
			line := squeeze(textOf(n))
			if line == "" || utf8.RuneCountInString(line) > 120 {
				continue
			}
			if authors, ok := readByline(line); ok && !p.isPaper(authors[0].Name) {
				return authors
			}
		}
	}
	return nil
}

func (p *page) section() string {
	if s := p.said("articleSection"); s != "" {
		return s
	}
	return p.first("article:section", "section", "sailthru.section", "parsely-section", "cxenseparse:section", "dc.subject")
}

// keywords of JSON-LD (a list or one string with commas), else the tags of the meta elements.
func (p *page) keywords() (out []string) {
	list := texts(field(p.node, "keywords"))
	for _, k := range []string{"article:tag", "news_keywords", "keywords", "parsely-tags", "dc.subject"} {
		if len(list) == 0 {
			list = p.meta[k]
		}
	}
	seen := map[string]bool{}
	for _, v := range list {
		for part := range strings.SplitSeq(plainText(v), ",") {
			if part = strings.TrimSpace(part); part != "" && !seen[fold(part)] && len(out) < 50 && len(part) < 200 {
				seen[fold(part)] = true
				out = append(out, part)
			}
		}
	}
	return out
}

func (p *page) declaredLanguage() string {
	for _, s := range []string{p.rootLang(), p.said("inLanguage"), p.first("og:locale", "language", "content-language", "dc.language")} {
		if tag := langTag(s); tag != "" {
			return tag
		}
	}
	return ""
}

func (p *page) rootLang() string {
	if root := cascadia.Query(p.doc, htmlSel); root != nil {
		if l := attr(root, "lang"); l != "" {
			return l
		}
		return attr(root, "xml:lang")
	}
	return ""
}

var deckSel = cascadia.MustCompile(`[itemprop="alternativeHeadline"], .standfirst, .deck, .dek, .article-dek, .subheadline, .sub-headline, h2.subtitle, .article-subtitle, [data-testid="standfirst"]`)

// decks are the lines that the page itself marks as a standfirst.
func (p *page) decks() (out []string) {
	for _, n := range cascadia.QueryAll(p.doc, deckSel) {
		out = append(out, squeeze(textOf(n)))
	}
	return out
}

// deck is the standfirst on the page, else the description, unless that only repeats the beginning
// of the body or breaks off.
func (p *page) deck(c *db.Content) string {
	candidates := append(p.decks(), p.said("alternativeHeadline"), p.said("description"), p.first("og:description", "description", "twitter:description", "dc.description"))
	for _, d := range candidates {
		f := fold(d)
		repeats := strings.Contains(fold(c.BodyText), f) || strings.Contains(fold(c.BodyText), string([]rune(f)[:min(60, utf8.RuneCountInString(f))]))
		if f != "" && utf8.RuneCountInString(d) <= 400 && !repeats && !sameWords(d, c.Headline) && !strings.HasSuffix(d, "…") && !strings.HasSuffix(d, "...") {
			return d
		}
	}
	return ""
}
