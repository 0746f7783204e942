package main

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestOpenDesk: while a moderator reads the queue, comments come in, others decide, and the focus stays where it was.
func TestOpenDesk(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "desk": "moderator", "night": "moderator"} {
		makeAccount(t, db, name, role)
	}
	command(t, capture, "import", "--db", db, "-")
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0")
	kim, night := newClient(t, s), newClient(t, s)
	kim.login(t, "kim")
	night.login(t, "night")
	n := 0
	send := func() string {
		t.Helper()
		n++
		status, header := kim.post(context.Background(), "/articles/2026-11-20-harbour-lights-return-after-the-storm/comments", url.Values{"body": {fmt.Sprint("Comment number ", n)}})
		_, id, ok := strings.Cut(header.Get("Location"), "#comment-")
		if status != 303 || !ok {
			t.Fatalf("status %d", status)
		}
		return id
	}
	approve := func(id string) {
		t.Helper()
		if status, _ := night.post(context.Background(), "/desk/comments/"+id+"/decision", url.Values{"action": {"approve"}, "version": {"1"}}); status != 303 {
			t.Fatalf("status %d", status)
		}
	}
	var ids []string
	for range 12 {
		ids = append(ids, send())
	}
	b := browser(t)
	row := func(id string) string { return `document.querySelector('[data-queue] > [data-comment="` + id + `"]')` }
	focused := func(id string) string { return `document.activeElement === ` + row(id) }
	rows := func(n int) string {
		return fmt.Sprintf(`document.querySelectorAll("[data-queue] > li").length === %d`, n)
	}
	count := func(n int) string {
		return fmt.Sprintf(`document.querySelector("[data-queue-count]").textContent === "%d" && document.querySelector("[data-count=pending]").textContent === "%[1]d"`, n)
	}

	desk := person(t, b, s.url, "desk", "en", true)
	desk.open("/desk")
	desk.wait(rows(12) + ` && ` + focused(ids[0]))
	for range 5 {
		desk.must(chromedp.Do(desk.ctx, chromedp.KeyEvent("j")))
	}
	desk.wait(focused(ids[5]))
	top := desk.text(`String(Math.round(document.activeElement.getBoundingClientRect().top))`)
	stays := `Math.abs(document.activeElement.getBoundingClientRect().top - ` + top + `) <= 2`

	late := send()
	desk.wait(rows(13) + ` && document.querySelector("[data-queue]").lastElementChild === ` + row(late) + ` && ` + count(13))
	approve(ids[1]) // above what is read
	desk.wait(`!` + row(ids[1]) + ` && ` + count(12) + ` && ` + focused(ids[5]) + ` && ` + stays)
	approve(ids[5]) // what is read
	desk.wait(`document.activeElement.querySelector(".overtaken")?.textContent === "night · Approved" && ` + focused(ids[5]))
	desk.must(chromedp.Do(desk.ctx, chromedp.KeyEvent("j")))
	desk.wait(focused(ids[6]) + ` && !` + row(ids[5]) + ` && ` + rows(11))
	desk.must(chromedp.Do(desk.ctx, chromedp.KeyEvent("a")))
	desk.wait(rows(10) + ` && ` + focused(ids[7]) + ` && ` + count(10))

	// The newest first: what is new stands above what is read, and waits for the button.
	desk.open("/desk?order=newest&q=number")
	desk.wait(rows(10) + ` && ` + focused(late))
	newest := send()
	desk.wait(`document.querySelector("[data-fresh]").textContent === "Show 1 new comment" && !document.querySelector("[data-fresh]").hidden && ` + focused(late))
	desk.must(chromedp.Do(desk.ctx, chromedp.Click(`[data-fresh]`)))
	desk.wait(rows(11) + ` && document.querySelector("[data-queue]").firstElementChild === ` + row(newest) + ` && ` + focused(newest) + ` && document.querySelector("[data-fresh]").hidden`)
	desk.wait(`document.querySelector("[data-queue-count]").textContent === "11"`)

	// Two read the same comment, and each sees it; the one who is late sees who was first.
	other := person(t, b, s.url, "night", "ko", true)
	other.open("/desk/comments/" + newest)
	desk.wait(row(newest) + `.querySelector("[data-readers]").textContent === "Being read by night"`)
	approve(newest)
	other.wait(`document.querySelector(".overtaken")?.textContent === "night · 승인"`)

	// An empty queue fills.
	desk.open("/desk?q=harbour")
	desk.wait(rows(0) + ` && !document.querySelector("[data-none]").hidden`)
	n = 1000
	if status, _ := kim.post(context.Background(), "/articles/2026-11-20-harbour-lights-return-after-the-storm/comments", url.Values{"body": {"The harbour is bright"}}); status != 303 {
		t.Fatal(status)
	}
	desk.wait(rows(1) + ` && document.querySelector("[data-none]").hidden`)
}

// TestHiddenDesks: a browser keeps more desks open than it has connections to a server, and one that is seen again has
// missed nothing.
func TestHiddenDesks(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "desk": "moderator"} {
		makeAccount(t, db, name, role)
	}
	command(t, capture, "import", "--db", db, "-")
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0")
	kim := newClient(t, s)
	kim.login(t, "kim")
	send := func(words string) {
		t.Helper()
		if status, _ := kim.post(context.Background(), "/articles/2026-11-20-harbour-lights-return-after-the-storm/comments", url.Values{"body": {words}}); status != 303 {
			t.Fatalf("status %d", status)
		}
	}
	first := person(t, browser(t), s.url, "desk", "en", true)
	rows := func(n int) string {
		return fmt.Sprintf(`document.querySelectorAll("[data-queue] > li").length === %d && document.querySelector("[data-count=pending]").textContent === "%[1]d"`, n)
	}
	first.open("/desk")
	first.wait(rows(0))
	for i := range 7 {
		send(fmt.Sprint("Comment number ", i))
		ctx, cancel := chromedp.NewContext(first.ctx, chromedp.WithNewWindow(false)) // a tab of the same window, which hides the others
		t.Cleanup(cancel)
		ctx, cancel = context.WithTimeout(ctx, patience) // for a connection
		t.Cleanup(cancel)
		next := &tab{t, ctx, s.url}
		next.open("/desk")
		next.wait(rows(i + 1))
	}
	first.wait(`document.hidden`)
	_, err := chromedp.Call(first.ctx, page.BringToFront, cdp.Empty{})
	first.must(err)
	first.wait(`!document.hidden && ` + rows(7))
	send("One comment more")
	first.wait(rows(8))
}

// soon makes what a page does again and again happen at the beginning as well.
const soon = `(() => { const real = setInterval; window.setInterval = (f, ms) => { setTimeout(f); return real(f, ms); }; })()`

// TestSessionOfAHiddenDesk: a desk that nobody sees is a use of the session. When that has ended all the same the desk says
// so, and after a log-in in another tab it has missed nothing.
func TestSessionOfAHiddenDesk(t *testing.T) {
	s, _, p := deskOf(t, 1, "en")
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: soon})
	p.must(err)
	ctx, cancel := chromedp.NewContext(p.ctx, chromedp.WithNewWindow(false)) // a tab of the same window, which hides the other
	t.Cleanup(cancel)
	other := &tab{t, ctx, s.url}
	front := func(p *tab) {
		t.Helper()
		_, err := chromedp.Call(p.ctx, page.BringToFront, cdp.Empty{})
		p.must(err)
		p.wait(`!document.hidden`)
	}
	other.open("/")
	p.wait(`document.hidden`)
	p.open("/desk")
	p.wait(`document.hidden && performance.getEntriesByType("resource").some((entry) => entry.name.endsWith("/desk/lease"))`)

	front(other)
	other.must(chromedp.Do(other.ctx, chromedp.Click(`form[action="/logout"] button`)))
	other.wait(`document.querySelector('a[href^="/login"]')`)
	front(p)
	p.wait(`document.querySelector("[data-cut]").checkVisibility()`)
	front(other)
	other.open("/login")
	other.must(chromedp.Do(other.ctx, chromedp.SendKeys(`input[name=email]`, "desk@example.com"), chromedp.SendKeys(`input[name=password]`, accountPassword),
		chromedp.KeyEvent("\r")))
	other.wait(`location.pathname === "/"`)
	kim := newClient(t, s)
	kim.login(t, "kim")
	if status, _ := kim.post(t.Context(), "/articles/"+slugOfCapture+"/comments", url.Values{"body": {"Sent while nobody looked"}}); status != 303 {
		t.Fatal(status)
	}
	front(p)
	p.wait(`!document.querySelector("[data-cut]").checkVisibility() && document.querySelectorAll("[data-queue] > li").length === 2`)
}
