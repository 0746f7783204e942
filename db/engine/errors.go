package engine

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrQueueFull is returned by Write when too many batches wait already; nothing was done.
var ErrQueueFull = errors.New("too many writes are waiting: try again in a moment")

// ErrClosed is returned by Read and Write after Close.
var ErrClosed = errors.New("the database is closed")

// ErrNewer is returned by Open for a file that a newer program has changed. The file is untouched.
var ErrNewer = errors.New("the file was written by a newer version of this program: use that version, or restore a backup made before the upgrade")

// errLost is what the batches of a group get whose transaction vanished under them.
var errLost = errors.New("the group's transaction was lost: try again")

// Unique reports whether err is the violation of a UNIQUE or PRIMARY KEY constraint.
func Unique(err error) bool {
	switch code(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return false
}

// Unavailable reports whether err says that the database cannot serve now, whoever asks: locked,
// disk full, I/O error, read-only, out of memory, queue full or closed. The answer is 503.
func Unavailable(err error) bool {
	switch primary(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
		sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT:
		return true
	}
	return errors.Is(err, ErrQueueFull) || errors.Is(err, ErrClosed) || errors.Is(err, errLost)
}

// endsGroup reports whether err may have ended the transaction of the whole group.
// https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
func endsGroup(err error) bool {
	switch primary(err) {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_CORRUPT,
		sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN,
		sqlite3.SQLITE_PROTOCOL:
		return true
	}
	return errors.Is(err, errLost)
}

// busy reports whether another connection holds the lock.
func busy(err error) bool {
	c := primary(err)
	return c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED
}

// code is the extended result code of an error of SQLite, 0 for any other error.
// https://sqlite.org/rescode.html
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// primary is the class of the result code.
func primary(err error) int { return code(err) & 0xff }
