package templates

import "time"

// OrderLink leads to the threads in one order.
type OrderLink struct {
	ID      string // "newest", "oldest", "recommended" or "choice"
	Path    string
	Current bool
}

// Marks are the comments under an article that are something to the reader: ids with a space between them.
type Marks struct {
	Recommended string // by the reader
}

// Pause is how many seconds a reader waits between two comments under an article in slow mode, 0 for no slow mode.
type Pause int

// Minutes is the pause in whole minutes, 0 when it is no whole number of them.
func (p Pause) Minutes() int {
	if p%60 != 0 {
		return 0
	}
	return int(p / 60)
}

// Seconds is the pause as a number.
func (p Pause) Seconds() int { return int(p) }

// Acts are what can be done with a published comment on its own page, beside what its author does.
type Acts struct {
	CanReact    bool
	Recommended bool // by the viewer
	Count       int  // readers who recommend it
	CanMute     bool
	Muted       bool // the viewer has muted its author
	CanPick     bool
	CanPin      bool // it begins a thread
	Pinned      bool
	Choice      bool
}

// Control is what the staff set for the discussion of one article, as a form.
type Control struct {
	Slug, Headline, Lang string
	Open                 bool // comments are taken now
	ByHand               bool // they were closed by hand
	Closes               time.Time
	Version              int
	Mode                 string // "", "pre" or "post"
	Slow                 string // seconds, as typed
	Closing              string // "desk", "never", "days" or "date"
	Days                 string // as typed
	Date                 string // as a field of a date and time has it, in the newspaper's zone
	DeskDays             int    // what the desk has set, 0 for never
	Zone                 string // the newspaper's
	Done                 string // what was just done: "open", "closed", "saved", "" for nothing
	Problems             []Problem
}

// Muted is somebody whom the account has muted.
type Muted struct {
	ID   int64
	Name string
	At   time.Time
}
