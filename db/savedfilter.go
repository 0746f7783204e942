package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

// SavedFilter is a filter of the queue that somebody keeps under a name.
type SavedFilter struct {
	ID        int64
	By        int64
	Name      string
	Everybody bool   // the whole desk sees it
	Query     string // as it stands in the address of the queue
	At        time.Time
}

// What the audit log says of saved filters. The subject is the filter.
const (
	ActFilterSave   = "filter.save"
	ActFilterDelete = "filter.delete"
)

// MaxFilters is how many filters one moderator may keep.
const MaxFilters = 50

const (
	filtersOf engine.SQL = `SELECT id, user_id, name, everybody, query, at FROM filter WHERE user_id = ?1
UNION ALL SELECT id, user_id, name, everybody, query, at FROM filter WHERE everybody = 1 AND user_id <> ?1 ORDER BY name, id LIMIT 200`
	insertFilter engine.SQL = `INSERT INTO filter (id, user_id, name, everybody, query, at) VALUES (?, ?, ?, ?, ?, ?)`
	deleteFilter engine.SQL = `DELETE FROM filter WHERE id = ?`
	manyFilters  engine.SQL = `SELECT 1 FROM filter WHERE user_id = ? LIMIT 1 OFFSET ?`
	filterOf     engine.SQL = `SELECT 1 FROM filter f JOIN user u ON u.id = ?2 WHERE f.id = ?1 AND (f.user_id = u.id OR f.everybody = 1 AND u.role = 'admin')`
)

// Filters lists what a moderator sees above the queue: their own filters and those for everybody, by name.
func (a *Archive) Filters(ctx context.Context, user int64) ([]SavedFilter, error) {
	var out []SavedFilter
	err := a.engine.Read(ctx, engine.All(&out, filtersOf, user))
	return out, err
}

// SaveFilter keeps a filter; ErrRate when its owner keeps MaxFilters already. ID and At are set here.
func (a *Archive) SaveFilter(ctx context.Context, f SavedFilter) error {
	f.ID, f.At = a.engine.NewID(), a.Now()
	who := "own"
	if f.Everybody {
		who = "everybody"
	}
	return a.engine.Write(ctx, engine.Batch{
		Quiet: true,
		Guard: []engine.Check{engine.MustNot(manyFilters, ErrRate, f.By, MaxFilters-1)},
		Do: []engine.Stmt{
			engine.Do(insertFilter, f.ID, f.By, f.Name, f.Everybody, f.Query, f.At),
			audit(f.At, f.By, ActFilterSave, f.ID, who),
		},
	})
}

// DeleteFilter forgets a filter; ErrNotFound when it is not this moderator's, nor one for everybody and they are an admin.
func (a *Archive) DeleteFilter(ctx context.Context, filter, by int64) error {
	return a.engine.Write(ctx, engine.Batch{
		Quiet: true,
		Guard: []engine.Check{engine.Must(filterOf, ErrNotFound, filter, by)},
		Do:    []engine.Stmt{engine.Do(deleteFilter, filter), audit(a.Now(), by, ActFilterDelete, filter, "")},
	})
}
