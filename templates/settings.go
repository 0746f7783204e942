package templates

import "time"

// Settings is how comments are reviewed: the rules as a table that can be changed, tried on past comments, and
// gone back from; and what the classifier has learned.
type Settings struct {
	Version  int    // of the rules in force, 0 for the defaults; a form is based on it
	Mode     string // "hold-all", "hold-new", "publish-clean"
	Fixed    string // the mode that the command line sets, "" when it sets none
	Checks   []CheckRow
	Lists    []ListRow
	History  []RulesVersion
	Learning Learning
	Trial    *Trial // what the form's rules would have done, when that was asked
	Problem  *Problem
	Done     string // "applied", "restored", "refit", "used", "allowed" or ""
}

// CheckRow is one check as the rules apply it.
type CheckRow struct {
	Name    string
	Then    string   // "off", "note", "hold", "refuse"
	Usual   string   // what Then is by default, "" when it is not told
	Choices []string // what Then may be
	Nudge   bool
	Author  bool // looks at the author's history
	Changed bool // differs from the default
	Numbers []NumberRow
}

// NumberRow is one number of a check.
type NumberRow struct {
	Name, Unit        string
	Value             string
	Default, Min, Max string
	Step              string // of the form's field
}

// ListRow is one list of a check: the newspaper's own entries, and those that come with the program.
type ListRow struct {
	Name    string
	Own     string
	Builtin string
	Entries int // of Builtin
}

// RulesVersion is one version of the rules in their history.
type RulesVersion struct {
	Version int
	By      string // "" for the command line
	At      time.Time
	InForce bool
	Changes []RulesChange // against the version before
}

// RulesChange is one thing that a version changed.
type RulesChange struct {
	Check string // "" for the mode or a list
	What  string // "mode", "then", "nudge", "list" or the name of a number
	List  string
	From  string
	To    string
}

// Trial is what rules would have done to the comments of the last days.
type Trial struct {
	Days, Comments      int
	Held, Refused, Free int
	Rows                []TrialRow // at most 200
	More                bool       // there are more than Rows
	Cut                 bool       // not all comments of these days were looked at
}

// TrialRow is a comment whose fate would have been another.
type TrialRow struct {
	ID             int64
	Change         string // "held", "refused", "free"
	State          string // what became of it
	Text           []Mark
	Lang           string
	Slug, Headline string
	Submitted      time.Time
	Findings       []Finding
}

// Learning is how well the classifier agrees with the desk.
type Learning struct {
	Model     string // version of the shipped model
	On        bool   // the newsroom's layer adds to it
	Since     int    // decisions learned since the last fit
	Threshold string // from which the layer holds
	Agreement []Agreement
	Weeks     string // SVG path data, "" for none: AUC by week, x from 0 (oldest) to 100 (newest), y from 0 (AUC 1) to 60 (0.5 and less)
	Curve     string // SVG path data, "" for none: x is the false alarms, 0 to 100 %; y the recall, from 0 (100 %) to 60 (0 %)
	CurveX    string // place of the threshold in force on Curve, "" for none
	CurveY    string
	Refits    []RefitRow
}

// Agreement is how well a score tells what the desk rejects from what it approves, over some days.
type Agreement struct {
	From      time.Time
	Decisions int
	Rejected  int
	AUC       string // "" when it cannot be told
	Recall    string // share of the rejected that was over the threshold
	False     string // share of the approved that was
}

// RefitRow is one fit of the newsroom's layer.
type RefitRow struct {
	ID        int64
	At        time.Time
	Decisions int
	Before    string // AUC on decisions held back, of what was in force
	After     string // of the fit
	Why       string // stable word
	Promoted  bool
	InForce   bool
	Usable    bool
}
