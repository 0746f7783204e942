package templates

import "time"

// Login is the log-in form. Draft is a comment that was sent after the session had ended.
type Login struct {
	Email   string
	Next    string // path on this site to go to afterwards
	Draft   *Draft
	Problem *Problem
}

// Draft is a comment that is carried through the log-in.
type Draft struct {
	Slug   string // the article, "" for an edit
	Parent int64  // the comment it answers, 0 for none
	Edit   int64  // the comment whose words it would change, 0 for a new comment
	Report int64  // the comment that it reports, 0 for none
	Appeal int64  // the comment whose rejection it appeals against, 0 for none
	Body   string
}

// Signup is the form for a new reader.
type Signup struct {
	Email, Name string
	Age         bool // the box "14 or older" was ticked
	Next        string
	Draft       *Draft // a comment that is carried along, nil for none
	Problems    []Problem
}

// Setup is the form that makes the first admin, reached once by the link that serve prints.
type Setup struct {
	Email, Name string
	Problems    []Problem
}

// Account is the signed-in person's own page.
type Account struct {
	Email, Name, Role string
	Language          string // "en", "ko" or "" for what the browser asks for
	Joined            time.Time
	Comments          []OwnComment // newest first
	Older             string
	Mutes             []Muted // the latest first
	Sessions          []Session
	Problems          []Problem
	Done              string // id of what was just done ("password", "language", "session", "mail", "confirm", "objection"), "" for none
	Verified          bool   // the address was proved to be theirs
	MailDecisions     bool   // they want mail about decisions
	MailReplies       bool   // they want mail about answers
	Standing          Standing
}

// OwnComment is one of the account's comments with the article it stands under.
type OwnComment struct {
	Comment
	Headline, Slug string
}

// Session is one place where the account is logged in.
type Session struct {
	ID            string // names it in the form that ends it; not the secret
	Created, Used time.Time
	Agent         string // the browser's own words
	Current       bool
}
