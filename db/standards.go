package db

import (
	"context"
	"encoding/json"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	currentStandards engine.SQL = `SELECT document FROM standards ORDER BY applied DESC, version DESC LIMIT 1`
	standardsOf      engine.SQL = `SELECT document FROM standards WHERE version = ?`
	insertStandards  engine.SQL = `INSERT INTO standards (version, document, applied, user_id) VALUES (?, ?, ?, ?)`
	renewStandards   engine.SQL = `UPDATE standards SET applied = ?2, user_id = ?3 WHERE version = ?1`
	otherDocument    engine.SQL = `SELECT 1 FROM standards WHERE version = ? AND document <> ?`
	hadClause        engine.SQL = `SELECT 1 FROM standards s, json_each(s.document, '$.clauses') c WHERE json_extract(c.value, '$.id') = ? LIMIT 1`
	versionThere     engine.SQL = `SELECT 1 FROM standards WHERE version = ?`
	bumpAll          engine.SQL = `UPDATE article SET version = version + 1`
)

// Standards reads the policy in force; fs.ErrNotExist when none was ever applied.
func (a *Archive) Standards(ctx context.Context) (moderation.Standards, error) {
	var doc string
	if err := a.engine.Read(ctx, engine.One(&doc, currentStandards)); err != nil {
		return moderation.Standards{}, err
	}
	return moderation.ParseStandards([]byte(doc))
}

// StandardsOf reads the policy as it was in a version; fs.ErrNotExist when there is none.
func (a *Archive) StandardsOf(ctx context.Context, version string) (moderation.Standards, error) {
	var doc string
	if err := a.engine.Read(ctx, engine.One(&doc, standardsOf, version)); err != nil {
		return moderation.Standards{}, err
	}
	return moderation.ParseStandards([]byte(doc))
}

// HadClause reports whether any policy that ever came into force has a clause of that id.
func (a *Archive) HadClause(ctx context.Context, id string) (bool, error) {
	var x int
	var had bool
	err := a.engine.Read(ctx, engine.Maybe(&x, &had, hadClause, id))
	return had, err
}

// ApplyStandards puts a policy in force from now on. A version keeps its text for ever: the same
// version with another text is ErrVersionTaken, with the same text it comes into force again.
func (a *Archive) ApplyStandards(ctx context.Context, s moderation.Standards, by int64) error {
	doc, err := json.Marshal(s)
	if err != nil {
		return err
	}
	now := a.Now()
	var x int
	var there bool
	if err := a.engine.Read(ctx, engine.Maybe(&x, &there, versionThere, s.Version)); err != nil {
		return err
	}
	store := engine.Do(insertStandards, s.Version, string(doc), now, id(by))
	if there {
		store = engine.Do(renewStandards, s.Version, now, id(by))
	}
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.MustNot(otherDocument, ErrVersionTaken, s.Version, string(doc))},
		Do:    []engine.Stmt{store, audit(now, by, ActStandardsApply, 0, s.Version+" hash:"+documentHash(string(doc))), engine.Do(bumpAll)},
	})
}

// EnsureStandards puts a policy in force when the archive has none yet.
func (a *Archive) EnsureStandards(ctx context.Context, s moderation.Standards) error {
	var doc string
	var there bool
	if err := a.engine.Read(ctx, engine.Maybe(&doc, &there, currentStandards)); err != nil || there {
		return err
	}
	return a.ApplyStandards(ctx, s, 0)
}
