package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// block is one paragraph of a body: its text, the same as HTML, and what it is: "p", "h2" to "h4",
// "ul" or "ol" (one item of such a list), "blockquote", "pre", "table".
type block struct{ kind, text, html string }

// blocksOf cuts a tree into paragraphs. A br ends one, as many Korean pages set them.
func blocksOf(root *html.Node, p *page) []block {
	w := &walker{page: p, kind: "p"}
	w.walk(root, 0)
	w.flush()
	return w.blocks
}

// walker gathers inline text until a block ends.
type walker struct {
	page       *page
	blocks     []block
	kind       string
	list       string
	open       []string // inline start tags that are open
	text, html strings.Builder
}

var inlineTags = words("a b strong i em u s sub sup code q cite mark small abbr")

var skipTags = words(`script style noscript svg button form input select textarea iframe object embed template nav aside
	head title audio video canvas map img picture source figcaption`)

var blockTags = words(`html body p div section article main header footer center address details summary dl dt dd figure hgroup
	table thead tbody tfoot tr td th caption hr fieldset br ul ol li blockquote pre h1 h2 h3 h4 h5 h6`)

func (w *walker) walk(n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		w.write(n.Data)
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode, skipTags[n.Data], depth > 600:
		return
	case n.Data == "table" && isDataTable(n):
		w.flush()
		w.table(n)
		return
	case n.Data == "pre":
		w.flush()
		w.pre(n)
		return
	}
	if blockTags[n.Data] {
		w.flush()
		w.block(n, depth)
		w.flush()
		return
	}
	if inlineTags[n.Data] {
		w.inline(n, depth)
		return
	}
	w.children(n, depth)
}

func (w *walker) children(n *html.Node, depth int) {
	for c := range n.ChildNodes() {
		w.walk(c, depth+1)
	}
}

// block walks a block element with the kind that its paragraphs have.
func (w *walker) block(n *html.Node, depth int) {
	kind, list := w.kind, w.list
	switch n.Data {
	case "ul", "ol":
		w.list = n.Data
	case "li":
		if w.kind = list; list == "" {
			w.kind = "ul"
		}
	case "blockquote":
		w.kind = "blockquote"
	case "h1", "h2":
		w.kind = "h2"
	case "h3":
		w.kind = "h3"
	case "h4", "h5", "h6":
		w.kind = "h4"
	}
	w.children(n, depth)
	w.flush()
	w.kind, w.list = kind, list
}

func (w *walker) inline(n *html.Node, depth int) {
	tag := "<" + n.Data + ">"
	if n.Data == "a" {
		href := w.page.resolve(attr(n, "href"))
		if href == "" {
			w.children(n, depth)
			return
		}
		tag = `<a href="` + html.EscapeString(href) + `">`
	}
	w.html.WriteString(tag)
	w.open = append(w.open, tag)
	w.children(n, depth)
	w.open = w.open[:len(w.open)-1]
	w.html.WriteString("</" + n.Data + ">")
}

func (w *walker) write(s string) {
	w.text.WriteString(s)
	w.html.WriteString(html.EscapeString(strings.Map(visible, s)))
}

// flush ends a paragraph; inline tags that are still open go on in the next one.
func (w *walker) flush() {
	for _, tag := range slices.Backward(w.open) {
		name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
		w.html.WriteString("</" + name + ">")
	}
	if t := squeeze(w.text.String()); t != "" {
		w.blocks = append(w.blocks, block{w.kind, t, strings.TrimSpace(spaces.ReplaceAllString(w.html.String(), " "))})
	}
	w.text.Reset()
	w.html.Reset()
	for _, tag := range w.open {
		w.html.WriteString(tag)
	}
}

var spaces = regexp.MustCompile(` {2,}`)

func (w *walker) pre(n *html.Node) {
	t := strings.Trim(textOf(n), "\n")
	lines := strings.Split(t, "\n")
	for i := range lines {
		lines[i] = strings.TrimRightFunc(strings.Map(func(r rune) rune {
			if r == '\t' {
				return ' '
			}
			return visible(r)
		}, lines[i]), unicode.IsSpace)
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
	if len(lines) > 0 {
		t = strings.Join(lines, "\n")
		w.blocks = append(w.blocks, block{"pre", t, html.EscapeString(t)})
	}
}

// isDataTable: at least two rows of at least two cells, none of which holds a paragraph of its own
// or another table. Any other table only lays out the page.
func isDataTable(n *html.Node) bool {
	rows, wide := 0, 0
	for d := range n.Descendants() {
		switch d.Data {
		case "table", "p", "div", "ul", "h2", "h3", "article":
			return false
		case "tr":
			rows++
			if len(cells(d)) >= 2 {
				wide++
			}
		}
	}
	return wide >= 2 && wide*2 >= rows
}

func cells(row *html.Node) (out []*html.Node) {
	for c := range row.ChildNodes() {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			out = append(out, c)
		}
	}
	return out
}

// table keeps rows and cells; in the text a row is a line.
func (w *walker) table(n *html.Node) {
	var lines []string
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type != html.ElementNode || d.Data != "tr" {
			continue
		}
		var texts []string
		b.WriteString("<tr>")
		for _, c := range cells(d) {
			t := squeeze(textOf(c))
			texts = append(texts, t)
			b.WriteString("<" + c.Data + ">" + html.EscapeString(t) + "</" + c.Data + ">")
		}
		b.WriteString("</tr>\n")
		if line := strings.TrimSpace(strings.Join(texts, " | ")); strings.Trim(line, " |") != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		w.blocks = append(w.blocks, block{"table", strings.Join(lines, "\n"), b.String()})
	}
}

// policy is what an imported body may hold, whatever the source said: text structure and links.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "td", "th", "br",
		"b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "q", "cite", "mark", "small", "abbr")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	return p
}()

// sanitise returns HTML that is safe to show as it is.
func sanitise(s string) string { return policy.Sanitize(s) }

// render writes blocks as sanitised HTML and as text with one paragraph a line.
func render(blocks []block) (bodyHTML, bodyText string) {
	var b strings.Builder
	var lines []string
	for i, bl := range blocks {
		lines = append(lines, bl.text)
		inner, tag := bl.html, bl.kind
		switch bl.kind {
		case "ul", "ol", "blockquote":
			inner, tag = "<li>"+bl.html+"</li>", bl.kind
			if bl.kind == "blockquote" {
				inner = "<p>" + bl.html + "</p>"
			}
			if i > 0 && blocks[i-1].kind == bl.kind {
				b.WriteString(inner + "\n")
			} else {
				b.WriteString("<" + tag + ">\n" + inner + "\n")
			}
			if i == len(blocks)-1 || blocks[i+1].kind != bl.kind {
				b.WriteString("</" + tag + ">\n")
			}
		default:
			b.WriteString("<" + tag + ">" + inner + "</" + tag + ">\n")
		}
	}
	return sanitise(b.String()), strings.Join(lines, "\n")
}

// readable says whether blocks are an article and not the remains of a page: one of them, at
// least, is a sentence of some length that is no notice of the page.
func readable(blocks []block) bool {
	return slices.ContainsFunc(blocks, func(b block) bool {
		hangul := 0
		for _, r := range b.text {
			if unicode.Is(unicode.Hangul, r) {
				hangul++
			}
		}
		long := hangul >= 15 || len(strings.Fields(b.text)) >= 6 || utf8.RuneCountInString(b.text) > 200
		return long && sentenceIn.MatchString(b.text) && boilerplate(b.text) == "" && !pageNotice.MatchString(b.text)
	})
}

var (
	sentenceIn = regexp.MustCompile(`[.!?。…]["'”’)\]]*(?:\s|$)`)
	pageNotice = regexp.MustCompile(`(?i)^.{0,80}(?:enable javascript|javascript (?:is|to be) (?:disabled|enabled|required)|turn on javascript|enable cookies|access denied|checking your browser|are you a robot|page (?:not found|cannot be found)|자바스크립트|찾을 수 없습니다|접근이 (?:거부|제한))`)
)
