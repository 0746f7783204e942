package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/db"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

const (
	maxImages = 100
	maxTries  = 500 // texts that begin like a paragraph and may be it
)

var (
	imgSel     = cascadia.MustCompile(`img`)
	captionSel = cascadia.MustCompile(`figcaption, [class*="caption" i]`)
	creditSel  = cascadia.MustCompile(`[class*="credit" i], [class*="copyright" i], [class*="photographer" i], [itemprop="copyrightHolder"]`)
	koCreditRE = regexp.MustCompile(`\s*\[?(?:사진|이미지|자료|그래픽)\s?(?:출처|제공)?\s?[=:]\s?([^\]\[]{2,60})\]?\s*$`)
	enCreditRE = regexp.MustCompile(`(?i)\s*\(?\b(?:photo(?:graph)?(?: credit)?(?: by|:)|image(?: credit)?:|credit:|picture:)\s*([^()]{2,80}?)\)?\s*$|\s*\(((?:AP|AFP|EPA|Reuters)[ /][^()]{0,60})\)\s*$`)
)

// images are the pictures of the part of the page that holds the body: their addresses, captions
// and credits. Nothing is fetched. Without one there, the picture of the metadata.
func images(p *page, blocks []block) (out []db.Image) {
	if region := bodyRegion(p.doc, blocks); region != nil {
		for _, img := range cascadia.QueryAll(region, imgSel) {
			if i := p.image(img, region); i.URL != "" && len(out) < maxImages {
				out = appendImage(out, i)
			}
		}
	}
	if len(out) == 0 {
		if u := p.resolve(p.first("og:image", "og:image:url", "twitter:image")); u != "" {
			out = []db.Image{{URL: u, Caption: p.first("og:image:alt")}}
		}
	}
	return out
}

func appendImage(list []db.Image, img db.Image) []db.Image {
	for i := range list {
		if list[i].URL == img.URL || img.Caption != "" && list[i].Caption == img.Caption {
			return list
		}
	}
	return append(list, img)
}

// bodyRegion is the smallest element that holds the first and the last paragraph, or the article
// element around it; nil when they are not found as they stand.
func bodyRegion(doc *html.Node, blocks []block) *html.Node {
	if len(blocks) == 0 {
		return nil
	}
	first, last := findText(doc, fold(blocks[0].text)), findText(doc, fold(blocks[len(blocks)-1].text))
	if first == nil || last == nil {
		return nil
	}
	above := slices.Collect(first.Ancestors())
	var region *html.Node
	for a := range last.Ancestors() {
		if slices.Contains(above, a) {
			region = a
			break
		}
	}
	for a := region; a != nil; a = a.Parent {
		if a.Data == "article" || attr(a, "itemprop") == "articleBody" {
			return a
		}
	}
	return region
}

// findText finds the first element whose whole text is the folded one.
func findText(doc *html.Node, folded string) *html.Node {
	tries := 0
	for d := range doc.Descendants() {
		if d.Type != html.TextNode || d.Parent == nil {
			continue
		}
		if t := fold(d.Data); t == "" || !strings.HasPrefix(folded, t) {
			continue
		}
		if tries++; tries > maxTries {
			return nil
		}
		for n := d.Parent; n != nil; n = n.Parent {
			t := fold(textOf(n))
			if t == folded {
				return n
			}
			if len(t) > len(folded) {
				break
			}
		}
		if fold(d.Data) == folded { // a line between two br
			return d
		}
	}
	return nil
}

func (p *page) image(n, region *html.Node) (img db.Image) {
	if small(attr(n, "width")) || small(attr(n, "height")) {
		return img
	}
	for _, key := range []string{"data-src", "data-original", "data-lazy-src", "src"} {
		if u := p.resolve(attr(n, key)); u != "" && img.URL == "" {
			img.URL = u
		}
	}
	if set := strings.Fields(attr(n, "srcset")); img.URL == "" && len(set) > 0 {
		img.URL = p.resolve(strings.TrimSuffix(set[0], ","))
	}
	img.Caption = squeeze(attr(n, "alt"))
	box := n.Parent
	for a := n.Parent; a != nil && a != region; a = a.Parent {
		if box = a; a.Data == "figure" {
			break
		}
		if cascadia.Query(a, captionSel) != nil {
			break
		}
	}
	if box == nil || box == region || len(cascadia.QueryAll(box, imgSel)) > 3 {
		return img
	}
	if c := cascadia.Query(box, captionSel); c != nil {
		if t := squeeze(textOf(c)); t != "" {
			img.Caption = t
		}
	}
	if c := cascadia.Query(box, creditSel); c != nil {
		img.Credit = squeeze(textOf(c))
	}
	return splitCredit(img)
}

// splitCredit takes the credit off the end of the caption.
func splitCredit(img db.Image) db.Image {
	if img.Credit != "" {
		if rest, ok := strings.CutSuffix(img.Caption, img.Credit); ok && strings.TrimSpace(rest) != "" {
			img.Caption = strings.TrimSpace(rest)
		}
		return img
	}
	for _, re := range []*regexp.Regexp{koCreditRE, enCreditRE} {
		if m := re.FindStringSubmatch(img.Caption); m != nil && len(m[0]) < len(img.Caption) {
			img.Credit = strings.TrimSpace(strings.Join(m[1:], ""))
			img.Caption = strings.TrimSpace(img.Caption[:len(img.Caption)-len(m[0])])
			return img
		}
	}
	return img
}

// small: icons and counting pixels.
func small(size string) bool {
	n, err := strconv.Atoi(strings.TrimSuffix(size, "px"))
	return err == nil && n < 60
}
