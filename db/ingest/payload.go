package ingest

import (
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
)

var (
	scriptSel = cascadia.MustCompile(`script`)
	nextPush  = regexp.MustCompile(`self\.__next_f\.push\(`)
	stateVar  = regexp.MustCompile(`(?:window\.)?(?:__[A-Z_]+__|__[a-zA-Z]+|Fusion\.globalContent)\s*=\s*([{\[])`)
	flightRow = regexp.MustCompile(`(?m)^[0-9a-f]+:`)
)

// byScripts looks for the body in what scripts carry: JSON-LD articleBody, __NEXT_DATA__ and other
// JSON scripts, the rows of self.__next_f, state assigned to a window variable.
func byScripts(p *page) []block {
	if blocks := markup(text(field(p.node, "articleBody", "text")), p); readable(blocks) {
		return blocks
	}
	f := &payload{page: p}
	var flight strings.Builder
	for _, s := range cascadia.QueryAll(p.doc, scriptSel) {
		src := textOf(s)
		switch kind := strings.ToLower(attr(s, "type")); {
		case strings.Contains(kind, "ld+json"):
		case strings.Contains(kind, "json") || attr(s, "id") == "__NEXT_DATA__":
			f.search(readJSON(src))
		case nextPush.MatchString(src):
			flight.WriteString(flightText(src))
		default:
			for _, loc := range stateVar.FindAllStringSubmatchIndex(src, 4) {
				if value, ok := firstValue(src[loc[2]:]); ok {
					f.search(readJSON(value))
				}
			}
		}
	}
	for _, row := range flightRow.Split(flight.String(), -1) {
		if i := strings.IndexAny(row, "{["); i >= 0 && i < 4 {
			f.search(readJSON(row[i:]))
		} else if m := flightTextRow.FindStringSubmatch(row); m != nil {
			f.offer(markup(m[1], p)) // T<length in hex>,<text>
		}
	}
	return f.best
}

var flightTextRow = regexp.MustCompile(`(?s)^T[0-9a-f]+,(.*)`)

// flightText joins the strings of self.__next_f.push([1,"…"]).
func flightText(src string) string {
	var b strings.Builder
	for _, loc := range nextPush.FindAllStringIndex(src, -1) {
		value, ok := firstValue(src[loc[1]:])
		if !ok { // cut off: so is all that follows
			break
		}
		for _, v := range readJSON(value) {
			if list, ok := v.([]any); ok && len(list) > 1 {
				if s, ok := list[1].(string); ok {
					b.WriteString(s)
				}
			}
		}
	}
	return b.String()
}

// firstValue cuts the first JSON value off the code that follows it; false when it never closes.
func firstValue(s string) (string, bool) {
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return s[:i+1], true
			}
		}
	}
	return "", false
}

// payload searches JSON values for the longest body.
type payload struct {
	page *page
	best []block
	size int
}

// bodyKeys are the names under which sites keep the text of an article.
var bodyKeys = words(`articlebody body bodyhtml body_html bodytext body_text content contenthtml content_html contents contentelements
	content_elements html text story storybody story_body fulltext paragraphs blocks components markdown description articlecontent article_content newscontent`)

func (f *payload) search(values []any) {
	for _, v := range values {
		f.walk("", v, 0)
	}
}

func (f *payload) walk(key string, v any, depth int) {
	if depth > maxNesting {
		return
	}
	switch v := v.(type) {
	case string:
		if bodyKeys[strings.ToLower(key)] && len(v) > 200 {
			f.offer(markup(v, f.page))
		}
	case []any:
		if bodyKeys[strings.ToLower(key)] || key == "" {
			f.offer(f.parts(v))
		}
		for _, e := range v {
			f.walk(key, e, depth+1)
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			f.walk(k, v[k], depth+1)
		}
	}
}

// parts reads a list of paragraphs: strings, or objects with a text of their own.
func (f *payload) parts(list []any) (blocks []block) {
	for _, e := range list {
		s, ok := e.(string)
		if m, isMap := e.(map[string]any); isMap {
			if kind := strings.ToLower(text(m["type"])); kind != "" && !strings.Contains("text paragraph p html raw_html header heading h2 h3 list blockquote quote", kind) {
				continue
			}
			for _, k := range []string{"content", "text", "html", "value", "body", "paragraph"} {
				if s, ok = m[k].(string); ok {
					break
				}
			}
		}
		if ok && s != "" {
			blocks = append(blocks, markup(s, f.page)...)
		}
	}
	return blocks
}

func (f *payload) offer(blocks []block) {
	size := 0
	for _, b := range blocks {
		if sentenceIn.MatchString(b.text) {
			size += len(b.text)
		}
	}
	if size > f.size && readable(blocks) {
		f.best, f.size = blocks, size
	}
}
