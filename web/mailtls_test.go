package web

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// vouched is the authority that this process trusts, by SSL_CERT_FILE, as the program would.
var vouched *authority

// trust makes the authority that is trusted; it must be called before the first certificate is looked at.
func trust(dir string) {
	vouched = newAuthority()
	file := filepath.Join(dir, "authority.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: vouched.cert.Raw}), 0o600); err != nil {
		panic(err)
	}
	os.Setenv("SSL_CERT_FILE", file)
}

func newAuthority() *authority {
	a := &authority{cert: &x509.Certificate{Subject: pkix.Name{CommonName: "An authority"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}}
	der, key := a.sign(a.cert)
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return &authority{cert, key}
}

// sign makes a key and a certificate for it: its own where the authority has no key yet.
func (a *authority) sign(c *x509.Certificate) ([]byte, *ecdsa.PrivateKey) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	by := a.key
	if by == nil {
		by = key
	}
	c.SerialNumber, c.NotBefore, c.NotAfter = big.NewInt(1), time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, key.Public(), by)
	if err != nil {
		panic(err)
	}
	return der, key
}

// server is the TLS of a server at an address.
func (a *authority) server(ip string) *tls.Config {
	der, key := a.sign(&x509.Certificate{IPAddresses: []net.IP{net.ParseIP(ip)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// tap keeps what comes in over a listener.
type tap struct {
	net.Listener
	sink *sink
}

func (l tap) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return tapped{c, l.sink}, err
}

type tapped struct {
	net.Conn
	sink *sink
}

func (c tapped) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.sink.mu.Lock()
	defer c.sink.mu.Unlock()
	c.sink.wire.Write(b[:n])
	return n, err
}

// elsewhere is an address of this machine that the program does not take for it.
const elsewhere = "0.0.0.0"

// Mail goes out over TLS, begun by STARTTLS or at once, or waits and says why: neither its words nor the password are ever in
// the clear.
func TestMailOverTLS(t *testing.T) {
	const password = "sesame@1"
	for name, tc := range map[string]struct {
		scheme   string
		password string
		tls      *tls.Config // of the server, nil for none
		why      string      // the mail waits; "" when it goes out
	}{
		"STARTTLS":                    {"smtp", password, vouched.server(elsewhere), ""},
		"STARTTLS without a password": {"smtp", "", vouched.server(elsewhere), ""},
		"TLS":                         {"smtps", password, vouched.server(elsewhere), ""},
		"STARTTLS with a stranger":    {"smtp", password, newAuthority().server(elsewhere), "certificate signed by unknown authority"},
		"TLS with a stranger":         {"smtps", password, newAuthority().server(elsewhere), "certificate signed by unknown authority"},
		"STARTTLS with somebody else": {"smtp", password, vouched.server("192.0.2.1"), "certificate is valid for 192.0.2.1"},
		"TLS with somebody else":      {"smtps", password, vouched.server("192.0.2.1"), "certificate is valid for 192.0.2.1"},
		"no STARTTLS":                 {"smtp", password, nil, "does not support STARTTLS"},
		"no STARTTLS and no password": {"smtp", "", nil, "does not support STARTTLS"},
		"no TLS":                      {"smtps", password, nil, "does not look like a TLS handshake"},
	} {
		t.Run(name, func(t *testing.T) {
			s, k := mailSite(t)
			begin := func(c *tls.Config) {
				k.stop()
				k.tls, k.implicit, k.password = c, tc.scheme == "smtps", tc.password
				k.start()
			}
			begin(tc.tls)
			_, port, _ := net.SplitHostPort(k.addr)
			s.cfg.Mail.URL = &url.URL{Scheme: tc.scheme, Host: elsewhere + ":" + port}
			if tc.password != "" {
				s.cfg.Mail.URL.User = url.UserPassword("news", tc.password)
			}
			s.as(t, "desk").reject(s.as(t, "kim").comment("Words for one reader"))
			if tc.why != "" {
				if err := s.mailRound(context.Background(), s.archive.Now().Add(soon)); err == nil || len(k.taken()) != 0 {
					t.Errorf("a mail was taken, or %v", err)
				}
				contains(t, "the outbox", s.as(t, "editor").get("/admin/outbox?mail=wait").Body, "kim@example.com", tc.why)
				begin(vouched.server(elsewhere))
			}
			contains(t, "the mail", only(t, s.post(t, k, soon+2*time.Minute)).text, "Words for one reader")
			k.mu.Lock()
			wire := k.wire.String()
			k.mu.Unlock()
			lacks(t, "the wire", wire, "MAIL FROM", "AUTH", "Words for one reader", password, base64.StdEncoding.EncodeToString([]byte("\x00news\x00"+password)))
			lacks(t, "the log", s.log.String(), password)
		})
	}
}
