package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

const slugOfCapture = "2026-11-20-harbour-lights-return-after-the-storm"

// deskOf is a served archive with n comments that wait, and a moderator who looks at the queue.
func deskOf(t *testing.T, n int, lang string) (*server, string, *tab) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"kim": "reader", "desk": "moderator", "night": "moderator"} {
		makeAccount(t, db, name, role)
	}
	command(t, capture, "import", "--db", db, "-")
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0")
	kim := newClient(t, s)
	kim.login(t, "kim")
	for i := range n {
		if status, _ := kim.post(context.Background(), "/articles/"+slugOfCapture+"/comments", url.Values{"body": {fmt.Sprintf("Thought %d about the lights", i)}}); status != 303 {
			t.Fatalf("comment %d: %d", i, status)
		}
	}
	p := person(t, browser(t), s.url, "desk", lang, true)
	p.open("/desk")
	if n > 0 {
		p.wait(looking)
	}
	return s, db, p
}

// looking is true while the focus is on a comment of the queue.
const looking = `document.activeElement.matches("[data-queue] > li")`

func (p *tab) key(keys string, options ...chromedp.KeyOption) {
	p.t.Helper()
	p.must(chromedp.Do(p.ctx, chromedp.KeyEvent(keys, options...)))
}

// at is the comment that has the focus. It waits only while the queue is empty, because the next rows are still under way.
func (p *tab) at() string {
	p.t.Helper()
	if p.text(`String(document.querySelectorAll("[data-queue] > li").length)`) == "0" {
		p.wait(looking)
	}
	at := p.text(`document.activeElement.closest("[data-queue] > li")?.dataset.comment ?? document.activeElement.outerHTML.slice(0, 80)`)
	if number, err := strconv.ParseInt(at, 10, 64); err != nil || number == 0 {
		p.t.Fatalf("the focus is on %s, not on a comment", at)
	}
	return at
}

// decisions counts the decisions of an archive by comment.
func decisions(t *testing.T, path string) map[int64]int {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query("SELECT comment_id FROM decision")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[int64]int{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		out[id]++
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestKeyboardClearsTheQueue is bar 1 of the desk: a moderator with nothing but a keyboard clears 300 comments, with one
// key or two each. The focus is on a comment after every key, none is missed, none is decided twice.
func TestKeyboardClearsTheQueue(t *testing.T) {
	const n = 300
	_, db, p := deskOf(t, n, "en")
	seen := map[string]bool{}
	keys, begun := 0, time.Now()
	for i := range n {
		id := p.at()
		if seen[id] {
			t.Fatalf("after %d decisions %s has the focus again", i, id)
		}
		seen[id] = true
		press := []string{"a"}
		if i%3 == 2 {
			press = []string{"r", "2"}
		}
		for k, key := range press {
			p.key(key)
			keys++
			if k < len(press)-1 && p.at() != id {
				t.Fatalf("%q moves the focus from %s to %s", key, id, p.at())
			}
		}
	}
	p.wait(`document.activeElement.matches("[data-none]")`)
	if len(seen) != n {
		t.Errorf("%d comments were looked at, of %d", len(seen), n)
	}
	eachOnce(t, db, n)
	t.Logf("%d comments, %d keys, %.0f decisions a second with a question to the page after every key", n, keys, n/time.Since(begun).Seconds())
}

// eachOnce says that n comments were decided, each once.
func eachOnce(t *testing.T, db string, n int) {
	t.Helper()
	got := decisions(t, db)
	if len(got) != n {
		t.Errorf("%d comments were decided, of %d", len(got), n)
	}
	for id, times := range got {
		if times != 1 {
			t.Errorf("comment %d was decided %d times", id, times)
		}
	}
}

// TestKeysFasterThanTheNetwork presses twenty keys in a row without waiting for the answers.
func TestKeysFasterThanTheNetwork(t *testing.T) {
	const n = 120
	_, db, p := deskOf(t, n, "ko")
	begun := time.Now()
	for range n / 20 {
		p.wait(looking)
		p.key(strings.Repeat("a", 20))
	}
	p.wait(`document.activeElement.matches("[data-none]")`)
	t.Logf("%.0f decisions a second", n/time.Since(begun).Seconds())
	eachOnce(t, db, n)
}

const newsText = `document.querySelector("[data-news]").textContent`

// TestUndoAndRanges: what was decided comes back where it stood, several times back; a range is decided together, and
// taken back together; one that somebody else decided says so, and the others go through.
func TestUndoAndRanges(t *testing.T) {
	s, db, p := deskOf(t, 12, "en")
	night := newClient(t, s)
	night.login(t, "night")
	list := `[...document.querySelectorAll("[data-queue] > li")].map(row => row.dataset.comment).join()`
	ids := strings.Split(p.text(list), ",")
	all := strings.Join(ids, ",")

	p.key("a")
	p.key("r")
	p.key("1")
	p.key("j")
	p.key("a")
	if got, want := p.text(list), strings.Join(append([]string{ids[2]}, ids[4:]...), ","); got != want {
		t.Fatalf("after three decisions: %s, want %s", got, want)
	}
	for _, id := range []string{ids[3], ids[1], ids[0]} {
		p.key("u")
		if got := p.at(); got != id {
			t.Errorf("taking back looks at %s, want %s", got, id)
		}
	}
	if got := p.text(list); got != all {
		t.Errorf("after all was taken back: %s, want %s", got, all)
	}
	p.key("u")
	p.wait(newsText + `.includes("nothing to take back")`)

	if status, _ := night.post(t.Context(), "/desk/comments/"+ids[2]+"/decision", url.Values{"action": {"approve"}, "version": {"1"}}); status != 303 {
		t.Fatalf("the other moderator: %d", status)
	}
	p.key("j")
	p.key("x")
	p.key("j")
	p.key("j")
	p.key("J", chromedp.KeyModifiers(chromedp.ModifierShift))
	p.key("X", chromedp.KeyModifiers(chromedp.ModifierShift))
	if got := p.text(`String(document.querySelectorAll("[name=pick]:checked").length)`); got != "4" {
		t.Fatalf("%s are ticked, want the four of the range", got)
	}
	p.key("r")
	p.key("2")
	if got := p.at(); got != ids[5] {
		t.Errorf("after the range %s has the focus, want %s", got, ids[5])
	}
	p.wait(`document.querySelector('[data-comment="` + ids[2] + `"] [data-reason]')?.textContent.includes("night")`)
	if got := p.at(); got != ids[5] {
		t.Errorf("a refusal moves the focus to %s", got)
	}
	p.key("u")
	p.wait(`document.querySelectorAll("[data-queue] > li").length === 12`)
	if got := p.text(list); got != all {
		t.Errorf("after the range was taken back: %s, want %s", got, all)
	}
	p.wait(`!("sending" in document.querySelector("[data-queue]").dataset)`)
	p.open("/desk?queue=pending")
	p.wait(looking)
	p.wait(`document.querySelectorAll("[data-queue] > li").length === 11`)
	var report struct{ Broken int }
	if err := json.Unmarshal([]byte(command(t, "", "verify", "--db", db)), &report); err != nil || report.Broken != 0 {
		t.Errorf("verify: %+v %v", report, err)
	}
}

// TestKeysOfOnesOwn: keys are changed with a form that refuses two actions on one key, and are switched off.
func TestKeysOfOnesOwn(t *testing.T) {
	_, _, p := deskOf(t, 3, "ko")
	set := func(action, key string) {
		p.must(chromedp.Do(p.ctx, chromedp.SetValue(`#key-`+action, key)))
	}
	p.open("/desk/keys")
	set("approve", "j")
	p.must(chromedp.Do(p.ctx, chromedp.Click(`.own-keys button`)))
	p.wait(`document.querySelector("#key-approve[aria-invalid], #problem-approve") && document.querySelector("#key-approve").value === "j"`)
	set("approve", "ㄴ") // s, where a Korean keyboard is not switched
	p.must(chromedp.Do(p.ctx, chromedp.Click(`.own-keys button`)))
	p.wait(`document.querySelector(".done") && document.querySelector("#key-approve").value === "s"`)

	left := func(n int) string {
		return fmt.Sprintf(`document.querySelectorAll("[data-queue] > li").length === %d`, n)
	}
	p.open("/desk")
	p.wait(looking)
	p.key("a")
	p.key("s")
	p.wait(left(2))
	p.open("/desk/keys")
	p.must(chromedp.Do(p.ctx, chromedp.Click(`input[name=off]`), chromedp.Click(`.own-keys button`)))
	p.wait(`document.querySelector(".done") && document.querySelector("input[name=off]").checked`)
	p.open("/desk")
	p.wait(looking)
	p.key("s")
	p.key("a")
	p.key("r")
	p.key("1")
	p.wait(left(2))
	p.must(chromedp.Do(p.ctx, chromedp.Click(`[data-queue] button[value=approve]`)))
	p.wait(left(1))
}

// TestKeysOnOneComment: the page of one comment decides by the same keys, leads on, and takes the decision back. The
// Latin letter counts by its place while the keyboard writes Hangul.
func TestKeysOnOneComment(t *testing.T) {
	_, db, p := deskOf(t, 2, "ko")
	first := p.at()
	p.key("o")
	p.wait(`location.pathname === "/desk/comments/` + first + `" && document.activeElement.matches("[data-comment]")`)
	_, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "ㄱ", Code: "KeyR", Text: "ㄱ"})
	p.must(err)
	p.wait(`document.querySelector(".clauses")`)
	p.key("2")
	p.wait(`location.pathname !== "/desk/comments/` + first + `" && document.querySelector(".done [data-undo]")`)
	p.key("u")
	p.wait(`document.querySelector(".done") && !document.querySelector(".done [data-undo]")`)
	p.key("q")
	p.wait(`location.pathname === "/desk" && document.querySelectorAll("[data-queue] > li").length === 2`)
	if got := decisions(t, db); len(got) != 1 {
		t.Errorf("%d comments have decisions, want the one that was rejected and reopened", len(got))
	}
}

// TestLeavingSendsWhatWaits leaves the page at once after a burst of decisions: all of them arrive.
func TestLeavingSendsWhatWaits(t *testing.T) {
	const n = 15
	_, db, p := deskOf(t, n, "en")
	p.key(strings.Repeat("a", n-1))
	p.open("/desk/log")
	deadline := time.Now().Add(patience)
	for len(decisions(t, db)) < n-1 && time.Now().Before(deadline) {
		p.open("/desk/log")
	}
	eachOnce(t, db, n-1)
}
