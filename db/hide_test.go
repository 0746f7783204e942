package db

import (
	"testing"

	"broadsheet/moderation"
)

// A comment that reports hid waits again when the ban that rejected it is lifted.
func TestLiftLeavesHiddenWhatReportsHid(t *testing.T) {
	n := newNewsroom(t)
	if err := n.SetDesk(n.ctx, 0, DeskSettings{HideAfter: 0.5}, n.adm); err != nil {
		t.Fatal(err)
	}
	id := n.submit(t, n.kim, "Published by the review", func(c *NewComment) { c.Verdict.Outcome = moderation.Publish })
	n.report(t, id, n.lee, "respect")
	ban := Penalty{User: n.kim, By: n.desk, Action: moderation.Ban, Clause: "respect", Purge: true, At: n.Now()}
	if err := n.Sanction(n.ctx, ban); err != nil {
		t.Fatal(err)
	}
	list, err := n.Sanctions(n.ctx, n.kim)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Sanction(n.ctx, Penalty{User: n.kim, By: n.desk, Last: list[0].ID, Action: moderation.Lift, Purge: true, At: n.Now()}); err != nil {
		t.Fatal(err)
	}
	if s := n.state(t, id); s != moderation.Pending {
		t.Errorf("after the lift it is %s", s)
	}
	n.sound(t)
}
