package templates

import "time"

// Frame is what every page needs around its own data.
type Frame struct {
	Site   string    // the newspaper's name
	Lang   string    // "en" or "ko": the language of the page
	Title  string    // the page's own title, already in Lang; Site is appended. "" on the front page
	Path   string    // path and query of this page: where the language links and the log-in lead back to
	Viewer *Viewer   // nil when signed out
	Public bool      // whether articles can be read without an account
	Today  time.Time // the date under the nameplate; zero shows none
}

// Viewer is the signed-in person who looks at the page.
type Viewer struct {
	Name   string
	Role   string // "reader", "moderator" or "admin"
	Unread string // how many messages they have not opened, "" for none
}

// Staff reports whether the viewer may use the desk. A nil viewer may not.
func (v *Viewer) Staff() bool { return v != nil && v.Role != "reader" }

// Admin reports whether the viewer may use the admin pages. A nil viewer may not.
func (v *Viewer) Admin() bool { return v != nil && v.Role == "admin" }

// Link is a name with the last part of its address: a section or an author.
type Link struct{ Name, Slug string }

// ClauseRef names one clause of the standards in the page's language.
type ClauseRef struct {
	ID     string // the stable word in /standards#clause-ID
	Number int    // its place in the policy, from 1
	Title  string
}

// Problem is what is wrong with a form, said beside the field it belongs to.
// Message is an id of the catalogue, Args its values in the order of its placeholders.
type Problem struct {
	Field   string // name of the field, "" for the form as a whole
	Message string
	Args    map[string]any
	Label   string // id of the field's name, said before the message above the form; "" when the message names it
}

// Mark is a piece of a comment's text; a piece that a check found carries why.
type Mark struct {
	Text   string
	Why    string     // id of the finding's message ("word", "link" …), "" for plain text
	Clause *ClauseRef // the clause it points to, nil for plain text
}

// Card is an article in a list.
type Card struct {
	Slug, Headline, Deck string
	Lead                 string // first words of the body, for articles without a deck
	Lang                 string // language of the article
	Section              Link
	Authors              []Link
	Published            time.Time
	Comments             int // published ones
}

// Comment is one comment as a reader sees it.
type Comment struct {
	ID        int64
	Parent    int64 // the comment it answers, 0 for a thread's first
	Author    string
	Staff     bool // the author works for the newspaper
	Lang      string
	Body      string
	State     string // "published", "pending", "rejected", "blocked", "withdrawn"
	Clause    *ClauseRef
	Submitted time.Time
	Edited    time.Time // zero when never edited

	Recommended    int // by how many readers
	Pinned, Choice bool
	Muted          bool // folded for the viewer; never on what readers share
}

// Thread is a comment and its answers, oldest answer first.
type Thread struct {
	Comment
	Replies []Comment
	More    []Comment // the answers that are folded, behind Replies
}
