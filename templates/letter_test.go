package templates

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// told are messages of every kind, with and without what they may carry.
func told() (all []Message) {
	clause := &ClauseRef{ID: "respect", Number: 3, Title: hostile}
	at := time.Date(2026, 11, 27, 5, 2, 0, 0, time.UTC)
	comment := func(state string) *MessageComment {
		return &MessageComment{ID: 7, Body: hostile + "\nsecond line", Lang: "ko", State: state, Author: hostile, Slug: "a", Headline: hostile}
	}
	for _, action := range []string{"approve", "reject", "block", "restore", "reopen", "withdraw", "something new"} {
		m := Message{Kind: "decision", Action: action, Comment: comment("rejected"), Clause: clause, Standards: "2026-11", Until: at, AppealUntil: at,
			Answer: hostile, Found: []string{"word", "repeat_near", "something new"}, Reported: true}
		plain, appeal, undone, program := m, m, m, m
		plain.Clause, plain.Until, plain.AppealUntil, plain.Found, plain.Reported = nil, time.Time{}, time.Time{}, nil, false
		appeal.Appeal, undone.Undone, undone.Lapsed, program.Program = true, true, 1, true
		all = append(all, m, plain, appeal, undone, program, Message{Kind: "decision", Action: action})
		m.Kind, m.Case = "notice", "AAAA-BBBB"
		program.Kind, undone.Kind = "notice", "notice"
		all = append(all, m, program, undone)
	}
	for _, action := range []string{"warn", "premoderate", "suspend", "ban", "lift", "uphold"} {
		m := Message{Kind: "sanction", Action: action, Answer: hostile}
		if action != "lift" && action != "uphold" {
			m.Clause, m.Standards, m.AppealUntil = clause, "2026-11", at
		}
		awaited := m
		awaited.Awaited = true
		all = append(all, m, awaited)
		if action == "premoderate" || action == "suspend" {
			m.Until = at
			all = append(all, m)
		}
		if action == "ban" || action == "lift" {
			m.Comments, m.Lapsed = 1234, 2
			all = append(all, m)
		}
	}
	return append(all, Message{Kind: "reply", Comment: comment("published")}, Message{Kind: "reply", Comment: comment("rejected")}, Message{Kind: "reply"},
		Message{Kind: "notice", Case: "AAAA-BBBB"}, Message{Kind: "replaced", Case: "AAAA-BBBB", Law: "kr", Comment: comment("published")}, Message{Kind: "replaced"}, Message{Kind: "noticed", Case: "AAAA-BBBB", Law: "kr", Comment: comment("published")}, Message{Kind: "noticed"},
		Message{Kind: "confirm", Link: "https://news.example.com/x"}, Message{Kind: "something new"})
}

// Every message has words in both languages, the same for the page, the mail's text and its HTML; what people wrote
// stands in them as text.
func TestEveryLetter(t *testing.T) {
	p := load(t)
	for _, lang := range Languages() {
		for _, m := range told() {
			l, err := p.Letter(lang, m)
			if err != nil {
				t.Errorf("%s %s %s: %v", lang, m.Kind, m.Action, err)
				continue
			}
			if l.Subject == "" || len(l.Parts) == 0 || strings.Contains(l.Subject, "message.") {
				t.Errorf("%s %s %s: %+v", lang, m.Kind, m.Action, l)
			}
			if strings.Contains(l.Subject, "<script>") {
				t.Errorf("%s %s %s: somebody's words stand in the subject", lang, m.Kind, m.Action)
			}
			var b bytes.Buffer
			if err := p.Mail.Render(&b, lang, Mail{Site: hostile, Lang: lang, Home: "https://news.example.com/", Name: hostile, Letter: l.At("https://news.example.com")}); err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"<script", "<no value>", "ZgotmplZ", `href="/`} {
				if strings.Contains(b.String(), bad) {
					t.Errorf("%s %s %s: the HTML holds %q", lang, m.Kind, m.Action, bad)
				}
			}
			if text := l.Text(); strings.Contains(text, "<no value>") || m.Answer != "" && m.Kind == "sanction" && !strings.Contains(text, "> "+hostile+"\n") {
				t.Errorf("%s %s %s: %s", lang, m.Kind, m.Action, text)
			}
		}
	}
}

// A quotation cannot end itself: each of its lines is marked.
func TestQuotationStaysOne(t *testing.T) {
	l := Letter{Parts: []Part{{Text: "one\r\ntwo\rthree\n\n-- \nfour", Quote: true}, {Label: "Label", Text: "five", Link: "https://news.example.com/x", LinkText: "Open"}}}
	want := "> one\n> two\n> three\n> \n> -- \n> four\n\nLabel\nfive\nOpen\nhttps://news.example.com/x\n\n"
	if got := l.Text(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A reply that has left the page is not told: neither its words nor whose they are.
func TestReplyThatIsGone(t *testing.T) {
	l, err := load(t).Letter("en", Message{Kind: "reply", Comment: &MessageComment{ID: 7, Body: "secret words", Author: "secret name", State: "rejected"}})
	if err != nil || strings.Contains(l.Text(), "secret") {
		t.Error(err, l.Text())
	}
}
