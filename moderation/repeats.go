package moderation

import (
	"slices"
	"time"
)

// The Why of texts that were sent before with hardly another word, under the clause "spam".
const (
	WhyRepeatNear   = "repeat_near"   // by the same author
	WhyRepeatOthers = "repeat_others" // by several other authors
)

const nearScore = 0.5

// repeated is the check for nearly the same text sent again: by its author in the window own, or by at least so
// many others in the window all. (The same words under the same article within minutes are for the Reviewer.)
type repeated struct {
	own, all time.Duration
	others   int
}

// maxOthers bounds Param others, so that counting them needs no memory of its own.
const maxOthers = 50

// repeatsKind is the check for repetition, as an admin sets it.
func repeatsKind() Kind {
	return Kind{
		Name: "repeats", Default: Rule{Then: ThenHold}, Whys: []string{WhyRepeatNear, WhyRepeatOthers},
		Params: []Param{
			{Name: "own_minutes", Default: 60, Min: 1, Max: 10080, Unit: UnitMinutes},
			{Name: "others", Default: 3, Min: 1, Max: maxOthers, Unit: UnitCount},
			{Name: "others_minutes", Default: 1440, Min: 1, Max: 10080, Unit: UnitMinutes},
		},
		New: func(s Setting) (Check, error) {
			return repeated{minutes(s.Numbers["own_minutes"]), minutes(s.Numbers["others_minutes"]), int(s.Numbers["others"])}, nil
		},
	}
}

// Check compares the text with everything that was sent in the windows.
func (r repeated) Check(s Submission) (Evidence, error) {
	if len(s.Sent) == 0 {
		return Evidence{}, nil
	}
	print := PrintOf(s.Text)
	if print == 0 {
		return Evidence{}, nil
	}
	own, others := r.count(s, print)
	var found []Finding
	if own && !repeats(s) {
		found = append(found, Finding{Clause: "spam", Score: nearScore, Why: WhyRepeatNear})
	}
	if others {
		found = append(found, Finding{Clause: "spam", Score: nearScore, Why: WhyRepeatOthers})
	}
	return Evidence{Findings: found}, nil
}

// count says whether the author, and whether enough others, sent nearly what has this Print, which is not 0.
func (r repeated) count(s Submission, print Print) (own, others bool) {
	var buffer [maxOthers]int64
	authors := buffer[:0]
	for i := range s.Sent {
		c := &s.Sent[i]
		if !print.near(c.Print) || c.Print == 0 {
			continue
		}
		self := c.Author == s.Author.ID && c.Author != 0
		if self && own || !self && (len(authors) == r.others || slices.Contains(authors, c.Author)) {
			continue // nothing more to learn
		}
		switch age := s.At.Sub(c.At); {
		case age < 0:
		case self:
			own = age < r.own
		case age < r.all:
			authors = append(authors, c.Author)
		}
	}
	return own, len(authors) >= r.others
}
