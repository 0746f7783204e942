package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"
)

// smtpTime is how long the mail server may take for a step.
const smtpTime = 30 * time.Second

// MailServer is where mail goes out.
type MailServer struct {
	URL  *url.URL         // smtp://user:password@host:587 (STARTTLS) or smtps://… (TLS from the first byte on)
	From *netmail.Address // the sender
}

// ParseMailServer reads an SMTP address and a sender; the error says what to give.
func ParseMailServer(server, from string) (*MailServer, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("give the mail server as smtp://user:password@host:587 or smtps://user:password@host")
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return nil, fmt.Errorf("the mail server's port %s: give a number from 1 to 65535", p)
		}
	}
	a, err := netmail.ParseAddress(from)
	if err != nil || !ValidEmail(a.Address) {
		return nil, errors.New("give the sender of mail as news@example.com or 'The Courier <news@example.com>'")
	}
	return &MailServer{u, a}, nil
}

// client is a connection to the mail server that is not open yet: over TLS to a server whose certificate this machine trusts,
// or not at all. Only a server on this machine itself need not offer it.
func (m *MailServer) client() (*mail.Client, error) {
	options := []mail.Option{mail.WithTimeout(smtpTime), mail.WithoutNoop()}
	port, how := "587", mail.SMTPAuthAutoDiscover
	switch {
	case m.URL.Scheme == "smtps":
		port = "465"
		options = append(options, mail.WithSSL())
	case loopback(m.URL.Hostname()):
		how = mail.SMTPAuthPlainNoEnc
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if m.URL.User != nil {
		password, _ := m.URL.User.Password()
		options = append(options, mail.WithSMTPAuth(how), mail.WithUsername(m.URL.User.Username()), mail.WithPassword(password))
	}
	n, err := strconv.Atoi(cmp.Or(m.URL.Port(), port))
	if err != nil {
		return nil, err
	}
	return mail.NewClient(m.URL.Hostname(), append(options, mail.WithPort(n))...)
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// mime makes a mail: plain text with the same as HTML beside it. Headers are encoded by go-mail; what goes into them
// has no line ends all the same.
func (m *MailServer) mime(one mailing, at time.Time) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.FromFormat(oneLine(m.From.Name), m.From.Address); err != nil {
		return nil, fmt.Errorf("sender: %w", err)
	}
	if !ValidEmail(one.to) {
		return nil, errors.New("the address cannot be one")
	}
	if err := msg.To(one.to); err != nil {
		return nil, fmt.Errorf("recipient: %w", err)
	}
	msg.Subject(oneLine(one.subject))
	msg.SetDateWithValue(at)
	msg.SetMessageIDWithValue(one.id)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("Content-Language", one.lang)
	if one.stop != "" {
		msg.SetListUnsubscribe(one.stop)
		if len(one.stop) > 8 && one.stop[:8] == "https://" { // RFC 8058 asks for it
			msg.SetListUnsubscribePost()
		}
	}
	msg.SetBodyString(mail.TypeTextPlain, one.text)
	msg.AddAlternativeString(mail.TypeTextHTML, one.html)
	return msg, nil
}

// refusedForGood reports whether the server said that this mail will never be taken, and not only that it is not now.
func refusedForGood(err error) bool {
	var e *mail.SendError
	return errors.As(err, &e) && !e.IsTemp() && e.ErrorCode() >= 500
}

// lineDown reports whether an error speaks of the connection, not of the mail.
func lineDown(err error) bool {
	var e *mail.SendError
	var n net.Error
	return !errors.As(err, &e) || e.ErrorCode() == 0 || errors.As(err, &n) || errors.Is(err, context.DeadlineExceeded)
}
