package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"runtime/debug"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
	"broadsheet/moderation/standards"
	"broadsheet/web"
)

// site is what serve and demo can be told about the newspaper.
type site struct {
	Addr        string   `help:"Address to listen on." default:"127.0.0.1:8080"`
	BaseURL     string   `help:"Where readers reach it, such as https://news.example.com. Default: http:// and the address."`
	Site        string   `help:"The newspaper's name." default:"Broadsheet"`
	Access      string   `help:"Who may read articles: members (logged in) or public." enum:"members,public" default:"members"`
	Mode        string   `help:"What becomes of a clean comment: hold-all, hold-new or publish-clean. Default: what the review settings say, at first hold-all." enum:"hold-all,hold-new,publish-clean," default:""`
	CommentRate string   `help:"How many comments an account may send in how long, or off." default:"1/10s"`
	TZ          string   `help:"The newspaper's time zone." default:"Asia/Seoul"`
	SMTP        string   `name:"smtp" help:"Mail server, such as smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host (TLS). Default: none; an admin reads what would be sent."`
	MailFrom    string   `help:"Sender of mail, such as 'The Courier <news@example.com>'. Needed with --smtp."`
	Proxy       []string `name:"trusted-proxy" help:"Network of a proxy whose X-Forwarded-For is believed, such as 10.0.0.0/8. Default: none."`
}

type serveCommand struct {
	DB string `name:"db" help:"The archive file; made when missing." default:"archive.db"`
	site
}

func (serveCommand) Help() string {
	return `Examples:
  broadsheet serve --db archive.db
  broadsheet serve --db archive.db --addr :8080 --base-url https://news.example.com --access public
  BROADSHEET_DB=/srv/archive.db broadsheet serve
  BROADSHEET_SMTP=smtp://news:secret@mail.example.com:587 broadsheet serve --mail-from news@example.com

The first time, it prints a link that makes the first admin. SIGTERM ends it: requests under way are answered first.`
}

func (cmd serveCommand) Run(ctx context.Context, c console) error {
	a, err := db.Open(ctx, cmd.DB, db.Options{Log: c.log()})
	if err != nil {
		return err
	}
	defer a.Close()
	key, err := sealKey(cmd.DB)
	if err != nil {
		return err
	}
	return cmd.serve(ctx, a, key, c, nil)
}

// serve opens the address and answers until the context ends. Ready, when set, is told the URL.
func (o site) serve(ctx context.Context, a *db.Archive, key []byte, c console, ready func(string)) error {
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w (choose another with --addr)", o.Addr, err)
	}
	defer l.Close()
	cfg, err := o.config(a, key, l.Addr(), c.log())
	if err != nil {
		return err
	}
	debug.SetGCPercent(web.GCPercent)
	s, err := web.New(ctx, cfg)
	if err != nil {
		return err
	}
	if err := offerSetup(ctx, a, cfg.BaseURL, c); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Serving %s at %s\n", o.Site, cfg.BaseURL)
	if ready != nil {
		ready(cfg.BaseURL.String())
	}
	return s.Serve(ctx, l)
}

// config checks what the server is told.
func (o site) config(a *db.Archive, key []byte, addr net.Addr, log *slog.Logger) (web.Config, error) {
	cfg := web.Config{
		Archive: a, Standards: standards.Default(), Kinds: moderation.Kinds(), Site: o.Site,
		Public: o.Access == "public", Mode: moderation.Mode(o.Mode), SealKey: key, Log: log,
	}
	var err error
	if cfg.Model, err = classifier.Default(); err != nil {
		return cfg, fmt.Errorf("the classifier that comes with the program: %w", err)
	}
	if cfg.Rate, err = moderation.ParseRate(o.CommentRate); err != nil {
		return cfg, fmt.Errorf("--comment-rate: %w", err)
	}
	if cfg.Zone, err = time.LoadLocation(o.TZ); err != nil {
		return cfg, fmt.Errorf("--tz %s: no such time zone; give one such as Asia/Seoul", o.TZ)
	}
	base := o.BaseURL
	if base == "" {
		base = "http://" + addr.String()
	}
	if cfg.BaseURL, err = url.Parse(base); err != nil || cfg.BaseURL.Host == "" || cfg.BaseURL.Scheme != "http" && cfg.BaseURL.Scheme != "https" {
		return cfg, fmt.Errorf("--base-url %s: give one such as https://news.example.com", base)
	}
	if o.SMTP != "" {
		if cfg.Mail, err = web.ParseMailServer(o.SMTP, o.MailFrom); err != nil {
			return cfg, fmt.Errorf("--smtp, --mail-from: %w", err)
		}
	}
	for _, p := range o.Proxy {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			return cfg, fmt.Errorf("--trusted-proxy %s: give a network such as 10.0.0.0/8", p)
		}
		if prefix.Bits() == 0 {
			return cfg, fmt.Errorf("--trusted-proxy %s: this would believe everybody; name your proxy's network", p)
		}
		cfg.Proxies = append(cfg.Proxies, prefix)
	}
	return cfg, nil
}

// offerSetup prints the one-time link that makes the first admin, when there is none.
func offerSetup(ctx context.Context, a *db.Archive, base *url.URL, c console) error {
	has, err := a.HasAdmin(ctx)
	if err != nil || has {
		return err
	}
	token := make([]byte, 32)
	rand.Read(token) // never fails: crypto/rand aborts the program instead
	sum := sha256.Sum256(token)
	if err := a.OfferSetup(ctx, sum[:]); err != nil {
		return errors.Join(errors.New("offer the set-up link"), err)
	}
	fmt.Fprintf(c.out, "No admin yet. Make one within 24 hours: %s\n", base.JoinPath("setup", base64.RawURLEncoding.EncodeToString(token)))
	return nil
}
