package db

import (
	"context"
	"crypto/sha256"
	"time"

	"broadsheet/db/engine"
)

// Log-ins count failures only: LoginAccount of one account and LoginAddress from one address within
// LoginWindow. A success takes its attempt back.
const (
	LoginAccount = 5
	LoginAddress = 30
	LoginWindow  = 15 * time.Minute
)

// SignupMails is how many new accounts of one network are sent a mail within LoginWindow without asking for it.
const SignupMails = 10

const (
	insertAttempt engine.SQL = `INSERT INTO login_attempt (id, account, address, at) VALUES (?, ?, ?, ?)`
	deleteAttempt engine.SQL = `DELETE FROM login_attempt WHERE id = ?`
	purgeAttempts engine.SQL = `DELETE FROM login_attempt WHERE at <= ?`
	accountFull   engine.SQL = `SELECT 1 FROM login_attempt WHERE account = ? AND at > ? LIMIT 1 OFFSET ?`
	addressFull   engine.SQL = `SELECT 1 FROM login_attempt WHERE address = ? AND at > ? LIMIT 1 OFFSET ?`

	insertSetup engine.SQL = `INSERT INTO setup_token (hash, created) VALUES (?, ?)`
	clearSetup  engine.SQL = `DELETE FROM setup_token`
	setupThere  engine.SQL = `SELECT 1 FROM setup_token WHERE hash = ? AND created > ?`
	adminThere  engine.SQL = `SELECT 1 FROM user WHERE role = 'admin' AND status = 'active'`
)

// Attempt counts a log-in as failed before its password is looked at, so that many at once cannot
// slip under the limit; ErrLoginRate when there were too many. Forgive takes it back.
func (a *Archive) Attempt(ctx context.Context, email, address string) (int64, error) {
	account := sha256.Sum256([]byte(email))
	attempt, now := a.engine.NewID(), a.Now()
	since := now.Add(-LoginWindow)
	return attempt, a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{
			engine.MustNot(accountFull, ErrLoginRate, account[:], since, LoginAccount-1),
			engine.MustNot(addressFull, ErrLoginRate, address, since, LoginAddress-1),
		},
		Do: []engine.Stmt{
			engine.Do(purgeAttempts, since),
			engine.Do(insertAttempt, attempt, account[:], address, now),
		},
		Quiet: true,
	})
}

// LoginAllowed reports, without counting anything, whether Attempt would be allowed now.
func (a *Archive) LoginAllowed(ctx context.Context, email, address string) (bool, error) {
	account := sha256.Sum256([]byte(email))
	since := a.Now().Add(-LoginWindow)
	var x int
	var byAccount, byAddress bool
	err := a.engine.Read(ctx,
		engine.Maybe(&x, &byAccount, accountFull, account[:], since, LoginAccount-1),
		engine.Maybe(&x, &byAddress, addressFull, address, since, LoginAddress-1))
	return !byAccount && !byAddress, err
}

// Forgive takes an attempt back: the password was right.
func (a *Archive) Forgive(ctx context.Context, attempt int64) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(deleteAttempt, attempt)}, Quiet: true})
}

// SetupLife is how long a one-time set-up link can be used.
const SetupLife = 24 * time.Hour

// OfferSetup stores the hash of a new one-time set-up token; earlier ones end.
func (a *Archive) OfferSetup(ctx context.Context, hash []byte) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{
		engine.Do(clearSetup), engine.Do(insertSetup, hash, a.Now()),
	}})
}

// SetupOpen reports whether a set-up token can still be used.
func (a *Archive) SetupOpen(ctx context.Context, hash []byte) (bool, error) {
	var x int
	var open bool
	err := a.engine.Read(ctx, engine.Maybe(&x, &open, setupThere, hash, a.Now().Add(-SetupLife)))
	return open, err
}

// Setup makes the first admin with a set-up token and uses it up; ErrSetupUsed when the token was
// used, has ended, or there is an admin by now.
func (a *Archive) Setup(ctx context.Context, hash []byte, u NewUser) (int64, error) {
	u.Role, u.Verified = Admin, true
	now := a.Now()
	user, batch := a.create(u, 0, ActUserCreate, now)
	batch.Guard = append([]engine.Check{
		engine.Must(setupThere, ErrSetupUsed, hash, now.Add(-SetupLife)),
		engine.MustNot(adminThere, ErrSetupUsed),
	}, batch.Guard...)
	batch.Do = append(batch.Do, engine.Do(clearSetup))
	return user, a.engine.Write(ctx, batch)
}
