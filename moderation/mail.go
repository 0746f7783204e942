package moderation

import (
	_ "embed"
	"maps"
	"strings"
)

//go:embed disposable.txt
var builtinDisposable string

// WhyDisposableMail is that of an author whose address is of a domain that hands them out to throw away.
const WhyDisposableMail = "disposable_mail"

const mailScore = 0.3

// mail is the check for disposable addresses.
type mail struct{ domains map[string]bool }

// mailKind is the check for disposable addresses, as an admin sets it.
func mailKind() Kind {
	return Kind{
		Name: "mail", Default: Rule{Then: ThenHold}, Author: true, Whys: []string{WhyDisposableMail},
		Lists: []List{{Name: "disposable", Builtin: builtinDisposable, Check: checkDomains}},
		New: func(s Setting) (Check, error) {
			domains, err := parseDomains(builtinDisposable)
			if err != nil {
				return nil, err
			}
			own, err := parseDomains(s.Lists["disposable"])
			maps.Copy(domains, own)
			return mail{domains}, err
		},
	}
}

// Check looks up the domain of the author's address, and the domains above it.
func (m mail) Check(s Submission) (Evidence, error) {
	if inDomains(m.domains, strings.ToLower(s.Author.MailDomain)) {
		return Evidence{Findings: []Finding{{Score: mailScore, Why: WhyDisposableMail}}}, nil
	}
	return Evidence{}, nil
}
