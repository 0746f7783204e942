package templates

import "time"

// Desk is the moderators' queue.
type Desk struct {
	Queue    string // "pending", "reported", "appeals", "measures", "published" or "decided"
	Order    string // "oldest", "newest", "risk" or "deadline"
	Orders   []string
	Queues   []QueueTab
	Section  string // filter, a section's slug
	Articles []Chip // filter
	Clause   string // filter, a clause's id
	Check    string // filter, a check's name
	Reader   string // filter, the author's id or name
	Language string // filter, of the comments
	Query    string // filter, words of the comment
	Mine     bool   // only what the viewer took
	Filtered bool   // anything of these
	Address  string // the filter as the query of an address
	Saved    []SavedFilter
	Sections []Link
	Checks   []string
	Count    int  // comments of this queue and filter, exact to 1,000
	More     bool // there are, or may be, more than Count
	Far      bool // the page ends because Reach comments were looked through
	Reach    int
	Head     int64 // the log when the page was made: what came later is told live
	Rows     []DeskRow
	Next     string // address of the next page, "" on the last
	Clauses  []ClauseRef
	Problem  *Problem
	Conflict *Conflict // somebody else decided first
	Refused  []Refused // of many decisions, those that were not taken
	Done     *Done     // nil when nothing was just done
	Keys     Keys

	FilterName    string // what was typed, when the form comes back
	FilterProblem *Problem
}

// Takable says whether the queue has comments that a moderator could take.
func (d Desk) Takable() bool { return d.Queue != "decided" && d.Count > 0 }

// Together says whether comments of the queue can be decided several at once; an appeal or a measure is answered by itself.
func (d Desk) Together() bool { return d.Queue != "appeals" && d.Queue != "measures" }

// QueueTab is a queue with the number of comments in it.
type QueueTab struct {
	Name  string
	Count int  // exact to 1,000
	More  bool // there are more
}

// Chip is one article that a filter names.
type Chip struct{ Slug, Name, Without string } // Without is the address of the queue without it

// SavedFilter is a filter that somebody keeps under a name.
type SavedFilter struct {
	ID        int64
	Name      string
	Address   string
	Everybody bool
	Deletable bool // by the viewer
	Current   bool // the page shows it
}

// OpenCases are what waits for an answer on a comment.
type OpenCases struct {
	Reports int
	Weight  float64  // of the reports together
	Reasons []Reason // of the reports
	Notices []OpenCase
	Appeals []OpenCase
	Blocked bool
	Until   time.Time // when the block ends by itself; zero when it does not
}

// Any reports whether anything waits.
func (c OpenCases) Any() bool {
	return c.Reports > 0 || len(c.Notices) > 0 || len(c.Appeals) > 0 || c.Blocked
}

// Reason is why readers report a comment, and how many do.
type Reason struct {
	Clause *ClauseRef // nil: another reason
	Count  int
}

// OpenCase is one notice or appeal.
type OpenCase struct {
	ID       int64
	Text     string
	At       time.Time
	Number   string // of a notice
	Law      string // of a notice: "dsa" or "kr"
	Ground   string // of a notice
	NotYours bool   // of an appeal: the viewer took the decision, somebody else hears it
}

// Refused is one of many decisions that was not taken.
type Refused struct {
	ID  int64
	Why string // in the page's language
}

// DeskRow is one comment in the queue.
type DeskRow struct {
	ID        int64
	Version   int
	Risk      float64 // 0–1
	Text      []Mark  // the comment, in pieces
	Chars     int     // its characters by the newspaper's rule
	Lang      string
	State     string
	Author    string
	Own       bool // the viewer wrote it: cannot decide
	Headline  string
	Slug      string
	Section   Link
	Submitted time.Time
	Edited    time.Time
	Parent    *Comment
	Findings  []Finding
	After     int64     // the last decision that is seen on these words, 0 when undecided: sent back with a new one
	Decision  *Decision // the last decision on these words, nil when undecided
	Undo      bool      // that decision is the viewer's own and can be taken back
	Barred    bool      // somebody else hears the appeal that is open: the viewer took the decision
	Cases     OpenCases
	Readers   []string // names of the others who read it
	Place     string   // in its queue: "key~tie", sorted by key, then by tie
}

// Open says whether the comment can be decided for the first time: it waits, or the review alone published it.
func (r DeskRow) Open() bool { return r.State == "pending" || r.State == "published" && r.After == 0 }

// Decidable says whether the viewer can decide on the comment: for the first time, or again.
func (r DeskRow) Decidable() bool { return !r.Own && (r.Open() || r.After != 0 && !r.Barred) }

// Pickable says whether it can be decided together with others: not where an appeal wants an answer of its own.
func (r DeskRow) Pickable() bool { return r.Decidable() && len(r.Cases.Appeals) == 0 }

// Finding is why a check points at a comment.
type Finding struct {
	Check  string // name of the check
	Why    string // id of its message
	Term   string // the characters it speaks of, "" when it speaks of the whole
	Entry  string // the entry of the word list that was met, "" for none and where it is Term
	Clause *ClauseRef
	Score  float64
	Allow  int // place of the finding in the verdict, from 1, when it can be allowed; 0 when not
}

// Index is the place of a finding that can be allowed, from 0, as the form sends it.
func (f Finding) Index() int { return f.Allow - 1 }

// Conflict tells the second of two moderators what the first decided.
type Conflict struct {
	ID       int64
	Decision Decision
}

// Log is the audit log, newest first, and what it is filtered by.
type Log struct {
	Rows    []LogRow
	Older   string
	Head    string   // of the seals: row and seal, "" when there is none
	Actions []string // that the log has
	Staff   []Link   // Slug is the id
	Action  string   // the filter, "" for none
	By      string   // an id, or "program"
	Day     string   // 2006-01-02
	Subject string   // an id
}

// LogRow is one line of the audit log.
type LogRow struct {
	Seq     int64
	At      time.Time
	Actor   string // name of who did it, "" for the program itself
	Action  string // id: "comment.submit", "comment.approve", "user.role" …
	Subject string // address of what it was done to, "" when it has no page
	Label   string // what to call the subject
	Detail  string
	Clause  *ClauseRef // the clause that a rejection rests on, nil when the log names none; Detail is "" then
	Noted   bool       // there are words to it: a note or an answer
	Until   time.Time  // when it ends by itself; zero when it does not
	Sealed  bool
}
