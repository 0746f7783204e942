package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"broadsheet/db"
)

// store keeps sessions in the archive: the cookie holds a random 256-bit secret, the table its
// SHA-256. It is a gorilla sessions.Store of our own; none of gorilla's cookie defaults are used.
type store struct {
	archive *db.Archive
	cookie  string
	secure  bool
	known   *kept[[sha256.Size]byte, db.SignedIn] // by Generation
}

var _ sessions.Store = (*store)(nil)

// Keys of a session's values.
const (
	keySignedIn = "signed-in" // db.SignedIn: who this session belongs to
	keyLogin    = "login"     // login: a session about to begin
)

// login is what Save needs to begin a session.
type login struct {
	user  int64
	phc   string // the hash of the password that was checked
	agent string
	draft string
	at    time.Time
}

func newStore(a *db.Archive, secure bool) *store {
	s := &store{archive: a, cookie: "session", secure: secure, known: newKept[[sha256.Size]byte, db.SignedIn](maxKept)}
	if secure {
		s.cookie = "__Host-session"
	}
	return s
}

// Get returns the request's session, the same one each time it is asked.
func (s *store) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session that the request's cookie names. Without one, or with one that has ended,
// it is new and empty.
func (s *store) New(r *http.Request, name string) (*sessions.Session, error) {
	sess := sessions.NewSession(s, name)
	sess.IsNew = true
	hash, ok := cookieHash(r, name)
	if !ok {
		return sess, nil
	}
	in, err := s.find(r.Context(), hash)
	if errors.Is(err, fs.ErrNotExist) {
		return sess, nil
	}
	if err != nil {
		return sess, err
	}
	sess.IsNew = false
	sess.Values[keySignedIn] = in
	return sess, nil
}

// Save begins the session of a log-in, or ends one whose MaxAge is negative, and sets the cookie.
func (s *store) Save(r *http.Request, w http.ResponseWriter, sess *sessions.Session) error {
	if sess.Options != nil && sess.Options.MaxAge < 0 {
		if in, ok := sess.Values[keySignedIn].(db.SignedIn); ok {
			if err := s.archive.EndSession(r.Context(), in.Session.Hash); err != nil {
				return err
			}
		}
		s.setCookie(w, "", -1)
		return nil
	}
	l, ok := sess.Values[keyLogin].(login)
	if !ok {
		return nil // nothing else in a session changes
	}
	var secret [32]byte
	rand.Read(secret[:]) // never fails: crypto/rand aborts the program instead
	hash := sha256.Sum256(secret[:])
	err := s.archive.StartSession(r.Context(), db.Session{Hash: hash[:], UserID: l.user, Created: l.at, Agent: l.agent, Draft: l.draft}, l.phc)
	if err != nil {
		return err
	}
	s.setCookie(w, base64.RawURLEncoding.EncodeToString(secret[:]), int(readerIdle/time.Second))
	return nil
}

func (s *store) setCookie(w http.ResponseWriter, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: s.cookie, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode})
}

// renew lets the browser keep the cookie as long again.
func (s *store) renew(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(s.cookie); err == nil {
		s.setCookie(w, c.Value, int(readerIdle/time.Second))
	}
}

// cookieHash is the hash of the secret in the request's cookie.
func cookieHash(r *http.Request, name string) (hash [sha256.Size]byte, ok bool) {
	c, err := r.Cookie(name)
	if err != nil || len(c.Value) != 43 {
		return hash, false
	}
	secret, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(secret) != 32 {
		return hash, false
	}
	return sha256.Sum256(secret), true
}

// find reads a session.
func (s *store) find(ctx context.Context, hash [sha256.Size]byte) (db.SignedIn, error) {
	return s.known.get(hash, s.archive.Generation(), func() (db.SignedIn, error) { return s.archive.Session(ctx, hash[:]) })
}

// over reports whether a session has run out.
func over(in db.SignedIn, now time.Time) bool {
	if in.User.Role.Staff() {
		return now.Sub(in.Session.Used) > staffIdle || now.Sub(in.Session.Created) > staffAge
	}
	return now.Sub(in.Session.Used) > readerIdle
}

// identify finds who makes the request and notes, once a minute, that the session was used.
func (s *Server) identify(w http.ResponseWriter, r *request) error {
	if _, err := r.Cookie(s.store.cookie); err != nil {
		return nil
	}
	sess, err := s.store.Get(r.Request, s.store.cookie)
	if err != nil {
		return err
	}
	in, ok := sess.Values[keySignedIn].(db.SignedIn)
	if !ok || over(in, r.Now) {
		return nil
	}
	r.User, r.Session = &in.User, &in.Session
	if r.Now.Sub(in.Session.Used) > touchEvery {
		if err := s.cfg.Archive.TouchSession(r.Context(), in.Session.Hash, r.Now); err != nil {
			s.cfg.Log.Warn("session not touched", "err", err)
		}
		s.store.renew(w, r.Request)
	}
	return nil
}
