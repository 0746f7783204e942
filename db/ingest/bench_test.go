package ingest

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// shared is a folder of the real material, "" when this machine does not have it.
func shared(name string) string {
	dir := filepath.Join("..", "..", "..", "shared", "data", "articles", name)
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}

func gunzip(t testing.TB, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var tokenRE = regexp.MustCompile(`[\p{L}\p{N}_]+`)

// shingles counts the runs of four words, as scrapinghub's article-extraction-benchmark does; a
// text of fewer words is one run.
func shingles(s string) map[string]float64 {
	w := tokenRE.FindAllString(s, -1)
	m := map[string]float64{}
	for i := range max(1, len(w)-3) {
		if end := min(i+4, len(w)); i < end {
			m[strings.Join(w[i:end], " ")]++
		}
	}
	return m
}

// score is precision and recall of one page.
func score(want, got string) (precision, recall float64) {
	a, b := shingles(want), shingles(got)
	var tp, fp, fn float64
	for s, n := range a {
		tp += min(n, b[s])
		fn += max(0, n-b[s])
	}
	for s, n := range b {
		fp += max(0, n-a[s])
	}
	if tp == 0 {
		return 0, 0
	}
	return tp / (tp + fp), tp / (tp + fn)
}

func TestScore(t *testing.T) {
	if p, r := score("a b c d e f", "a b c d e"); p != 1 || r != 2.0/3 {
		t.Errorf("precision %v recall %v", p, r)
	}
	if p, r := score("a", ""); p != 0 || r != 0 {
		t.Errorf("precision %v recall %v", p, r)
	}
}

// Bar 4, first half.
func TestBenchmark(t *testing.T) {
	dir := shared("html-benchmark")
	if dir == "" {
		return
	}
	b, err := os.ReadFile(dir + "/ground-truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		ArticleBody string `json:"articleBody"`
		URL         string `json:"url"`
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	var precision, recall float64
	for name, page := range truth {
		it := parse(t, gunzip(t, dir+"/html/"+name+".html.gz"), name+".html")
		p, r := score(page.ArticleBody, it.Content.BodyText)
		precision, recall = precision+p/float64(len(truth)), recall+r/float64(len(truth))
		if p < .97 || r < .97 {
			t.Logf("precision %.3f recall %.3f %s %v", p, r, page.URL, it.Err)
		}
		if os.Getenv("SHOW") != "" && (p < .985 || r < .97) {
			show(t, page.ArticleBody, it)
		}
	}
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("%d pages: precision %.4f recall %.4f F1 %.4f", len(truth), precision, recall, f1)
	if f1 < 0.955 {
		t.Errorf("F1 %.4f is below 0.955", f1)
	}
}

func show(t *testing.T, want string, it Item) {
	flat := func(s string) string { return strings.Join(tokenRE.FindAllString(s, -1), " ") }
	w, g := flat(want), flat(it.Content.BodyText)
	t.Logf("=== %s", it.Content.Headline)
	for l := range strings.SplitSeq(it.Content.BodyText, "\n") {
		if q := flat(l); q != "" && !strings.Contains(w, q) {
			t.Logf("  + %.200s", l)
		}
	}
	for l := range strings.SplitSeq(want, "\n") {
		if q := flat(l); q != "" && !strings.Contains(g, q) {
			t.Logf("  - %.200s", l)
		}
	}
	for _, d := range it.Dropped {
		t.Logf("  d %.120s (%s) %v", d.Text, d.Why, strings.Contains(w, flat(d.Text)))
	}
}

// Bar 4, second half.
func TestNews(t *testing.T) {
	dir := shared("html-news")
	if dir == "" {
		return
	}
	pages, _ := filepath.Glob(dir + "/*.html.gz")
	var heads, dates, authors int
	for _, path := range pages {
		paper, _, _ := strings.Cut(filepath.Base(path), "_")
		var gold map[string]struct {
			Title     string   `json:"title"`
			Authors   []string `json:"authors"`
			Published string   `json:"publishing_date"`
		}
		b, err := os.ReadFile(filepath.Join(dir, paper+".json"))
		if err == nil {
			err = json.Unmarshal(b, &gold)
		}
		if err != nil {
			t.Fatal(err)
		}
		it := parse(t, gunzip(t, path), path)
		c, want := it.Content, gold["V1"]
		at, err := time.Parse("2006-01-02 15:04:05.999999-07:00", want.Published)
		if err != nil {
			t.Fatal(err)
		}
		head, date := c.Headline == want.Title, c.Published.Equal(at.Truncate(time.Second))
		author := len(c.Authors) > 0 && c.Authors[0].Name == want.Authors[0]
		for ok, n := range map[*bool]*int{&head: &heads, &date: &dates, &author: &authors} {
			if *ok {
				*n++
			}
		}
		if !head || !date || !author || it.Err != nil {
			t.Logf("%s: %q %v %v; want %q %v %v; %v", paper, c.Headline, c.Published, c.Authors, want.Title, want.Published, want.Authors, it.Err)
		}
	}
	t.Logf("of %d pages: headline %d, date %d, first author %d", len(pages), heads, dates, authors)
	if len(pages) != 7 || heads < 6 || dates < 7 || authors < 7 {
		t.Error("bar 4 is not met")
	}
}

// Bar 3.
func TestEucKr(t *testing.T) {
	dir := shared("euc-kr")
	if dir == "" {
		return
	}
	files, _ := filepath.Glob(dir + "/*.html.gz")
	if len(files) != 8 {
		t.Fatalf("%d files", len(files))
	}
	want := ""
	for _, path := range files {
		it := parse(t, gunzip(t, path), path)
		l, err := Line(it)
		if err != nil || it.Err != nil {
			t.Fatal(path, err, it.Err)
		}
		if want == "" {
			want = string(l)
		}
		if string(l) != want {
			t.Errorf("%s differs:\n%.600s\n%.600s", path, l, want)
		}
		if !strings.HasSuffix(it.Content.Published.Format(time.RFC3339), "+09:00") {
			t.Errorf("%s: %v", path, it.Content.Published)
		}
	}
}

var (
	creditNames = regexp.MustCompile(`^BY ([A-Z -]+), ([A-Z -]+) \[(.+)\]$`)
	shownName   = regexp.MustCompile(`^[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+$`)
)

// Bar 2, on the real capture, in every form another machine may save it in.
func TestRealCapture(t *testing.T) {
	dir := shared("text-capture")
	if dir == "" {
		return
	}
	files, _ := filepath.Glob(dir + "/*.txt")
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(b)), "\n")
		for form, data := range variants(t, b) {
			it := parse(t, data, path)
			c := it.Content
			if c.Headline != lines[0] || c.Published.Format(time.RFC3339) != "2024-06-26T14:02:00+09:00" || it.Err != nil {
				t.Errorf("%s: %q %v %v", form, c.Headline, c.Published, it.Err)
			}
			names := creditNames.FindStringSubmatch(lines[16])
			if len(c.Authors) != 2 || c.Authors[0].Raw != names[1] || c.Authors[1].Raw != names[2] || c.Authors[0].Email != "" || c.Authors[1].Email != names[3] ||
				!shownName.MatchString(c.Authors[0].Name) || !shownName.MatchString(c.Authors[1].Name) {
				t.Errorf("%s: %+v", form, c.Authors)
			}
			if want := strings.Join(lines[4:16], "\n"); c.BodyText != want || len(it.Dropped) != 3 {
				t.Errorf("%s: body:\n%s\ndropped: %v", form, c.BodyText, it.Dropped)
			}
		}
	}
}
