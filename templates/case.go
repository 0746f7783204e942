package templates

import "time"

// ReaderCase is what a reader can do about a comment on its page, and what became of it.
type ReaderCase struct {
	Done     string      // "reported" or "appealed" when that led here, else ""
	Reported *OwnReport  // the viewer's report of it, nil for none
	Report   *ReportForm // nil when the viewer cannot report it
	Notice   bool        // a notice can be given of it
	Ruling   *Ruling     // what took it off the page: for its author, nil when nothing did
	Appeals  []Appeal    // for its author, newest first
	Appeal   *AppealForm // nil when there is nothing to appeal against
}

// ReportForm is the form with which a reader reports a comment.
type ReportForm struct {
	Reasons []ClauseRef // beside "other"
	Reason  string      // as chosen
	Note    string      // as typed
	Problem *Problem
}

// OwnReport is a reader's report and what became of it.
type OwnReport struct {
	Comment        int64
	Reason         *ClauseRef // nil: another reason than the standards name
	Note           string
	At             time.Time
	Became         string // the decision that answered it: "approve", "reject" …; "" while it is open
	Body, Lang     string // of the comment; "" unless it is published
	Slug, Headline string
	HeadlineLang   string
}

// OwnReports is the page of a reader's reports, newest first.
type OwnReports struct {
	Reports []OwnReport
	Older   string
}

// Ruling says to the author why a comment is off the page.
type Ruling struct {
	Action    string // "reject" or "block"
	At, Until time.Time
	Clause    *ClauseRef
	Answer    string // to the author, "" for none
	Standards string // version of the standards that it rests on
	Found     bool   // an automatic check had pointed at the words
	Published bool   // the words had been on the page
}

// Appeal is an author's appeal with where it stands.
type Appeal struct {
	Text   string
	Lang   string // of the text
	At     time.Time
	Became string // action of the decision that answered or ended it, "undone" or "expired"; "" while it is open
	Answer string // what the author was told
	Ended  time.Time
}

// AppealForm is the form with which an author appeals.
type AppealForm struct {
	Text    string
	Limit   int // characters allowed
	Until   time.Time
	Problem *Problem
}

// Case is what readers and others say about a comment, for the moderator who decides on it.
type Case struct {
	Own     bool // the viewer wrote the comment: others deal with what is said of it
	Reports []CaseReport
	Notices []CaseNotice
	Appeal  *CaseAppeal // the open one, nil for none
	Earlier []Appeal    // those that were answered, newest first
}

// CaseReport is an open report. Its reporter has no name here.
type CaseReport struct {
	Reason         *ClauseRef // nil: another reason than the standards name
	Note           string
	At             time.Time
	Old            bool // it speaks of an earlier wording
	Upheld, Judged int  // of all reports of this reader: those agreed with, those decided on
}

// CaseNotice is a notice of illegal content or a request to take the comment down.
type CaseNotice struct {
	Number   string
	Law      string // "dsa" or "kr"
	Ground   string // a word of the form
	Relation string // "self", "agent" or ""
	Text     string
	At       time.Time
	Open     bool
}

// CaseAppeal is the open appeal with the form that answers it.
type CaseAppeal struct {
	ID       int64
	Text     string
	Lang     string // of the text
	At       time.Time
	First    Decision // that it is made against
	Until    time.Time
	May      bool // the viewer may hear it
	Own      bool // the viewer wrote the comment
	Alone    bool // the viewer took the first decision, and there is nobody else to hear it
	Thread   []Comment
	Answer   string // as typed
	Problem  *Problem
	Comment  int64
	Version  int
	After    int64
	Clause   string // that the first decision rests on
	Blocking bool   // the first decision is a block
}

// NoticeForm is the form for notices and requests from anybody.
type NoticeForm struct {
	Law                                 string // "dsa" or "kr"
	Comment                             string // as typed: an address or id of a comment
	Example                             string // an address of a comment on this site
	Known                               bool   // the comment was found: Comment is its id
	Shown                               *Comment
	Grounds                             []string
	Ground, Relation, Text, Name, Email string // as typed
	Faith                               bool
	Limit                               int // characters of Text
	Days                                int // a comment is blocked at most
	Keep                                int // days that name and address are kept once the case is closed, 0: for good
	Problems                            []Problem
}

// NoticeCase is where a notice stands, for those concerned.
type NoticeCase struct {
	CaseNotice
	Comment   int64
	Shown     *Comment // nil for whom the newspaper does not show it
	Requester bool     // the viewer gave it
	Author    bool     // the viewer wrote the comment
	Staff     bool
	Name      string // of the requester: for themselves and staff
	Email     string
	Link      string // with which the requester comes back, "" for others
	Done      bool   // the form was just sent
	Days      int
	Steps     []NoticeStep
}

// NoticeStep is what became of the words since a notice was given.
type NoticeStep struct {
	Action    string // of a decision; "edit": their author put others in their place
	At, Until time.Time
	Clause    *ClauseRef
	Clock     bool // nobody decided: the time was over
}
