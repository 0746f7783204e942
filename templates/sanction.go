package templates

import "time"

// Sanctions is what was done to an account, with the form for more: block "sanctions".
type Sanctions struct {
	User     int64
	List     []Sanction // newest first
	Last     int64      // id of the newest, 0 for none: sent back with a new one
	InForce  bool       // something is in force that can be lifted
	Purged   int        // comments whose rejection by a ban can be taken back
	Allowed  bool       // the viewer may sanction this account
	Here     bool       // the block stands on the account's own page
	Clauses  []ClauseRef
	Zone     string // the newspaper's
	Form     SanctionForm
	Problem  *Problem
	Conflict bool // somebody else was faster
}

// Sanction is one thing that was done to an account.
type Sanction struct {
	ID        int64
	Action    string // "warn", "premoderate", "suspend", "ban" or "lift"
	By        string // who did it: for staff only, "" for the reader
	At, Until time.Time
	Clause    *ClauseRef
	Note      string // for the staff
	Answer    string // for the reader
	Comments  int    // decisions on comments that went with it
	InForce   bool
	Objection *Objection // what the reader says against it, nil for nothing
}

// Objection is what a reader says against a sanction.
type Objection struct {
	ID   int64
	Text string
	At   time.Time
	Open bool // no moderator has answered it
	Own  bool // the viewer imposed the sanction: somebody else answers
}

// SanctionForm is the form of a sanction as it was typed.
type SanctionForm struct {
	Action, Clause, Note, Answer string
	Until                        string // "1h", "3h", "24h", "7d", "30d", "at" for what At says, or ""
	At                           string // as a field of a date and time has it, in the newspaper's zone
	Purge                        bool
}

// User is an account as the staff see it.
type User struct {
	ID                                               int64
	Name, Email, Role, Status                        string
	Verified                                         bool
	Joined                                           time.Time
	Published, Pending, Rejected, Blocked, Withdrawn int
	Clauses                                          []ClauseCount
	Reports, Judged, Upheld                          int // reports it made, those decided, those that were right
	Comments                                         []OwnComment
	Older                                            string
	Sanctions                                        Sanctions
	Done                                             string // the sanction just imposed, "" for none
}

// Standing is what is in force against the signed-in reader, on their own page.
type Standing struct {
	Limit   int        // characters that an objection may have
	List    []Sanction // not lifted and not older than six months, or in force; newest first
	Problem *Problem   // with an objection
	To      int64      // the sanction it is about
	Text    string     // of an objection that comes back
}
