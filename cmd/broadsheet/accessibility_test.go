package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The pages are read by axe-core and by HTML_CodeSniffer, and the two that matter most by Lighthouse. make test
// installs them with npm beside their list.
const accessibilityTools = "testdata/accessibility/node_modules"

// rules runs both over the page and returns what they find, a line each: the rule, and the element.
// A finding of HTML_CodeSniffer counts when it is an error; its warnings and notices ask a person to look.
const rules = `(async () => {
	const found = [];
	const axed = await axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
	for (const v of axed.violations) for (const n of v.nodes) found.push("axe " + v.id + ": " + n.html.slice(0, 160) + " | " + (n.any[0] ?? n.all[0] ?? n.none[0])?.message);
	await new Promise((done, failed) => HTMLCS.process("WCAG2AA", document, done, failed));
	for (const m of HTMLCS.getMessages()) if (m.type === HTMLCS.ERROR) found.push("HTMLCS " + m.code + ": " + (m.element.outerHTML ?? m.element.nodeName).slice(0, 160) + " | " + m.msg);
	return found;
})()`

// TestAccessibility is bar 7 of the desk: no finding at level AA on any page that can be reached by links, for a
// visitor, a reader and an admin, in both languages, light and dark.
func TestAccessibility(t *testing.T) {
	tools := accessibilityScripts(t)
	s := serveDemo(t)
	b := browser(t)
	for _, who := range []struct {
		name  string
		start []string
	}{
		{"", []string{"/login", "/signup", "/standards", "/nowhere"}},
		{"kim", []string{"/", "/account", "/search?q=harbour", "/nowhere"}},
		{"editor", []string{"/desk", "/desk?queue=decided", "/admin/settings", "/account"}},
	} {
		for _, lang := range []string{"en", "ko"} {
			t.Run(strings.TrimSpace(who.name+" "+lang), func(t *testing.T) {
				p := stranger(t, b, s.url, lang, true)
				if who.name != "" {
					p.login(who.name)
				}
				seen := map[string]string{}
				for todo := who.start; len(todo) > 0; todo = todo[1:] {
					if seen[kindOfPage(todo[0])] != "" {
						continue
					}
					seen[kindOfPage(todo[0])] = todo[0]
					p.open(todo[0])
					p.wait("true")
					p.audit(tools, todo[0])
					todo = append(todo, p.links()...)
				}
				t.Logf("%d kinds of pages: %s", len(seen), strings.Join(slices.Sorted(maps.Values(seen)), " "))
			})
		}
	}
}

// accessibilityScripts are the sources of both tools, to be run in a page.
func accessibilityScripts(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, name := range []string{"axe-core/axe.min.js", "html_codesniffer/build/HTMLCS.js"} {
		source, err := os.ReadFile(filepath.Join(accessibilityTools, name))
		if err != nil {
			t.Fatal("make test installs the tools (npm ci in testdata/accessibility): ", err)
		}
		all.Write(source)
		all.WriteString("\n;")
	}
	// As a module of the page it would look for a loader; it is a plain script here.
	return `(() => { ` + all.String() + ` window.HTMLCS ??= HTMLCS; })(); true`
}

// serveDemo serves the sample newspaper with the accounts kim, who reads, and editor, who may do everything.
func serveDemo(t *testing.T) *server {
	t.Helper()
	dir := t.TempDir()
	s := serve(t, "demo", "--dir", dir, "--addr", "127.0.0.1:0")
	for name, role := range map[string]string{"kim": "reader", "desk": "moderator", "editor": "admin"} {
		makeAccount(t, filepath.Join(dir, "archive.db"), name, role)
	}
	return s
}

func (p *tab) login(name string) {
	p.t.Helper()
	p.open("/login")
	p.must(chromedp.Do(p.ctx, chromedp.SendKeys(`input[name=email]`, name+"@example.com"), chromedp.SendKeys(`input[name=password]`, accountPassword),
		chromedp.KeyEvent("\r")))
	p.wait(`location.pathname === "/"`)
}

// audit reports what the tools find on the page that is open: in light on a wide window, in dark on a narrow one.
func (p *tab) audit(tools, path string) {
	p.t.Helper()
	for scheme, width := range map[string]int64{"light": 1280, "dark": 390} {
		p.must(chromedp.Do(p.ctx, chromedp.EmulateViewport(width, 900)))
		_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		p.must(err)
		_, err = chromedp.Run(p.ctx, chromedp.Evaluate[bool](tools))
		p.must(err)
		found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](rules, chromedp.EvalAwaitPromise))
		if err != nil {
			p.t.Fatalf("%s, %s: %v", path, scheme, err)
		}
		slices.Sort(found)
		for _, f := range slices.Compact(found) {
			p.t.Errorf("%s, %s: %s", path, scheme, f)
		}
	}
}

// links are the addresses on this site that the page links to.
func (p *tab) links() []string {
	p.t.Helper()
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`[...document.links].filter(a => a.origin === location.origin && !/[.](csv|xml|json)$/.test(a.pathname))
		.map(a => a.pathname + a.search)`))
	p.must(err)
	return found
}

var (
	numbers  = regexp.MustCompile(`\d+`)
	articles = regexp.MustCompile(`^/(articles|sections|authors)/[^/?]+`)
)

// kindOfPage is the same for pages of one template: numbers, names and the values of a query do not matter,
// which queue it is and which fields are given does.
func kindOfPage(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	kind := numbers.ReplaceAllString(articles.ReplaceAllString(u.Path, "/$1/*"), "*")
	q := u.Query()
	for _, k := range slices.Sorted(maps.Keys(q)) {
		switch k {
		case "next", "after", "before", "lang", "done":
		case "queue":
			kind += " queue=" + q.Get(k)
		default:
			kind += " " + k
		}
	}
	return kind
}

// TestLighthouse is the other half of bar 7: full marks for accessibility on an article and on the desk.
func TestLighthouse(t *testing.T) {
	s := serveDemo(t)
	c := newClient(t, s)
	c.login(t, "editor")
	site, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	var cookies []string
	for _, k := range c.http.Jar.Cookies(site) {
		cookies = append(cookies, k.String())
	}
	for name, path := range map[string]string{"article": firstArticle(t, c), "desk": "/desk"} {
		for _, lang := range []string{"en", "ko"} {
			t.Run(name+" "+lang, func(t *testing.T) {
				score, failed := lighthouse(t, s.url+path, map[string]string{"Cookie": strings.Join(cookies, "; "), "Accept-Language": lang})
				if score != 1 {
					t.Errorf("%.0f of 100: %s", 100*score, strings.Join(failed, ", "))
				}
			})
		}
	}
}

// firstArticle is the address of an article of the front page.
func firstArticle(t *testing.T, c *client) string {
	t.Helper()
	res, err := c.http.Get(c.url + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var page bytes.Buffer
	if _, err := page.ReadFrom(res.Body); err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res.Status, err)
	}
	path := regexp.MustCompile(`/articles/[^"?#]+`).FindString(page.String())
	if path == "" {
		t.Fatal("the front page links no article")
	}
	return path
}

// lighthouse returns the score for accessibility, 0–1, and the audits that failed.
func lighthouse(t *testing.T, address string, headers map[string]string) (score float64, failed []string) {
	t.Helper()
	extra, err := json.Marshal(headers)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(accessibilityTools, "lighthouse/cli/index.js"), address, "--only-categories=accessibility",
		"--output=json", "--quiet", "--chrome-flags=--headless=new --no-sandbox", "--extra-headers="+string(extra))
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), "CHROME_PATH="+browser)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("lighthouse: %v\n%s", err, errs.String())
	}
	var report struct {
		FinalURL   string `json:"finalDisplayedUrl"`
		Categories struct{ Accessibility struct{ Score float64 } }
		Audits     map[string]struct {
			Score   *float64
			Title   string
			Details struct {
				Items []struct{ Node struct{ Snippet string } }
			}
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	if report.FinalURL != address {
		t.Fatalf("lighthouse was led to %s", report.FinalURL)
	}
	for id, a := range report.Audits {
		if a.Score != nil && *a.Score < 1 {
			failed = append(failed, id+" ("+a.Title+")")
			for _, item := range a.Details.Items {
				failed = append(failed, id+": "+item.Node.Snippet)
			}
		}
	}
	slices.Sort(failed)
	return report.Categories.Accessibility.Score, failed
}
