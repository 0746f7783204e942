package templates

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"broadsheet/moderation"
)

// catalogue is a file of texts: id to plural form ("other" for a text without) to text.
type catalogue map[string]map[string]string

func readCatalogue(t *testing.T, lang string) catalogue {
	t.Helper()
	data, err := locales.ReadFile("locales/active." + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	c := catalogue{}
	for id, text := range raw {
		forms := map[string]string{}
		if json.Unmarshal(text, &forms) != nil {
			var other string
			if err := json.Unmarshal(text, &other); err != nil {
				t.Fatalf("%s %s: %v", lang, id, err)
			}
			forms["other"] = other
		}
		c[id] = forms
	}
	return c
}

var placeholder = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

// placeholders are the names a text asks for, in any of its forms.
func placeholders(forms map[string]string) []string {
	names := map[string]bool{}
	for _, text := range forms {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			names[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// differences are what one catalogue lacks of the other, or says with other placeholders.
func differences(a, b catalogue) (faults []string) {
	for _, id := range slices.Sorted(maps.Keys(a)) {
		switch forms, there := b[id]; {
		case !there:
			faults = append(faults, id+" is missing")
		case forms["other"] == "":
			faults = append(faults, id+" is empty")
		case !slices.Equal(placeholders(a[id]), placeholders(forms)):
			faults = append(faults, fmt.Sprintf("%s has placeholders %v, not %v", id, placeholders(forms), placeholders(a[id])))
		}
	}
	return faults
}

func TestCataloguesAgree(t *testing.T) {
	en, ko := readCatalogue(t, "en"), readCatalogue(t, "ko")
	for _, f := range differences(en, ko) {
		t.Error("ko:", f)
	}
	for _, f := range differences(ko, en) {
		t.Error("en:", f)
	}
	for id, forms := range en {
		if forms["one"] != "" && ko[id]["one"] != "" {
			t.Errorf("ko: %s has a singular, which Korean has not", id)
		}
	}
}

func TestDifferences(t *testing.T) {
	a := catalogue{"x": {"other": "{{.N}} apples"}, "y": {"other": "pear"}, "z": {"other": "fig"}}
	b := catalogue{"x": {"other": "{{.M}}"}, "y": {"other": ""}}
	if got := differences(a, b); len(got) != 3 {
		t.Errorf("three faults, found %q", got)
	}
}

// usedIn are the ids that a template names: t and tn their own, either its family's fallback.
func usedIn(t *testing.T, name, source string) (ids []string) {
	t.Helper()
	set := map[string]*parse.Tree{}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(source, "", "", set); err != nil {
		t.Fatal(err)
	}
	for _, tr := range set {
		walk(tr.Root, func(c *parse.CommandNode) {
			fn, ok := c.Args[0].(*parse.IdentifierNode)
			if !ok || len(c.Args) < 2 {
				return
			}
			text, ok := c.Args[1].(*parse.StringNode)
			switch {
			case !ok:
			case fn.Ident == "t" || fn.Ident == "tn":
				ids = append(ids, text.Text)
			case fn.Ident == "either":
				ids = append(ids, text.Text+".other")
			}
		})
	}
	return ids
}

// walk visits every command of a template.
func walk(n parse.Node, visit func(*parse.CommandNode)) {
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, visit)
		walk(b.List, visit)
		walk(b.ElseList, visit)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				walk(c, visit)
			}
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				walk(c, visit)
			}
		}
	case *parse.CommandNode:
		visit(n)
		for _, a := range n.Args {
			walk(a, visit)
		}
	}
}

func TestTemplatesUseKnownTexts(t *testing.T) {
	en := readCatalogue(t, "en")
	files, err := fs.Glob(sources, "*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no templates", err)
	}
	total := 0
	for _, f := range files {
		source, err := sources.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range usedIn(t, f, string(source)) {
			if total++; en[id] == nil {
				t.Errorf("%s: %s is in no catalogue", f, id)
			}
		}
	}
	if total < 200 {
		t.Errorf("only %d texts found in the templates: does the search still work?", total)
	}
	if got := usedIn(t, "x", `{{if .A}}{{t "a.b"}}{{end}}{{template "y" (dict "l" (tn "c.d" 1))}}{{either "e" .F}}`); !slices.Equal(got, []string{"a.b", "c.d", "e.other"}) {
		t.Errorf("found %q", got)
	}
}

// The shape of an id, or of the beginning of one that is put together.
var idShape = regexp.MustCompile(`^([a-z]+)\.[a-z0-9_.]*$`)

// unknownIn are the strings of a Go file that are ids of the catalogue by their shape and first word,
// but are not in it. Names of files are none.
func unknownIn(file *ast.File, en catalogue) (unknown []string) {
	families := map[string]bool{}
	for id := range en {
		family, _, _ := strings.Cut(id, ".")
		families[family] = true
	}
	ast.Inspect(file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		id, err := strconv.Unquote(lit.Value)
		m := idShape.FindStringSubmatch(id)
		if err != nil || m == nil || !families[m[1]] || slices.Contains([]string{".css", ".html", ".js"}, filepath.Ext(id)) {
			return true
		}
		for known := range en {
			if known == id || strings.HasSuffix(id, ".") && strings.HasPrefix(known, id) || strings.HasPrefix(known, id+".") {
				return true
			}
		}
		unknown = append(unknown, id)
		return true
	})
	return unknown
}

// Every id that the handlers send is in the catalogue, and every action of the audit log has a name.
func TestGoUsesKnownTexts(t *testing.T) {
	en := readCatalogue(t, "en")
	files, err := filepath.Glob("../web/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files, "funcs.go", "templates.go") {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range unknownIn(file, en) {
			t.Errorf("%s: %s is in no catalogue", path, id)
		}
	}
	source, err := os.ReadFile("../db/audit.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\s*Act\w+\s*=\s*"([^"]+)"`).FindAllSubmatch(source, -1) {
		if en["action."+string(m[1])] == nil {
			t.Errorf("the action %s has no name", m[1])
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x; var a = []string{"login.wrong", "login.nothing", "error.", "desk.css"}`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := unknownIn(file, en); !slices.Equal(got, []string{"login.nothing"}) {
		t.Errorf("found %q", got)
	}
}

// Every reason of the review and every finding of its checks has words.
func TestReviewHasWords(t *testing.T) {
	en := readCatalogue(t, "en")
	for _, reason := range []string{moderation.ReasonEmpty, moderation.ReasonTooLong, moderation.ReasonTooComplex, moderation.ReasonClosed,
		moderation.ReasonBanned, moderation.ReasonRate, moderation.ReasonRepeat, moderation.ReasonWording, moderation.ReasonHistory, moderation.ReasonCheckFailed} {
		if en["comment."+reason] == nil {
			t.Errorf("the reason %s has no words", reason)
		}
	}
	seen := map[string]bool{"repeat": true, "check_failed": true}
	for _, kind := range moderation.Kinds() {
		for _, why := range kind.Whys {
			seen[why] = true
		}
	}
	for why := range seen {
		if en["finding."+why] == nil {
			t.Errorf("the finding %s has no words", why)
		}
	}
	if len(seen) < 6 {
		t.Errorf("only %v were found", seen)
	}
}
