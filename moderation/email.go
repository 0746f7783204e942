package moderation

import (
	"regexp"
	"slices"
	"strings"
)

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

// emails returns the spans of the e-mail addresses of a text: those among its links, hidden ones, and those in full
// width.
func emails(text string, links [][]int) (spans [][]int) {
	for _, span := range links {
		if isEmail(text[span[0]:span[1]]) {
			spans = append(spans, span)
		}
	}
	spans = append(spans, hiddenEmails(text)...)
	if v := plainView(text); v.text != text && letters(text) > 1 {
		for _, span := range emails(v.text, linkSpans(v.text)) {
			if len(spans) >= maxFindings {
				break // more are not shown, and each is compared with all
			}
			span = []int{v.at[span[0]], v.at[span[1]]}
			if !slices.ContainsFunc(spans, func(s []int) bool { return s[0] < span[1] && span[0] < s[1] }) {
				spans = append(spans, span)
			}
		}
	}
	return spans
}

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
