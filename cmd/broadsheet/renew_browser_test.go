package main

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// readersOf are accounts that are logged in.
func readersOf(t *testing.T, s *server, db string, names ...string) (out []*client) {
	t.Helper()
	for _, name := range names {
		makeAccount(t, db, name, "reader")
		c := newClient(t, s)
		c.login(t, name)
		out = append(out, c)
	}
	return out
}

// sends posts a form that must be taken.
func (c *client) sends(t *testing.T, path string, form url.Values) {
	t.Helper()
	if status, _ := c.post(t.Context(), path, form); status != 303 {
		t.Fatalf("%s: %d", path, status)
	}
}

func rowOf(id string) string {
	return `document.querySelector('[data-queue] > [data-comment="` + id + `"]')`
}

// reported are the first two comments of a desk, published by another moderator and reported once each.
func reported(t *testing.T, s *server, p *tab, lee *client) (first, second string) {
	t.Helper()
	night := newClient(t, s)
	night.login(t, "night")
	first = p.at()
	p.key("j")
	second = p.at()
	for _, id := range []string{first, second} {
		night.sends(t, "/desk/comments/"+id+"/decision", url.Values{"action": {"approve"}, "version": {"1"}})
		lee.sends(t, "/comments/"+id+"/report", url.Values{"reason": {"respect"}})
	}
	p.open("/desk?queue=reported")
	p.wait(looking + ` && document.querySelectorAll("[data-queue] > li").length === 2`)
	first = p.at()
	second = p.text(`document.activeElement.nextElementSibling.dataset.comment`)
	return first, second
}

// TestRenewedRowKeepsWhatWasWritten: somebody reports a comment on which a note is begun; the note stays, and where the
// comment is read the row is renewed when it no longer is.
func TestRenewedRowKeepsWhatWasWritten(t *testing.T) {
	s, db, p := deskOf(t, 2, "en")
	r := readersOf(t, s, db, "lee", "park", "choi")
	first, second := reported(t, s, p, r[0])
	row := rowOf(first)
	p.key("n")
	p.wait(`document.activeElement.select() === undefined`) // over the n, which a key event of the protocol types as well
	p.key("half a page")
	p.must(chromedp.Do(p.ctx, chromedp.SetValue(`[data-comment="`+first+`"] [name=until]`, "7d")))
	r[1].sends(t, "/comments/"+first+"/report", url.Values{"reason": {"respect"}})
	r[1].sends(t, "/comments/"+second+"/report", url.Values{"reason": {"respect"}})
	p.wait(rowOf(second) + `.querySelector(".open-cases").textContent.includes("2 reports") && document.activeElement === ` + row + `.querySelector("[name=note]")`)
	kept := row + `.querySelector("[name=note]").value === "half a page more" && ` + row + `.querySelector("[name=note]").checkVisibility() && ` + row + `.querySelector("[name=until]").value === "7d"`
	p.key(" more") // goes on in the same field
	p.key("\x1b")
	p.key("j")
	p.wait(row + `.querySelector(".open-cases").textContent.includes("2 reports") && ` + kept)
	r[2].sends(t, "/comments/"+first+"/report", url.Values{"reason": {"respect"}})
	p.wait(row + `.querySelector(".open-cases").textContent.includes("3 reports") && ` + kept)

	night := newClient(t, s)
	night.login(t, "night")
	after := p.text(row + `.querySelector(".decide [name=after]").value`)
	night.sends(t, "/desk/comments/"+first+"/decision", url.Values{"action": {"approve"}, "version": {"1"}, "after": {after}})
	p.wait(row + `?.querySelector(".overtaken")?.textContent === "night · Approved" && ` + kept)
}

// TestTickFallsAloud: a ticked comment whose words change is ticked no longer, and says so.
func TestTickFallsAloud(t *testing.T) {
	s, _, p := deskOf(t, 3, "en")
	kim := newClient(t, s)
	kim.login(t, "kim")
	first := p.at()
	p.key("x")
	p.key("j")
	second := p.at()
	p.key("x")
	for _, id := range []string{first, second} {
		kim.sends(t, "/comments/"+id+"/edit", url.Values{"body": {"Other words than were read"}, "version": {"1"}})
		row := rowOf(id)
		p.wait(row + `.querySelector(".overtaken")?.textContent === "This has changed and is no longer selected. Read it again." && !` + row + `.querySelector(":checked[name=pick]")`)
	}
	p.wait(rowOf(first) + `.querySelector(".words").textContent.includes("Other words") && document.querySelector("#many").hidden && document.activeElement === ` + rowOf(second))
	p.key("j")
	p.wait(rowOf(second) + `.querySelector(".words").textContent.includes("Other words") && ` + rowOf(second) + `.querySelector(".decide")`)
}
