package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"regexp"
	"slices"
	"time"
)

// applicationID marks our files: "BrSh" in the database header.
// https://sqlite.org/pragma.html#pragma_application_id
const applicationID = 0x42725368

// header opens every SQLite file. https://sqlite.org/fileformat.html#the_database_header
const header = "SQLite format 3\x00"

const migrationTable = "CREATE TABLE migration(name TEXT PRIMARY KEY, applied INTEGER NOT NULL) STRICT"

var migrationName = regexp.MustCompile(`^\d{4}_[a-z0-9_]+\.sql$`)

// migration is one step of the schema.
type migration struct{ name, sql string }

// load returns the migrations of fsys in the order of their names.
func load(fsys fs.FS) ([]migration, error) {
	if fsys == nil {
		return nil, errors.New("no migrations given: set Options.Migrations")
	}
	files, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, err
	}
	var list []migration
	for _, name := range files {
		if !migrationName.MatchString(name) {
			return nil, fmt.Errorf("migration %s: name it NNNN_name.sql", name)
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		list = append(list, migration{name, string(text)})
	}
	return list, nil
}

// migrate makes the file at path ours and current. It looks first, read-only, and changes only a
// file that is empty or ours.
func migrate(ctx context.Context, path string, o Options) error {
	all, err := load(o.Migrations)
	if err != nil {
		return err
	}
	empty, err := ensure(path)
	if err != nil {
		return err
	}
	if !empty {
		missing, err := look(ctx, path, o, all)
		if err != nil || len(missing) == 0 {
			return err
		}
	}
	return patiently(ctx, o.wait, func() error { return apply(ctx, path, o, all) })
}

// ensure creates the file when it is not there, readable by its owner only, reports whether it
// is empty, and refuses what is not an SQLite file.
func ensure(path string) (empty bool, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	got := make([]byte, len(header))
	n, err := io.ReadFull(f, got)
	switch {
	case err == io.EOF:
		return true, nil
	case err != nil && err != io.ErrUnexpectedEOF:
		return false, err
	case !bytes.Equal(got[:n], []byte(header)):
		return false, fmt.Errorf("%s is not an SQLite database: give the path of another file; this one was left as it is", path)
	}
	return false, nil
}

// look finds, read-only, the migrations that the file lacks. Without a log beside it the file is
// read as it is, with no locks, for even a read-only connection would put its own log and index
// there; a log that appears meanwhile, or a file that cannot be read so, means another process at
// work (its checkpoint may be half done), and then it looks again under the locks.
func look(ctx context.Context, path string, o Options, all []migration) ([]migration, error) {
	if !logged(path) {
		settings := reading()
		settings.Set("immutable", "1")
		missing, err := lookWith(ctx, path, o, all, settings)
		if err == nil || code(err) == 0 && !logged(path) {
			return missing, err
		}
	}
	return lookWith(ctx, path, o, all, reading())
}

// logged reports whether a log with something in it lies beside the file.
func logged(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

func lookWith(ctx context.Context, path string, o Options, all []migration, settings url.Values) ([]migration, error) {
	db, err := pool(path, o.wait, settings)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	c, err := dial(ctx, db, nil)
	if err != nil {
		return nil, fmt.Errorf("cannot open %s: %w", path, err)
	}
	defer c.close()
	if err := c.exec("BEGIN"); err != nil {
		return nil, err
	}
	missing, _, err := examine(c, path, all)
	return missing, err
}

// apply runs the missing migrations in one transaction.
func apply(ctx context.Context, path string, o Options, all []migration) error {
	db, err := pool(path, o.wait, writing(o))
	if err != nil {
		return err
	}
	defer db.Close()
	c, err := dial(ctx, db, nil)
	if err != nil {
		return fmt.Errorf("cannot open %s: %w", path, err)
	}
	defer c.close() // rolls back what is not committed
	if err := c.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	missing, fresh, err := examine(c, path, all)
	if err != nil {
		return err
	}
	if fresh {
		script := fmt.Sprintf("PRAGMA application_id = %d; %s", applicationID, migrationTable)
		if _, err := c.c.ExecContext(ctx, script); err != nil {
			return err
		}
	}
	for _, m := range missing {
		if _, err := c.c.ExecContext(ctx, m.sql); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
		if err := c.exec("INSERT INTO migration VALUES (?, ?)", m.name, time.Now().UnixMilli()); err != nil {
			return err
		}
	}
	return c.exec("COMMIT")
}

// examine finds what the file lacks, inside the caller's transaction. fresh: it holds nothing at
// all. A file with something unknown in it is an error.
func examine(c *conn, path string, all []migration) (missing []migration, fresh bool, err error) {
	var id, objects, table int
	ctx := context.Background()
	if err := c.c.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return nil, false, fmt.Errorf("cannot read %s: %w", path, err)
	}
	const count = "SELECT count(*), count(*) FILTER (WHERE type = 'table' AND name = 'migration') FROM sqlite_schema"
	if err := c.c.QueryRowContext(ctx, count).Scan(&objects, &table); err != nil {
		return nil, false, fmt.Errorf("cannot read %s: %w", path, err)
	}
	if objects == 0 && (id == 0 || id == applicationID) {
		return all, true, nil
	}
	if table == 0 || id != applicationID {
		return nil, false, fmt.Errorf("%s is the database of another program: give the path of another file; this one was left as it is", path)
	}
	names, err := applied(c)
	if err != nil {
		return nil, false, err
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(m migration) bool { return m.name == name }) {
			return nil, false, fmt.Errorf("%s has migration %s: %w", path, name, ErrNewer)
		}
	}
	for _, m := range all {
		if !slices.Contains(names, m.name) {
			missing = append(missing, m)
		}
	}
	return missing, false, nil
}

// applied returns the names of the migrations that the file has.
func applied(c *conn) ([]string, error) {
	rows, err := c.c.QueryContext(context.Background(), "SELECT name FROM migration ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
