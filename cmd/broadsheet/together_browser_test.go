package main

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTogetherInEveryQueue ticks by key what is reported, decided, and published by the review, decides on it together, and
// takes it back; where each is answered by itself the key says so.
func TestTogetherInEveryQueue(t *testing.T) {
	s, db, p := deskOf(t, 3, "en")
	lee := readersOf(t, s, db, "lee")[0]
	first, second := reported(t, s, p, lee)
	rows := func(n string) string { return `document.querySelectorAll("[data-queue] > li").length === ` + n }
	ticked := func(n string) string {
		return `document.querySelectorAll("[name=pick]:checked").length === ` + n + ` && document.querySelector("#many").checkVisibility()`
	}
	both := func() {
		t.Helper()
		p.wait(looking)
		p.key("x")
		p.wait(ticked("1"))
		p.key("J", chromedp.KeyModifiers(chromedp.ModifierShift))
		p.wait(ticked("2"))
	}

	both()
	p.key("a")
	p.wait(rows("0") + ` && ` + answered)
	p.open("/desk?queue=reported")
	p.wait(rows("0"))

	p.open("/desk?queue=decided")
	p.wait(rows("2"))
	both()
	p.key("b")
	p.wait(`document.querySelector("#many .clauses")`)
	p.key("2")
	p.wait(newsText + `.startsWith("2 decided.") && ` + answered)
	p.key("u")
	p.wait(newsText + ` === "Taken back." && ` + rows("2"))
	p.open("/desk?queue=measures")
	p.wait(rows("0"))

	p.open("/desk?queue=decided")
	p.wait(rows("2"))
	both()
	p.key("b")
	p.wait(`document.querySelector("#many .clauses")`)
	p.key("2")
	p.wait(newsText + `.startsWith("2 decided.") && ` + answered)
	p.open("/desk?queue=measures")
	p.wait(looking + ` && ` + rows("2"))
	p.key("x")
	p.wait(newsText + `.startsWith("This is answered by itself")`)

	kim := newClient(t, s)
	kim.login(t, "kim")
	kim.sends(t, "/comments/"+first+"/appeal", url.Values{"text": {"Why?"}})
	kim.sends(t, "/comments/"+second+"/appeal", url.Values{"text": {"Why?"}})
	p.open("/desk?queue=appeals")
	p.wait(looking)
	p.key("x")
	p.wait(newsText + `.startsWith("This is answered by itself")`)

	desk := newClient(t, s)
	desk.login(t, "desk")
	desk.sends(t, "/desk/articles/"+slugOfCapture, url.Values{"version": {"0"}, "mode": {"post"}, "closing": {"desk"}})
	for _, words := range []string{"My grandfather kept that light for years", "Who pays for the electricity?"} {
		lee.sends(t, "/articles/"+slugOfCapture+"/comments", url.Values{"body": {words}})
	}
	p.open("/desk?queue=published")
	p.wait(rows("2"))
	both()
	p.key("a")
	p.wait(rows("0") + ` && ` + answered)
}
