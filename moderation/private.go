package moderation

import (
	"regexp"
	"strings"
)

// Private is the check for what identifies or reaches a private person, under the clause "privacy": Korean
// resident-registration numbers (Why "resident_number": yymmdd of a real month and day, then a digit 1–8 and six
// more), telephone numbers ("phone": Korean mobile and fixed, North American, international with "+") and e-mail
// addresses ("email").
type Private struct{}

// The number is the first group; what surrounds it keeps longer numbers out.
var (
	residentNumber = regexp.MustCompile(`(?:^|[^0-9])([0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?[-–]? ?[1-8][0-9]{6})(?:[^0-9]|$)`)
	phoneNumber    = regexp.MustCompile(`(?:^|[^0-9+])(01[016789][-. ]?[0-9]{3,4}[-. ]?[0-9]{4}` +
		`|\(?0(?:2|[3-6][0-9]|70)[-. )]{1,2}[0-9]{3,4}[-. ][0-9]{4}` +
		`|\(?[2-9][0-9]{2}[-. )]{1,2}[2-9][0-9]{2}[-. ][0-9]{4}` +
		`|\+[0-9]{1,3}[-. ]?\(?[0-9]{1,4}\)?(?:[-. ]?[0-9]{2,4}){2,4})(?:[^0-9]|$)`)
)

// Check finds all three kinds.
func (Private) Check(s Submission) (Evidence, error) {
	var found []Finding
	add := func(start, end int, score float64, why string) {
		found = append(found, Finding{Clause: "privacy", Start: start, End: end, Score: score, Why: why})
	}
	for _, span := range linkSpans(s.Text) {
		if isEmail(s.Text[span[0]:span[1]]) {
			add(span[0], span[1], 0.5, "email")
		}
	}
	if !strings.ContainsAny(s.Text, "0123456789") {
		return Evidence{Findings: found}, nil
	}
	for _, m := range residentNumber.FindAllStringSubmatchIndex(s.Text, -1) {
		add(m[2], m[3], 0.9, "resident_number")
	}
	for _, m := range phoneNumber.FindAllStringSubmatchIndex(s.Text, -1) {
		add(m[2], m[3], 0.6, "phone")
	}
	return Evidence{Findings: found}, nil
}

// privateKind is the check for private data, as an admin sets it.
func privateKind() Kind {
	yes := true
	return Kind{
		Name: "private", Default: Rule{Then: ThenHold, Nudge: &yes}, Whys: []string{"email", "phone", "resident_number"},
		New: func(Setting) (Check, error) { return Private{}, nil },
	}
}
