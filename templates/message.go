package templates

import "time"

// Message is something that somebody is told, as data. Pages.Letter makes words of it, the same for the account and
// for mail.
type Message struct {
	ID          int64
	Kind        string // "decision", "reply", "sanction", "notice", "replaced", "noticed", "head" or "confirm"
	At          time.Time
	New         bool   // not opened before
	Action      string // of the decision or sanction
	Comment     *MessageComment
	Clause      *ClauseRef // what it rests on, nil for nothing
	Standards   string     // version of the standards it rests on
	Until       time.Time  // when a block or sanction ends by itself; zero when it does not
	Answer      string     // the moderator's words to the reader, "" for none
	Appeal      bool       // it answers an appeal
	Undone      bool       // it takes an earlier decision back
	Program     bool       // nobody decided it: a time was up
	Reported    bool       // somebody pointed at the comment before
	Found       []string   // ids of what automated checks found in it ("word", "link" …)
	Comments    int        // decisions on comments that went with a sanction
	AppealUntil time.Time  // how long an appeal can be made; zero: there is none
	Awaited     bool       // an appeal against the decision, or an objection to the sanction, waits for its answer
	Lapsed      int        // unanswered appeals against what it takes back: they ended with it
	Case        string     // number of the notice, "" for none
	Law         string     // of the notice: "dsa" or "kr"
	Head        string     // of a "head": the row and its seal
	Link        string     // of a "confirm" the address that confirms, of a notice the case's
}

// MessageComment is the comment that a message is about. For a reply it is the answer.
type MessageComment struct {
	ID             int64
	Body, Lang     string
	State          string // now
	Author         string
	Slug, Headline string
}

// Letter is a message in the words of one language.
type Letter struct {
	Subject string
	Parts   []Part
}

// Part is a paragraph of a letter. Its text is text: nothing in it is a link or markup.
type Part struct {
	Label    string // "" for none
	Text     string
	Quote    bool   // somebody else's words
	Lang     string // of a quote, "" when it is not known
	Link     string // address, on this site or whole; "" for none
	LinkText string
}

// Messages is what the signed-in person was told, newest first.
type Messages struct {
	List  []Told
	Older string
}

// Told is one message with its words.
type Told struct {
	ID     int64
	At     time.Time
	New    bool
	Letter Letter
}

// Mail is a letter as an HTML page that stands by itself in a mail.
type Mail struct {
	Site   string
	Lang   string
	Home   string // address of the newspaper
	Name   string // whom it greets, "" for nobody
	Letter Letter // with whole addresses
	Stop   string // address that ends mail of this kind, "" when it is not one that can be ended
}
