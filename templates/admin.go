package templates

import "time"

// AdminImport is the upload form and the list of past imports.
type AdminImport struct {
	Zone    string   // IANA name the form proposes
	Formats []string // "auto", "text", "html" …
	Jobs    []Job
	Problem *Problem
}

// Job is one import.
type Job struct {
	ID                                       int64
	Source                                   string // what was imported: a file's name
	By                                       string // who started it, "" for the command line
	State                                    string // "running", "done", "failed" or "interrupted"
	DryRun                                   bool
	Started, Finished                        time.Time
	Created, Updated, Unchanged, Quarantined int
	Total                                    int // items seen so far
}

// AdminJob is one import with its items.
type AdminJob struct {
	Job   Job
	Items []JobItem // quarantined ones first, then the newest; at most 200
	Error string
}

// JobItem is one article of an import.
type JobItem struct {
	Position int
	Locator  string // which file, which entry
	Outcome  string // "created", "updated", "unchanged", "quarantined"
	Reason   string
	Raw      string // the first 2,000 characters of a quarantined item
	Headline string
	Slug     string
}

// AdminArticles lists articles with their comment switch.
type AdminArticles struct {
	Rows  []ArticleRow
	Older string
	Done  string // what was just done to an article's comments: "open", "closed" or "" for nothing
}

// ArticleRow is one article in the admin's list.
type ArticleRow struct {
	ID        int64
	Slug      string
	Headline  string
	Section   string
	Published time.Time
	Open      bool
	Revision  int
	Comments  int
	Pending   int
}

// AdminUsers lists accounts.
type AdminUsers struct {
	Query string
	Rows  []UserRow
	Older string
	Done  string
}

// UserRow is one account in the admin's list.
type UserRow struct {
	ID       int64
	Name     string
	Email    string
	Role     string
	Status   string
	Joined   time.Time
	Sessions int
	Own      bool // the viewer's own account: cannot be changed here
}
