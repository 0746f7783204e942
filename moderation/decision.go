package moderation

import "time"

// State is where a comment stands. The zero value is no state; Resolve never returns it.
type State string

// The states.
const (
	Pending   State = "pending"   // seen by its author and the staff
	Published State = "published" // seen by every reader of the article
	Rejected  State = "rejected"  // as Pending, with the clause
	Blocked   State = "blocked"   // taken down for a time after it was published
	Withdrawn State = "withdrawn" // deleted by its author
)

// Action is what a Decision does.
type Action string

// The actions. Withdraw is the author's, the others are a moderator's.
const (
	Approve  Action = "approve"
	Reject   Action = "reject"
	Block    Action = "block"    // takes published words down for a time
	Restore  Action = "restore"  // puts them back
	Reopen   Action = "reopen"   // takes all decisions back: what the review alone made of the words; with a clause, they wait
	Withdraw Action = "withdraw" // final
)

// NeedsClause reports whether the action must rest on a clause of the standards.
func (a Action) NeedsClause() bool { return a == Reject || a == Block }

// Decision is one act on a comment. Decisions are only ever added.
type Decision struct {
	Version   int    // of the comment, as the one who decided saw it
	By        int64  // id of the user
	Action    Action //
	Clause    string // id, for Reject and Block; of a Reopen, why readers' reports made the words wait; else ""
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
	reviewed := Pending
	for _, r := range reviews {
		if r.Version == version {
			reviewed = Pending
			if r.Outcome == Publish {
				reviewed = Published
			}
		}
	}
	state := reviewed
	for _, d := range decisions {
		if d.Action == Withdraw {
			return Withdrawn
		}
		if d.Version != version {
			continue
		}
		switch d.Action {
		case Approve, Restore:
			state = Published
		case Reject:
			state = Rejected
		case Block:
			state = Blocked
		case Reopen:
			state = reviewed
			if d.Clause != "" {
				state = Pending
			}
		}
	}
	return state
}
