package templates

import "time"

// DeskComment is all that a decision on one comment needs.
type DeskComment struct {
	Row       DeskRow
	Head      int64  // the log when the page was made: what came later is told live
	Lead      string // first words of the article
	LeadLang  string // language of the article
	Standards string // version that the review went by
	Author    AuthorHistory
	Alike     Alike
	Wordings  []Wording  // earlier versions, newest first
	Decisions []Decision // on any version, newest first
	Clauses   []ClauseRef
	Note      string // what was typed, when the form comes back
	Answer    string // likewise, for the author
	Until     string // how long a block was to last, when the form comes back
	Clause    string // what was chosen, when the form comes back
	Problem   *Problem
	Conflict  *Conflict
	Keys      Keys
	Next      string // address of the next pending comment, "" when none
	Back      string // address of the queue that the viewer came from, "/desk" when unknown
	Done      *Done
	Case      Case      // what readers and others say about it
	Sanctions Sanctions // of its author
}

// Done is what was just done at the desk.
type Done struct {
	Action  string // "approve" … "undo", or "allowed" for a finding that was taken back
	Comment int64  // 0 when it cannot be taken back by one button
	Version int64  // of the comment
	After   int64  // the decision
	Next    string // address to come back to
}

// Wording is one earlier version of a comment.
type Wording struct {
	Version   int
	Body      string
	Submitted time.Time
}

// AuthorHistory is what moderators see of a comment's author.
type AuthorHistory struct {
	ID                                               int64
	Name                                             string
	Joined                                           time.Time
	Status                                           string // "active" or "disabled"
	Published, Pending, Rejected, Blocked, Withdrawn int
	Clauses                                          []ClauseCount // of what is rejected or blocked, the most frequent first
	Recent                                           []OwnComment  // the last five, newest first
	Notes                                            []StaffNote   // newest first
	Note                                             string        // what was typed, when the form comes back
}

// ClauseCount is how many comments a clause was held against.
type ClauseCount struct {
	ClauseRef
	N int
}

// StaffNote is what one of the staff wrote down about a reader.
type StaffNote struct {
	ID   int64
	By   string
	At   time.Time
	Text string
	Mine bool // the viewer may erase it
}

// Alike are comments that were decided before and have words like those of this one.
type Alike struct {
	Total int // that were found
	Tally []Outcome
	Rows  []Precedent // the most alike first
}

// Outcome is how some of them were decided.
type Outcome struct {
	Action string
	Clause *ClauseRef // nil for none
	N      int
}

// Precedent is one of them.
type Precedent struct {
	ID       int64
	Body     string
	Lang     string
	Alike    float64 // 0–1
	Decision Decision
}
