package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/web/identity"
)

// The benchmarks compare the site with a baseline of its own, round by round in one run, and report
// the medians: on a noisy machine only the ratios carry over.

// TestMain also is the server process of the article benchmark.
func TestMain(m *testing.M) {
	debug.SetGCPercent(GCPercent) // as serve does
	if what := os.Getenv("BENCH_SERVER"); what != "" {
		benchServer(what, os.Getenv("BENCH_FILE"))
		return
	}
	dir, err := os.MkdirTemp("", "broadsheet-web-")
	if err != nil {
		panic(err)
	}
	trust(dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

const benchClients = 32

// BenchmarkSubmit: durable comments by 32 clients over HTTP, against the same engine with one
// comment a commit. One iteration is a round of each.
func BenchmarkSubmit(b *testing.B) {
	grouped, single := newSubmitter(b, 0), newSubmitter(b, 1)
	var with, without []float64
	for b.Loop() {
		without = append(without, single.round(b, 2000))
		with = append(with, grouped.round(b, 8000))
	}
	report2(b, "comments/s", median(with), median(without), median(with)/median(without))
}

func report2(b *testing.B, unit string, site, baseline, ratio float64) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(site, "site-"+unit)
	b.ReportMetric(baseline, "baseline-"+unit)
	b.ReportMetric(ratio, "ratio")
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}

// submitter is a site, in a process of its own folder, with clients that are logged in.
type submitter struct {
	s       *site
	clients []*rawClient
	n       atomic.Int64
}

func newSubmitter(b *testing.B, group int) *submitter {
	b.Helper()
	dir := b.TempDir()
	s := newSite(b, func(c *Config) {
		if group == 0 {
			return
		}
		path := filepath.Join(dir, "single.db")
		a, err := db.Open(context.Background(), path, db.Options{Group: group})
		if err != nil {
			b.Fatal(err)
		}
		c.Archive.Close()
		c.Archive = a
	})
	if group != 0 {
		s.path = filepath.Join(dir, "single.db")
	}
	sub := &submitter{s: s}
	phc := identity.HashPassword(password)
	for i := range benchClients {
		name := fmt.Sprintf("client%02d", i)
		if _, err := s.archive.CreateUser(context.Background(), db.NewUser{Email: name + "@example.com", Name: name, Password: phc, Role: db.Reader}, 0); err != nil {
			b.Fatal(err)
		}
		sub.clients = append(sub.clients, dial(b, s.url, sessionCookie(b, s, name)))
	}
	return sub
}

// round sends n comments and returns how many a second were stored.
func (s *submitter) round(b *testing.B, n int) float64 {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(n))
	var wg sync.WaitGroup
	start := time.Now()
	for _, c := range s.clients {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				form := "body=" + url.QueryEscape(fmt.Sprintf("A reader's comment, number %d, of usual length.", s.n.Add(1)))
				if status, _ := c.do("POST", "/articles/"+s.s.slug+"/comments", form); status != 303 {
					b.Errorf("status %d", status)
					return
				}
			}
		})
	}
	wg.Wait()
	return float64(n) / time.Since(start).Seconds()
}

// sessionCookie logs in and returns the cookie as a header has it.
func sessionCookie(t testing.TB, s *site, name string) string {
	t.Helper()
	v := s.as(t, name)
	u, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	c := v.client.Jar.Cookies(u)[0]
	return c.Name + "=" + c.Value
}

// rawClient speaks just enough HTTP to cost little beside the server.
type rawClient struct {
	conn   net.Conn
	in     *bufio.Reader
	cookie string
}

func dial(t testing.TB, at, cookie string) *rawClient {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return &rawClient{conn, bufio.NewReaderSize(conn, 64<<10), cookie}
}

// do sends a request and reads the whole answer.
func (c *rawClient) do(method, path, body string) (status, size int) {
	req := method + " " + path + " HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: " + c.cookie + "\r\n"
	if body != "" {
		req += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n"
	}
	if _, err := io.WriteString(c.conn, req+"\r\n"+body); err != nil {
		return 0, 0
	}
	for line := 0; ; line++ {
		l, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, 0
		}
		text := string(l)
		switch {
		case line == 0:
			status, _ = strconv.Atoi(text[9:12])
		case strings.HasPrefix(text, "Content-Length: "):
			size, _ = strconv.Atoi(strings.TrimSpace(text[16:]))
		case text == "\r\n":
			c.in.Discard(size)
			return status, size
		}
	}
}

// BenchmarkArticle: the page of an article with 100 comments for a reader who is logged in, against
// a bare handler that sends the same bytes: CPU of the server process per request.
func BenchmarkArticle(b *testing.B) {
	s := newSite(b)
	cookie := sessionCookie(b, s, "kim")
	fillThreads(b, s, 100)
	page := s.as(b, "kim").page()
	file := filepath.Join(b.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		b.Fatal(err)
	}
	real := startServer(b, "site", s.path)
	bare := startServer(b, "bare", file)
	path := "/articles/" + s.slug
	var siteCPU, bareCPU []float64
	for b.Loop() {
		bareCPU = append(bareCPU, bare.round(b, path, cookie, 30_000, len(page)))
		siteCPU = append(siteCPU, real.round(b, path, cookie, 30_000, len(page)))
	}
	report2(b, "µs/page", median(siteCPU), median(bareCPU), median(bareCPU)/median(siteCPU))
	b.ReportMetric(float64(len(page)), "B/page")
}

// BenchmarkArticleWithReactions: the article page for one reader while another recommends before every tenth view,
// against the same page while nobody does: time per view, that of the reactions left out.
func BenchmarkArticleWithReactions(b *testing.B) {
	s := newSite(b)
	fillThreads(b, s, 100)
	kim, desk := dial(b, s.url, sessionCookie(b, s, "kim")), dial(b, s.url, sessionCookie(b, s, "desk"))
	react := "/comments/" + attr(b, s.as(b, "kim").page(), `<li data-comment="(\d+)"`) + "/react"
	round := func(every int) float64 {
		var took time.Duration
		const views = 2000
		for i := range views {
			if every != 0 && i%every == 0 {
				if status, _ := desk.do("POST", react, "on="+strconv.Itoa(i/every%2)); status != 303 {
					b.Fatalf("recommending: %d", status)
				}
			}
			start := time.Now()
			if status, _ := kim.do("GET", "/articles/"+s.slug, ""); status != 200 {
				b.Fatalf("the page: %d", status)
			}
			took += time.Since(start)
		}
		return float64(took.Microseconds()) / views
	}
	var with, without []float64
	for b.Loop() {
		without, with = append(without, round(0)), append(with, round(10))
	}
	report2(b, "µs/page", median(with), median(without), median(with)/median(without))
}

// fillThreads publishes comments under the site's article.
func fillThreads(t testing.TB, s *site, n int) {
	t.Helper()
	ctx := context.Background()
	author, _, err := s.archive.Credentials(ctx, "lee@example.com")
	if err != nil {
		t.Fatal(err)
	}
	facts, err := s.archive.Facts(ctx, s.slug, author.ID, s.archive.Now())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		text := fmt.Sprintf("댓글 %d: the council should say what it will cost, and who will pay for it next year.", i)
		_, err := s.archive.Submit(ctx, db.NewComment{ArticleID: facts.Article.ID, AuthorID: author.ID, Language: "ko", At: s.archive.Now(),
			Verdict: moderation.Verdict{Text: text, Characters: moderation.Count(text), Outcome: moderation.Publish, Standards: facts.Standards}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// process is a server whose CPU time can be read.
type process struct {
	pid int
	url string
}

// startServer starts this test binary as a server of its own.
func startServer(b *testing.B, what, file string) *process {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "BENCH_SERVER="+what, "BENCH_FILE="+file)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return &process{cmd.Process.Pid, strings.TrimSpace(line)}
}

// benchServer serves until it is killed: the site over an archive, or the bytes of a file.
func benchServer(what, file string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var h http.Handler
	if what == "bare" {
		page, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Length", strconv.Itoa(len(page)))
			w.Write(page)
		})
	} else {
		a, err := db.Open(context.Background(), file, db.Options{})
		if err != nil {
			panic(err)
		}
		cfg := siteConfig(a)
		if h, err = New(context.Background(), cfg); err != nil {
			panic(err)
		}
	}
	fmt.Println("http://" + l.Addr().String())
	panic(http.Serve(l, h))
}

// cpu is the CPU time a process has used, in microseconds, to the 10 ms of /proc.
func (p *process) cpu(b *testing.B) float64 {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		b.Skip("no /proc here: the CPU time of a process cannot be read")
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return float64(user+system) * 10_000
}

// round asks for n pages over 8 connections and returns the server's CPU per page, in microseconds.
func (p *process) round(b *testing.B, path, cookie string, n, size int) float64 {
	b.Helper()
	var wg sync.WaitGroup
	before := p.cpu(b)
	for range 8 {
		c := dial(b, p.url, cookie)
		wg.Go(func() {
			for range n / 8 {
				if status, got := c.do("GET", path, ""); status != 200 || got != size {
					b.Errorf("status %d, %d bytes of %d", status, got, size)
					return
				}
			}
		})
	}
	wg.Wait()
	return (p.cpu(b) - before) / float64(n)
}
