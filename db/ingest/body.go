package ingest

import (
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/go-shiori/dom"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// body finds the article's text: trafilatura without its fallbacks, readability only where that
// finds nothing, then the data that scripts carry. nil comes back when none of them has an article.
func body(p *page) []block {
	for _, find := range []func(*page) []block{byTrafilatura, byReadability, byScripts} {
		if blocks := find(p); readable(blocks) {
			return blocks
		}
	}
	return nil
}

func byTrafilatura(p *page) []block {
	res, err := trafilatura.ExtractDocument(prepare(p.doc), trafilatura.Options{
		OriginalURL:     p.base,
		ExcludeComments: true,
		IncludeLinks:    true,
		HtmlDateMode:    trafilatura.Disabled, // dates are read in published()
	})
	if err != nil || res.ContentNode == nil {
		return nil
	}
	return blocksOf(res.ContentNode, p)
}

func byReadability(p *page) []block {
	res, err := readability.FromDocument(dom.Clone(p.doc, true), p.base)
	if err != nil || res.Node == nil {
		return nil
	}
	return blocksOf(res.Node, p)
}

// markup reads a body that came as a string: HTML, or text with line breaks.
func markup(s string, p *page) []block {
	if !tagRE.MatchString(s) {
		s = "<p>" + strings.ReplaceAll(html.EscapeString(html.UnescapeString(s)), "\n", "</p><p>") + "</p>"
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil
	}
	return blocksOf(doc, p)
}
