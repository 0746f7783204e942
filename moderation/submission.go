package moderation

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Submission is a comment as it is sent, with the facts its review needs. All facts are given; the review looks
// nothing up.
type Submission struct {
	Text    string // as typed; the review normalises it
	Author  Author
	Article Article
	At      time.Time // when it was sent
	Recent  []Recent  // the author's other comments, newest first; for an edit without the comment itself
	Sent    []Sent    // what anybody sent lately, oldest first; for an edit without the comment itself
	Excused [][2]int  // what checks before this one excused: see Evidence; nil when it is sent
	Anyway  bool      // the author was warned and sends it all the same
	Mode    Mode      // "" is that of the Rules
	Rate    Rate      // zero for none, as for an edit
}

// Author holds what the newspaper knows of a comment's author. The zero value is somebody new.
type Author struct {
	ID           int64
	Known        bool   // has an account; nothing below is known without
	Banned       bool   // may not comment now
	Premoderated bool   // comments wait for a moderator, whatever the mode
	Published    int    // comments of the last 30 days that are published
	Rejected     int    // comments of the last 30 days that were rejected
	Ever         int    // comments of any time that are published, counted to 100
	Decided7     int    // comments of the last 7 days that are published or were rejected
	Rejected7    int    // of those, rejected
	MailDomain   string // of the address, lower case: "example.com"; "" when unknown
}

// trustedAfter is how many published comments, with none rejected, make a trusted author.
const trustedAfter = 3

// Trusted says whether ModeHoldNew publishes a clean comment of the author at once: 3 published and none
// rejected in 30 days, and not banned.
func (a Author) Trusted() bool {
	return a.Known && !a.Banned && a.Published >= trustedAfter && a.Rejected == 0
}

// Article holds what the review needs of the article that is commented on.
type Article struct {
	ID       int64
	Closed   bool   // takes no comments any more
	Language string // BCP 47, "" when unknown
}

// Recent is one earlier comment of the same author.
type Recent struct {
	Text        string // normalised
	At          time.Time
	SameArticle bool
	State       State
}

// Sent is a comment that somebody sent lately, as far as repetition goes.
type Sent struct {
	Author, Article int64
	At              time.Time
	Print           Print
}

// Mode says what becomes of a clean comment. Any other value than these three means HoldAll.
type Mode string

// The modes.
const (
	HoldAll      Mode = "hold-all"      // a moderator sees every comment first (pre-moderation)
	HoldNew      Mode = "hold-new"      // those of trusted authors are published, the others held
	PublishClean Mode = "publish-clean" // published
)

// Rate is how many comments an author may store: N in any stretch of Per. The zero value sets no limit.
type Rate struct {
	N   int
	Per time.Duration
}

// ParseRate reads "1/10s" (a count, a slash, a Go duration) or "off".
func ParseRate(text string) (Rate, error) {
	if text == "off" {
		return Rate{}, nil
	}
	n, per, _ := strings.Cut(text, "/")
	count, err1 := strconv.Atoi(n)
	period, err2 := time.ParseDuration(per)
	if errors.Join(err1, err2) != nil || count < 1 || period <= 0 {
		return Rate{}, fmt.Errorf("rate %q: give a count and a time such as 1/10s or 5/1m, or off", text)
	}
	return Rate{N: count, Per: period}, nil
}

// String is what ParseRate reads.
func (r Rate) String() string {
	if r.N <= 0 || r.Per <= 0 {
		return "off"
	}
	return fmt.Sprintf("%d/%s", r.N, r.Per)
}

// exceeded says whether one comment more at that time would be over the rate. What was deleted since counts too.
func (r Rate) exceeded(at time.Time, recent []Recent) bool {
	if r.N <= 0 || r.Per <= 0 {
		return false
	}
	n := 0
	for _, c := range recent {
		if at.Sub(c.At) < r.Per {
			n++
		}
	}
	return n >= r.N
}
