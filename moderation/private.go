package moderation

import (
	"regexp"
)

// The Why of what identifies or reaches a private person, under the clause "privacy".
const (
	WhyEmail     = "email"
	WhyPhone     = "phone" // a note (score 0) for the numbers of companies, 15xx-xxxx
	WhyResident  = "resident_number"
	WhyForeigner = "foreigner_number"
	WhyAccount   = "account"
	WhyCard      = "card"
	WhyPassport  = "passport"
	WhyLicence   = "driver_licence"
	WhyAddress   = "address"
)

// Private is the check for personal data: numbers of persons, telephones, accounts and cards however their digits
// are typed (see numerals), e-mail addresses and postal addresses. Numbers inside web addresses are left alone.
type Private struct{}

// privateKind is the check for personal data, as an admin sets it.
func privateKind() Kind {
	yes := true
	return Kind{
		Name: "private", Default: Rule{Then: ThenHold, Nudge: &yes},
		Whys: []string{WhyEmail, WhyPhone, WhyResident, WhyForeigner, WhyAccount, WhyCard, WhyPassport, WhyLicence, WhyAddress},
		New:  func(Setting) (Check, error) { return Private{}, nil },
	}
}

// Check finds all of them; those of one sort do not overlap.
func (Private) Check(s Submission) (Evidence, error) {
	var found []Finding
	add := func(start, end int, score float64, why string) {
		found = append(found, Finding{Clause: "privacy", Start: start, End: end, Score: score, Why: why})
	}
	links := linkSpans(s.Text)
	for _, span := range emails(s.Text, links) {
		add(span[0], span[1], 0.5, WhyEmail)
	}
	for _, n := range personNumbers(s.Text, outside(links, numerals(s.Text))) {
		add(n.start, n.end, n.score, n.why)
	}
	for _, span := range passports(s.Text) {
		add(span[0], span[1], 0.7, WhyPassport)
	}
	for _, span := range postalAddresses(s.Text) {
		add(span[0], span[1], 0.5, WhyAddress)
	}
	return Evidence{Findings: found}, nil
}

// outside returns the numerals that stand in none of the spans. Both are sorted.
func outside(spans [][]int, ns []numeral) []numeral {
	if len(spans) == 0 {
		return ns
	}
	out := ns[:0]
	for _, n := range ns {
		for len(spans) > 0 && spans[0][1] <= n.start {
			spans = spans[1:]
		}
		if len(spans) == 0 || n.start < spans[0][0] {
			out = append(out, n)
		}
	}
	return out
}

// passport matches the number of a Korean passport (a letter and eight digits, or since 2021 M123A4567) or of
// another with nine, after the word; without the word it may be anything.
var passport = regexp.MustCompile(`(?i)(?:여권|passport)\s*(?:번호|no\.?|number|#)?(?:는|은|\s+is)?\s*[:=]?\s*([a-z][0-9]{8}|[a-z][0-9]{3}[a-z][0-9]{4}|[0-9]{9})\b`)

func passports(text string) (spans [][]int) {
	if !containsAny(text, "여권", "assport", "ASSPORT") {
		return nil
	}
	for _, m := range passport.FindAllStringSubmatchIndex(text, -1) {
		spans = append(spans, m[2:4])
	}
	return spans
}
