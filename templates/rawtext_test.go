package templates

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

var action = regexp.MustCompile(`(?s){{.*?}}`)

// spoken are the attributes that people read or hear.
var spoken = []string{"title", "alt", "placeholder", "aria-label", "aria-description", "label"}

// rawTexts are the words of a template that are not of the catalogue. The names of keys are no words.
func rawTexts(source string) (raw []string) {
	add := func(text string) {
		if text = strings.TrimSpace(text); strings.ContainsFunc(text, unicode.IsLetter) {
			raw = append(raw, text)
		}
	}
	z := html.NewTokenizer(strings.NewReader(action.ReplaceAllString(source, "")))
	key := false
	for z.Next() != html.ErrorToken {
		switch tok := z.Token(); tok.Type {
		case html.TextToken:
			if !key {
				add(tok.Data)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			key = tok.Data == "kbd"
			for _, a := range tok.Attr {
				if slices.Contains(spoken, a.Key) {
					add(a.Val)
				}
			}
		case html.EndTagToken:
			key = false
		}
	}
	return raw
}

// definesKind matches the block that names a page's class, which nobody reads.
var definesKind = regexp.MustCompile(`{{define "kind"}}.*?{{end}}`)

func TestNoRawText(t *testing.T) {
	files, err := fs.Glob(sources, "*.html")
	if err != nil || len(files) < 18 {
		t.Fatal("templates are missing", files, err)
	}
	for _, f := range files {
		source, err := sources.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range rawTexts(definesKind.ReplaceAllString(string(source), "")) {
			t.Errorf("%s: %q is not in the catalogue", f, text)
		}
	}
}

func TestRawTexts(t *testing.T) {
	for source, want := range map[string][]string{
		`<p>{{t "x"}} · {{.Name}}</p>`:            nil,
		`<p>Hello {{.Name}}</p>`:                  {"Hello"},
		`<p>{{if .A}}안녕{{end}}</p>`:               {"안녕"},
		`<a title="Go on" href="/next">→</a>`:     {"Go on"},
		`<kbd>j</kbd> or {{t "y"}}`:               {"or"},
		`<input name="email" aria-label="Mail">`:  {"Mail"},
		`{{/* a comment */}}<b class="c">1,0</b>`: nil,
	} {
		if got := rawTexts(source); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}
