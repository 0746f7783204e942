package db

import (
	"errors"
	"fmt"
	"regexp"
	"testing"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

func (n newsroom) notice(comment, by int64, law Law, ground string, at time.Time, network string) (Notice, error) {
	id, number := n.NewCase()
	no := Notice{ID: id, Number: number, Law: law, Comment: comment, By: by, Name: "A. Person", Email: fmt.Sprint("p", id, "@example.com"),
		Language: "en", Ground: ground, Text: "It is not true.", Token: []byte{1}, At: at}
	return no, n.AddNotice(n.ctx, no, network)
}

const messageMail engine.SQL = `SELECT mail, due - at FROM message WHERE notice_id = ? AND kind = 'notice' ORDER BY id DESC LIMIT 1`

func TestNoticeIsToldToAllConcerned(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	signed, err := n.notice(id, n.lee, LawKorea, "privacy", n.Now(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	anon, err := n.notice(id, 0, LawDSA, "defamation", n.Now(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if a, b, c := n.told(t, n.lee, MessageNotice), n.told(t, 0, MessageNotice), n.told(t, n.kim, MessageNoticed); a != 1 || b != 1 || c != 2 {
		t.Errorf("on receipt: requesters %d and %d, author %d", a, b, c)
	}
	if _, err := n.notice(id, 0, LawDSA, GroundMinors, n.Now(), "192.0.2.1"); err != nil || n.told(t, n.kim, MessageNoticed) != 2 {
		t.Errorf("the author hears of a notice that must not warn them, or %v", err)
	}
	n.act(t, id, n.desk, moderation.Block)
	if a, b, c := n.told(t, n.lee, MessageNotice), n.told(t, 0, MessageNotice), n.told(t, n.kim, MessageDecision); a != 2 || b != 4 || c != 2 {
		t.Errorf("after the block: requesters %d and %d, author %d", a, b, c)
	}
	var row struct {
		Mail  string
		Delay int64
	}
	if err := n.engine.Read(n.ctx, engine.One(&row, messageMail, anon.ID)); err != nil || row.Mail != "wait" || row.Delay != UndoWindow.Milliseconds() {
		t.Errorf("the requester's mail: %+v %v", row, err)
	}
	if _, err := n.Undo(n.ctx, Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
	if a, b := n.told(t, n.lee, MessageNotice), n.told(t, 0, MessageNotice); a != 1 || b != 2 {
		t.Errorf("what was taken back is still told: %d and %d", a, b)
	}
	if became, err := n.Became(n.ctx, signed.ID); err != nil || len(became) != 0 {
		t.Errorf("after it was taken back the notice became %+v, %v", became, err)
	}
	if err := n.Withdraw(n.ctx, id, n.kim, n.Now()); err != nil {
		t.Fatal(err)
	}
	became, err := n.Became(n.ctx, signed.ID)
	if err != nil || len(became) != 1 || became[0].Action != moderation.Withdraw || n.told(t, n.lee, MessageNotice) != 2 {
		t.Errorf("withdrawn: %+v, %v", became, err)
	}
	n.sound(t)
}

// Who gave a notice is told of its words: that their author put others in their place, and nothing that is decided of those.
func TestNoticeOfOtherWords(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	for _, by := range []int64{n.lee, 0} {
		if _, err := n.notice(id, by, LawDSA, "other", n.Now(), "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	n.must(t, "editing", n.Edit(n.ctx, id, n.kim, 1, "en", verdict("Other words"), n.Now()))
	n.must(t, "approving", n.decide(id, 2, 0, n.desk, moderation.Approve))
	n.must(t, "banning", n.Sanction(n.ctx, Penalty{User: n.kim, By: n.desk, Action: moderation.Ban, Clause: "respect", Purge: true, At: n.Now()}))
	n.must(t, "withdrawing", n.Withdraw(n.ctx, id, n.kim, n.Now()))
	for _, by := range []int64{n.lee, 0} {
		if a, b := n.told(t, by, MessageReplaced), n.told(t, by, MessageNotice); a != 1 || b != 1 {
			t.Errorf("requester %d was told %d times that the words were replaced, and %d times of the notice", by, a, b)
		}
	}
	list, err := n.Messages(n.ctx, n.kim, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		if m.Kind == MessageNoticed && m.About.Body != "Words" {
			t.Errorf("the author was told of a notice of %q", m.About.Body)
		}
	}
	n.sound(t)
}

func TestNoticeRefusals(t *testing.T) {
	n := newNewsroom(t)
	pending, shown := n.submit(t, n.kim, "Waits"), n.stands(t, "Stands")
	for _, id := range []int64{pending, 7} {
		if _, err := n.notice(id, 0, LawDSA, "other", n.Now(), "192.0.2.1"); !errors.Is(err, ErrNotFound) {
			t.Errorf("of comment %d: %v", id, err)
		}
	}
	at := n.Now()
	for i := range NoticeAccount {
		if _, err := n.notice(shown, n.lee, LawDSA, "other", at, fmt.Sprint("192.0.2.", i)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := n.notice(shown, n.lee, LawDSA, "other", at, "192.0.2.99"); !errors.Is(err, ErrRate) {
		t.Errorf("of one account: %v", err)
	}
	for range NoticeAddress {
		if _, err := n.notice(shown, 0, LawDSA, "other", at, "198.51.100.1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := n.notice(shown, 0, LawDSA, "other", at, "198.51.100.1"); !errors.Is(err, ErrRate) {
		t.Errorf("from one network: %v", err)
	}
	for i := range NoticeMail + 1 {
		id, number := n.NewCase()
		err := n.AddNotice(n.ctx, Notice{ID: id, Number: number, Law: LawDSA, Comment: shown, Name: "A", Email: "same@example.com", Language: "en",
			Ground: "other", Text: "x", Token: []byte{1}, At: at}, fmt.Sprint("203.0.113.", i))
		if i < NoticeMail && err != nil || i == NoticeMail && !errors.Is(err, ErrRate) {
			t.Errorf("mail %d to one address: %v", i+1, err)
		}
	}
	if _, err := n.notice(shown, n.lee, LawDSA, "other", at.Add(NoticeWindow), "198.51.100.1"); err != nil {
		t.Errorf("a day later: %v", err)
	}
	n.sound(t)
}

// An open desk hears that a notice was given, not that somebody looked at who gave it.
func TestLookAtANoticeIsNoChange(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	end, err := n.LogEnd(n.ctx)
	n.must(t, "reading the log's end", err)
	no, err := n.notice(id, n.lee, LawDSA, "other", n.Now(), "192.0.2.1")
	n.must(t, "giving notice", err)
	n.must(t, "looking", n.ViewNotice(n.ctx, no, n.desk, n.Now()))
	if changes, err := n.Changes(n.ctx, end, 10); err != nil || len(changes) != 1 || changes[0].Comment != id || changes[0].Action != ActCommentNotice {
		t.Errorf("%+v, %v", changes, err)
	}
}

func TestCaseNumbers(t *testing.T) {
	n := newNewsroom(t)
	shape, seen := regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$`), map[string]bool{}
	for range 1000 {
		_, number := n.NewCase()
		if !shape.MatchString(number) || seen[number] {
			t.Fatalf("number %q", number)
		}
		seen[number] = true
	}
	if a, b := caseNumber(1), caseNumber(2); a != "0000-0000-0001" || b != "0000-0000-0002" {
		t.Errorf("%s, %s", a, b)
	}
}

// What is blocked for a time comes back when the time is over, not before, also when nobody served meanwhile.
func TestRestoreDue(t *testing.T) {
	n := newNewsroom(t)
	timed, endless, appealed, upheld := n.stands(t, "One"), n.stands(t, "Two"), n.stands(t, "Three"), n.stands(t, "Four")
	no, err := n.notice(timed, n.lee, LawKorea, "privacy", n.Now(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	until := n.Now().AddDate(0, 0, MeasureDays)
	for _, id := range []int64{timed, endless, appealed, upheld} {
		v := Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, Action: moderation.Block, Clause: "respect", Until: until, At: n.Now()}
		if id == endless {
			v.Until = time.Time{}
		}
		if _, err := n.Decide(n.ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	n.appeal(t, appealed)
	n.act(t, upheld, n.night, moderation.Reject)
	if restored, err := n.RestoreDue(n.ctx, until.Add(-time.Millisecond)); err != nil || restored != 0 {
		t.Errorf("a moment before: %d, %v", restored, err)
	}
	again := n // a process that starts later
	again.Archive = open(t, n.path)
	if restored, err := again.RestoreDue(n.ctx, until); err != nil || restored != 2 {
		t.Errorf("when the time is over: %d, %v", restored, err)
	}
	for id, want := range map[int64]moderation.State{timed: moderation.Published, endless: moderation.Blocked, appealed: moderation.Published, upheld: moderation.Rejected} {
		if got := again.state(t, id); got != want {
			t.Errorf("comment %d is %s, want %s", id, got, want)
		}
	}
	if again.open(t, appealed) != 0 {
		t.Error("the appeal is open although the comment is back")
	}
	if a, b := again.told(t, n.lee, MessageNotice), again.told(t, n.kim, MessageDecision); a != 3 || b != 11 {
		t.Errorf("told the requester %d times, the author %d", a, b)
	}
	became, err := again.Became(n.ctx, no.ID)
	if err != nil || len(became) != 2 || became[1].By != 0 || became[1].Action != moderation.Restore {
		t.Errorf("the notice became %+v, %v", became, err)
	}
	if restored, err := again.RestoreDue(n.ctx, until.AddDate(1, 0, 0)); err != nil || restored != 0 {
		t.Errorf("once more: %d, %v", restored, err)
	}
	again.sound(t)
}
