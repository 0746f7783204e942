package db

import (
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"broadsheet/db/engine"
)

// constants evaluates the string constants of a package's files from their syntax, and tells which
// of them are statements.
type constants struct {
	exprs map[string]ast.Expr
	sql   map[string]bool
	loose []string // literals that look like statements but stand outside a constant
}

var verb = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE|PRAGMA|CREATE|DROP|ALTER)\s`)

func readConstants(t *testing.T, files map[string]any) constants {
	t.Helper()
	c := constants{exprs: map[string]ast.Expr{}, sql: map[string]bool{}}
	set := token.NewFileSet()
	for name, src := range files {
		f, err := parser.ParseFile(set, name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		inConst := map[ast.Node]bool{}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			ast.Inspect(g, func(n ast.Node) bool { inConst[n] = true; return true })
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				for i, n := range v.Names {
					if i < len(v.Values) {
						c.exprs[n.Name] = v.Values[i]
						sel, ok := v.Type.(*ast.SelectorExpr)
						c.sql[n.Name] = ok && sel.Sel.Name == "SQL"
					}
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if n.Kind == token.STRING && !inConst[n] {
					if text, err := strconv.Unquote(n.Value); err == nil && verb.MatchString(text) {
						c.loose = append(c.loose, set.Position(n.Pos()).String())
					}
				}
			case *ast.CallExpr: // engine.SQL(x): a conversion of something that is no constant
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "SQL" {
					c.loose = append(c.loose, set.Position(n.Pos()).String())
				}
			}
			return true
		})
	}
	return c
}

func (c constants) eval(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr:
		return c.eval(e.X) + c.eval(e.Y)
	case *ast.Ident:
		return c.eval(c.exprs[e.Name])
	}
	return ""
}

func sources(t *testing.T) map[string]any {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]any{}
	for _, n := range names {
		if !strings.HasSuffix(n, "_test.go") {
			files[n] = nil // parsed from disk
		}
	}
	return files
}

// TestStatements holds every statement to the rules of the engine, and prepares it against the schema.
func TestStatements(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	open(t, path)
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	c := readConstants(t, sources(t))
	for _, at := range c.loose {
		t.Errorf("%s: a statement outside a constant of type engine.SQL", at)
	}
	n := 0
	for name, is := range c.sql {
		if !is {
			continue
		}
		n++
		text := c.eval(c.exprs[name])
		if err := engine.Lint(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		stmt, err := raw.Prepare(text)
		if err != nil {
			t.Errorf("%s does not prepare: %v", name, err)
			continue
		}
		stmt.Close()
	}
	if n < 60 {
		t.Errorf("only %d statements were found: the walk has lost some", n)
	}
}

func TestMigrationsKeepTheRules(t *testing.T) {
	names, err := fs.Glob(os.DirFS("migrations"), "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal("no migrations:", err)
	}
	for _, n := range names {
		b, err := os.ReadFile("migrations/" + n)
		if err != nil {
			t.Fatal(err)
		}
		if err := engine.Lint(string(b)); err != nil {
			t.Errorf("%s: %v", n, err)
		}
	}
}

// TestWalkFindsBreaches proves that the walk above can fail.
func TestWalkFindsBreaches(t *testing.T) {
	c := readConstants(t, map[string]any{"x.go": `package x
const good engine.SQL = "SELECT 1"
const part = "SELECT " 
const bad engine.SQL = part + "CURRENT_TIMESTAMP"
func f(s string) { g("DELETE FROM comment"); h(engine.SQL(s)) }`})
	if len(c.loose) != 2 {
		t.Errorf("loose = %v, want the literal and the conversion", c.loose)
	}
	if !c.sql["bad"] || engine.Lint(c.eval(c.exprs["bad"])) == nil {
		t.Error("a statement with CURRENT_TIMESTAMP passes")
	}
}
