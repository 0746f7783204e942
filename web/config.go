// Package web is the newspaper's site: it reads forms, asks moderation, stores with db and shows
// with templates. The routes are in routes.go, one line each.
package web

import (
	"log/slog"
	"net/netip"
	"net/url"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
)

// Config is all that a server is told.
type Config struct {
	Archive   *db.Archive
	Standards moderation.Standards // put in force when the archive has none
	Kinds     []moderation.Kind    // the checks there are
	Model     *classifier.Model    // the classifier as it was shipped; nil for none
	Site      string               // the newspaper's name
	BaseURL   *url.URL             // where readers reach it; https makes cookies secure
	Public    bool                 // articles can be read without an account
	Mode      moderation.Mode      // what becomes of a clean comment; "" leaves it to the rules
	Rate      moderation.Rate      // comments an author may send
	Zone      *time.Location       // the newspaper's
	Proxies   []netip.Prefix       // whose X-Forwarded-For is believed
	SealKey   []byte               // of the audit log, nil leaves it unsealed; the links in mail depend on it
	Mail      *MailServer          // where mail goes out; nil: it waits, and an admin can read it
	Log       *slog.Logger
}

// Limits of what a request may carry.
const (
	maxForm     = 64 << 10  // bytes of a form
	maxSettings = 2 << 20   // bytes of the rules with their lists
	maxUpload   = 512 << 20 // bytes of an upload
	maxDrain    = 16 << 20  // bytes of a form that is too large which are read to deliver the answer
)

// GCPercent suits a server whose memory is small beside what it allocates: Go's default would collect
// many times a second to save a few megabytes.
const GCPercent = 400

// Page sizes.
const (
	frontCards   = 40
	listCards    = 40
	threadsAPage = 100
	queueRows    = 50
	adminRows    = 100
)

// How long sessions last.
const (
	readerIdle = 30 * 24 * time.Hour
	staffIdle  = 30 * time.Minute
	staffAge   = 12 * time.Hour
	touchEvery = time.Minute
)
