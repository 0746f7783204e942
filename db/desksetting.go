package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"broadsheet/db/engine"
)

// DeskSettings are how the desk works.
type DeskSettings struct {
	HideAfter   float64 `json:"hide_after,omitempty"`   // weight of open reports at which a published comment waits for a moderator unseen; 0: number alone never hides
	SecondShare int     `json:"second_share,omitempty"` // per cent of decisions that a second moderator reads blind; 0: none
	MailHead    bool    `json:"mail_head,omitempty"`    // the head of the log's seals is mailed to the admins every day
	CloseAfter  int     `json:"close_after,omitempty"`  // days after which comments on an article close; 0: never
	EraseAfter  int     `json:"erase_after"`            // days after which the name and address of who gave a notice are erased, once its case is closed; 0: never
}

// DefaultDesk is how the desk works before any settings were applied, and what those say that do not say it.
func DefaultDesk() DeskSettings { return DeskSettings{EraseAfter: 180} }

// Desk is the settings of one version.
type Desk struct {
	Version int // from 1; 0 for the defaults, before any were applied
	DeskSettings
	Applied time.Time // zero for the defaults
	By      int64     // 0: the command line
	Name    string    // who applied them: only in the history
}

type deskRow struct {
	Version  int
	Document string
	Applied  time.Time
	By       int64
	Name     string
}

func (r deskRow) desk() (Desk, error) {
	d := Desk{Version: r.Version, DeskSettings: DefaultDesk(), Applied: r.Applied, By: r.By, Name: r.Name}
	if err := json.Unmarshal([]byte(r.Document), &d.DeskSettings); err != nil {
		return Desk{}, fmt.Errorf("settings of the desk, version %d: %w", r.Version, err)
	}
	return d, nil
}

const (
	currentDesk engine.SQL = `SELECT version, document, applied, coalesce(user_id, 0), '' FROM desk_setting ORDER BY version DESC LIMIT 1`
	insertDesk  engine.SQL = `INSERT INTO desk_setting (version, document, applied, user_id) VALUES (?, ?, ?, ?)`
	deskPage    engine.SQL = `SELECT d.version, d.document, d.applied, coalesce(d.user_id, 0), coalesce(u.name, '')
FROM desk_setting d LEFT JOIN user u ON u.id = d.user_id ORDER BY d.version DESC LIMIT ?`
	laterDesk engine.SQL = `SELECT 1 FROM desk_setting WHERE version > ?`
)

// Desk reads the settings in force: the defaults when none were ever applied.
func (a *Archive) Desk(ctx context.Context) (Desk, error) {
	var row deskRow
	err := a.engine.Read(ctx, engine.One(&row, currentDesk))
	if errors.Is(err, fs.ErrNotExist) {
		return Desk{DeskSettings: DefaultDesk()}, nil
	}
	if err != nil {
		return Desk{}, err
	}
	return row.desk()
}

// DeskHistory lists the versions of the settings, newest first, at most n; none when they are still the defaults.
func (a *Archive) DeskHistory(ctx context.Context, n int) ([]Desk, error) {
	var rows []deskRow
	if err := a.engine.Read(ctx, engine.All(&rows, deskPage, n)); err != nil {
		return nil, err
	}
	out := make([]Desk, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.desk(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SetDesk puts settings in force as the version after base; ErrConflict when others came into force meanwhile.
// Whether they make sense is the caller's to check.
func (a *Archive) SetDesk(ctx context.Context, base int, s DeskSettings, by int64) error {
	doc, err := json.Marshal(s)
	if err != nil {
		return err
	}
	now := a.Now()
	return a.engine.Write(ctx, engine.Batch{
		Guard: []engine.Check{engine.MustNot(laterDesk, ErrConflict, base)},
		Do: []engine.Stmt{
			engine.Do(insertDesk, base+1, string(doc), now, id(by)),
			audit(now, by, ActDeskApply, int64(base+1), string(doc)),
		},
	})
}
