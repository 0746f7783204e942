package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/web"
	"broadsheet/web/identity"
)

type userCommand struct {
	Add      userAdd      `cmd:"" help:"Make an account."`
	List     userList     `cmd:"" help:"Print the accounts as JSON lines."`
	Role     userRole     `cmd:"" help:"Change what somebody may do."`
	Password userPassword `cmd:"" help:"Set somebody's password."`
	Disable  userDisable  `cmd:"" help:"Shut an account, or open it again with --undo."`
	Sessions userSessions `cmd:"" help:"List somebody's sessions, or end them with --end."`
}

// archiveFlag is the archive that a user command works on, also while it is served: a change of
// role, password or status ends the sessions within a quarter of a second.
type archiveFlag struct {
	DB string `name:"db" help:"The archive file; made when missing." default:"archive.db"`
}

func (f archiveFlag) with(ctx context.Context, do func(*db.Archive) error) error {
	a, err := db.Open(ctx, f.DB, db.Options{})
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}

// withAccount does something with the account of an address.
func (f archiveFlag) withAccount(ctx context.Context, email string, do func(*db.Archive, db.User) error) error {
	return f.with(ctx, func(a *db.Archive) error {
		u, _, err := a.Credentials(ctx, strings.ToLower(strings.TrimSpace(email)))
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("no account with the address %s; see broadsheet user list", email)
		}
		if err != nil {
			return err
		}
		return do(a, u)
	})
}

// readPassword reads the first line of standard input.
func readPassword(in io.Reader, wanted bool) (string, error) {
	if !wanted {
		return "", errors.New("give the password on standard input, with --password-stdin")
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	password := trimEnd(line)
	if !web.ValidPassword(password) {
		return "", errors.New("the password must have at least 10 characters")
	}
	return password, nil
}

type userAdd struct {
	archiveFlag
	Email         string `required:"" help:"Address they log in with; counts as verified."`
	Name          string `required:"" help:"Name shown with comments, 2 to 20 characters."`
	Role          string `help:"What they may do." enum:"reader,moderator,admin" default:"reader"`
	PasswordStdin bool   `help:"Read the password from standard input."`
}

func (userAdd) Help() string {
	return "Examples:\n  broadsheet user add --email kim@example.com --name 'Kim' --role moderator --password-stdin < password.txt"
}

func (cmd userAdd) Run(ctx context.Context, c console) error {
	email, name := strings.ToLower(strings.TrimSpace(cmd.Email)), moderation.Normalize(cmd.Name)
	if !web.ValidEmail(email) {
		return fmt.Errorf("--email %s: give an address such as kim@example.com", cmd.Email)
	}
	if !web.ValidName(name) {
		return fmt.Errorf("--name %s: give 2 to 20 characters", cmd.Name)
	}
	password, err := readPassword(c.in, cmd.PasswordStdin)
	if err != nil {
		return err
	}
	return cmd.with(ctx, func(a *db.Archive) error {
		id, err := a.CreateUser(ctx, db.NewUser{Email: email, Name: name, Password: identity.HashPassword(password), Role: db.Role(cmd.Role), Verified: true}, 0)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%s %s is account %d\n", cmd.Role, email, id)
		return err
	})
}

type userList struct {
	archiveFlag
	Query string `help:"Only those whose address or name holds this."`
}

func (userList) Help() string { return "Examples:\n  broadsheet user list --db archive.db | jq .email" }

func (cmd userList) Run(ctx context.Context, c console) error {
	enc := json.NewEncoder(c.out)
	return cmd.with(ctx, func(a *db.Archive) error {
		for before := int64(0); ; {
			page, err := a.Users(ctx, cmd.Query, before, 500)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, u := range page {
				before = u.ID
				if err := enc.Encode(map[string]any{"id": u.ID, "email": u.Email, "name": u.Name, "role": u.Role, "status": u.Status,
					"verified": u.Verified, "created": u.Created.Format(time.RFC3339), "sessions": u.Sessions}); err != nil {
					return err
				}
			}
		}
	})
}

type userRole struct {
	archiveFlag
	Email string `arg:"" help:"Whose."`
	Role  string `arg:"" help:"What they may do." enum:"reader,moderator,admin"`
}

func (userRole) Help() string { return "Examples:\n  broadsheet user role kim@example.com moderator" }

func (cmd userRole) Run(ctx context.Context, c console) error {
	return cmd.withAccount(ctx, cmd.Email, func(a *db.Archive, u db.User) error {
		if err := a.SetRole(ctx, u.ID, db.Role(cmd.Role), 0); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.out, "%s is %s now; their sessions have ended\n", u.Email, cmd.Role)
		return err
	})
}

type userPassword struct {
	archiveFlag
	Email         string `arg:"" help:"Whose."`
	PasswordStdin bool   `help:"Read the password from standard input."`
}

func (userPassword) Help() string {
	return "Examples:\n  broadsheet user password kim@example.com --password-stdin < password.txt"
}

func (cmd userPassword) Run(ctx context.Context, c console) error {
	password, err := readPassword(c.in, cmd.PasswordStdin)
	if err != nil {
		return err
	}
	return cmd.withAccount(ctx, cmd.Email, func(a *db.Archive, u db.User) error {
		if err := a.SetPassword(ctx, u.ID, identity.HashPassword(password), nil, 0); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.out, "%s has a new password; their sessions have ended\n", u.Email)
		return err
	})
}

type userDisable struct {
	archiveFlag
	Email string `arg:"" help:"Whose."`
	Undo  bool   `help:"Open the account again."`
}

func (userDisable) Help() string {
	return "Examples:\n  broadsheet user disable kim@example.com\n  broadsheet user disable --undo kim@example.com"
}

func (cmd userDisable) Run(ctx context.Context, c console) error {
	return cmd.withAccount(ctx, cmd.Email, func(a *db.Archive, u db.User) error {
		if err := a.SetDisabled(ctx, u.ID, !cmd.Undo, 0); err != nil {
			return err
		}
		state := "disabled; their sessions have ended"
		if cmd.Undo {
			state = "active again"
		}
		_, err := fmt.Fprintf(c.out, "%s is %s\n", u.Email, state)
		return err
	})
}

type userSessions struct {
	archiveFlag
	Email string `arg:"" help:"Whose."`
	End   bool   `help:"End them all."`
}

func (userSessions) Help() string {
	return "Examples:\n  broadsheet user sessions kim@example.com\n  broadsheet user sessions --end kim@example.com"
}

func (cmd userSessions) Run(ctx context.Context, c console) error {
	enc := json.NewEncoder(c.out)
	return cmd.withAccount(ctx, cmd.Email, func(a *db.Archive, u db.User) error {
		list, err := a.SessionsOf(ctx, u.ID)
		if err != nil {
			return err
		}
		for _, s := range list {
			if err := enc.Encode(map[string]any{"created": s.Created.Format(time.RFC3339), "used": s.Used.Format(time.RFC3339), "agent": s.Agent}); err != nil {
				return err
			}
		}
		if !cmd.End {
			return nil
		}
		return a.RevokeOthers(ctx, u.ID, nil, 0)
	})
}
