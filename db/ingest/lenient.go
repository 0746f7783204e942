package ingest

import (
	"encoding/json"
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxNesting bounds the depth of JSON that is read; deeper values are left out.
const maxNesting = 200

// readJSON reads the values of a script, first by the book, then as browsers' console users write
// them: comments, CDATA and HTML entities around it, raw control characters and unescaped quotes
// in strings, single quotes, bare keys, missing and trailing commas, several values, a cut-off end.
// nil comes back when there is none.
func readJSON(s string) []any {
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return []any{v}
	}
	if !strings.Contains(s, `"`) && strings.Contains(s, "&quot;") {
		s = html.UnescapeString(s)
	}
	p := &lenient{s: jsonFrame.ReplaceAllString(s, " ")}
	var values []any
	for p.skip(); p.i < len(p.s); p.skip() {
		switch p.s[p.i] {
		case '{', '[':
			values = append(values, p.value(0))
		default:
			p.i++
		}
	}
	return values
}

var jsonFrame = regexp.MustCompile(`(?:/[/*]\s*)?(?:<!\[CDATA\[|\]\]>|<!--|-->)(?:\s*\*/)?`)

// lenient is a JSON reader that always gets to the end of its text and never fails.
type lenient struct {
	s string
	i int
}

// skip passes white space, comments and stray separators.
func (p *lenient) skip() {
	for p.i < len(p.s) {
		switch c := p.s[p.i]; {
		case c <= ' ' || c == ',' || c == ';':
			p.i++
		case strings.HasPrefix(p.s[p.i:], "//"):
			p.until("\n")
		case strings.HasPrefix(p.s[p.i:], "/*"):
			p.until("*/")
		default:
			return
		}
	}
}

func (p *lenient) until(end string) {
	if n := strings.Index(p.s[p.i:], end); n >= 0 {
		p.i += n + len(end)
	} else {
		p.i = len(p.s)
	}
}

func (p *lenient) value(depth int) any {
	if p.skip(); p.i >= len(p.s) {
		return nil
	}
	switch c := p.s[p.i]; {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"' || c == '\'':
		return p.str(c)
	}
	return p.word()
}

func (p *lenient) object(depth int) any {
	m := map[string]any{}
	p.i++
	for p.skip(); p.i < len(p.s) && p.s[p.i] != '}'; p.skip() {
		start := p.i
		var key string
		if c := p.s[p.i]; c == '"' || c == '\'' {
			key = p.str(c)
		} else if w, ok := p.word().(string); ok {
			key = w
		}
		p.skip()
		if p.i < len(p.s) && p.s[p.i] == ':' {
			p.i++
			if v := p.value(depth + 1); depth < maxNesting {
				if _, twice := m[key]; !twice {
					m[key] = v
				}
			}
		}
		if p.i == start { // nothing that can be read: a stray bracket
			p.i++
		}
	}
	p.i++
	return m
}

func (p *lenient) array(depth int) any {
	list := []any{}
	p.i++
	for p.skip(); p.i < len(p.s) && p.s[p.i] != ']'; p.skip() {
		start := p.i
		if v := p.value(depth + 1); depth < maxNesting {
			list = append(list, v)
		}
		if p.i == start {
			p.i++
		}
	}
	p.i++
	return list
}

// word reads a number, a literal, or a bare key.
func (p *lenient) word() any {
	start := p.i
	for p.i < len(p.s) && !strings.ContainsRune(" \t\r\n,:;{}[]\"'", rune(p.s[p.i])) {
		p.i++
	}
	switch w := p.s[start:p.i]; w {
	case "true":
		return true
	case "false":
		return false
	case "null", "undefined", "NaN", "":
		return nil
	default:
		if f, err := strconv.ParseFloat(w, 64); err == nil {
			return f
		}
		return w
	}
}

// str reads a string. A quote ends it only where a value may end; any other stands for itself.
func (p *lenient) str(quote byte) string {
	var b strings.Builder
	for p.i++; p.i < len(p.s); p.i++ {
		switch c := p.s[p.i]; {
		case c == quote && p.ends():
			p.i++
			return b.String()
		case c == '\\' && p.i+1 < len(p.s):
			p.i++
			p.escape(&b)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

var valueEnd = regexp.MustCompile(`^\s*(?:[:}\]]|$|,\s*(?:["'{\[}\]\-\d]|(?:true|false|null)\b|[A-Za-z_$][\w$]*\s*:|/[/*]))`)

func (p *lenient) ends() bool {
	return valueEnd.MatchString(p.s[p.i+1 : min(len(p.s), p.i+200)])
}

func (p *lenient) escape(b *strings.Builder) {
	switch c := p.s[p.i]; c {
	case 'n', 'r', 't', 'b', 'f':
		b.WriteByte(map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': ' ', 'f': ' '}[c])
	case 'u':
		r := p.hex()
		if utf16.IsSurrogate(r) && strings.HasPrefix(p.s[p.i+1:], `\u`) {
			p.i += 2
			r = utf16.DecodeRune(r, p.hex())
		}
		b.WriteRune(r)
	default:
		b.WriteByte(c)
	}
}

// hex reads the four digits behind the u at p.i.
func (p *lenient) hex() rune {
	if p.i+4 < len(p.s) {
		if n, err := strconv.ParseUint(p.s[p.i+1:p.i+5], 16, 32); err == nil {
			p.i += 4
			return rune(n)
		}
	}
	return utf8.RuneError
}
