package db

import (
	"context"
	"errors"
	"time"

	"broadsheet/db/engine"
)

const (
	// rested holds for a notice n whose case was closed before ?1: its words were decided on, replaced or withdrawn, nothing
	// was decided of them since, no appeal waits or could be made against a decision since ?2, and no block is to end by itself.
	rested = `n.at <= ?1 AND ` + noticeBecame + ` IS NOT NULL AND coalesce(` + replacedAt + `, 0) <= ?1
  AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.comment_id = n.comment_id AND d.version = n.version AND d.id > n.id AND d.at > ?1)
  AND NOT EXISTS (SELECT 1 FROM appeal p WHERE p.comment_id = n.comment_id AND ` + openAppeal + `)
  AND NOT EXISTS (SELECT 1 FROM comment c JOIN decision d ON d.id = ` + lastOn + ` WHERE c.id = n.comment_id AND c.version = n.version AND (d.until IS NOT NULL OR d.action IN ('reject', 'block') AND d.at > ?2))`

	toForget    engine.SQL = `SELECT n.id, n.number, n.comment_id FROM notice n WHERE (n.name <> '' OR n.email <> '') AND ` + rested + ` ORDER BY n.id LIMIT 500`
	guardForget engine.SQL = `SELECT 1 FROM notice n WHERE n.id = ?3 AND (n.name <> '' OR n.email <> '') AND ` + rested
	forget      engine.SQL = `UPDATE notice SET name = '', email = '' WHERE id = ?`
	// What was or is to be mailed to an address that is gone leaves the outbox; what a mail server said of it may name it.
	forgetMail engine.SQL = `UPDATE message SET mail = 'none', error = '' WHERE notice_id = ? AND user_id IS NULL`
)

// ForgetRequesters erases the name and address of whoever gave a notice, when its case was closed as many days ago as the
// desk's settings say, and logs it. What they wrote and what was decided stay. It returns how many; at most 500 at once.
func (a *Archive) ForgetRequesters(ctx context.Context, now time.Time) (forgotten int, err error) {
	desk, err := a.Desk(ctx)
	if err != nil || desk.EraseAfter == 0 {
		return 0, err
	}
	before, appealable := now.AddDate(0, 0, -desk.EraseAfter), now.AddDate(0, -appealMonths, 0)
	var due []struct {
		ID      int64
		Number  string
		Comment int64
	}
	if err := a.engine.Read(ctx, engine.All(&due, toForget, before, appealable)); err != nil {
		return 0, err
	}
	for _, n := range due {
		err := a.engine.Write(ctx, engine.Batch{
			Quiet: true,
			Guard: []engine.Check{engine.Must(guardForget, ErrConflict, before, appealable, n.ID)},
			Do:    []engine.Stmt{engine.Do(forget, n.ID), engine.Do(forgetMail, n.ID), audit(now, 0, ActNoticeErase, n.Comment, "notice:"+n.Number)},
		})
		switch {
		case err == nil:
			forgotten++
		case !errors.Is(err, ErrConflict): // the case is open again
			return forgotten, err
		}
	}
	return forgotten, nil
}

// ForgetSenders erases from which networks notices came before NoticeWindow: no rate asks for them any more.
func (a *Archive) ForgetSenders(ctx context.Context, now time.Time) error {
	return a.engine.Write(ctx, engine.Batch{Quiet: true, Do: []engine.Stmt{engine.Do(purgeSenders, now.Add(-NoticeWindow))}})
}
