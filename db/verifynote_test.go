package db

import (
	"strings"
	"testing"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

// What the log says of a decision besides who and when, and of every free text, is compared as well.
func TestVerifyFindsWhatDecisionsRestOn(t *testing.T) {
	for name, tamper := range map[string]engine.SQL{
		"a longer block":       `UPDATE decision SET until = until + 86400000 WHERE action = 'block'`,
		"a block without end":  `UPDATE decision SET until = NULL WHERE action = 'block'`,
		"no undoing":           `UPDATE decision SET undoes = NULL WHERE undoes IS NOT NULL`,
		"no appeal":            `UPDATE decision SET appeal_id = NULL WHERE appeal_id IS NOT NULL`,
		"notes taken off":      `UPDATE decision SET note_id = NULL, answer_id = NULL`,
		"another answer":       `UPDATE note SET body = 'Another text' WHERE body = 'It was a quotation after all'`,
		"another appeal":       `UPDATE note SET body = 'Another text' WHERE body = 'It was a quotation'`,
		"a text of nobody's":   `INSERT INTO note (id, body, salt) VALUES (7, 'Free', x'00')`,
		"another policy":       `UPDATE standards SET document = replace(document, 'respect', 'RESPECT')`,
		"a report's text gone": `UPDATE report SET note_id = NULL`,
	} {
		t.Run(name, func(t *testing.T) {
			n := newNewsroom(t)
			blocked, undone, appealed := n.stands(t, "one"), n.submit(t, n.kim, "two"), n.submit(t, n.kim, "three")
			n.must(t, "the report", n.Report(n.ctx, NewReport{Comment: blocked, By: n.lee, Reason: "respect", Note: "Rude", At: n.Now()}))
			n.take(t, blocked, n.desk, moderation.Block, func(v *Verb) { v.Until = v.At.Add(24 * time.Hour) })
			n.take(t, undone, n.desk, moderation.Approve)
			n.must(t, "undoing", n.takeBack(Verb{Comment: undone, Version: 1, After: n.lastOn(t, undone), By: n.desk, At: n.Now()}))
			n.take(t, appealed, n.desk, moderation.Reject)
			n.must(t, "the appeal", n.Appeal(n.ctx, appealed, n.kim, "It was a quotation", n.Now()))
			n.take(t, appealed, n.night, moderation.Approve, func(v *Verb) { v.Answer = "It was a quotation after all" })
			n.must(t, "the policy", n.ApplyStandards(n.ctx, policy, 0))
			n.sound(t)
			n.write(t, engine.Batch{Do: []engine.Stmt{engine.Do(tamper)}})
			if r, err := n.Verify(n.ctx, nil); err != nil || len(r.Broken) == 0 {
				t.Errorf("verify found nothing: %v", err)
			} else {
				t.Log(strings.Join(r.Broken, "; "))
			}
		})
	}
}

// An appeal ends with the decision that it was made against; the next decision can be appealed against.
func TestAppealLapsesWithItsDecision(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "words")
	n.take(t, id, n.desk, moderation.Reject)
	n.must(t, "the first appeal", n.Appeal(n.ctx, id, n.kim, "A", n.Now()))
	n.must(t, "somebody else puts it back", n.rule(Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.night, Action: moderation.Approve, At: n.Now()}))
	n.take(t, id, n.adm, moderation.Reject)
	n.must(t, "the second appeal", n.Appeal(n.ctx, id, n.kim, "B", n.Now()))
	n.sound(t)
}

// A report of words that their author then changed says nothing about whether its reader is right.
func TestEditedWordsJudgeNoReport(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "rude words")
	n.must(t, "the report", n.Report(n.ctx, NewReport{Comment: id, By: n.lee, Reason: "respect", At: n.Now()}))
	n.must(t, "the edit", n.Edit(n.ctx, id, n.kim, 1, "en", verdict("kind words"), n.Now()))
	n.take(t, id, n.desk, moderation.Approve)
	reports, err := n.ReportsBy(n.ctx, n.lee, 0, 10)
	if err != nil || len(reports) != 1 || reports[0].Became != "edit" {
		t.Errorf("reports: %+v %v", reports, err)
	}
	h, err := n.History(n.ctx, n.lee)
	if err != nil || h.Reports.Judged != 0 {
		t.Errorf("judged: %+v %v", h.Reports, err)
	}
	n.sound(t)
}
