package db

import (
	"errors"

	"broadsheet/db/engine"
)

// A batch is made from what was read before it. Where it must do something about each of what it read, such as telling
// all who gave notice, a guard looks whether that is still all there is.

// errMoved is what such a guard says.
var errMoved = errors.New("what was read has changed meanwhile")

// anew repeats a write that was made from what has changed meanwhile. Where it changes every time, it is ErrConflict.
func anew(write func() error) (err error) {
	for range 5 {
		if err = write(); !errors.Is(err, errMoved) {
			return err
		}
	}
	return ErrConflict
}

const (
	noticeCount = `(SELECT count(*) FROM notice n WHERE n.comment_id = c.id AND n.version = c.version)`
	// openAppealID is the open appeal on comment c, 0 for none.
	openAppealID = `coalesce((SELECT p.id FROM appeal p WHERE p.comment_id = c.id AND ` + openAppeal + ` ORDER BY p.id DESC LIMIT 1), 0)`

	guardNotices engine.SQL = `SELECT 1 FROM comment c WHERE c.id = ?1 AND ` + noticeCount + ` = ?2`
	// What waits for an answer is answered by the first decision with a greater id: it is not stored behind one.
	decidedSince engine.SQL = `SELECT 1 FROM decision WHERE comment_id = ?1 AND id > ?2`
)
