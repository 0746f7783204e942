package templates

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// load parses the real pages with plain asset names.
func load(t testing.TB) *Pages {
	t.Helper()
	pages, err := Load(seoul, func(name string) string { return "/static/" + name })
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// rendering is one page with one kind of data.
type rendering struct {
	name string
	to   func(w io.Writer, lang string) error
}

// both are the renderings of a page: full and empty, signed out and as an admin.
func both[T any](name string, p *Page[T]) []rendering {
	var empty T
	return []rendering{
		{name + " full", func(w io.Writer, lang string) error {
			f := full[Frame]()
			f.Lang, f.Viewer.Role = lang, "admin"
			return p.Render(w, f, full[T]())
		}},
		{name + " empty", func(w io.Writer, lang string) error { return p.Render(w, Frame{Lang: lang}, empty) }},
	}
}

func renderings(p *Pages) (all []rendering) {
	for _, r := range [][]rendering{
		both("home", p.Home), both("listing", p.Listing), both("article", p.Article), both("comment", p.Comment),
		both("standards", p.Standards), both("login", p.Login), both("signup", p.Signup), both("setup", p.Setup),
		both("account", p.Account), both("reports", p.Reports), both("notice", p.Notice), both("notice_case", p.NoticeCase),
		both("desk", p.Desk), both("desk_comment", p.DeskComment), both("log", p.Log), both("desk_keys", p.DeskKeys),
		both("admin_import", p.AdminImport), both("admin_job", p.AdminJob), both("admin_articles", p.AdminArticles),
		both("messages", p.Messages), both("button", p.Button), both("outbox", p.Outbox), both("outbox_mail", p.OutboxMail), both("user", p.User),
		both("admin_users", p.AdminUsers), both("control", p.Control), both("settings", p.Settings), both("desk_settings", p.DeskSettings),
		both("stats", p.Stats), both("transparency", p.Transparency), both("second", p.Second), both("error", p.Error),
	} {
		all = append(all, r...)
	}
	return append(all,
		rendering{"mail full", func(w io.Writer, lang string) error { return p.Mail.Render(w, lang, full[Mail]()) }},
		rendering{"mail empty", func(w io.Writer, lang string) error { return p.Mail.Render(w, lang, Mail{}) }},
		rendering{"discussion full", func(w io.Writer, lang string) error {
			return p.Discussion.Render(w, lang, full[Discussion]())
		}},
		rendering{"discussion closed", func(w io.Writer, lang string) error {
			d := full[Discussion]()
			d.Open = false
			return p.Discussion.Render(w, lang, d)
		}},
		rendering{"discussion empty", func(w io.Writer, lang string) error {
			return p.Discussion.Render(w, lang, Discussion{})
		}},
	)
}

// Every page is executed in both languages, full of hostile text and empty: no error, no markup that
// is not the page's own, no script and no style in the page, no id twice.
func TestEveryPage(t *testing.T) {
	pages := load(t)
	for _, lang := range Languages() {
		for _, r := range renderings(pages) {
			t.Run(lang+" "+r.name, func(t *testing.T) {
				var b bytes.Buffer
				if err := r.to(&b, lang); err != nil {
					t.Fatal(err)
				}
				text := b.String()
				for _, bad := range []string{"<script>", "ZgotmplZ", "<no value>", "%!", "style="} {
					if strings.Contains(text, bad) {
						t.Errorf("page holds %q", bad)
					}
				}
				inspect(t, text)
			})
		}
	}
}

// void are the elements without an end.
var void = []string{"meta", "link", "input", "br", "hr", "img"}

// inspect reads a page as a browser does: every element is closed where it must be, no form stands in
// a form, no attribute is a handler, no id stands twice.
func inspect(t *testing.T, page string) {
	t.Helper()
	ids := map[string]bool{}
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		if tok.Type == html.EndTagToken {
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes %v", tok.Data, open)
			}
			open = open[:len(open)-1]
		}
		if tok.Type != html.StartTagToken {
			continue
		}
		if tok.Data == "form" && slices.Contains(open, "form") {
			t.Error("a form stands in a form")
		}
		if !slices.Contains(void, tok.Data) {
			open = append(open, tok.Data)
		}
		for _, a := range tok.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s> has a handler %s", tok.Data, a.Key)
			case a.Key != "id", strings.Contains(a.Val, "1234"), strings.Contains(a.Val, hostile): // the sample repeats its numbers and names
			case ids[a.Val]:
				t.Errorf("id %q stands twice", a.Val)
			default:
				ids[a.Val] = true
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
}
