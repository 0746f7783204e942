package web

import (
	"bytes"
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"broadsheet/db"
	"broadsheet/moderation"
)

// sink is a real mail server that keeps what it is sent.
type sink struct {
	t      testing.TB
	addr   string
	server *smtp.Server

	password string      // that it asks for, "" for none
	tls      *tls.Config // it offers STARTTLS; nil: it does not
	implicit bool        // it speaks TLS from the first byte on, if at all

	mu     sync.Mutex
	mails  []received
	refuse error        // what it answers to a mail, nil to take it
	wire   bytes.Buffer // what came, as anybody between could read it
}

// received is one mail as it came over the wire.
type received struct {
	to   []string
	data string
}

// newSink starts a mail server on a free port of this machine.
func newSink(t testing.TB) *sink {
	k := &sink{t: t, addr: "127.0.0.1:0"}
	k.start()
	t.Cleanup(k.stop)
	return k
}

func (k *sink) start() {
	l, err := net.Listen("tcp", k.addr)
	if err != nil {
		k.t.Fatal(err)
	}
	k.addr = l.Addr().String()
	k.server = smtp.NewServer(k)
	k.server.ErrorLog, k.server.AllowInsecureAuth = quiet{}, true
	l = tap{l, k}
	if k.implicit && k.tls != nil {
		l = tls.NewListener(l, k.tls)
	} else {
		k.server.TLSConfig = k.tls
	}
	go k.server.Serve(l)
}

// quiet is a log of nothing: a connection that is cut is what some tests are about.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (k *sink) stop() { k.server.Close() }

func (k *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return &letterbox{sink: k}, nil }

// letterbox is one connection to the sink.
type letterbox struct {
	sink   *sink
	to     []string
	logged bool
}

func (b *letterbox) AuthMechanisms() []string {
	if b.sink.password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (b *letterbox) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "news" || password != b.sink.password {
			return errors.New("wrong name or password")
		}
		b.logged = true
		return nil
	}), nil
}

func (b *letterbox) Reset()                                    { b.to = nil }
func (b *letterbox) Logout() error                             { return nil }
func (b *letterbox) Mail(string, *smtp.MailOptions) error      { return nil }
func (b *letterbox) Rcpt(to string, _ *smtp.RcptOptions) error { b.to = append(b.to, to); return nil }
func (b *letterbox) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	b.sink.mu.Lock()
	defer b.sink.mu.Unlock()
	switch {
	case b.sink.refuse != nil:
		return b.sink.refuse
	case b.sink.password != "" && !b.logged:
		return errors.New("log in first")
	}
	b.sink.mails = append(b.sink.mails, received{b.to, string(data)})
	return nil
}

// taken gives what came since it was last asked.
func (k *sink) taken() []received {
	k.mu.Lock()
	defer k.mu.Unlock()
	out := k.mails
	k.mails = nil
	return out
}

func (k *sink) answer(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refuse = err
}

// opened is a mail, parsed by the standard library.
type opened struct {
	header     mail.Header
	subject    string
	text, html string
	to         []string
}

func openMail(t testing.TB, r received) opened {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(r.data))
	if err != nil {
		t.Fatal(err)
	}
	o := opened{header: m.Header, to: r.to}
	if o.subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s: %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return o
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(b), "\r\n", "\n")
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/plain") {
			o.text = text
		} else {
			o.html = text
		}
	}
}

// mailSite is a site whose mail goes to a sink.
func mailSite(t testing.TB, change ...func(*Config)) (*site, *sink) {
	k := newSink(t)
	return newSite(t, append([]func(*Config){func(c *Config) {
		c.BaseURL = &url.URL{Scheme: "https", Host: "news.example.com"}
		c.Mail = &MailServer{&url.URL{Scheme: "smtp", Host: k.addr}, &mail.Address{Name: "The Test", Address: "news@example.com"}}
	}}, change...)...), k
}

// post sends what is due after a time and opens what came.
func (s *site) post(t testing.TB, k *sink, after time.Duration) []opened {
	t.Helper()
	if err := s.mailRound(context.Background(), s.archive.Now().Add(after)); err != nil {
		t.Fatal(err)
	}
	var out []opened
	for _, r := range k.taken() {
		out = append(out, openMail(t, r))
	}
	return out
}

// only is the one mail that came.
func only(t testing.TB, mails []opened) opened {
	t.Helper()
	if len(mails) != 1 {
		t.Fatalf("%d mails, want one", len(mails))
	}
	return mails[0]
}

// soon is when the mail about a decision of now is due.
const soon = db.UndoWindow + time.Second

func (s *site) account(t testing.TB, name string) db.User {
	t.Helper()
	u, _, err := s.archive.Credentials(context.Background(), name+"@example.com")
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (v *visitor) reject(id string, more ...string) {
	v.t.Helper()
	r := v.post("/desk/comments/"+id+"/decision", append([]string{"action", "reject", "clause", "respect", "version", "1"}, more...)...)
	if r.Status != 303 {
		v.t.Fatalf("reject %s: %d", id, r.Status)
	}
}

// hostile is a comment that would do something, were it anything but text.
const hostile = `<b>Dear</b> <a href="https://evil.example/?a=1&b=2">click</a> https://evil.example/x <img src=//evil.example/i>`

// The statement of reasons stands in the account and comes by mail, in the account's language, with everything that
// article 17 of the DSA asks for; the comment is quoted as text in both parts.
func TestStatementOfReasons(t *testing.T) {
	for lang, w := range map[string][]string{
		"en": {"not published", "The comment\n> <b>Dear</b>", "whole comment, on every page and in every country, without an end", "automated", "A person read it and decided", "Clause 1 of our standards", "Argue with the point", "version 2026-11", "free of charge", "court", "Another moderator"},
		"ko": {"게시되지 않았습니다", "해당 댓글\n> <b>Dear</b>", "모든 국가에서 기한 없이 게시하지 않습니다", "자동 점검", "운영자가 직접 읽고 결정했으며", "(2026-11판) 제1조", "사람이 아니라 주장을", "비용 없이", "법원", "다른 운영자"},
	} {
		t.Run(lang, func(t *testing.T) {
			s, k := mailSite(t)
			kim, desk := s.as(t, "kim"), s.as(t, "desk")
			kim.post("/account/language", "language", lang)
			id := kim.comment(hostile, "anyway", "1")
			desk.reject(id, "note", "for the staff only")
			if got := s.post(t, k, 0); len(got) != 0 {
				t.Fatal("the mail did not wait for an undo")
			}
			m := only(t, s.post(t, k, soon))
			contains(t, "the text", m.subject+"\n"+m.text, w...)
			contains(t, "the text", m.text, hostile, "https://news.example.com/standards#clause-respect", "https://news.example.com/comments/"+id+"#appeal", "https://news.example.com/unsubscribe/")
			contains(t, "the HTML", m.html, `lang="`+lang+`"`, "&lt;b&gt;Dear&lt;/b&gt;", `href="https://news.example.com/comments/`+id+`#appeal"`)
			for _, l := range regexp.MustCompile(`<(\w+)([^>]*)>`).FindAllStringSubmatch(m.html, -1) {
				if !strings.Contains(" html head meta title body p a div h3 blockquote hr br ", " "+l[1]+" ") || l[1] == "a" && !strings.HasPrefix(l[2], ` href="https://news.example.com/`) {
					t.Errorf("the HTML has %s", l[0])
				}
			}
			lacks(t, "the mail", m.text+m.html, "for the staff only", "desk")
			if m.header.Get("Auto-Submitted") != "auto-generated" || !strings.HasPrefix(m.header.Get("List-Unsubscribe"), "<https://news.example.com/unsubscribe/") ||
				m.header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasSuffix(m.header.Get("Message-Id"), "@news.example.com>") {
				t.Errorf("headers: %v", m.header)
			}
			page := kim.get("/account/messages").Body
			contains(t, "the account", page, "&lt;b&gt;Dear&lt;/b&gt;", `href="/comments/`+id+`#appeal"`, `href="/standards#clause-respect"`)
			lacks(t, "the account", page, "for the staff only", `href="https://evil`)
			for _, line := range w[2:] {
				if !strings.Contains(line, "\n") {
					contains(t, "the account", page, line)
				}
			}
			if again := s.post(t, k, 48*time.Hour); len(again) != 0 {
				t.Error("a mail was sent twice")
			}
		})
	}
}

// Names that would be headers stay names, wherever they come from.
func TestMailHeadersCannotBeInjected(t *testing.T) {
	const trick = "X\r\nBcc: victim@example.com\r\nSubject: Buy"
	s, k := mailSite(t, func(c *Config) { c.Site, c.Mail.From.Name = trick, trick })
	ctx := context.Background()
	_, phc, err := s.archive.Credentials(ctx, "kim@example.com")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.archive.CreateUser(ctx, db.NewUser{Email: "evil@example.com", Name: trick, Password: phc, Role: db.Reader, Verified: true}, 0); err != nil {
		t.Fatal(err)
	}
	s.slug = s.addArticle(t, "k2", "Headline "+trick)
	s.as(t, "desk").reject(s.as(t, "evil").comment("A comment"))
	m := only(t, s.post(t, k, soon))
	if len(m.to) != 1 || m.to[0] != "evil@example.com" {
		t.Errorf("went to %q", m.to)
	}
	if len(m.header["Subject"]) != 1 || m.header.Get("Bcc") != "" || strings.ContainsAny(m.subject, "\r\n") {
		t.Errorf("headers: %v", m.header)
	}
}

// What is taken back within the window goes to nobody; what was told is told to be taken back.
func TestUndoneDecisionsAreNotMailed(t *testing.T) {
	s, k := mailSite(t)
	ctx := context.Background()
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	undo := func(id string) {
		t.Helper()
		last, err := s.archive.LastDecision(ctx, number(id))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.archive.Undo(ctx, db.Verb{Comment: number(id), Version: 1, After: last.ID, By: s.account(t, "desk").ID, At: s.archive.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	one := kim.comment("The first comment")
	desk.reject(one)
	undo(one)
	if got := s.post(t, k, soon); len(got) != 0 {
		t.Errorf("%d mails about a decision that was taken back", len(got))
	}
	lacks(t, "the account", kim.get("/account/messages").Body, "The first comment")

	two := kim.comment("The second comment")
	desk.reject(two)
	if got := s.post(t, k, soon); len(got) != 1 {
		t.Fatalf("%d mails", len(got))
	}
	undo(two)
	m := only(t, s.post(t, k, soon))
	contains(t, "the second mail", m.subject+m.text, "taken back", "The second comment", "A moderator will read it before it is published")

	three := kim.comment("The third comment") // seen in the account, not mailed yet
	desk.reject(three)
	contains(t, "the account", kim.get("/account/messages").Body, "The third comment")
	undo(three)
	m = only(t, s.post(t, k, soon))
	contains(t, "the third mail", m.subject, "taken back")
}

// A server that is down costs time, not mail; one that says no for good ends the tries; ten tries are enough.
func TestMailIsTriedAgain(t *testing.T) {
	s, k := mailSite(t)
	ctx := context.Background()
	s.as(t, "desk").reject(s.as(t, "kim").comment("A comment"))
	editor := s.as(t, "editor")
	contains(t, "the outbox", editor.get("/admin/outbox").Body, "kim@example.com", "Decision")
	id := attr(t, editor.get("/admin/outbox").Body, `data-mail="(\d+)"`)
	contains(t, "the mail in the outbox", editor.get("/admin/outbox/"+id).Body, "Your comment is not published – The Test", "&gt; A comment", ">Send now<")

	k.stop()
	at := s.archive.Now().Add(soon)
	if err := s.mailRound(ctx, at); err == nil {
		t.Fatal("a round without a server went well")
	}
	contains(t, "the outbox", editor.get("/admin/outbox").Body, "kim@example.com", "refused")
	k.start()
	if got := s.post(t, k, soon); len(got) != 0 {
		t.Error("tried again at once")
	}
	only(t, s.post(t, k, soon+time.Minute+time.Second))
	contains(t, "what was sent", editor.get("/admin/outbox?mail=sent").Body, "kim@example.com")
	contains(t, "the mail that was sent", editor.get("/admin/outbox/"+id).Body, ">Send again<")

	k.answer(&smtp.SMTPError{Code: 550, Message: "no such mailbox"})
	want(t, "send again", editor.post("/admin/outbox/"+id).Status, 303)
	if got := s.post(t, k, time.Second); len(got) != 0 {
		t.Fatal("a refused mail was taken")
	}
	contains(t, "what failed", editor.get("/admin/outbox?mail=failed").Body, "no such mailbox")

	k.answer(&smtp.SMTPError{Code: 451, Message: "come back later"})
	want(t, "send again", editor.post("/admin/outbox/"+id).Status, 303)
	at = s.archive.Now().Add(time.Second)
	for range db.MailTries {
		lacks(t, "what failed", editor.get("/admin/outbox?mail=failed").Body, "kim@example.com")
		if err := s.mailRound(ctx, at); err != nil {
			t.Fatal(err)
		}
		at = at.Add(maxBackoff)
	}
	contains(t, "what failed", editor.get("/admin/outbox?mail=failed").Body, "come back later")
	k.answer(nil)
	if err := s.mailRound(ctx, at); err != nil || len(k.taken()) != 0 {
		t.Errorf("an eleventh try: %v", err)
	}
	log := editor.get("/desk/log").Body
	contains(t, "the log", log, "Mail sent again", "Mail read")
	lacks(t, "the log", log, "kim@example.com")
}

// Killed while a mail was under way, the program tries it again when its turn comes, once and under the same name.
func TestMailSurvivesAKill(t *testing.T) {
	s, k := mailSite(t)
	ctx := context.Background()
	s.as(t, "desk").reject(s.as(t, "kim").comment("A comment"))
	at := s.archive.Now().Add(soon)
	due, err := s.archive.DueMail(ctx, at, 10)
	if err != nil || len(due) != 1 {
		t.Fatal(due, err)
	}
	before, err := s.compose(ctx, due[0], at)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.archive.ClaimMail(ctx, due[0], at, at.Add(backoff(1))); err != nil {
		t.Fatal(err)
	}
	if err := s.archive.ClaimMail(ctx, due[0], at, at.Add(backoff(1))); !errors.Is(err, db.ErrConflict) {
		t.Errorf("two programs took one mail: %v", err)
	}
	if got := s.post(t, k, soon); len(got) != 0 {
		t.Error("tried again at once")
	}
	m := only(t, s.post(t, k, soon+2*time.Minute))
	if m.header.Get("Message-Id") != "<"+before.id+">" {
		t.Errorf("%q and %q", m.header.Get("Message-Id"), before.id)
	}
	if got := s.post(t, k, 24*time.Hour); len(got) != 0 {
		t.Error("sent twice")
	}
}

// The mail server's password is sent.
func TestMailServerLogin(t *testing.T) {
	s, k := mailSite(t)
	s.as(t, "desk").reject(s.as(t, "kim").comment("A comment"))
	k.stop()
	k.password = "sesame@1"
	k.start()
	s.cfg.Mail.URL.User = url.UserPassword("news", "wrong")
	if err := s.mailRound(context.Background(), s.archive.Now().Add(soon)); err == nil {
		t.Error("a wrong password went well")
	}
	s.cfg.Mail.URL.User = url.UserPassword("news", "sesame@1")
	only(t, s.post(t, k, soon+2*time.Minute))

	lacks(t, "the log", s.log.String(), "sesame@1")
}

func TestBackoff(t *testing.T) {
	for n, want := range map[int]time.Duration{1: time.Minute, 2: 3 * time.Minute, 4: 27 * time.Minute, 7: 12 * time.Hour, 10: 12 * time.Hour} {
		if got := backoff(n); got != want {
			t.Errorf("after try %d: %v, want %v", n, got, want)
		}
	}
}

// A link ends mail of its kind: by its button, or by a mail program's own request.
func TestUnsubscribe(t *testing.T) {
	s, k := mailSite(t)
	kim, desk, out := s.as(t, "kim"), s.as(t, "desk"), s.visit(t)
	out.header = nil // a mail program says nothing of its origin
	link := func(m opened) string {
		return attr(t, m.header.Get("List-Unsubscribe"), `<https://news\.example\.com(/unsubscribe/[\w-]+)>`)
	}
	desk.reject(kim.comment("The first comment"))
	path := link(only(t, s.post(t, k, soon)))
	contains(t, "the page", out.get(path).Body, `<form method="post" action="`+path+`"`)
	desk.reject(kim.comment("The second comment"))
	only(t, s.post(t, k, soon)) // looking changed nothing
	want(t, "the button", out.post(path, "List-Unsubscribe", "One-Click").Status, 200)
	desk.reject(kim.comment("The third comment"))
	if got := s.post(t, k, soon); len(got) != 0 {
		t.Errorf("%d mails after the end", len(got))
	}
	contains(t, "the account", kim.get("/account/messages").Body, "The third comment")
	kim.post("/account/mail", "decisions", "1")
	desk.reject(kim.comment("The fourth comment"))
	only(t, s.post(t, k, soon))
	for _, bad := range []string{"x", path[len("/unsubscribe/"):] + "A", "A" + path[len("/unsubscribe/")+1:]} {
		want(t, "a link that is none of ours", out.post("/unsubscribe/"+bad).Status, 404)
		want(t, "a link that is none of ours", out.get("/unsubscribe/"+bad).Status, 404)
	}
}

// Sign-up proves nothing: until the address is confirmed, its mail says only that there is a message.
func TestUnprovedAddress(t *testing.T) {
	s, k := mailSite(t)
	v, out := s.visit(t), s.visit(t)
	v.header.Set("Accept-Language", "ko")
	want(t, "sign-up", v.post("/signup", "email", "new@example.com", "name", "https://x.example", "password", password, "age", "14").Status, 422) // a name is reviewed
	want(t, "sign-up", v.post("/signup", "email", "new@example.com", "name", "새 독자", "password", password, "age", "14").Status, 303)
	m := only(t, s.post(t, k, time.Second))
	contains(t, "the mail", m.subject+m.text, "이메일 주소를 확인해 주십시오")
	lacks(t, "the mail", m.text+m.html, "새 독자")
	path := attr(t, m.text, `https://news\.example\.com(/account/confirm/[\w-]+)`)

	s.as(t, "desk").reject(v.comment("비밀스러운 댓글입니다"))
	m = only(t, s.post(t, k, soon))
	contains(t, "the veiled mail", m.subject+m.text, "새 알림이 있습니다", "https://news.example.com/account/messages")
	lacks(t, "the veiled mail", m.text+m.html, "비밀스러운", "게시되지")

	page := out.get(path)
	contains(t, "the page of the link", page.Body, "new@example.com", `<form method="post" action="`+path+`"`)
	if page.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Error("the token leaves with the referrer")
	}
	if s.account(t, "new").Verified {
		t.Fatal("looking at the link confirmed")
	}
	for _, bad := range []string{"/account/confirm/x", path + "A", path[:len(path)-1] + "-"} {
		if bad != path {
			want(t, "a forged link", out.post(bad).Status, 404)
		}
	}
	want(t, "the button", out.post(path).Status, 200)
	want(t, "the button once more", out.post(path).Status, 200)
	if !s.account(t, "new").Verified {
		t.Fatal("the button did not confirm")
	}
	s.as(t, "desk").reject(v.comment("두 번째 댓글입니다"))
	m = only(t, s.post(t, k, soon))
	contains(t, "the mail to a proved address", m.text, "> 두 번째 댓글입니다", "새 독자 님께")
	want(t, "asking once more", v.post("/account/confirm").Status, 409)
}

// The mail that asks for proof is not sent as often as somebody likes.
func TestConfirmIsRateLimited(t *testing.T) {
	s, _ := mailSite(t)
	v := s.visit(t)
	v.post("/signup", "email", "new@example.com", "name", "newcomer", "password", password, "age", "14")
	want(t, "once more at once", v.post("/account/confirm").Status, 429)
	id, ctx, at := s.account(t, "new").ID, context.Background(), s.archive.Now()
	n := 0
	for range 20 {
		at = at.Add(15 * time.Minute)
		if err := s.archive.AskConfirm(ctx, id, "en", at); err == nil {
			n++
		} else if !errors.Is(err, db.ErrRate) {
			t.Fatal(err)
		}
	}
	if n != 4 { // and the one at sign-up
		t.Errorf("%d mails more in a day, want 4", n)
	}
}

// Sign-up sends a mail to whatever address somebody types: not as often as they like. Who is left out asks for it.
func TestSignupMailIsRateLimited(t *testing.T) {
	s, k := mailSite(t)
	var last *visitor
	for i := range db.SignupMails + 2 {
		last = s.visit(t)
		last.header.Set("X-Forwarded-For", "203.0.113."+itoa(i))
		want(t, "sign-up", last.post("/signup", "email", "new"+itoa(i)+"@example.com", "name", "newcomer", "password", password, "age", "14").Status, 303)
	}
	if n := len(s.post(t, k, time.Second)); n != db.SignupMails {
		t.Errorf("%d mails, want %d", n, db.SignupMails)
	}
	contains(t, "the account", last.get("/account").Body, `action="/account/confirm"`)
	want(t, "asking for it", last.post("/account/confirm").Status, 303)
	only(t, s.post(t, k, time.Second))
}

// An account gets so many mails an hour; the rest waits for the next.
func TestMailRate(t *testing.T) {
	s, k := mailSite(t)
	ctx := context.Background()
	kim, lee := s.as(t, "kim"), s.as(t, "lee")
	desk := s.account(t, "desk").ID
	decide := func(id string) {
		t.Helper()
		if _, err := s.archive.Decide(ctx, db.Verb{Comment: number(id), Version: 1, By: desk, Action: moderation.Reject, Clause: "respect", At: s.archive.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range db.MailsAnHour + 5 {
		decide(kim.comment("Comment number " + itoa(i)))
	}
	decide(lee.comment("A comment"))
	if n := len(s.post(t, k, soon)); n != db.MailsAnHour+1 {
		t.Errorf("%d mails at once, want %d and one to another reader", n, db.MailsAnHour)
	}
	if n := len(s.post(t, k, soon+10*time.Minute)); n != 0 {
		t.Errorf("%d mails more in the same hour", n)
	}
	if n := len(s.post(t, k, soon+time.Hour+time.Second)); n != 5 {
		t.Errorf("%d mails in the next hour, want 5", n)
	}
}

// The number of messages stands on every page, also on those that readers share, and goes when they are opened.
func TestUnreadMessages(t *testing.T) {
	s, _ := mailSite(t)
	kim, lee, desk := s.as(t, "kim"), s.as(t, "lee"), s.as(t, "desk")
	unread := func(v *visitor, path string) string { return attr(t, v.get(path).Body, `data-unread>(\d*)<`) }
	id := kim.comment("A comment")
	kim.page()
	etag := kim.get("/articles/" + s.slug).Header.Get("ETag")
	desk.approve(id)
	for _, path := range []string{"/", "/articles/" + s.slug, "/account", "/standards"} {
		if got := unread(kim, path); got != "1" {
			t.Errorf("%s says %q unread", path, got)
		}
		if got := unread(lee, path); got != "" {
			t.Errorf("%s says %q unread to somebody else", path, got)
		}
	}
	if kim.get("/articles/"+s.slug).Header.Get("ETag") == etag {
		t.Error("the page with the number has the ETag of the one without")
	}
	contains(t, "the messages", kim.get("/account/messages").Body, "Your comment is published", "New")
	if got := unread(kim, "/articles/"+s.slug); got != "" {
		t.Errorf("still %q unread", got)
	}
	lacks(t, "the messages", kim.get("/account/messages").Body, ">New<")
}

// Who gave a notice without an account is told by mail, with the link that opens the case, and without a word of the
// comment; its author is told without a word of who it was.
func TestNoticeLetters(t *testing.T) {
	s, k := mailSite(t)
	kim := s.as(t, "kim")
	id := kim.comment("The words complained of")
	raw, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	at := s.archive.Now().UnixMilli()
	for _, q := range []string{
		`INSERT INTO note (id, body, salt) VALUES (1, 'Why it is wrong', x'00')`,
		`INSERT INTO notice (id, number, law, comment_id, version, name, email, language, ground, note_id, token, at)
		 VALUES (2, 'AAAA-BBBB-CCCC', 'kr', ` + id + `, 1, 'A Requester', 'requester@example.com', 'ko', 'privacy', 1, x'00', ?1)`,
		`INSERT INTO message (id, kind, comment_id, notice_id, at, mail, due) VALUES (3, 'notice', ` + id + `, 2, ?1, 'wait', ?1)`,
		`INSERT INTO message (id, user_id, kind, comment_id, notice_id, at, mail, due) SELECT 4, author_id, 'noticed', id, 2, ?1, 'wait', ?1 FROM comment WHERE id = ` + id,
	} {
		if _, err := raw.Exec(q, at); err != nil {
			t.Fatal(err)
		}
	}
	mails := s.post(t, k, time.Second)
	if len(mails) != 2 {
		t.Fatalf("%d mails", len(mails))
	}
	requester, author := mails[0], mails[1]
	contains(t, "the requester's mail", requester.subject+requester.text, "AAAA-BBBB-CCCC", "게시 중단 요청을 접수했습니다", "https://news.example.com/notices/AAAA-BBBB-CCCC?key=")
	lacks(t, "the requester's mail", requester.text+requester.html, "The words complained of", "kim", "unsubscribe")
	contains(t, "the author's mail", author.subject+author.text, "AAAA-BBBB-CCCC", "> The words complained of", "30 days", "https://news.example.com/notices/AAAA-BBBB-CCCC\n")
	lacks(t, "the author's mail", author.text+author.html, "Requester", "requester@", "Why it is wrong", "key=")
	contains(t, "the account", kim.get("/account/messages").Body, `href="/notices/AAAA-BBBB-CCCC"`)
}

func TestParseMailServer(t *testing.T) {
	for _, bad := range [][2]string{{"mail.example.com:25", "a@b.c"}, {"http://mail.example.com", "a@b.c"}, {"smtp://", "a@b.c"}, {"smtp://m:99999", "a@b.c"}, {"smtp://m", ""}, {"smtp://m", "a@b.c\r\nBcc: d@e.f"}} {
		if _, err := ParseMailServer(bad[0], bad[1]); err == nil {
			t.Errorf("%q from %q was taken", bad[0], bad[1])
		}
	}
	m, err := ParseMailServer("smtp://user:p%40ss@mail.example.com", "The Courier <news@example.com>")
	if err != nil || m.From.Address != "news@example.com" {
		t.Fatal(m, err)
	}
	if _, err := m.client(); err != nil {
		t.Error(err)
	}
}
