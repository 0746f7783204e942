package db

import (
	"context"
	"time"

	"broadsheet/db/engine"
)

const (
	labelPage engine.SQL = `SELECT d.id, d.comment_id, d.version, coalesce(r.body, c.body), d.action = 'reject', d.clause, d.at, coalesce(v.risk, 0)
FROM decision d JOIN comment c ON c.id = d.comment_id
LEFT JOIN comment_revision r ON r.comment_id = d.comment_id AND r.version = d.version
LEFT JOIN verdict v ON v.comment_id = d.comment_id AND v.version = d.version
WHERE d.id > ? AND d.user_id IS NOT NULL AND d.action IN ('approve', 'reject', 'restore') AND d.undoes IS NULL AND d.sanction_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.comment_id = d.comment_id AND e.version = d.version AND e.id > d.id
    AND (e.undoes = d.id OR e.appeal_id IS NOT NULL))
ORDER BY d.id LIMIT ?`
	labelsSince engine.SQL = `SELECT coalesce(max(id), 0) FROM decision WHERE at < ?`

	refitColumns = `id, at, last, model, promoted, in_force, length(layer) > 0, report`

	refitInForce engine.SQL = `SELECT ` + refitColumns + ` FROM refit WHERE in_force = 1 ORDER BY id DESC LIMIT 1`
	refitLayer   engine.SQL = `SELECT layer FROM refit WHERE id = ?`
	refitLast    engine.SQL = `SELECT ` + refitColumns + ` FROM refit ORDER BY id DESC LIMIT 1`
	refitList    engine.SQL = `SELECT ` + refitColumns + ` FROM refit ORDER BY id DESC LIMIT ?`
	insertRefit  engine.SQL = `INSERT INTO refit (id, at, last, model, promoted, in_force, report, layer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	markRefit    engine.SQL = `INSERT INTO refit (id, at, last, model, promoted, in_force, report, layer)
VALUES (?1, ?2, coalesce((SELECT max(id) FROM decision), 0), '', 0, 0, ?3, x'')`
	noRefit     engine.SQL = `UPDATE refit SET in_force = 0 WHERE in_force = 1`
	useRefit    engine.SQL = `UPDATE refit SET in_force = 1 WHERE id = ?`
	refitUsable engine.SQL = `SELECT 1 FROM refit WHERE id = ? AND length(layer) > 0`
	oldLayers   engine.SQL = `UPDATE refit SET layer = x'' WHERE in_force = 0 AND length(layer) > 0
  AND id NOT IN (SELECT id FROM refit WHERE promoted = 1 ORDER BY id DESC LIMIT ?)`
)

// keptLayers is how many promoted refits can be gone back to.
const keptLayers = 10

// Label is a decision with the words that it speaks of, for a model to learn from.
type Label struct {
	ID       int64 // of the decision
	Comment  int64
	Version  int // of the comment
	Text     string
	Rejected bool
	Clause   string // "" when approved
	At       time.Time
	Risk     float64 // that the review gave these words
}

// Labels lists what people decided of words after a decision, oldest first, at most n. A decision that was taken
// back teaches nothing, nor does one that an appeal was answered about (that answer does), nor one that went with a ban:
// it speaks of the account.
func (a *Archive) Labels(ctx context.Context, after int64, n int) ([]Label, error) {
	var out []Label
	err := a.engine.Read(ctx, engine.All(&out, labelPage, after, n))
	return out, err
}

// DecidedBefore returns the last decision before a time, 0 when there is none.
func (a *Archive) DecidedBefore(ctx context.Context, at time.Time) (last int64, err error) {
	err = a.engine.Read(ctx, engine.One(&last, labelsSince, at))
	return last, err
}

// Refit is one fit of the newsroom's layer to its decisions.
type Refit struct {
	ID       int64
	At       time.Time
	Last     int64  // the last decision it looked at
	Model    string // version of the shipped model it stands on
	Promoted bool   // it was better than what was in force on decisions held back
	InForce  bool
	Usable   bool   // it can be gone back to
	Report   string // JSON
}

// RefitInForce reads the fit that the review uses, with its layer; fs.ErrNotExist when it uses none.
func (a *Archive) RefitInForce(ctx context.Context) (Refit, []byte, error) {
	var r Refit
	if err := a.engine.Read(ctx, engine.One(&r, refitInForce)); err != nil {
		return r, nil, err
	}
	var layer []byte
	err := a.engine.Read(ctx, engine.One(&layer, refitLayer, r.ID))
	return r, layer, err
}

// LastRefit reads the latest fit, promoted or not; fs.ErrNotExist when there was none.
func (a *Archive) LastRefit(ctx context.Context) (Refit, error) {
	var r Refit
	err := a.engine.Read(ctx, engine.One(&r, refitLast))
	return r, err
}

// Refits lists the fits there were, newest first, at most n.
func (a *Archive) Refits(ctx context.Context, n int) ([]Refit, error) {
	var out []Refit
	err := a.engine.Read(ctx, engine.All(&out, refitList, n))
	return out, err
}

// StoreRefit keeps a fit; a promoted one is in force from now on. Of those replaced, the last ten can be gone
// back to.
func (a *Archive) StoreRefit(ctx context.Context, r Refit, layer []byte) (int64, error) {
	refit := a.engine.NewID()
	b := engine.Batch{}
	detail := "kept out"
	if r.Promoted {
		detail = "promoted"
		b.Do = append(b.Do, engine.Do(noRefit))
	} else {
		layer = []byte{}
	}
	b.Do = append(b.Do,
		engine.Do(insertRefit, refit, r.At, r.Last, r.Model, r.Promoted, r.Promoted, r.Report, layer),
		engine.Do(oldLayers, keptLayers),
		audit(r.At, 0, ActModelRefit, refit, detail))
	return refit, a.engine.Write(ctx, b)
}

// UseRefit puts an earlier fit in force again, or with 0 the model as it was shipped, and lists that as a fit of its
// own that has seen all decisions: none of them is followed until the next. ErrNotFound when the fit cannot be gone
// back to.
func (a *Archive) UseRefit(ctx context.Context, refit, by int64, at time.Time) error {
	mark := engine.Do(markRefit, a.engine.NewID(), at, `{"why":"chosen"}`)
	b := engine.Batch{Do: []engine.Stmt{engine.Do(noRefit), mark, audit(at, by, ActModelUse, refit, "")}}
	if refit != 0 {
		b.Guard = []engine.Check{engine.Must(refitUsable, ErrNotFound, refit)}
		b.Do = append(b.Do, engine.Do(useRefit, refit))
	}
	return a.engine.Write(ctx, b)
}
