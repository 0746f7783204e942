package ingest

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

var (
	labelStart = regexp.MustCompile(`(?i)^[|·▶◇\[(<\s]*(?:(?:first\s+)?(?:published|posted)\b|(?:기사|최초)?\s?(?:입력|등록|승인|송고|게재|발행)|(?:last\s+)?(?:updated|modified|revised)\b|(?:최종\s?)?(?:수정|업데이트))`)
	asideClass = regexp.MustCompile(`(?i)comment|reply|related|recommend|ranking|popular`)
)

const (
	maxDateLine = 120 // characters of a line that holds dates
	maxLabels   = 50  // labels looked at on one page
)

// labelledDates reads the short texts of the page that begin with a label and a date, however they
// are marked up: "입력 2024.06.26 14:02 | 수정 2024.06.26 15:00". The first of each kind counts.
func (p *page) labelledDates(zone *time.Location) (published, modified stamp) {
	seen := 0
	for n := range p.doc.Descendants() {
		if n.Type != html.TextNode || !labelStart.MatchString(n.Data) || beside(n) {
			continue
		}
		if seen++; seen > maxLabels {
			break
		}
		line := labelLine(n)
		if sentenceEnd.MatchString(line) && !onlyDates(line, zone) {
			continue // a sentence of the article
		}
		pub, mod := lineDates(line, zone)
		if published.precision == noDate {
			published = pub
		}
		if modified.precision == noDate {
			modified = mod
		}
	}
	return published, modified
}

// beside says whether a text stands in a part of the page that tells of something else.
func beside(n *html.Node) bool {
	for a := range n.Ancestors() {
		switch a.Data {
		case "script", "style", "noscript", "template", "nav", "aside", "footer", "form":
			return true
		case "body", "html", "article", "main":
			continue
		}
		if asideClass.MatchString(attr(a, "class")) || asideClass.MatchString(attr(a, "id")) {
			return true
		}
	}
	return false
}

// labelLine is the text of the largest element that is still short and begins with the label.
func labelLine(n *html.Node) (line string) {
	for a := range n.Ancestors() {
		s := squeeze(textOf(a))
		if utf8.RuneCountInString(s) > maxDateLine || !labelStart.MatchString(s) {
			break
		}
		line = s
	}
	return line
}

// onlyDates: nothing but dates, their labels and separators stand on the line.
func onlyDates(line string, zone *time.Location) bool {
	if utf8.RuneCountInString(line) > maxDateLine {
		return false
	}
	st, rest := datePrefix(line, zone)
	for st.precision != noDate {
		if rest = strings.Trim(rest, dateSeparators); rest == "" {
			return true
		}
		st, rest = datePrefix(rest, zone)
	}
	return false
}

const dateSeparators = " \t|·,/()[]~-"

// lineDates are the dates at the beginning of a line, by their labels; the more precise of two
// wins, the first of two alike.
func lineDates(line string, zone *time.Location) (published, modified stamp) {
	for line != "" {
		st, rest := datePrefix(line, zone)
		if st.precision == noDate {
			break
		}
		if updatedLabel.MatchString(line) {
			modified = better(modified, st)
		} else {
			published = better(published, st)
		}
		line = strings.Trim(rest, dateSeparators)
	}
	return published, modified
}

// unreadShape is the shape of a date, or of how long ago something was.
var unreadShape = regexp.MustCompile(`^(?:\d+(?:st|nd|rd|th)?\b|(?i:` + monthName + `)|(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|[ap]\.?m\b\.?)|[A-Z]{2,4}\b|오전|오후|[년월화수목금토일시분초]|요일|[\s.,:/|()+\-])+$|^(?i:\d+ (?:minute|hour|day|week)s? ago|yesterday|today)$`)

// unreadDate is what a date line says that cannot be read, "31 Feb. 2024, 14:02"; "" for any other line.
func unreadDate(line string, zone *time.Location) string {
	loc := dateLabel.FindStringIndex(line)
	if loc == nil || !labelStart.MatchString(line) || utf8.RuneCountInString(line) > maxDateLine || onlyDates(line, zone) {
		return ""
	}
	said := strings.TrimSpace(line[loc[1]:])
	if !unreadShape.MatchString(said) {
		return ""
	}
	return said
}
