package main

import (
	"context"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/emersion/go-smtp"
)

// mailbox is a real mail server that hands over what it is sent.
type mailbox chan string

func (m mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m mailbox) Reset()                                      {}
func (m mailbox) Logout() error                               { return nil }
func (m mailbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (m mailbox) Rcpt(string, *smtp.RcptOptions) error        { return nil }

func (m mailbox) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	m <- string(b)
	return err
}

// newMailbox starts a mail server and returns its address.
func newMailbox(t *testing.T) (mailbox, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := make(mailbox, 100)
	s := smtp.NewServer(m)
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return m, l.Addr().String()
}

// next is the text of the next mail that holds all of something, with the encoding of its parts undone; others are passed over.
func (m mailbox) next(t *testing.T, something ...string) string {
	t.Helper()
	for deadline := time.After(patience); ; {
		select {
		case data := <-m:
			text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(data)))
			if err != nil {
				t.Fatal(err)
			}
			lacks := func(part string) bool { return !strings.Contains(string(text), part) }
			if !slices.ContainsFunc(something, lacks) {
				return string(text)
			}
		case <-deadline:
			t.Fatalf("no mail came with %q", something)
		}
	}
}

// link is the address in a mail whose path begins in a way.
func link(t *testing.T, mail, path string) string {
	t.Helper()
	m := regexp.MustCompile(`http://[^/\s]+(` + regexp.QuoteMeta(path) + `[\w/#-]*)`).FindStringSubmatch(mail)
	if m == nil {
		t.Fatalf("no link to %s in\n%s", path, mail)
	}
	return m[1]
}

// TestMailInTheBrowser: a reader signs up, confirms the address by the link in a mail, writes a comment that would be
// markup, is told why it was rejected, in the account and by mail, follows the link, and ends that mail; a moderator
// suspends the reader, who objects. In Korean with scripts, in English without.
func TestMailInTheBrowser(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	for name, role := range map[string]string{"desk": "moderator", "night": "moderator", "editor": "admin"} {
		makeAccount(t, db, name, role)
	}
	command(t, capture, "import", "--db", db, "-")
	box, addr := newMailbox(t)
	s := serve(t, "serve", "--db", db, "--comment-rate", "off", "--addr", "127.0.0.1:0", "--smtp", "smtp://"+addr, "--mail-from", "The Paper <news@example.com>")
	b := browser(t)
	for _, tc := range []struct {
		lang, name, words, because, barred string
		scripts                            bool
	}{
		{"ko", "gang", `<b>굵게</b> 쓴 댓글과 링크 https://evil.example/x`, "댓글이 게시되지 않았습니다", "까지 댓글을 쓰실 수 없습니다", true},
		{"en", "moss", `A <b>bold</b> comment and a link https://evil.example/x`, "Your comment is not published", "You cannot comment until", false},
	} {
		t.Run(tc.lang, func(t *testing.T) {
			desk, editor := person(t, b, s.url, "desk", tc.lang, tc.scripts), person(t, b, s.url, "editor", tc.lang, tc.scripts)
			reader := signUp(t, b, s.url, tc.name, tc.lang, tc.scripts)
			press := func(p *tab, button string) { p.t.Helper(); p.must(chromedp.Do(p.ctx, chromedp.Click(button))) }

			path := link(t, box.next(t, "/account/confirm/"), "/account/confirm/")
			reader.open(path)
			press(reader, `main form button`)
			reader.wait(`document.querySelector("[role=status]")`)

			reader.open("/articles/2026-11-20-harbour-lights-return-after-the-storm")
			reader.write(tc.words)
			press(reader, `form[data-write] button`)
			reader.wait(`document.querySelector("[data-state=pending], button[name=anyway]")`)
			if reader.text(`document.querySelector("button[name=anyway]") ? "asked" : ""`) != "" {
				press(reader, `button[name=anyway]`)
				reader.wait(`document.querySelector("[data-state=pending]")`)
			}
			id := reader.text(`document.querySelector("[data-state=pending]").dataset.comment`)
			desk.open("/desk/comments/" + id)
			desk.must(chromedp.Do(desk.ctx, chromedp.SetValue(`select[name=clause]`, "spam")))
			press(desk, `button[value=reject]`)
			desk.wait(`location.pathname === "/desk"`)

			reader.open("/")
			reader.wait(`document.querySelector("[data-unread]").textContent === "1"`)
			reader.open("/account/messages")
			reader.wait(fmt.Sprintf(`document.querySelector("article.message h2").textContent === %q && document.querySelector("article.message blockquote").textContent === %q`, tc.because, tc.words))
			reader.wait(`!document.querySelector("article.message b, article.message a[href*=evil]")`)
			reader.open("/")
			reader.wait(`document.querySelector("[data-unread]").textContent === ""`)

			editor.open("/admin/outbox") // there it waits for the moderator to think again; else it was sent
			if editor.text(`document.querySelector("tr[data-mail]") ? "waits" : ""`) == "" {
				editor.open("/admin/outbox?mail=sent")
			}
			press(editor, `tr[data-mail] a`)
			editor.wait(`document.querySelector("pre").textContent.includes("evil.example")`)
			press(editor, `main form button`)
			editor.wait(`document.querySelector("[role=status]")`)
			mail := box.next(t, "> "+tc.words)
			for _, want := range []string{"> " + tc.words, "&lt;b&gt;"} {
				if !strings.Contains(mail, want) {
					t.Errorf("the mail lacks %q:\n%s", want, mail)
				}
			}
			if strings.Contains(mail, `href="https://evil`) {
				t.Error("the comment's link is a link in the mail")
			}
			reader.open(link(t, mail, "/comments/"+id))
			reader.wait(`document.querySelector("[data-state=rejected]")`)
			reader.open(link(t, mail, "/unsubscribe/"))
			press(reader, `main form button`)
			reader.wait(`document.querySelector("[role=status]")`)
			reader.open("/account")
			reader.wait(`!document.querySelector("#mail-decisions").checked`)

			suspend(t, desk, reader, editor, tc.name, tc.barred)
		})
	}
}

// signUp makes a reader's account by the form.
func signUp(t *testing.T, b context.Context, url, name, lang string, scripts bool) *tab {
	t.Helper()
	p := stranger(t, b, url, lang, scripts)
	p.open("/signup")
	p.must(chromedp.Do(p.ctx, chromedp.SendKeys(`input[name=email]`, name+"@example.com"), chromedp.SendKeys(`input[name=name]`, name),
		chromedp.SendKeys(`input[name=password]`, accountPassword), chromedp.Click(`input[name=age]`), chromedp.Click(`main form button`)))
	p.wait(`location.pathname === "/"`)
	return p
}

// suspend has a moderator suspend a reader, who reads why and objects; another one sees the objection.
func suspend(t *testing.T, desk, reader, other *tab, name, barred string) {
	t.Helper()
	press := func(p *tab, button string) { p.t.Helper(); p.must(chromedp.Do(p.ctx, chromedp.Click(button))) }
	reader.open("/articles/2026-11-20-harbour-lights-return-after-the-storm") // before the suspension: the page has a form
	reader.write("One more comment")
	other.open("/admin/users?q=" + name)
	user := other.text(`document.querySelector("td a[href^='/desk/users/']").getAttribute("href")`)
	desk.open(user)
	press(desk, `.sanctions summary`)
	desk.must(chromedp.Do(desk.ctx, chromedp.SetValue(`select[name=action]`, "suspend"), chromedp.SetValue(`select[name=clause]`, "spam"),
		chromedp.SetValue(`select[name=until]`, "24h"), chromedp.SendKeys(`textarea[name=answer]`, "No advertising, please.")))
	press(desk, `.sanctions form button`)
	desk.wait(`document.querySelector("[role=status].done")`)

	press(reader, `form[data-write] button`)
	reader.wait(fmt.Sprintf(`document.querySelector("#problem-body").textContent.includes(%q) && document.querySelector("textarea[name=body]").value === "One more comment"`, barred))
	reader.open("/articles/2026-11-20-harbour-lights-return-after-the-storm")
	reader.wait(fmt.Sprintf(`document.querySelector("#write .notice").textContent.includes(%q) && !document.querySelector("#write textarea")`, barred))
	reader.open("/account#standing")
	reader.wait(`document.querySelector(".standing-own").textContent.includes("No advertising, please.")`)
	press(reader, `.standing-own summary`)
	reader.must(chromedp.Do(reader.ctx, chromedp.SendKeys(`.standing-own textarea`, "It was no advertising")))
	press(reader, `.standing-own form button`)
	reader.wait(`document.querySelector("[role=status].done")`)
	other.open(user)
	other.wait(`document.querySelector(".objection").textContent.includes("It was no advertising") && document.querySelector("button[value=uphold]")`)
}
