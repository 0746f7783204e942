package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

// Session is one place where an account is logged in. The table keeps the SHA-256 of the cookie's
// secret, never the secret.
type Session struct {
	Hash    []byte
	UserID  int64
	Created time.Time
	Used    time.Time // to the minute
	Agent   string    // the browser's own words
	Draft   string    // a comment carried through the log-in, JSON; "" for none
}

const (
	sessionColumns = `s.hash, s.user_id, s.created, s.used, s.agent, s.draft`

	sessionByHash engine.SQL = `SELECT ` + sessionColumns + `, ` + userColumns + ` FROM session s JOIN user u ON u.id = s.user_id
WHERE s.hash = ? AND u.status = 'active'`
	sessionsOf engine.SQL = `SELECT ` + sessionColumns + ` FROM session s WHERE s.user_id = ? ORDER BY s.used DESC`

	insertSession engine.SQL = `INSERT INTO session (hash, user_id, created, used, agent, draft) VALUES (?1, ?2, ?3, ?3, ?4, ?5)`
	guardStatus   engine.SQL = `SELECT 1 FROM user WHERE id = ? AND status = 'active' AND password = ?`
	touchSession  engine.SQL = `UPDATE session SET used = ?2 WHERE hash = ?1`
	draftSession  engine.SQL = `UPDATE session SET draft = ?2 WHERE hash = ?1`

	deleteSession    engine.SQL = `DELETE FROM session WHERE hash = ?`
	deleteSessions   engine.SQL = `DELETE FROM session WHERE user_id = ?`
	deleteOthers     engine.SQL = `DELETE FROM session WHERE user_id = ?1 AND hash IS NOT ?2`
	deleteOfUser     engine.SQL = `DELETE FROM session WHERE user_id = ?1 AND hash = ?2`
	deleteOldReaders engine.SQL = `DELETE FROM session WHERE used < ?1`
	deleteOldStaff   engine.SQL = `DELETE FROM session WHERE (used < ?1 OR created < ?2) AND user_id IN (SELECT id FROM user WHERE role <> 'reader')`
)

// SignedIn is a session with its account.
type SignedIn struct {
	Session Session
	User    User
}

// Session reads a session with its account by the hash of the cookie's secret; fs.ErrNotExist when
// there is none, or its account is shut.
func (a *Archive) Session(ctx context.Context, hash []byte) (SignedIn, error) {
	var s SignedIn
	err := a.engine.Read(context.WithoutCancel(ctx), engine.One(&s, sessionByHash, hash)) // as for ArticlePulse
	return s, err
}

// SessionsOf lists an account's sessions, last used first.
func (a *Archive) SessionsOf(ctx context.Context, user int64) ([]Session, error) {
	var out []Session
	err := a.engine.Read(ctx, engine.All(&out, sessionsOf, user))
	return out, err
}

// StartSession logs an account in. The hash of the password that was checked goes with it: when
// it, or the account's status, changed meanwhile, nothing is stored and the answer is ErrConflict.
func (a *Archive) StartSession(ctx context.Context, s Session, phc string) error {
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.Must(guardStatus, ErrConflict, s.UserID, phc)},
		Do:    []engine.Stmt{engine.Do(insertSession, s.Hash, s.UserID, s.Created, s.Agent, s.Draft)},
	})
}

// TouchSession notes that a session was used.
func (a *Archive) TouchSession(ctx context.Context, hash []byte, at time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(touchSession, hash, at)}})
}

// SetDraft keeps a comment that waits in a session, "" to forget it.
func (a *Archive) SetDraft(ctx context.Context, hash []byte, draft string) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(draftSession, hash, draft)}})
}

// EndSession logs one session out. Ending what has ended is no error.
func (a *Archive) EndSession(ctx context.Context, hash []byte) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(deleteSession, hash)}})
}

// RevokeSession ends one of an account's own sessions, RevokeOthers all but one.
func (a *Archive) RevokeSession(ctx context.Context, user int64, hash []byte) error {
	return a.change(ctx, user, user, ActSessionEnd, "one", nil, engine.Do(deleteOfUser, user, hash))
}

// RevokeOthers ends all sessions of an account but the one of keep (nil: all of them).
func (a *Archive) RevokeOthers(ctx context.Context, user int64, keep []byte, by int64) error {
	return a.change(ctx, user, by, ActSessionEnd, "others", nil, engine.Do(deleteOthers, user, keep))
}

// PurgeSessions deletes sessions that have run out: unused since idle, and for staff also unused
// since staffIdle or older than staffAge.
func (a *Archive) PurgeSessions(ctx context.Context, idle, staffIdle, staffAge time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{
		engine.Do(deleteOldReaders, idle),
		engine.Do(deleteOldStaff, staffIdle, staffAge),
	}})
}
