package db

import (
	"context"
	"fmt"

	"broadsheet/db/engine"
)

const (
	readingRows = `SELECT d.comment_id AS subject, r.at, r.user_id, 'decision:' || r.decision_id || ' ' || r.action || ' ' || r.clause AS detail
FROM reading r JOIN decision d ON d.id = r.decision_id`
	readingLog = `SELECT l.subject, l.at, l.user_id, l.detail FROM audit l WHERE l.action = 'reading.give'`
	settingRow = `SELECT s.version AS subject, s.applied, s.user_id, s.document FROM desk_setting s`
	settingLog = `SELECT l.subject, l.at, l.user_id, l.detail FROM audit l WHERE l.action = 'desk.apply'`

	readingsUnlogged engine.SQL = `SELECT subject FROM (` + readingRows + ` EXCEPT ` + readingLog + `) ORDER BY 1`
	readingsGone     engine.SQL = `SELECT subject FROM (` + readingLog + ` EXCEPT ` + readingRows + `) ORDER BY 1`
	settingsUnlogged engine.SQL = `SELECT subject FROM (` + settingRow + ` EXCEPT ` + settingLog + `) ORDER BY 1`
	settingsGone     engine.SQL = `SELECT subject FROM (` + settingLog + ` EXCEPT ` + settingRow + `) ORDER BY 1`
)

// verifyDesk compares second readings, reports, appeals, notices and the settings of the desk with the log's rows of them, both ways.
func (a *Archive) verifyDesk(ctx context.Context) (broken []string, err error) {
	for _, c := range []struct {
		q   engine.SQL
		say string
	}{
		{readingsUnlogged, "the second reading on comment %d is not one that the audit log says was given"},
		{readingsGone, "the audit log has a second reading on comment %d, the archive has not"},
		{casesUnlogged, "a report, appeal or notice of comment %d is not one that the audit log has"},
		{casesGone, "the audit log has a report, appeal or notice of comment %d, the archive has not"},
		{settingsUnlogged, "the settings of the desk of version %d are not those that the audit log says were applied"},
		{settingsGone, "the audit log has settings of the desk of version %d, the archive has not"},
	} {
		var subjects []int64
		if err := a.engine.Read(ctx, engine.All(&subjects, c.q)); err != nil {
			return nil, err
		}
		for _, s := range subjects {
			broken = append(broken, fmt.Sprintf(c.say, s))
		}
	}
	return broken, nil
}
