// Package db is the archive: articles, people, comments, decisions and their log in one SQLite file.
//
// One file per noun, its SQL beside it. Every read is one snapshot and every user action one
// atomic batch of db/engine. What is not there is fs.ErrNotExist; what may not be done is one of
// the errors of this package; everything else is the engine's.
package db

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"broadsheet/db/engine"
)

// What the archive answers when an action may not be done. They are compared with errors.Is.
var (
	ErrNotFound     = fs.ErrNotExist
	ErrClosed       = errors.New("comments on this article are closed")
	ErrDisabled     = errors.New("this account may not comment")
	ErrRate         = errors.New("too fast: wait a moment and send it again")
	ErrRepeat       = errors.New("the same comment was sent a moment ago")
	ErrParent       = errors.New("the comment that this answers is no longer there")
	ErrOwn          = errors.New("staff never decide their own comments")
	ErrConflict     = errors.New("changed meanwhile: look at it again")
	ErrReported     = errors.New("this reader has reported the comment before")
	ErrEditExpired  = errors.New("the time for editing is over")
	ErrEmailTaken   = errors.New("an account with this address exists already")
	ErrLoginRate    = errors.New("too many failed log-ins: wait 15 minutes")
	ErrSetupUsed    = errors.New("the set-up link was used or has ended")
	ErrLastAdmin    = errors.New("this is the last admin: make another one first")
	ErrVersionTaken = errors.New("these standards' version exists already with other text: give it a new version")
)

//go:embed migrations/*.sql
var migrations embed.FS

// Archive is one open archive file. Its methods are safe for concurrent use.
type Archive struct {
	engine *engine.DB
}

// Options tune an archive. The zero value is right for production.
type Options struct {
	Group int          // user actions a commit may hold, 0 for the engine's default
	Log   *slog.Logger // nil discards
}

// Open opens the archive file at path, makes it when it is not there, and brings it up to date.
// A file that a newer binary wrote is refused and left untouched.
func Open(ctx context.Context, path string, o Options) (*Archive, error) {
	names, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	e, err := engine.Open(ctx, path, engine.Options{Migrations: names, Hot: hot(), Group: o.Group, Log: o.Log})
	if err != nil {
		return nil, err
	}
	return &Archive{engine: e}, nil
}

// hot lists the statements on the way of every reader: they are prepared when the archive opens.
func hot() []engine.SQL {
	return []engine.SQL{
		sessionByHash, articlePulse, submitFacts, recentComments,
		guardMay, guardBarred, guardRate, guardRepeat, insertComment, insertVerdict, insertAudit,
	}
}

// Close finishes what was accepted and closes the file.
func (a *Archive) Close() error { return a.engine.Close() }

// Generation changes with every commit that may change an account, a session or what readers share,
// also one of another process. What was read of those after loading it is good while it stays.
func (a *Archive) Generation() uint64 { return a.engine.Generation() }

// Commits is like Generation for everything: it changes with every commit.
func (a *Archive) Commits() uint64 { return a.engine.Commits() }

// Now is the archive's clock, in UTC to the millisecond.
func (a *Archive) Now() time.Time { return a.engine.Now() }

// Unavailable reports whether an error means that the archive cannot be used at the moment
// (locked, full, failing disk, too many waiting): nothing was stored, try again.
func Unavailable(err error) bool { return engine.Unavailable(err) }

// ping is a read of nothing.
const ping engine.SQL = `SELECT 1`

// Ready reports whether the archive answers reads.
func (a *Archive) Ready(ctx context.Context) error {
	var one int
	return a.engine.Read(ctx, engine.One(&one, ping))
}

// Backup writes a copy of the archive, as it stands at one moment, to a file that must not exist.
func (a *Archive) Backup(ctx context.Context, path string) error { return a.engine.Backup(ctx, path) }

const engineVersion engine.SQL = `SELECT sqlite_version()`

// EngineVersion is the version of SQLite that is linked in.
func (a *Archive) EngineVersion(ctx context.Context) (string, error) {
	var v string
	err := a.engine.Read(ctx, engine.One(&v, engineVersion))
	return v, err
}
