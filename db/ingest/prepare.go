package ingest

import (
	"slices"
	"strings"

	"github.com/go-shiori/dom"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// prepare is a copy of a page in which three things hold that trafilatura would break: the text
// behind a script or comment, the spaces beside inline elements, and paragraphs that are only
// parted by br. What scripts carry is read elsewhere.
func prepare(doc *html.Node) *html.Node {
	doc = dom.Clone(doc, true)
	for _, n := range slices.Collect(doc.Descendants()) {
		switch {
		case n.Type == html.CommentNode, n.Data == "script" && n.Type == html.ElementNode, n.DataAtom == atom.Style:
			n.Parent.RemoveChild(n)
		case n.Type == html.TextNode:
			holdSpaces(n)
		case runBoxes[n.Data]:
			wrapRuns(n)
		}
	}
	return doc
}

// heldSpace stands for a space beside an inline element, which would be trimmed so that two words
// grow together; visible() turns it into a space again.
const heldSpace = '\ue000'

func holdSpaces(n *html.Node) {
	if strings.TrimSpace(n.Data) == "" {
		return
	}
	if prev := n.PrevSibling; prev != nil && isInline(prev) {
		if t := strings.TrimLeft(n.Data, " \t\r\n"); t != n.Data {
			n.Data = string(heldSpace) + t
		}
	}
	if next := n.NextSibling; next != nil && isInline(next) {
		if t := strings.TrimRight(n.Data, " \t\r\n"); t != n.Data {
			n.Data = t + string(heldSpace)
		}
	}
}

func isInline(n *html.Node) bool {
	return n.Type == html.ElementNode && (inlineTags[n.Data] || n.Data == "span" || n.Data == "font" || n.Data == "time")
}

// runBoxes are the elements in which text may stand bare, parted by br.
var runBoxes = words(`div article section main td span font center body`)

// wrapRuns puts each run of text and inline elements between two br into a paragraph: torn apart,
// the links and bold words of such a run would lose their places.
func wrapRuns(box *html.Node) {
	breaks, bare := 0, 0
	for c := range box.ChildNodes() {
		if c.DataAtom == atom.Br {
			breaks++
		} else if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			bare++
		}
	}
	if breaks < 2 || bare < 2 {
		return
	}
	var run []*html.Node
	for _, c := range slices.Collect(box.ChildNodes()) {
		if c.Type == html.TextNode || isInline(c) {
			run = append(run, c)
			continue
		}
		wrap(box, run)
		run = nil
		if c.DataAtom == atom.Br {
			box.RemoveChild(c)
		}
	}
	wrap(box, run)
}

func wrap(box *html.Node, run []*html.Node) {
	if !slices.ContainsFunc(run, func(n *html.Node) bool {
		return strings.TrimSpace(textOf(n)) != "" || strings.TrimSpace(n.Data) != "" && n.Type == html.TextNode
	}) {
		return
	}
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	box.InsertBefore(p, run[0])
	for _, n := range run {
		box.RemoveChild(n)
		p.AppendChild(n)
	}
}
