package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Check looks through the whole file for damage and for references to rows that are not there.
// It returns one sentence for each, none when the file is sound. It reads everything: seconds
// for each gigabyte.
func (d *DB) Check(ctx context.Context) ([]string, error) {
	type orphan struct {
		Table  string
		Row    int64 // rowid, 0 in a table without
		Parent string
		Key    int
	}
	var found []string
	var orphans []orphan
	err := d.aside(ctx, func(c *conn) error {
		return d.r.run(ctx, c, []Query{All(&found, "PRAGMA integrity_check"), All(&orphans, "PRAGMA foreign_key_check")})
	})
	if err != nil {
		return nil, err
	}
	if len(found) == 1 && found[0] == "ok" {
		found = nil
	}
	for _, o := range orphans {
		found = append(found, fmt.Sprintf("row %d of table %s refers to a row of %s that is not there", o.Row, o.Table, o.Parent))
	}
	return found, nil
}

// Backup writes a copy of the archive as it is now to path, compacted and ready to be opened,
// readable by its owner only, and durable when it returns. Reading and writing go on meanwhile.
// A file that is there already is not overwritten: the error is fs.ErrExist.
func (d *DB) Backup(ctx context.Context, path string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: choose another name for the backup, or move the old one away", err)
	}
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if err != nil {
			os.Remove(path)
		}
	}()
	err = d.aside(ctx, func(c *conn) error {
		_, err := c.c.ExecContext(ctx, "VACUUM INTO ?", path)
		return err
	})
	if err != nil {
		return fmt.Errorf("the backup failed: %w", err)
	}
	return f.Sync()
}

// aside lets f read on a connection of its own, so that long work keeps no reader busy. It is
// one that could write: on a read-only one integrity_check passes over broken CHECK constraints.
func (d *DB) aside(ctx context.Context, f func(*conn) error) error {
	select {
	case <-d.r.gone:
		return ErrClosed
	default:
	}
	c, err := dial(ctx, d.w.db, nil)
	if err != nil {
		return err
	}
	defer c.close()
	return f(c)
}
