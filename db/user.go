package db

import (
	"context"
	"crypto/sha256"
	"math"
	"time"

	"broadsheet/db/engine"
)

// Role is what a person may do: readers comment, moderators decide, admins import and set.
type Role string

// The roles, each with the rights of the one before.
const (
	Reader    Role = "reader"
	Moderator Role = "moderator"
	Admin     Role = "admin"
)

// Staff reports whether the role may use the desk.
func (r Role) Staff() bool { return r == Moderator || r == Admin }

// Valid reports whether it is one of the roles.
func (r Role) Valid() bool { return r == Reader || r == Moderator || r == Admin }

// User is one account.
type User struct {
	ID       int64
	Email    string // lower case
	Verified bool   // the address was proved to be theirs
	Name     string // public text
	Role     Role
	Status   string // "active" or "disabled"
	Language string // "en", "ko" or "" for what the browser asks for
	Created  time.Time
}

const (
	userColumns = `u.id, u.email, u.email_verified, u.name, u.role, u.status, u.language, u.created`

	insertUser engine.SQL = `INSERT INTO user (id, email, email_verified, name, password, role, created) VALUES (?, ?, ?, ?, ?, ?, ?)`
	userByID   engine.SQL = `SELECT ` + userColumns + ` FROM user u WHERE u.id = ?`
	userByMail engine.SQL = `SELECT ` + userColumns + `, u.password FROM user u WHERE u.email = ?`
	userPage   engine.SQL = `SELECT ` + userColumns + `, (SELECT count(*) FROM session s WHERE s.user_id = u.id) FROM user u
WHERE u.id < ?1 AND (?2 = '' OR instr(u.email, lower(?2)) > 0 OR instr(lower(u.name), lower(?2)) > 0) ORDER BY u.id DESC LIMIT ?3`

	mailTaken engine.SQL = `SELECT 1 FROM user WHERE email = ?`
	anyAdmin  engine.SQL = `SELECT count(*) FROM user WHERE role = 'admin' AND status = 'active'`

	setRole     engine.SQL = `UPDATE user SET role = ?2 WHERE id = ?1`
	setStatus   engine.SQL = `UPDATE user SET status = ?2 WHERE id = ?1`
	setPassword engine.SQL = `UPDATE user SET password = ?2 WHERE id = ?1`
	setLanguage engine.SQL = `UPDATE user SET language = ?2 WHERE id = ?1`
	otherAdmin  engine.SQL = `SELECT 1 FROM user WHERE id <> ?1 AND role = 'admin' AND status = 'active'
UNION ALL SELECT 1 FROM user WHERE id = ?1 AND role <> 'admin'`
	userExists engine.SQL = `SELECT 1 FROM user WHERE id = ?`
)

// NewUser is an account to be made. Password is the PHC string of its hash, never the password.
type NewUser struct {
	Email, Name, Password string
	Role                  Role
	Verified              bool
	Language              string // of the page it was made on: of the mail that asks for proof of the address
}

// create is the batch that makes an account; nobody (0) is the command line.
func (a *Archive) create(u NewUser, by int64, action string, at time.Time) (int64, engine.Batch) {
	user := a.engine.NewID()
	if action == ActUserSignup {
		by = user
	}
	return user, engine.Batch{
		Guard: []engine.Check{engine.MustNot(mailTaken, ErrEmailTaken, u.Email)},
		Do: []engine.Stmt{
			engine.Do(insertUser, user, u.Email, u.Verified, u.Name, u.Password, u.Role, at),
			audit(at, by, action, user, string(u.Role)),
		},
	}
}

// CreateUser makes an account for somebody; ErrEmailTaken when the address has one.
func (a *Archive) CreateUser(ctx context.Context, u NewUser, by int64) (int64, error) {
	user, batch := a.create(u, by, ActUserCreate, a.Now())
	return user, a.engine.Write(ctx, batch)
}

// Signup makes a reader's account for themselves, from a client's network, and asks by mail for proof of the address, unless
// SignupMails accounts were made from there within LoginWindow: their owners ask for that mail themselves. It returns
// ErrEmailTaken when the address has an account.
func (a *Archive) Signup(ctx context.Context, u NewUser, network string) (int64, error) {
	u.Role, u.Verified = Reader, false
	now := a.Now()
	user, batch := a.create(u, 0, ActUserSignup, now)
	from := "signup " + network
	kind := sha256.Sum256([]byte(from))
	batch.Do = append(batch.Do,
		engine.Do(askConfirm, a.engine.NewID(), user, now, u.Language, from, now.Add(-LoginWindow), SignupMails),
		engine.Do(insertAttempt, a.engine.NewID(), kind[:], from, now))
	return user, a.engine.Write(ctx, batch)
}

// User reads an account; fs.ErrNotExist when there is none of that id.
func (a *Archive) User(ctx context.Context, id int64) (User, error) {
	var u User
	err := a.engine.Read(ctx, engine.One(&u, userByID, id))
	return u, err
}

// Credentials reads an account by its address with the hash of its password; fs.ErrNotExist when
// there is none.
func (a *Archive) Credentials(ctx context.Context, email string) (User, string, error) {
	var row struct {
		User
		Password string
	}
	err := a.engine.Read(ctx, engine.One(&row, userByMail, email))
	return row.User, row.Password, err
}

// UserRow is an account in a list.
type UserRow struct {
	User
	Sessions int
}

// Users lists accounts made before one of that id (0: from the newest), whose address or name
// holds the query, newest first, at most n.
func (a *Archive) Users(ctx context.Context, query string, before int64, n int) ([]UserRow, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []UserRow
	err := a.engine.Read(ctx, engine.All(&out, userPage, before, query, n))
	return out, err
}

// HasAdmin reports whether anybody can administer this archive.
func (a *Archive) HasAdmin(ctx context.Context) (bool, error) {
	var n int
	err := a.engine.Read(ctx, engine.One(&n, anyAdmin))
	return n > 0, err
}

// change writes one change of an account with its log row. Changes of what an account may do or
// how it logs in end its sessions.
func (a *Archive) change(ctx context.Context, user, by int64, action, detail string, guard []engine.Check, do ...engine.Stmt) error {
	guard = append([]engine.Check{engine.Must(userExists, ErrNotFound, user)}, guard...)
	return a.engine.Write(ctx, engine.Batch{Guard: guard, Do: append(do, audit(a.Now(), by, action, user, detail))})
}

// SetRole changes what a person may do and ends their sessions.
func (a *Archive) SetRole(ctx context.Context, user int64, role Role, by int64) error {
	var guard []engine.Check
	if role != Admin {
		guard = append(guard, engine.Must(otherAdmin, ErrLastAdmin, user))
	}
	return a.change(ctx, user, by, ActUserRole, string(role), guard,
		engine.Do(setRole, user, role), engine.Do(deleteSessions, user))
}

// SetDisabled shuts an account or opens it again; shutting ends its sessions.
func (a *Archive) SetDisabled(ctx context.Context, user int64, disabled bool, by int64) error {
	if !disabled {
		return a.change(ctx, user, by, ActUserEnable, "", nil, engine.Do(setStatus, user, "active"))
	}
	return a.change(ctx, user, by, ActUserDisable, "",
		[]engine.Check{engine.Must(otherAdmin, ErrLastAdmin, user)},
		engine.Do(setStatus, user, "disabled"), engine.Do(deleteSessions, user))
}

// SetPassword stores the hash of a new password and ends all sessions but the one of keep (nil:
// all of them).
func (a *Archive) SetPassword(ctx context.Context, user int64, phc string, keep []byte, by int64) error {
	return a.change(ctx, user, by, ActUserPassword, "", nil,
		engine.Do(setPassword, user, phc), engine.Do(deleteOthers, user, keep))
}

// SetLanguage stores the language the account wants its pages in, "" for what the browser asks.
func (a *Archive) SetLanguage(ctx context.Context, user int64, language string) error {
	return a.engine.Write(ctx, engine.Batch{Do: []engine.Stmt{engine.Do(setLanguage, user, language)}})
}
