package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const (
	currentRules engine.SQL = `SELECT version, document, applied, coalesce(user_id, 0), '' FROM rules ORDER BY version DESC LIMIT 1`
	rulesOf      engine.SQL = `SELECT version, document, applied, coalesce(user_id, 0), '' FROM rules WHERE version = ?`
	rulesHistory engine.SQL = `SELECT r.version, r.document, r.applied, coalesce(r.user_id, 0), coalesce(u.name, '')
FROM rules r LEFT JOIN user u ON u.id = r.user_id ORDER BY r.version DESC LIMIT ?`
	insertRules engine.SQL = `INSERT INTO rules (version, document, applied, user_id) VALUES (?, ?, ?, ?)`
	thoseRules  engine.SQL = `SELECT 1 FROM rules WHERE version = ?`
	laterRules  engine.SQL = `SELECT 1 FROM rules WHERE version > ?`
)

// Rules are the rules of one version.
type Rules struct {
	Version int // from 1; 0 for the defaults, before any were applied
	moderation.Rules
	Applied time.Time // zero for the defaults
	By      int64     // 0: the command line
	Name    string    // of whom, in lists only
	Broken  bool      // the document cannot be read: the rules are empty, and no comment may be judged by them
}

type rulesRow struct {
	Version  int
	Document string
	Applied  time.Time
	By       int64
	Name     string
}

func (r rulesRow) rules() Rules {
	out := Rules{Version: r.Version, Applied: r.Applied, By: r.By, Name: r.Name}
	if json.Unmarshal([]byte(r.Document), &out.Rules) != nil {
		out.Rules, out.Broken = moderation.Rules{}, true
	}
	return out
}

// Rules reads the rules in force: the defaults when none were ever applied.
func (a *Archive) Rules(ctx context.Context) (Rules, error) {
	var row rulesRow
	err := a.engine.Read(ctx, engine.One(&row, currentRules))
	if errors.Is(err, fs.ErrNotExist) {
		return Rules{}, nil
	}
	if err != nil {
		return Rules{}, err
	}
	return row.rules(), nil
}

// RulesOf reads the rules of a version; those of 0 are the defaults, fs.ErrNotExist when there is no such version.
func (a *Archive) RulesOf(ctx context.Context, version int) (Rules, error) {
	if version == 0 {
		return Rules{}, nil
	}
	var row rulesRow
	if err := a.engine.Read(ctx, engine.One(&row, rulesOf, version)); err != nil {
		return Rules{}, err
	}
	return row.rules(), nil
}

// RulesHistory lists the versions there were, newest first, at most n.
func (a *Archive) RulesHistory(ctx context.Context, n int) ([]Rules, error) {
	var rows []rulesRow
	if err := a.engine.Read(ctx, engine.All(&rows, rulesHistory, n)); err != nil {
		return nil, err
	}
	out := make([]Rules, len(rows))
	for i, row := range rows {
		out[i] = row.rules()
	}
	return out, nil
}

// ApplyRules puts rules in force as the version after base; ErrConflict when another came into force meanwhile.
// Whether they can be applied is the caller's to check.
func (a *Archive) ApplyRules(ctx context.Context, base int, r moderation.Rules, by int64) error {
	doc, err := json.Marshal(r)
	if err != nil {
		return err
	}
	now := a.Now()
	guard := []engine.Check{engine.MustNot(laterRules, ErrConflict, base)}
	if base != 0 {
		guard = append(guard, engine.Must(thoseRules, ErrConflict, base))
	}
	return a.engine.Write(ctx, engine.Batch{
		Guard: guard,
		Do: []engine.Stmt{
			engine.Do(insertRules, base+1, string(doc), now, id(by)),
			audit(now, by, ActRulesApply, int64(base+1), r.Version()),
		},
	})
}

const (
	rulesPage  engine.SQL = `SELECT version, document, applied, coalesce(user_id, 0), '' FROM rules ORDER BY version`
	logOfRules engine.SQL = `SELECT l.seq, l.at, coalesce(l.user_id, 0), l.action, l.subject, l.detail FROM audit l WHERE l.action = 'rules.apply' ORDER BY l.seq`
)

// verifyRules compares the rules of every version with the log's rows of them, both ways.
func (a *Archive) verifyRules(ctx context.Context) (broken []string, err error) {
	var rows []rulesRow
	var log []sealedRow
	if err := a.engine.Read(ctx, engine.All(&rows, rulesPage), engine.All(&log, logOfRules)); err != nil {
		return nil, err
	}
	said := map[int]sealedRow{}
	for _, l := range log {
		said[int(l.Subject)] = l
	}
	for _, row := range rows {
		r := row.rules()
		if l := said[r.Version]; r.Broken || l.Detail != r.Rules.Version() || l.By != r.By || !l.At.Equal(r.Applied) {
			broken = append(broken, fmt.Sprintf("the rules of version %d are not those that the audit log says were applied", row.Version))
		}
		delete(said, row.Version)
	}
	for version := range said {
		broken = append(broken, fmt.Sprintf("the audit log has rules of version %d, the archive has not", version))
	}
	return broken, nil
}
