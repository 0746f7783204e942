package main

import (
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// slowly makes the page's next decision wait until release is called.
const slowly = `(() => {
	const real = window.fetch;
	window.fetch = (url, options) => {
		if (url !== "/desk/decisions") return real(url, options);
		window.fetch = real;
		return new Promise((done) => { window.release = () => done(real(url, options)); });
	};
	return true;
})()`

// decidedTimes waits until a comment bears n decisions; each time it asks, the page is another one.
func decidedTimes(t *testing.T, p *tab, db, comment string, n int) {
	t.Helper()
	id, err := strconv.ParseInt(comment, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(patience)
	for decisions(t, db)[id] != n {
		if time.Now().After(deadline) {
			t.Fatalf("comment %s has %d decisions, want %d", comment, decisions(t, db)[id], n)
		}
		p.open("/desk/log")
	}
}

const answered = `!("sending" in document.querySelector("[data-queue]").dataset)`

// TestLeavingTakesBack leaves the page while a decision is under way and an earlier one, that was answered, is to be taken
// back: it is. Nothing is said to be taken back before it is.
func TestLeavingTakesBack(t *testing.T) {
	_, db, p := deskOf(t, 3, "en")
	first := p.at()
	p.key("a")
	p.wait(answered)
	p.wait(slowly)
	p.key("a")
	p.wait(`"release" in window`)
	p.key("u")
	p.key("u")
	if got := p.text(newsText); got != "Taking it back …" {
		t.Errorf("while the decision is under way the page says %q", got)
	}
	p.open("/desk/log")
	decidedTimes(t, p, db, first, 2)
}

// TestLinkWaitsForWhatIsTakenBack: a link followed before the decision is answered leads on when that is taken back.
func TestLinkWaitsForWhatIsTakenBack(t *testing.T) {
	_, db, p := deskOf(t, 2, "ko")
	first := p.at()
	p.wait(slowly)
	p.key("a")
	p.wait(`"release" in window`)
	p.key("u")
	p.must(chromedp.Do(p.ctx, chromedp.Click(`a[href="/desk/stats"]`)))
	p.wait(`release() === undefined`)
	p.wait(`location.pathname === "/desk/stats"`)
	decidedTimes(t, p, db, first, 2)
	p.open("/desk")
	p.wait(looking)
	p.key("a")
	p.key("u")
	p.wait(newsText + ` === "되돌렸습니다."`)
}
