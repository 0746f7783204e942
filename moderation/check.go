package moderation

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// Check looks for one kind of evidence. The Submission's Text is normalised. It must be deterministic, safe for
// concurrent use, and take linear time also on a text far over the limit. Findings can hold a comment or say
// nothing; there is no way for a check to publish. One with a method Version() string is named in Verdict.Model.
type Check interface {
	Name() string
	Check(Submission) ([]Finding, error)
}

// DefaultChecks returns the checks of a new newspaper: Words with the built-in list, Links, Private.
func DefaultChecks() []Check {
	return []Check{defaultWords(), Links{}, Private{}}
}

// maxFindings bounds what one check may say of one text.
const maxFindings = 64

// examine runs every check. What is returned holds a finding for each check that failed.
func (r *Reviewer) examine(s Submission) (findings []Finding, failed bool) {
	findings = []Finding{}
	for i, c := range r.checks {
		name, found, err := run(c, s)
		if err != nil {
			if name == "" {
				name = fmt.Sprintf("check %d", i+1)
			}
			findings = append(findings, Finding{Check: name, Why: ReasonCheckFailed})
			failed = true
			continue
		}
		for _, f := range found[:min(len(found), maxFindings)] {
			f.Check, f.Clause = name, r.known(f.Clause)
			findings = append(findings, f)
		}
	}
	return findings, failed || len(r.checks) == 0
}

// run runs one check; a panic or a finding that is none becomes an error.
func run(c Check, s Submission) (name string, found []Finding, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("check panicked: %v", p)
		}
	}()
	name = c.Name()
	found, err = c.Check(s)
	for _, f := range found {
		if f.Start < 0 || f.End < f.Start || f.End > len(s.Text) || !boundary(s.Text, f.Start) || !boundary(s.Text, f.End) ||
			math.IsNaN(f.Score) || f.Score < 0 || f.Score > 1 {
			return name, nil, fmt.Errorf("check %s found something outside the text or the scale: %+v", name, f)
		}
	}
	return name, found, err
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
