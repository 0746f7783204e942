package main

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestKeyboardRefused: the only row of a queue comes back with the refusal in it, and is looked at again. A decision by
// pointer asks for the clause without speaking of keys, and can be given up.
func TestKeyboardRefused(t *testing.T) {
	s, _, p := deskOf(t, 2, "en")
	id := p.at()
	night, kim := newClient(t, s), newClient(t, s)
	night.login(t, "night")
	kim.login(t, "kim")
	if status, _ := night.post(t.Context(), "/desk/comments/"+id+"/decision", url.Values{"action": {"reject"}, "version": {"1"}, "clause": {"respect"}}); status != 303 {
		t.Fatal("rejecting: ", status)
	}
	if status, _ := kim.post(t.Context(), "/comments/"+id+"/appeal", url.Values{"text": {"Why?"}}); status != 303 {
		t.Fatal("the appeal: ", status)
	}
	p.open("/desk?queue=appeals")
	p.wait(looking)
	p.key("r")
	p.key("2") // upholding needs an answer to the author
	p.wait(`document.querySelector("[data-reason]")?.checkVisibility() && document.activeElement.dataset.comment === "` + id + `"`)

	p.open("/desk")
	p.wait(looking)
	p.must(chromedp.Do(p.ctx, chromedp.Click(`[data-queue] button[value=reject]`)))
	p.wait(newsText + ` === "Choose the clause."`)
	p.must(chromedp.Do(p.ctx, chromedp.Click(`.clauses li:last-child button`)))
	p.wait(`!document.querySelector(".clauses") && document.activeElement.value === "reject"`)
	p.key("a")
	p.wait(`document.activeElement.matches("[data-none]") && ` + newsText + ` === "Approved. Press u to take it back."`)
}
