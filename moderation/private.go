package moderation

import (
	"regexp"
	"slices"
	"strings"
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

// Name is "private".
func (Private) Name() string { return "private" }

// Check finds all of them; those of one sort do not overlap.
func (Private) Check(s Submission) (Evidence, error) {
	var found []Finding
	add := func(start, end int, score float64, why string) {
		found = append(found, Finding{Clause: "privacy", Start: start, End: end, Score: score, Why: why})
	}
	links := linkSpans(s.Text)
	for _, span := range links {
		if isEmail(s.Text[span[0]:span[1]]) {
			add(span[0], span[1], 0.5, WhyEmail)
		}
	}
	for _, span := range hiddenEmails(s.Text) {
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

// hiddenEmail matches an e-mail address whose "@" or "." is written in words, and one at a well-known provider
// that is only named; its groups are the domain. hiddenEmails asks for its signs first.
var (
	hiddenEmail = regexp.MustCompile(`(?i)\b[a-z0-9][a-z0-9._%+-]+(?:` +
		`\s*(?:@|골뱅이|[\[({<]\s*(?:at|@|골뱅이)\s*[\])}>])\s*([a-z0-9-]+(?:` + hiddenDot + `|\.)[a-z]{2,}\b` +
		`|(?:naver|gmail|hanmail|daum|nate|kakao|hotmail|outlook|yahoo|icloud)\b|네이버|지메일|구글|한메일|다음|네이트|카카오)` +
		`|\s+at\s+([a-z0-9-]+(?:` + hiddenDot + `[a-z]{2,})+))`)
	atWords  = []string{"골뱅이", "@", "(at", "[at", "{at", "<at", "( at", "[ at", " at "}
	dotWords = []string{"골뱅이", "@", "at)", "at]", "at}", "at>", "at ]", "at )", "dot", "점"}
)

// hiddenEmails returns the spans of the e-mail addresses that linkSpans does not see.
func hiddenEmails(text string) (spans [][]int) {
	if letters(text) < 2 || !mayHideEmail(text) {
		return nil
	}
	for _, m := range hiddenEmail.FindAllStringSubmatchIndex(text, -1) {
		domain := text[max(m[2], m[4]):m[1]]
		domain = strings.ToLower(hiddenDots.ReplaceAllString(domain, "."))
		top := domain[strings.LastIndexByte(domain, '.')+1:]
		if (top == domain || topDomains[top] || wordDomains[top]) && !plainEmail(text[m[0]:m[1]]) {
			spans = append(spans, m[:2])
		}
	}
	return spans
}

// plainEmail says whether linkSpans sees an e-mail address.
func plainEmail(text string) bool {
	return slices.ContainsFunc(linkSpans(text), func(s []int) bool { return isEmail(text[s[0]:s[1]]) })
}

func mayHideEmail(text string) bool {
	lower := strings.ToLower(text)
	return containsAny(lower, atWords...) && containsAny(lower, dotWords...)
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
