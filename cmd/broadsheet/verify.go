package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"broadsheet/db"
)

type verifyCommand struct {
	DB   string `name:"db" help:"The archive file." default:"archive.db"`
	Head string `name:"head" help:"A head of the log that was printed or mailed earlier, and kept elsewhere." placeholder:"ROW:HEX"`
}

func (verifyCommand) Help() string {
	return `Examples:
  broadsheet verify --db archive.db
  broadsheet verify --db archive.db --head 1204:9f86d0…

Checks the file and its foreign keys, that every comment's state follows from its verdict and decisions, and the
seals of the audit log, with the key that lies beside the archive. Exit code 1 names what differs, and the first row
of the log that was altered, removed, put in or moved.

It prints the head of the log. Keep it elsewhere: given back with --head it also finds a log whose end was cut off or
written anew. Without it that cannot be seen, nor what was done to the rows of the last second, which are not sealed.`
}

func (cmd verifyCommand) Run(ctx context.Context, c console) error {
	if _, err := os.Stat(cmd.DB); err != nil {
		return fmt.Errorf("no archive to verify: %w", err)
	}
	a, err := db.Open(ctx, cmd.DB, db.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	key, err := readSealKey(cmd.DB)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(c.err, "no %s.key: the seals of the audit log are checked for gaps only\n", cmd.DB)
	} else if err != nil {
		return err
	}
	r, err := a.Verify(ctx, key)
	if err != nil {
		return err
	}
	if err := cmd.meetHead(ctx, a, &r); err != nil {
		return err
	}
	for _, b := range r.Broken {
		fmt.Fprintln(c.err, "differs:", b)
	}
	if head := r.Head.String(); head != "" {
		fmt.Fprintf(c.err, "the head of the log is %s: keep it elsewhere, and give it back with --head to find a log whose end was cut off\n", head)
	}
	if r.Unsealed > 0 {
		fmt.Fprintf(c.err, "the last %d rows of the audit log are not sealed yet; serve seals them\n", r.Unsealed)
	}
	if err := json.NewEncoder(c.out).Encode(map[string]any{"articles": r.Articles, "users": r.Users, "comments": r.Comments,
		"decisions": r.Decisions, "audit": r.Audit, "unsealed": r.Unsealed, "head": r.Head.String(), "row": r.Row, "broken": len(r.Broken)}); err != nil {
		return err
	}
	if len(r.Broken) > 0 {
		return fmt.Errorf("the archive is not whole: %d things differ; restore a backup made before", len(r.Broken))
	}
	return nil
}

// meetHead compares the log with the head that was kept, when one is given.
func (cmd verifyCommand) meetHead(ctx context.Context, a *db.Archive, r *db.Report) error {
	if cmd.Head == "" {
		return nil
	}
	head, err := db.ParseHead(cmd.Head)
	if err != nil {
		return err
	}
	why, err := a.HasHead(ctx, head)
	if err == nil && why != "" {
		r.Broken = append(r.Broken, why)
	}
	return err
}

type backupCommand struct {
	DB   string `name:"db" help:"The archive file." default:"archive.db"`
	File string `arg:"" help:"Where to write the copy; must not exist."`
}

func (backupCommand) Help() string {
	return "Examples:\n  broadsheet backup --db archive.db copy.db\n\nA verified copy, also while the archive is served. Keep the .key file beside the archive as well."
}

func (cmd backupCommand) Run(ctx context.Context, c console) error {
	if _, err := os.Stat(cmd.DB); err != nil {
		return fmt.Errorf("no archive to copy: %w", err)
	}
	a, err := db.Open(ctx, cmd.DB, db.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.Backup(ctx, cmd.File); err != nil {
		return err
	}
	copied, err := db.Open(ctx, cmd.File, db.Options{})
	if err != nil {
		return err
	}
	defer copied.Close()
	r, err := copied.Verify(ctx, nil)
	if err == nil && len(r.Broken) > 0 {
		err = fmt.Errorf("the copy is not whole: %s", r.Broken[0])
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%d articles and %d comments copied to %s\n", r.Articles, r.Comments, cmd.File)
	return err
}
