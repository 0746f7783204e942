package db

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"broadsheet/moderation"
)

// An answer that stands is told once, to nobody who does not want to hear of it, and not while it does not stand.
func TestAnswersAreTold(t *testing.T) {
	n := newNewsroom(t)
	raw, err := sql.Open("sqlite", n.path)
	n.must(t, "opening", err)
	defer raw.Close()
	told := func(what string, answer int64, want string) {
		t.Helper()
		var got string
		rows, err := raw.Query(`SELECT user_id, mail, due - at FROM message WHERE kind = 'reply' AND comment_id = ?`, answer)
		n.must(t, what, err)
		defer rows.Close()
		for rows.Next() {
			var user, wait int64
			var mail string
			n.must(t, what, rows.Scan(&user, &mail, &wait))
			got += fmt.Sprint(map[int64]string{n.kim: "kim", n.lee: "lee"}[user], " ", mail, " ", time.Duration(wait)*time.Millisecond)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	exec := func(q string, args ...any) {
		t.Helper()
		if _, err := raw.Exec(q, args...); err != nil {
			t.Fatal(err)
		}
	}
	head := n.published(t, n.kim, "head")

	answer := n.submit(t, n.lee, "answer", answerTo(head))
	told("while it waits", answer, "")
	n.must(t, "approving", n.decide(answer, 1, 0, n.desk, moderation.Approve))
	told("approved", answer, "kim none 15s")
	n.must(t, "blocking", n.decide(answer, 1, n.last(t, answer), n.desk, moderation.Block))
	told("blocked before it was seen", answer, "")
	n.must(t, "restoring", n.decide(answer, 1, n.last(t, answer), n.desk, moderation.Restore))
	told("restored", answer, "kim none 15s")
	n.must(t, "deciding again", n.decide(answer, 1, n.last(t, answer), n.desk, moderation.Approve))
	told("approved twice", answer, "kim none 15s")
	exec(`UPDATE message SET seen = 1 WHERE comment_id = ? AND kind = 'reply'`, answer)
	n.must(t, "blocking", n.decide(answer, 1, n.last(t, answer), n.desk, moderation.Block))
	told("blocked after it was seen", answer, "kim none 15s")

	exec(`INSERT INTO preference (user_id, mail_replies) VALUES (?, 1)`, n.kim)
	answer = n.published(t, n.lee, "published by the review", answerTo(head))
	told("published by the review", answer, "kim wait 15s")
	n.must(t, "editing", n.Edit(n.ctx, answer, n.lee, 1, "en", verdict("other words"), n.Now()))
	told("edited, and held", answer, "")
	n.must(t, "approving", n.decide(answer, 2, 0, n.desk, moderation.Approve))
	told("the new words", answer, "kim wait 15s")
	n.must(t, "withdrawing", n.Withdraw(n.ctx, answer, n.lee, n.Now()))
	told("withdrawn", answer, "")

	told("an answer to oneself", n.published(t, n.kim, "and I add", answerTo(head)), "")
	told("no answer", head, "")
	n.must(t, "muting", n.Mute(n.ctx, n.kim, n.published(t, n.lee, "noise"), n.Now()))
	told("by somebody muted", n.published(t, n.lee, "more noise", answerTo(head)), "")
	n.sound(t)
}
