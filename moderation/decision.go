package moderation

import "time"

// State is where a comment stands. The zero value is no state; Resolve never returns it.
type State string

// The states.
const (
	Pending   State = "pending"   // seen by its author and the staff
	Published State = "published" // seen by every reader of the article
	Rejected  State = "rejected"  // as Pending, with the clause
	Blocked   State = "blocked"   // taken down after it was published
	Withdrawn State = "withdrawn" // deleted by its author
)

// Action is what a Decision does.
type Action string

// The actions. The first two are a moderator's, Withdraw is the author's.
const (
	Approve  Action = "approve"
	Reject   Action = "reject"
	Withdraw Action = "withdraw"
)

// Decision is one act on a comment. Decisions are only ever added.
type Decision struct {
	Version   int    // of the comment, as the one who decided saw it
	By        int64  // id of the user
	Action    Action //
	Clause    string // id, for Reject; else ""
	Note      string // "" when there is none
	Standards string // version of the Standards at the time
	At        time.Time
}

// Reviewed is the outcome of one review, with the version of the comment it speaks of.
type Reviewed struct {
	Version int
	Outcome Outcome
}

// Resolve derives the state of a comment at its current version (from 1) from all its reviews and decisions,
// both oldest first. Only those of that version count, so that an old approval never publishes new words: the
// last decision stands; without one, the last review publishes or leaves pending, and so does none. An action
// it does not know changes nothing. Only Withdraw speaks of the comment whatever its words, and is final.
func Resolve(version int, reviews []Reviewed, decisions []Decision) State {
	state := Pending
	for _, r := range reviews {
		if r.Version == version {
			state = Pending
			if r.Outcome == Publish {
				state = Published
			}
		}
	}
	for _, d := range decisions {
		switch {
		case d.Action == Withdraw:
			return Withdrawn
		case d.Version != version:
		case d.Action == Approve:
			state = Published
		case d.Action == Reject:
			state = Rejected
		}
	}
	return state
}
