package templates

import "time"

// Outbox lists the mail of the newspaper by where it stands.
type Outbox struct {
	Mail                  string // "wait", "sent" or "failed"
	Waiting, Sent, Failed int
	Server                bool // a mail server is set
	Rows                  []OutboxRow
	Older                 string
}

// OutboxRow is one mail.
type OutboxRow struct {
	ID      int64
	To      string
	Kind    string // of the message
	Mail    string // "wait", "sent" or "failed"
	At, Due time.Time
	Sent    time.Time // zero: not yet
	Tries   int
	Error   string // of the last try
}

// OutboxMail is one mail, readable in full.
type OutboxMail struct {
	Row     OutboxRow
	Subject string
	Text    string
	Done    string // "again" when it was just put back, "" for nothing
}

// Button is a page that asks for one press of a button, reached by a link in a mail: reading the link does nothing.
type Button struct {
	Kind   string // "confirm", "stop.decision" or "stop.reply"
	Action string // address of the form
	Email  string // the address it is about, "" when it is not to be shown
	Done   bool   // it was pressed
}
