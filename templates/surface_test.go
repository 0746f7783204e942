package templates

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// What others rely on: attributes in their order, addresses and names of form fields.
func TestSurface(t *testing.T) {
	p := load(t)
	clause := &ClauseRef{ID: "respect", Number: 1, Title: "Respect"}
	parent := &Comment{ID: 7, State: "published"}
	tests := []struct {
		name string
		page func(w *bytes.Buffer, lang string) error
		want []string
		not  []string
	}{
		{"article", func(w *bytes.Buffer, lang string) error {
			return p.Article.Render(w, Frame{Lang: lang, Viewer: &Viewer{Name: "@name@"}}, Article{Slug: "a-b", Open: true, Personal: "@own@", Threads: []Thread{
				{Comment: Comment{ID: 7, State: "published", Body: "Yes"}, Replies: []Comment{{ID: 8, State: "published"}, {ID: 9, State: "pending", Body: "secret"}}},
				{Comment: Comment{ID: 5, State: "rejected", Body: "secret", Author: "secret"}},
			}})
		}, []string{`<article data-article="a-b">`, `<li data-comment="7" data-state="published">`, `<li data-comment="8" data-state="published">`,
			`href="/comments/7"`, `href="/comments/8"`, `href="/articles/a-b?reply=7#write"`, `id="comment-7"`, "@own@", "@name@"},
			[]string{"secret", `data-state="rejected"`, `data-state="pending"`, "reply=8"}},
		{"form", func(w *bytes.Buffer, lang string) error {
			return p.Discussion.Render(w, lang, Discussion{Slug: "a", Open: true, SignedIn: true, Path: "/articles/a",
				Mine: []Comment{{ID: 4, State: "pending"}, {ID: 3, State: "rejected", Clause: clause}},
				Form: CommentForm{Action: "/articles/a/comments", Limit: 250, Parent: parent, Anyway: true, Problem: &Problem{Field: "body", Message: "comment.wording"}}})
		}, []string{`action="/articles/a/comments"`, `name="body"`, `name="parent" value="7"`, `name="anyway" value="1"`, `aria-invalid="true"`, `role="alert"`,
			`<li data-comment="4" data-state="pending">`, `<li data-comment="3" data-state="rejected">`, `role="status"`, `href="/standards#clause-respect"`, `href="/standards"`, `href="/comments/3"`},
			[]string{"maxlength", "/login"}},
		{"signed out", func(w *bytes.Buffer, lang string) error {
			return p.Discussion.Render(w, lang, Discussion{Open: true, Path: "/articles/a"})
		}, []string{`href="/login?next=%2farticles%2fa"`, `href="/standards"`}, []string{"<form"}},
		{"closed", func(w *bytes.Buffer, lang string) error {
			return p.Discussion.Render(w, lang, Discussion{SignedIn: true, Form: CommentForm{Body: "kept words"}})
		}, []string{"kept words"}, []string{"<form"}},
		{"desk", func(w *bytes.Buffer, lang string) error {
			return p.Desk.Render(w, Frame{Lang: lang, Path: "/desk?q=x", Viewer: &Viewer{Role: "moderator"}}, Desk{Queue: "pending", Clauses: []ClauseRef{*clause}, Rows: []DeskRow{
				{ID: 3, Version: 2, Risk: 0.256, State: "pending", Lang: "ko", Text: []Mark{{Text: "a "}, {Text: "bad", Why: "word", Clause: clause}}},
				{ID: 4, Version: 1, State: "pending", Own: true},
				{ID: 5, Version: 1, State: "rejected", After: 12, Decision: &Decision{Action: "reject", Clause: clause}},
			}})
		}, []string{`<li data-comment="3" data-version="2" data-risk="0.26">`, `<li data-comment="4" data-version="1" data-risk="0.00">`, `action="/desk/comments/3/decision"`,
			`name="version" value="2"`, `name="clause"`, `<option value="respect">`, `name="note"`, `name="action" value="approve"`, `name="action" value="reject"`,
			`name="after" value="12"`, `name="next" value="/desk?q=x"`, `bad</mark>`, `<p class="words" lang="ko"`}, []string{`action="/desk/comments/4/decision"`, "/admin/"}},
		{"desk after a decision", func(w *bytes.Buffer, lang string) error {
			return p.Desk.Render(w, Frame{Lang: lang, Path: "/desk?queue=decided"}, Desk{Queue: "decided", Articles: []Chip{{Slug: "a-b"}}, Done: &Done{Action: "reject", Comment: 3, Version: 1, After: 12, Next: "/desk?queue=decided"}, Refused: []Refused{{ID: 6, Why: "late"}}, Rows: []DeskRow{{ID: 3}}})
		}, []string{`class="done" role="status"`, `name="action" value="undo"`, `name="article" value="a-b"`, `data-refused="6"`, `href="/desk/comments/3?next=%2fdesk%3fqueue%3ddecided"`}, []string{`name="order"`}},
		{"desk comment", func(w *bytes.Buffer, lang string) error {
			return p.DeskComment.Render(w, Frame{Lang: lang}, DeskComment{Row: DeskRow{ID: 3, State: "pending"}, Back: "/desk?q=x", Next: "/desk/comments/4", Clauses: []ClauseRef{*clause},
				Problem: &Problem{Field: "clause", Message: "desk.clause_needed"}})
		}, []string{`href="/desk?q=x" data-back`, `name="next" value="/desk?q=x"`, `href="/desk/comments/4?next=%2fdesk%3fq%3dx"`, `aria-invalid="true" aria-describedby="problem-clause"`, `id="problem-clause"`}, nil},
		{"desk comment decided", func(w *bytes.Buffer, lang string) error {
			d := Decision{Action: "reject", Note: "kept note"}
			return p.DeskComment.Render(w, Frame{Lang: lang}, DeskComment{Row: DeskRow{ID: 3, State: "rejected", Decision: &d}, Decisions: []Decision{d}})
		}, []string{"kept note", `href="/desk" data-back`}, []string{`id="decisions"`}},
		{"log", func(w *bytes.Buffer, lang string) error {
			return p.Log.Render(w, Frame{Lang: lang}, Log{Rows: []LogRow{{Action: "comment.reject", Clause: clause, Noted: true}}})
		}, []string{`href="/standards#clause-respect"`, `class="by"`}, nil},
		{"standards", func(w *bytes.Buffer, lang string) error {
			return p.Standards.Render(w, Frame{Lang: lang}, Standards{Clauses: []Clause{{ClauseRef: *clause}}})
		}, []string{`<section id="clause-respect">`}, nil},
		{"log in", func(w *bytes.Buffer, lang string) error {
			return p.Login.Render(w, Frame{Lang: lang}, Login{Next: "/a", Draft: &Draft{Slug: "a", Parent: 7, Body: "\nkept"}})
		}, []string{`name="email"`, `name="password"`, `name="next" value="/a"`, `name="draft_article" value="a"`, `name="draft_parent" value="7"`, `name="draft_body"`, ">\n\nkept</textarea>"}, nil},
		{"sign up", func(w *bytes.Buffer, lang string) error {
			return p.Signup.Render(w, Frame{Lang: lang}, Signup{Problems: []Problem{{Field: "age", Message: "signup.age"}}})
		}, []string{`action="/signup"`, `name="email"`, `name="name"`, `name="password"`, `name="age" type="checkbox" value="14"`, `aria-describedby="problem-age"`, `id="problem-age"`}, nil},
		{"set up", func(w *bytes.Buffer, lang string) error { return p.Setup.Render(w, Frame{Lang: lang}, Setup{}) },
			[]string{`action="/setup"`, `name="email"`, `name="name"`, `name="password"`}, nil},
		{"import", func(w *bytes.Buffer, lang string) error {
			return p.AdminImport.Render(w, Frame{Lang: lang}, AdminImport{Formats: []string{"auto"}})
		}, []string{`enctype="multipart/form-data"`, `name="file"`, `name="format"`, `name="tz"`, `name="dry_run"`}, nil},
		{"comment", func(w *bytes.Buffer, lang string) error {
			return p.Comment.Render(w, Frame{Lang: lang}, CommentPage{Comment: Comment{ID: 3, State: "rejected", Body: "x", Clause: clause}, Mine: true, CanWithdraw: true,
				EditForm: &CommentForm{Action: "/comments/3/edit"}, EditUntil: time.Unix(0, 0), Decision: &Decision{Action: "reject"}})
		}, []string{`<li data-comment="3" data-state="rejected">`, `action="/comments/3/edit"`, `action="/comments/3/delete"`, `/standards#clause-respect`}, []string{"/desk/"}},
	}
	for _, tt := range tests {
		for _, lang := range Languages() {
			t.Run(lang+" "+tt.name, func(t *testing.T) {
				var b bytes.Buffer
				if err := tt.page(&b, lang); err != nil {
					t.Fatal(err)
				}
				for _, want := range tt.want {
					if !strings.Contains(b.String(), want) {
						t.Errorf("%s is missing", want)
					}
				}
				for _, not := range tt.not {
					if strings.Contains(b.String(), not) {
						t.Errorf("%s must not be there", not)
					}
				}
			})
		}
	}
}

// The counter and the language of the page, to the letter.
func TestCounter(t *testing.T) {
	p := load(t)
	for lang, want := range map[string]string{"en": `<output data-counter>0/250</output>`, "ko": `<output data-counter>0/250자</output>`} {
		for _, signedIn := range []bool{true, false} {
			var b bytes.Buffer
			if err := p.Discussion.Render(&b, lang, Discussion{Open: true, SignedIn: signedIn, Form: CommentForm{Limit: 250}}); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s is missing for signed in = %v", want, signedIn)
			}
		}
		var b bytes.Buffer
		if err := p.Error.Render(&b, Frame{Lang: lang}, ErrorPage{Status: 404}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), `<html lang="`+lang+`">`) {
			t.Errorf("the page is not in %s", lang)
		}
	}
}

// An imported body is the only HTML that is trusted; every other text is shown as it is.
func TestTrust(t *testing.T) {
	var b bytes.Buffer
	if err := load(t).Article.Render(&b, Frame{Lang: "en"}, Article{BodyHTML: "<p>body</p>", Deck: "<p>deck</p>", Credit: hostile, URL: "javascript:alert(1)"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{"<p>body</p>": true, "&lt;p&gt;deck&lt;/p&gt;": true, "<p>deck</p>": false, "javascript:": false, "<script>": false} {
		if strings.Contains(b.String(), text) != want {
			t.Errorf("%q in the page: %v", text, !want)
		}
	}
}
