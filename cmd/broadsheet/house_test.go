package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rules of the house: which way imports point, and who may ask the clock or keep state.

// house is the module's root, seen from this package.
const house = "../.."

// layer says what the packages of a folder may import beside the standard library.
type layer struct {
	own     []string // of this module
	outside []string // prefixes of other modules' packages
	never   []string // of the standard library, with what lies below
}

var pure = []string{"os", "net", "database/sql", "context", "syscall"}

// layers are the import rules of the design, by folder.
var layers = map[string]layer{
	"moderation":                     {outside: []string{"golang.org/x/text/", "github.com/clipperhouse/uax29/"}, never: pure},
	"moderation/standards":           {own: []string{"moderation"}, never: pure},
	"moderation/classifier/exact":    {never: pure},
	"moderation/classifier":          {own: []string{"moderation/classifier/exact"}, outside: []string{"golang.org/x/text/"}, never: pure},
	"moderation/newsroom":            {own: []string{"moderation", "moderation/classifier", "moderation/classifier/exact"}, never: pure},
	"moderation/classifier/training": {own: []string{"moderation/classifier", "moderation/classifier/exact"}, outside: []string{"golang.org/x/text/"}, never: pure},
	"templates":                      {own: []string{"moderation"}, outside: []string{"github.com/nicksnyder/go-i18n/", "golang.org/x/text/"}, never: pure},
	"db/engine":                      {outside: []string{"modernc.org/sqlite"}, never: []string{"net"}},
	"db":                             {own: []string{"db/engine", "moderation"}, never: []string{"net", "database/sql"}},
	"db/ingest": {own: []string{"db"}, never: []string{"database/sql"}, outside: []string{ // net/http only to sniff types
		"golang.org/x/text/", "golang.org/x/net/", "github.com/markusmobius/go-trafilatura", "codeberg.org/readeck/go-readability/",
		"github.com/microcosm-cc/bluemonday", "github.com/wlynxg/chardet", "github.com/go-shiori/dom", "github.com/andybalholm/cascadia"}},
	"web/identity":   {outside: []string{"golang.org/x/crypto/"}, never: []string{"net/http", "database/sql"}},
	"web":            {own: []string{"db", "db/ingest", "moderation", "moderation/classifier", "moderation/newsroom", "moderation/standards", "templates", "web/identity"}, outside: []string{"github.com/gorilla/sessions", "github.com/wneessen/go-mail", "golang.org/x/text/"}, never: []string{"database/sql"}},
	"cmd/broadsheet": {own: []string{"db", "db/ingest", "moderation", "moderation/classifier", "moderation/classifier/training", "moderation/newsroom", "moderation/standards", "templates", "web", "web/identity"}, outside: []string{"github.com/alecthomas/kong", "github.com/schollz/progressbar/"}, never: []string{"database/sql"}},
}

// allows says whether a package of the layer may import p.
func (l layer) allows(p string) bool {
	if own, ok := strings.CutPrefix(p, "broadsheet/"); ok {
		return slices.Contains(l.own, own)
	}
	under := func(list []string) bool {
		return slices.ContainsFunc(list, func(n string) bool {
			return p == n || strings.HasPrefix(p, strings.TrimSuffix(n, "/")+"/")
		})
	}
	if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") {
		return under(l.outside)
	}
	return p == "net/url" || !under(l.never) // net/url reads addresses, it opens nothing
}

// sourceFile is one file of the house that is no test.
type sourceFile struct {
	path, dir string
	ast       *ast.File
	set       *token.FileSet
}

func sourceFiles(t *testing.T, root string) []sourceFile {
	t.Helper()
	var out []sourceFile
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && p != root {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, p, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		out = append(out, sourceFile{filepath.ToSlash(rel), path.Dir(filepath.ToSlash(rel)), f, set})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// breaches lists where the files break the rules of the house.
func breaches(files []sourceFile) []string {
	var out []string
	for _, f := range files {
		l, ok := layers[f.dir]
		if !ok {
			out = append(out, fmt.Sprintf("%s: package %s has no import rule: the design does not know it", f.path, f.dir))
			continue
		}
		for _, i := range f.ast.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil || !l.allows(p) {
				out = append(out, fmt.Sprintf("%s: %s may not import %s", f.path, f.dir, i.Path.Value))
			}
		}
		if !slices.Contains([]string{"cmd/broadsheet", "web", "db/engine"}, f.dir) {
			out = append(out, clocks(f)...)
		}
		out = append(out, variables(f)...)
	}
	return out
}

// clocks lists where a file asks for the time.
func clocks(f sourceFile) (out []string) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Tick", "NewTimer", "NewTicker"}, sel.Sel.Name) {
			out = append(out, fmt.Sprintf("%s: time.%s: the clock is a value here", f.set.Position(n.Pos()), sel.Sel.Name))
		}
		return true
	})
	return out
}

// variables lists where a file writes to a package variable of its own: state, not a table. A local
// variable of the same name hides it, so such a name is refused as well: it would mislead a reader.
func variables(f sourceFile) (out []string) {
	vars := map[string]bool{}
	for _, d := range f.ast.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
			for _, s := range g.Specs {
				for _, n := range s.(*ast.ValueSpec).Names {
					vars[n.Name] = n.Name != "_"
				}
			}
		}
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		var targets []ast.Expr
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				targets = n.Lhs
			}
		case *ast.IncDecStmt:
			targets = []ast.Expr{n.X}
		}
		for _, e := range targets {
			if ix, ok := e.(*ast.IndexExpr); ok {
				e = ix.X
			}
			if id, ok := e.(*ast.Ident); ok && vars[id.Name] {
				out = append(out, fmt.Sprintf("%s: writes to the package variable %s", f.set.Position(e.Pos()), id.Name))
			}
		}
		return true
	})
	return out
}

func TestHouseRules(t *testing.T) {
	files := sourceFiles(t, house)
	seen := map[string]bool{}
	for _, f := range files {
		seen[f.dir] = true
	}
	for dir := range layers {
		if !seen[dir] {
			t.Errorf("no files in %s: the walk has lost them", dir)
		}
	}
	for _, b := range breaches(files) {
		t.Error(b)
	}
}

// TestTopLevel keeps the folders at the top the owner's.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(house)
	if err != nil {
		t.Fatal(err)
	}
	allowed := []string{"cmd", "db", "web", "moderation", "templates", "go.mod", "go.sum", "README.md", "Makefile", "LICENSE"}
	for _, e := range entries {
		if n := e.Name(); !strings.HasPrefix(n, ".") && !slices.Contains(allowed, n) {
			t.Errorf("%s stands at the top level", n)
		}
	}
}

// TestBreachesAreFound proves that the rules above can fail.
func TestBreachesAreFound(t *testing.T) {
	for name, tc := range map[string]struct{ dir, src string }{
		"moderation reads files":     {"moderation", "package x\nimport _ \"os\""},
		"moderation asks the web":    {"moderation", "package x\nimport _ \"net/http\""},
		"db climbs back":             {"db", "package x\nimport _ \"broadsheet/web\""},
		"web speaks SQL":             {"web", "package x\nimport _ \"broadsheet/db/engine\""},
		"a library that is not ours": {"db", "package x\nimport _ \"github.com/x/y\""},
		"a folder nobody planned":    {"db/extra", "package x"},
		"db asks the clock":          {"db", "package x\nimport \"time\"\nvar _ = time.Now()"},
		"state":                      {"web", "package x\nvar n int\nfunc f() { n++ }"},
		"state in a table":           {"web", "package x\nvar m = map[string]int{}\nfunc f() { m[\"a\"] = 1 }"},
	} {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, "x.go", tc.src, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := breaches([]sourceFile{{"x.go", tc.dir, f, set}}); len(got) != 1 {
			t.Errorf("%s: %v", name, got)
		}
	}
}
