package ingest

import (
	"regexp"
	"strings"
	"time"
)

// fields are the keys of a front matter in lower case, each with its values.
type fields map[string][]string

// first is the first value under any of the keys, "" when there is none.
func (f fields) first(keys ...string) string {
	for _, k := range keys {
		if len(f[k]) > 0 {
			return f[k][0]
		}
	}
	return ""
}

// all are the values under any of the keys; "a, b" in one value is two.
func (f fields) all(keys ...string) (values []string) {
	for _, k := range keys {
		for _, v := range f[k] {
			for part := range strings.SplitSeq(v, ",") {
				if part = strings.TrimSpace(part); part != "" {
					values = append(values, part)
				}
			}
		}
	}
	return values
}

var (
	yamlKey  = regexp.MustCompile(`^([A-Za-z][\w\- ]{0,30}?)\s*:(?:\s+(.*)|$)`)
	flatKey  = regexp.MustCompile(`(?:^|\s)(title|date|published|updated|modified|authors?|byline|section|category|tags|keywords|url|link|lang(?:uage)?|description|subtitle|deck|id):\s`)
	flatDash = regexp.MustCompile(`\s---\s`)
)

// maxFront bounds a front matter in bytes: what is longer is text that begins with a rule.
const maxFront = 64 << 10

// frontMatter splits a text into its front matter and the rest. flat tells of the form in which
// all line breaks were lost: "--- title: T date: D --- T Published: …". Without a front matter,
// or with one that never closes, rest is the whole text.
func frontMatter(text string) (f fields, rest string, flat bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "---") {
		return nil, text, false
	}
	first, after, _ := strings.Cut(text, "\n")
	if strings.TrimSpace(first) == "---" {
		head, rest, ok := cutAtFence(after)
		if !ok || len(head) > maxFront {
			return nil, text, false
		}
		return parseFields(head), rest, false
	}
	if !strings.HasPrefix(text, "--- ") {
		return nil, text, false
	}
	if f, rest := flatFront(text); f != nil {
		return f, rest, true
	}
	return nil, text, false
}

// flatFront closes the front matter of one line at the dash behind which its title stands again
// (of several titles, the longest); else at the last one that a date stands in front of; else at
// the first. A title may hold such a dash itself.
func flatFront(text string) (f fields, rest string) {
	const dated, repeated = 1, 2 // above them, the longer title wins
	best := -1
	for _, loc := range flatDash.FindAllStringIndex(text[3:min(len(text), 4<<10)], 16) {
		behind := strings.TrimSpace(text[3+loc[1]:])
		g := flatFields(text[3:3+loc[0]], behind)
		if g == nil {
			continue
		}
		score, title := 0, g.first("title")
		if title != "" && strings.HasPrefix(behind, title) {
			score = repeated + len(title)
		} else if onlyDates(g.first("date"), time.UTC) {
			score = dated
		}
		if score > best || score == dated && best == dated {
			best, f, rest = score, g, behind
		}
	}
	return f, rest
}

// cutAtFence finds the line "---" or "..." that closes the front matter.
func cutAtFence(s string) (head, rest string, ok bool) {
	at := 0
	for line := range strings.SplitAfterSeq(s, "\n") {
		if t := strings.TrimSpace(line); t == "---" || t == "..." {
			return s[:at], s[at+len(line):], true
		}
		at += len(line)
	}
	return "", s, false
}

// parseFields reads the YAML that page captures use: "key: value", quoted values, "[a, b]" and
// "- a" lists, values folded over indented lines.
func parseFields(head string) fields {
	f := fields{}
	key := ""
	for line := range strings.SplitSeq(head, "\n") {
		trimmed := strings.TrimSpace(line)
		indented := line != strings.TrimLeft(line, " \t")
		item, isItem := strings.CutPrefix(trimmed, "- ")
		m := yamlKey.FindStringSubmatch(trimmed)
		switch {
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case isItem && key != "":
			f[key] = append(f[key], unquote(item))
		case m != nil && !indented:
			key = strings.ToLower(m[1])
			if v := strings.TrimSpace(m[2]); v != "" && v != ">" && v != "|" && v != ">-" && v != "|-" {
				f[key] = append(f[key], listOrValue(v)...)
			}
		case key != "" && len(f[key]) > 0:
			f[key][len(f[key])-1] += " " + trimmed
		case key != "":
			f[key] = []string{trimmed}
		}
	}
	return f
}

func listOrValue(v string) []string {
	inner, ok := strings.CutPrefix(v, "[")
	if !ok || !strings.HasSuffix(inner, "]") {
		return []string{unquote(v)}
	}
	var list []string
	for part := range strings.SplitSeq(strings.TrimSuffix(inner, "]"), ",") {
		list = append(list, unquote(strings.TrimSpace(part)))
	}
	return list
}

func unquote(v string) string {
	v = strings.TrimSpace(v)
	if len(v) < 2 || v[0] != v[len(v)-1] {
		return v
	}
	switch v[0] {
	case '"':
		return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, " ").Replace(v[1 : len(v)-1])
	case '\'':
		return strings.ReplaceAll(v[1:len(v)-1], "''", "'")
	}
	return v
}

// flatFields reads "title: T date: D" on one line. A title may hold such a key itself, so the
// longest title is taken that the text behind the front matter repeats.
func flatFields(head, rest string) fields {
	keys := flatKey.FindAllStringSubmatchIndex(head, -1)
	if len(keys) == 0 || strings.TrimSpace(head[:keys[0][0]]) != "" {
		return nil
	}
	f := fields{}
	for i := 0; i < len(keys); {
		next := i + 1
		if head[keys[i][2]:keys[i][3]] == "title" {
			for j := len(keys); j > next; j-- {
				if strings.HasPrefix(rest, unquote(head[keys[i][1]:keyStart(keys, j, head)])) {
					next = j
					break
				}
			}
		}
		name := head[keys[i][2]:keys[i][3]]
		f[name] = append(f[name], unquote(head[keys[i][1]:keyStart(keys, next, head)]))
		i = next
	}
	return f
}

func keyStart(keys [][]int, i int, head string) int {
	if i < len(keys) {
		return keys[i][0]
	}
	return len(head)
}
