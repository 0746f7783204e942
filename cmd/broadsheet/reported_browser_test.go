package main

import (
	"net/url"
	"testing"
)

// TestReportedByKey: a reported comment is blocked by key, stands under the measures, is put back by key, and that is taken
// back.
func TestReportedByKey(t *testing.T) {
	s, db, p := deskOf(t, 3, "en")
	makeAccount(t, db, "lee", "reader")
	id := p.at()
	night := newClient(t, s)
	night.login(t, "night")
	if status, _ := night.post(t.Context(), "/desk/comments/"+id+"/decision", url.Values{"action": {"approve"}, "version": {"1"}}); status != 303 {
		t.Fatal(status)
	}
	lee := newClient(t, s)
	lee.login(t, "lee")
	if status, _ := lee.post(t.Context(), "/comments/"+id+"/report", url.Values{"reason": {"respect"}}); status != 303 {
		t.Fatal("report: ", status)
	}
	p.open("/desk?queue=reported")
	p.wait(looking)
	p.key("b")
	p.wait(`document.querySelector(".clauses") && document.querySelector(".clauses").offsetHeight > 0`)
	p.key("2")
	p.wait(`document.querySelectorAll("[data-queue] > li").length === 0`)
	p.wait(`!("sending" in document.querySelector("[data-queue]").dataset)`)
	lee.post(t.Context(), "/articles/"+slugOfCapture+"/comments", url.Values{"body": {"Something new"}})
	p.open("/desk?queue=measures")
	p.wait(looking)
	p.key("a")
	p.wait(`document.querySelectorAll("[data-queue] > li").length === 0`)
	p.key("u")
	p.wait(`document.querySelectorAll("[data-queue] > li").length === 1`)
	p.wait(`!("sending" in document.querySelector("[data-queue]").dataset)`)
	p.open("/desk?queue=measures")
	p.wait(`document.querySelectorAll("[data-queue] > li").length === 1`)
}
