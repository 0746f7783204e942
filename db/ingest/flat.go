package ingest

import (
	"regexp"
	"strings"
)

var (
	flatPublished = regexp.MustCompile(`(?i)^(?:published|posted|updated|입력|기사입력|수정)\s*[:：]?\s`)
	flatName      = regexp.MustCompile(`^-\s+((?:[A-Z][A-Z.'’\-]*\s+){1,4}?)(?:-\s+|[^A-Z\s]|[A-Z][a-z]|[“"‘(])`)
	flatMail      = regexp.MustCompile(`^-\s+([\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+)\s*`)
	flatForm      = regexp.MustCompile(`(?i)(?:to write comments, please log ?in|standards board policy|댓글을? (?:작성|쓰)|로그인 ?후 댓글|저작권자|무단 ?전재|[ⓒ©] ?\p{L})`)
	flatPartner   = regexp.MustCompile(`\s(` + partner + `)$`)
	flatBy        = regexp.MustCompile(`\s(?:By|BY)\s`)
)

// flat reads the form in which every line break became a space: only what stands at its two ends
// can be told from the body, which stays one paragraph.
func (p *capture) flat(s string) {
	if rest, ok := strings.CutPrefix(s, p.c.Headline); ok && p.c.Headline != "" {
		s = strings.TrimSpace(rest)
	}
	s = squeeze(s)
	for flatPublished.MatchString(s) {
		st, rest := datePrefix(s, p.zone)
		if st.precision == noDate {
			break
		}
		p.dates(s[:len(s)-len(rest)])
		s = strings.TrimSpace(rest)
	}
	s = p.flatList(s)
	s = p.flatTail(s)
	if s != "" {
		p.body = []string{s}
	}
}

// flatList takes "- NAME - mail" off the front.
func (p *capture) flatList(s string) string {
	for {
		if m := flatMail.FindStringSubmatch(s); m != nil {
			giveMails(p.listed, []string{m[1]})
			s = s[len(m[0]):]
			continue
		}
		m := flatName.FindStringSubmatchIndex(s)
		if m == nil {
			return s
		}
		names, ok := readByline(s[m[2]:m[3]])
		if !ok {
			return s
		}
		p.listed = append(p.listed, names...)
		s = strings.TrimSpace(s[m[3]:])
	}
}

// flatTail takes the comment form, the partner line and the credit line off the end.
func (p *capture) flatTail(s string) string {
	from := max(0, len(s)-600)
	if loc := flatForm.FindStringIndex(s[from:]); loc != nil && from+loc[0] > 0 {
		p.drop(strings.TrimSpace(s[from+loc[0]:]), "comment form of the page")
		s = strings.TrimSpace(s[:from+loc[0]])
	}
	cut, line := s, ""
	if m := flatPartner.FindStringSubmatchIndex(s); m != nil {
		cut, line = s[:m[0]], s[m[2]:m[3]]
	}
	starts := flatBy.FindAllStringIndex(cut, -1)
	if len(starts) == 0 {
		return p.flatHidden(s)
	}
	at := starts[len(starts)-1][0]
	if credit := strings.TrimSpace(cut[at:]); isCredit(credit) {
		p.credit(credit)
		if line != "" {
			p.drop(line, "partner line of the page")
		}
		return strings.TrimSpace(cut[:at])
	}
	return p.flatHidden(s)
}

// flatHidden takes a hidden address off the end, where no credit line did.
func (p *capture) flatHidden(s string) string {
	for _, loc := range hiddenRE.FindAllStringIndex(s, -1) {
		if loc[1] == len(s) && loc[0] > 0 {
			p.drop(s[loc[0]:], "hidden address")
			return strings.TrimSpace(s[:loc[0]])
		}
	}
	return s
}
