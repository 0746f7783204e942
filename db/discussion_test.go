package db

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/moderation"
)

// published submits a comment that the review publishes.
func (n newsroom) published(t testing.TB, author int64, text string, change ...func(*NewComment)) int64 {
	t.Helper()
	return n.submit(t, author, text, append(change, func(c *NewComment) { c.Verdict.Outcome = moderation.Publish })...)
}

func answerTo(parent int64) func(*NewComment) {
	return func(c *NewComment) { c.ParentID = parent }
}

func (n newsroom) must(t testing.TB, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// pages reads a whole discussion, size threads at a time: the pinned threads, and then the ids in their order.
func (n newsroom) pages(t *testing.T, order ThreadOrder, size int) (pinned, ids []int64) {
	t.Helper()
	for from := (Place{}); ; {
		d, err := n.Discussion(n.ctx, n.article.ID, order, from, size)
		n.must(t, "reading", err)
		for _, p := range d.Pinned {
			pinned = append(pinned, p.ID)
		}
		for _, c := range d.Threads {
			ids = append(ids, c.ID)
		}
		if from = d.Next; from == (Place{}) {
			return pinned, ids
		}
	}
}

// Every order has every thread once, whatever the size of its pages.
func TestOrders(t *testing.T) {
	n := newNewsroom(t)
	var id []int64
	for i := range 7 {
		id = append(id, n.published(t, n.kim, fmt.Sprint("thread ", i)))
	}
	chosen := n.published(t, n.kim, "a good answer", answerTo(id[2]))
	n.submit(t, n.kim, "waits")
	for comment, readers := range map[int64][]int64{id[1]: {n.lee, n.desk}, id[4]: {n.lee, n.desk}, id[3]: {n.lee}, id[6]: {n.night}} {
		for _, r := range readers {
			n.must(t, "recommending", n.React(n.ctx, comment, r, true, n.Now()))
		}
	}
	n.must(t, "taking it back", n.React(n.ctx, id[6], n.night, false, n.Now()))
	n.must(t, "pinning", n.Pick(n.ctx, id[0], 1, Pinned, n.desk, n.Now()))
	n.must(t, "choosing", n.Pick(n.ctx, chosen, 1, Choice, n.desk, n.Now()))
	n.must(t, "choosing", n.Pick(n.ctx, id[4], 1, Choice, n.desk, n.Now()))
	n.must(t, "withdrawing the first of a thread", n.Withdraw(n.ctx, id[2], n.kim, n.Now()))
	n.must(t, "withdrawing", n.Withdraw(n.ctx, id[5], n.kim, n.Now()))
	for order, want := range map[ThreadOrder][]int64{
		ByNewest:      {id[6], id[4], id[3], id[2], id[1]},
		ByOldest:      {id[1], id[2], id[3], id[4], id[6]},
		ByRecommended: {id[4], id[1], id[3], id[6], id[2]},
		ByChoice:      {id[4], id[2], id[6], id[3], id[1]},
	} {
		for size := 1; size < 7; size++ {
			pinned, got := n.pages(t, order, size)
			if !slices.Equal(got, want) || !slices.Equal(pinned, id[:1]) {
				t.Errorf("%s by %d: %v and %v, want %v and %v", order, size, pinned, got, id[:1], want)
			}
		}
	}
	d, err := n.Discussion(n.ctx, n.article.ID, ByChoice, Place{}, 10)
	n.must(t, "reading", err)
	if m := d.Threads[0].Marks; m != (CommentMarks{Recommended: 2, Choice: true}) {
		t.Errorf("the chosen thread: %+v", m)
	}
	if m := d.Threads[1].Replies[0].Marks; !m.Choice || d.Threads[1].State != moderation.Withdrawn {
		t.Errorf("the chosen answer: %+v", m)
	}
	if d.Pinned[0].Marks != (CommentMarks{Pinned: true}) || d.Total != 6 {
		t.Errorf("pinned: %+v, %d in all", d.Pinned[0].Marks, d.Total)
	}
	n.sound(t)
}

func TestPickGuards(t *testing.T) {
	n := newNewsroom(t)
	var id []int64
	for i := range 4 {
		id = append(id, n.published(t, n.kim, fmt.Sprint("thread ", i)))
	}
	own := n.published(t, n.desk, "a moderator's own")
	waits := n.submit(t, n.kim, "waits")
	answer := n.published(t, n.lee, "answer", answerTo(id[0]))
	pick := func(id int64, version int, kind PickKind, by int64) error {
		return n.Pick(n.ctx, id, version, kind, by, n.Now())
	}
	for _, tc := range []struct {
		name      string
		got, want error
	}{
		{"a reader", pick(id[0], 1, Pinned, n.lee), errNotStaff},
		{"none", pick(7, 1, Pinned, n.desk), ErrNotFound},
		{"own", pick(own, 1, Choice, n.desk), ErrOwnPick},
		{"a comment that waits", pick(waits, 1, Choice, n.desk), ErrConflict},
		{"other words", pick(id[0], 2, Choice, n.desk), ErrConflict},
		{"an answer pinned", pick(answer, 1, Pinned, n.desk), ErrPinAnswer},
		{"first", pick(id[0], 1, Pinned, n.desk), nil},
		{"again", pick(id[0], 1, Pinned, n.desk), nil},
		{"second", pick(id[1], 1, Pinned, n.desk), nil},
		{"third", pick(id[2], 1, Pinned, n.desk), nil},
		{"third again", pick(id[2], 1, Pinned, n.desk), nil},
		{"fourth", pick(id[3], 1, Pinned, n.desk), ErrPins},
		{"ending by a reader", n.Unpick(n.ctx, id[0], Pinned, n.lee, n.Now()), errNotStaff},
		{"ending what is not", n.Unpick(n.ctx, id[0], Choice, n.desk, n.Now()), ErrConflict},
		{"ending", n.Unpick(n.ctx, id[0], Pinned, n.desk, n.Now()), nil},
		{"fourth after it", pick(id[3], 1, Pinned, n.desk), nil},
	} {
		if !errors.Is(tc.got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, tc.got, tc.want)
		}
	}
}

// A pick ends when its words leave the page, and does not come back with them.
func TestPickEnds(t *testing.T) {
	n := newNewsroom(t)
	for name, leave := range map[string]func(id int64) error{
		"blocked and restored": func(id int64) error {
			return errors.Join(n.decide(id, 1, 0, n.desk, moderation.Block), n.decide(id, 1, n.last(t, id), n.desk, moderation.Restore))
		},
		"edited": func(id int64) error {
			v := verdict("other words")
			v.Outcome = moderation.Publish
			return n.Edit(n.ctx, id, n.kim, 1, "en", v, n.Now())
		},
		"withdrawn": func(id int64) error { return n.Withdraw(n.ctx, id, n.kim, n.Now()) },
	} {
		id := n.published(t, n.kim, "good words, "+name)
		n.must(t, "picking", n.Pick(n.ctx, id, 1, Choice, n.desk, n.Now()))
		if picks, err := n.Picks(n.ctx, id); err != nil || !slices.Equal(picks, []PickKind{Choice}) {
			t.Errorf("before: %v, %v", picks, err)
		}
		n.must(t, name, leave(id))
		if picks, err := n.Picks(n.ctx, id); err != nil || len(picks) != 0 {
			t.Errorf("%s: %v, %v", name, picks, err)
		}
	}
	id := n.published(t, n.kim, "approved only after it was picked")
	n.must(t, "picking", n.Pick(n.ctx, id, 1, Choice, n.desk, n.Now()))
	n.must(t, "approving", n.decide(id, 1, 0, n.night, moderation.Approve))
	if picks, err := n.Picks(n.ctx, id); err != nil || len(picks) != 1 {
		t.Errorf("an approval ended the pick: %v, %v", picks, err)
	}
	n.sound(t)
}

// last is the id of the last decision on a comment.
func (n newsroom) last(t testing.TB, comment int64) int64 {
	t.Helper()
	d, err := n.LastDecision(n.ctx, comment)
	n.must(t, "reading the decision", err)
	return d.ID
}

func TestReactions(t *testing.T) {
	n := newNewsroom(t)
	id, waits := n.published(t, n.kim, "words"), n.submit(t, n.kim, "waits")
	at := n.Now()
	for _, tc := range []struct {
		name      string
		id, by    int64
		on        bool
		want      error
		count     int
		increases bool
	}{
		{"none", 7, n.lee, true, ErrNotFound, 0, false},
		{"one that waits", waits, n.lee, true, ErrNotFound, 0, false},
		{"own", id, n.kim, true, ErrOwnReaction, 0, false},
		{"first", id, n.lee, true, nil, 1, true},
		{"again", id, n.lee, true, nil, 1, false},
		{"second", id, n.desk, true, nil, 2, true},
		{"taken back", id, n.lee, false, nil, 1, true},
		{"taken back again", id, n.lee, false, nil, 1, false},
		{"after all", id, n.lee, true, nil, 2, true},
	} {
		before, err := n.ArticlePulse(n.ctx, n.article.Slug, n.lee)
		n.must(t, "the pulse", err)
		if err := n.React(n.ctx, tc.id, tc.by, tc.on, at); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
		after, err := n.ArticlePulse(n.ctx, n.article.Slug, n.lee)
		n.must(t, "the pulse", err)
		if (after.Reactions > before.Reactions) != tc.increases || after.Version != before.Version {
			t.Errorf("%s: from %+v to %+v", tc.name, before, after)
		}
		if s, err := n.Regard(n.ctx, id, n.lee); err != nil || s.Count != tc.count {
			t.Errorf("%s: %+v, %v", tc.name, s, err)
		}
	}
	v := verdict("other words")
	v.Outcome = moderation.Publish
	n.must(t, "editing", n.Edit(n.ctx, id, n.kim, 1, "en", v, n.Now()))
	if s, err := n.Regard(n.ctx, id, n.lee); err != nil || s != (Regard{}) {
		t.Errorf("the new words: %+v, %v", s, err)
	}
	if m, err := n.Marks(n.ctx, n.article.ID, n.lee); err != nil || len(m.Recommended) != 0 {
		t.Errorf("the reader's marks on the new words: %+v, %v", m, err)
	}
	n.must(t, "recommending the new words", n.React(n.ctx, id, n.lee, true, at))
	d, err := n.Discussion(n.ctx, n.article.ID, ByRecommended, Place{}, 1)
	if err != nil || d.Threads[0].Marks.Recommended != 1 || d.Next != (Place{}) {
		t.Errorf("the page: %+v, %v", d, err)
	}
	for i := range reactionsAMinute {
		n.must(t, "recommending", n.React(n.ctx, n.published(t, n.kim, fmt.Sprint("number ", i)), n.night, true, at))
	}
	more := n.published(t, n.kim, "one more")
	if err := n.React(n.ctx, more, n.night, true, at); !errors.Is(err, ErrRate) {
		t.Errorf("too many: %v", err)
	}
	n.must(t, "a minute later", n.React(n.ctx, more, n.night, true, at.Add(time.Minute)))
	n.must(t, "disabling", n.SetDisabled(n.ctx, n.lee, true, n.adm))
	if err := n.React(n.ctx, more, n.lee, true, at); !errors.Is(err, ErrDisabled) {
		t.Errorf("a disabled account: %v", err)
	}
}

func TestMutes(t *testing.T) {
	n := newNewsroom(t)
	id, waits := n.published(t, n.kim, "words"), n.submit(t, n.kim, "waits")
	for name, tc := range map[string]struct {
		by, id int64
		want   error
	}{"own": {n.kim, id, ErrOwnMute}, "one that waits": {n.lee, waits, ErrNotFound}, "none": {n.lee, 7, ErrNotFound}} {
		if err := n.Mute(n.ctx, tc.by, tc.id, n.Now()); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
	n.must(t, "muting", n.Mute(n.ctx, n.lee, id, n.Now()))
	n.must(t, "muting again", n.Mute(n.ctx, n.lee, id, n.Now()))
	list, err := n.Mutes(n.ctx, n.lee)
	if err != nil || len(list) != 1 || list[0].ID != n.kim || list[0].Name != "kim" {
		t.Errorf("muted: %+v, %v", list, err)
	}
	m, err := n.Marks(n.ctx, n.article.ID, n.lee)
	if err != nil || !slices.Equal(m.Muted, []int64{id}) {
		t.Errorf("marks: %+v, %v", m, err)
	}
	for reader, want := range map[int64][]int64{n.lee: {id}, n.kim: nil, 0: nil} {
		if p, err := n.ArticlePulse(n.ctx, n.article.Slug, reader); err != nil || !slices.Equal(p.Muted, want) {
			t.Errorf("the pulse of %d: %+v, %v", reader, p, err)
		}
	}
	n.must(t, "unmuting", n.Unmute(n.ctx, n.lee, n.kim))
	n.must(t, "unmuting again", n.Unmute(n.ctx, n.lee, n.kim))
	if list, err := n.Mutes(n.ctx, n.lee); err != nil || len(list) != 0 {
		t.Errorf("after it: %+v, %v", list, err)
	}
}
