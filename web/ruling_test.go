package web

import "testing"

// What the page of a comment says of the decision is what its author was told: a check that speaks of the author alone did not
// point at the words, and only what was on the page can be removed from it.
func TestRulingSaysWhatHappened(t *testing.T) {
	s := newSite(t)
	kim, desk := s.as(t, "kim"), s.as(t, "desk")
	waited, shown, flagged := kim.comment("Words of a new reader"), s.publish(t, kim, "Other words in public"), kim.comment("See http://spam.example.com now", "anyway", "1")
	contains(t, "the desk", desk.get("/desk/comments/"+waited).Body, "New reader")
	for _, tc := range []struct {
		id, says, not, how string
	}{
		{waited, "We decided not to publish the comment.", "removed for all", "A moderator read it and decided."},
		{shown, "The whole comment was removed for all readers.", "We decided not to publish", "A moderator read it and decided."},
		{flagged, "We decided not to publish the comment.", "removed for all", "An automatic check pointed at the wording"},
	} {
		want(t, "rejecting", desk.post("/desk/comments/"+tc.id+"/decision", "action", "reject", "version", "1", "clause", "respect", "after", s.standing(t, tc.id)).Status, 303)
		page := kim.get("/comments/" + tc.id).Body
		contains(t, "the page of "+tc.id, page, tc.says, tc.how, "<dt>When</dt><dd><time")
		lacks(t, "the page of "+tc.id, page, tc.not)
	}
	s.verify(t)
}
