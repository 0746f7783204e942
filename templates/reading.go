package templates

import "time"

// Home is the front page: the newest articles, then the newest of each section.
type Home struct {
	Lead     *Card  // the newest article, nil in an empty archive or on later pages
	Latest   []Card // the next ones, newest first
	Sections []Block
	Older    string // address of the next page, "" on the last
}

// Block is a section of the front page.
type Block struct {
	Section Link
	Cards   []Card
}

// Listing is a page of one section, one author or one day.
type Listing struct {
	Kind    string // "section", "author" or "day"
	Name    string // the section's or author's name; "" for a day
	Day     time.Time
	Cards   []Card
	Older   string // address of the next page, "" on the last
	PrevDay string // address of the nearest earlier day with articles, "" when none (days only)
	NextDay string
}

// Article is the part of an article page that all readers of one kind share.
// What is one reader's own is filled into it afterwards: the viewer's name in the frame and
// Personal, the place of a rendered Discussion.
type Article struct {
	Slug, Headline, Deck, Lang string
	Section                    Link
	Authors                    []Byline
	Dateline, Credit           string
	Published, Modified        time.Time // Modified is zero when it was never changed
	URL                        string    // where it first stood, "" when unknown
	BodyHTML                   string    // the sanitiser's output for an imported body
	Images                     []Image
	Open                       bool // whether comments are taken
	Total                      int  // published comments
	Orders                     []OrderLink
	Pinned                     []Thread // stand first
	Threads                    []Thread
	Older                      string // address of the next page of threads, "" on the last
	Recommend                  string // this page's address, which the form of reactions leads back to; "" when signed out
	Personal                   string // the placeholder that web replaces by the Discussion
}

// Byline is one author of an article.
type Byline struct {
	Link
	Email string
	Role  string // "" for a writer
}

// Image is a picture that the source showed: its link and its words.
type Image struct{ URL, Caption, Credit string }

// Discussion is what one reader alone sees under an article: the form, and their own comments that
// are not published. It is a fragment, not a page.
type Discussion struct {
	Slug     string
	Path     string // where log-in leads back to
	SignedIn bool
	Open     bool
	Closes   time.Time // when comments close by the clock; zero when they do not
	Pause    Pause
	Barred   *Problem  // why the reader may not comment and until when; nil when they may, or the form says it
	Marks    *Marks    // nil for none
	Mine     []Comment // own unpublished comments, newest first
	Form     CommentForm
}

// CommentForm is the form under an article and on a comment's own page.
type CommentForm struct {
	Action  string // address it is sent to
	Body    string
	Count   int // characters of Body by the newspaper's rule
	Limit   int // characters allowed: 250
	Parent  *Comment
	Problem *Problem
	Warning *Warning // what in the words speaks against them
	Anyway  bool     // offer "send anyway"
}

// Warning shows an author what a moderator would be shown.
type Warning struct {
	Of      string // tells the words that it is about: sent back with the form as "warned"
	Same    bool   // they come unchanged after the warning
	Text    []Mark
	Lang    string
	Clauses []ClauseRef
}

// CommentPage is one comment at its permalink.
type CommentPage struct {
	Comment     Comment
	Version     int // of its words
	Acts        Acts
	Parent      *Comment
	Article     Card
	Mine        bool         // the viewer wrote it
	Decision    *Decision    // the decision on these words, nil when none: for its author and staff
	EditForm    *CommentForm // nil when it can no longer be edited
	EditUntil   time.Time    // when editing ends; zero when it cannot be edited
	CanWithdraw bool
	Staff       bool // link to the desk's page of it
	Replies     []Comment
	Case        ReaderCase
}

// Decision is what was decided on a comment.
type Decision struct {
	Action    string // "approve" or "reject"
	By        string // the moderator's name: for staff only, "" for the author
	At        time.Time
	Until     time.Time // when a block ends by itself; zero when it does not
	Clause    *ClauseRef
	Note      string
	Standards string // version of the standards it speaks of
}

// Standards is the published policy.
type Standards struct {
	Version string
	Clauses []Clause
}

// Clause is one rule of the policy in the page's language.
type Clause struct {
	ClauseRef
	Text     string
	Examples []Example
}

// Example shows a clause at work.
type Example struct {
	Text    string
	Allowed bool
	Why     string
}

// ErrorPage says what went wrong and what to do next.
type ErrorPage struct {
	Status  int    // HTTP status
	Message string // id of the catalogue: "error.404" …
	Ref     string // what the log calls this failure, "" when it is not in the log
	Back    string // address that leads on, "" for the front page
}
