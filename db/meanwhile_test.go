package db

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"broadsheet/db/engine"
	"broadsheet/moderation"
)

const requesterTold engine.SQL = `SELECT count(*) FROM message WHERE notice_id = ? AND kind = ?`

func (n newsroom) requesterTold(t testing.TB, notice int64, kind MessageKind) (count int) {
	t.Helper()
	if err := n.engine.Read(n.ctx, engine.One(&count, requesterTold, notice, kind)); err != nil {
		t.Fatal(err)
	}
	return count
}

// TestNoticeMeanwhile: a decision that was made without a notice is made again with it, and an appeal that came is answered.
func TestNoticeMeanwhile(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	v := Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.desk, Action: moderation.Reject, Clause: "respect", At: n.Now()}
	before, err := n.toCases(n.ctx, v)
	n.must(t, "what was read", err)
	no, err := n.notice(id, 0, LawDSA, "privacy", n.Now(), "192.0.2.1")
	n.must(t, "a notice", err)
	if err := n.engine.Write(n.ctx, engine.Batch{Guard: decideGuards(before)}); !errors.Is(err, errMoved) {
		t.Errorf("a decision without the notice: %v", err)
	}
	n.must(t, "with it", n.rule(v))
	if got := n.requesterTold(t, no.ID, MessageNotice); got != 2 {
		t.Errorf("the requester was told %d times, want the receipt and the decision", got)
	}

	v = Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.night, Action: moderation.Restore, At: n.Now()}
	before, err = n.toCases(n.ctx, v)
	n.must(t, "what was read", err)
	n.appeal(t, id)
	if err := n.engine.Write(n.ctx, engine.Batch{Guard: decideGuards(before)}); !errors.Is(err, errMoved) {
		t.Errorf("a decision without the appeal: %v", err)
	}
	n.must(t, "with it", n.rule(v))
	if d, err := n.LastDecision(n.ctx, id); err != nil || d.Appeal == 0 {
		t.Errorf("the appeal is not answered: %+v %v", d, err)
	}
	n.sound(t)
}

// TestNoticeBesideEdit: whoever gives notice while the author edits is told of the edit, or the notice is of the new words.
func TestNoticeBesideEdit(t *testing.T) {
	n := newNewsroom(t)
	for i := range 40 {
		id := n.stands(t, fmt.Sprint("Words number ", i))
		var no Notice
		var given, edited error
		var wg sync.WaitGroup
		wg.Go(func() { no, given = n.notice(id, 0, LawDSA, "privacy", n.Now(), fmt.Sprint("192.0.2.", i)) })
		wg.Go(func() { edited = n.Edit(n.ctx, id, n.kim, 1, "en", verdict(fmt.Sprint("Other words ", i)), n.Now()) })
		wg.Wait()
		n.must(t, "the edit", edited)
		if errors.Is(given, ErrNotFound) { // it waits again
			continue
		}
		n.must(t, "the notice", given)
		stored, err := n.Notice(n.ctx, no.Number)
		n.must(t, "the notice", err)
		if told := n.requesterTold(t, no.ID, MessageReplaced); stored.Version == 1 && told != 1 {
			t.Fatalf("round %d: told %d times that the words were replaced", i, told)
		}
	}
	n.sound(t)
}

// TestNoticeBehindDecision: what is given while a decision is taken is not taken as answered by it.
func TestNoticeBehindDecision(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words")
	before, number := n.NewCase()
	n.act(t, id, n.night, moderation.Approve)
	no := Notice{ID: before, Number: number, Law: LawDSA, Comment: id, Name: "A. Person", Email: "p@example.com", Language: "en", Ground: "privacy", Text: "No.", Token: []byte{1}, At: n.Now()}
	if err := n.AddNotice(n.ctx, no, "192.0.2.1"); !errors.Is(err, ErrConflict) {
		t.Errorf("a notice older than the decision: %v", err)
	}
}

// TestOverruledModerator: who was overruled in an appeal does not decide on those words again, nor ends one by lifting a ban.
func TestOverruledModerator(t *testing.T) {
	n := newNewsroom(t)
	id := n.rejected(t, "Words that were rejected")
	n.appeal(t, id)
	n.act(t, id, n.night, moderation.Restore)
	if err := n.tryAct(t, id, n.desk, moderation.Reject, "Still"); !errors.Is(err, ErrOwnRuling) {
		t.Errorf("by the one who was overruled: %v", err)
	}
	n.must(t, "approving what was approved", n.tryAct(t, id, n.desk, moderation.Approve, ""))

	other := n.stands(t, "Words that go with a ban")
	ban := Penalty{User: n.kim, By: n.desk, Action: moderation.Ban, Clause: "respect", Purge: true, At: n.Now()}
	n.must(t, "the ban", n.Sanction(n.ctx, ban))
	if s := n.state(t, id); s != moderation.Published {
		t.Errorf("a ban by the one who was overruled makes it %s", s)
	}
	n.appeal(t, other)
	list, err := n.Sanctions(n.ctx, n.kim)
	n.must(t, "the sanctions", err)
	lift := Penalty{User: n.kim, By: n.desk, Last: list[0].ID, Action: moderation.Lift, Purge: true, At: n.Now()}
	if err := n.Sanction(n.ctx, lift); !errors.Is(err, ErrOwnRuling) || n.open(t, other) == 0 {
		t.Errorf("lifting the ban that is appealed against: %v", err)
	}
	lift.By = n.night
	n.must(t, "by another", n.Sanction(n.ctx, lift))
	n.must(t, "taken down by another", n.tryAct(t, id, n.adm, moderation.Reject, "For another reason"))
	n.sound(t)
}

// TestBlockIsNotRenewed: words that the clock has put back are blocked again only on a new notice.
func TestBlockIsNotRenewed(t *testing.T) {
	n := newNewsroom(t)
	id := n.stands(t, "Words under dispute")
	block := func() error {
		return n.rule(Verb{Comment: id, Version: 1, After: n.lastOn(t, id), By: n.night, Action: moderation.Block, Clause: "respect", Until: n.Now().Add(time.Hour), At: n.Now()})
	}
	n.must(t, "blocking", block())
	if restored, err := n.RestoreDue(n.ctx, n.Now().Add(2*time.Hour)); err != nil || restored != 1 {
		t.Fatalf("put back: %d %v", restored, err)
	}
	if err := block(); !errors.Is(err, ErrRenewed) {
		t.Errorf("blocking again: %v", err)
	}
	_, err := n.notice(id, 0, LawKorea, "privacy", n.Now(), "192.0.2.1")
	n.must(t, "a new notice", err)
	n.must(t, "blocking on it", block())
	n.sound(t)
}
