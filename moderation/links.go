package moderation

import (
	"regexp"
	"strings"
)

// link matches web addresses, with or without a scheme, and e-mail addresses. Go's regexp takes linear time.
var link = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[!-~]+` +
	`|\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+` +
	`|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|biz|kr|jp|cn|io|me|ly|gg|tv|co|xyz|top|shop|site|club|live|app)\b(?:[/?#][!-~]*)?`)

// linkSpans returns the byte spans of the addresses in a text, from left to right.
func linkSpans(text string) [][]int {
	for i := 1; i+1 < len(text); i++ {
		inside := text[i] == '.' && isWordByte(text[i-1]) && isWordByte(text[i+1])
		if inside || text[i] == ':' && text[i+1] == '/' {
			return link.FindAllStringIndex(text, -1)
		}
	}
	return nil // the common case, found in a fiftieth of the time
}

func isWordByte(b byte) bool {
	return b == '-' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// Links is the check for web addresses: trusted authors may post two, others none, before the comment is held
// under the clause "spam". Links within the allowance are notes (score 0). Why is "link".
type Links struct{}

const (
	trustedLinks = 2
	linkScore    = 0.5
)

// Check finds every web address.
func (Links) Check(s Submission) (Evidence, error) {
	var found []Finding
	for _, span := range linkSpans(s.Text) {
		if !isEmail(s.Text[span[0]:span[1]]) {
			found = append(found, Finding{Clause: "spam", Start: span[0], End: span[1], Why: "link"})
		}
	}
	if len(found) > trustedLinks || len(found) > 0 && !s.Author.Trusted() {
		for i := range found {
			found[i].Score = linkScore
		}
	}
	return Evidence{Findings: found}, nil
}

// isEmail tells the two kinds that link matches apart.
func isEmail(address string) bool {
	at := strings.IndexByte(address, '@')
	return at > 0 && !strings.ContainsAny(address[:at], "/:")
}

// linksKind is the check for web addresses, as an admin sets it.
func linksKind() Kind {
	return Kind{
		Name: "links", Default: Rule{Then: ThenHold}, Whys: []string{"link"},
		New: func(Setting) (Check, error) { return Links{}, nil },
	}
}
