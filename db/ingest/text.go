package ingest

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/db"
)

// parseText reads a page captured as plain text: headline, "Published: …", list byline, one
// paragraph a line, credit line, what the page says after it. Also the older forms: with a YAML
// front matter and blank lines between paragraphs, and that one flattened on one line.
func parseText(it *Item, text string, zone *time.Location) {
	p := &capture{it: it, c: &it.Content, zone: zone}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	front, rest, flat := frontMatter(text)
	p.front(front)
	if flat {
		p.flat(rest)
	} else {
		p.body = p.tail(p.head(paragraphs(rest)))
	}
	p.close()
}

// capture is one text under the knife.
type capture struct {
	it        *Item
	c         *db.Content
	zone      *time.Location
	published stamp
	modified  stamp
	unread    string      // a date of publication that cannot be read
	listed    []db.Author // "- NAME" lines
	credited  []db.Author // the credit line
	body      []string
}

func (p *capture) drop(text, why string) {
	p.it.Dropped = append(p.it.Dropped, Dropped{text, why})
}

func (p *capture) front(f fields) {
	c := p.c
	c.Headline = squeeze(f.first("title", "headline"))
	c.Deck = squeeze(f.first("deck", "subtitle", "description", "summary"))
	c.Section = f.first("section", "category", "categories")
	c.Keywords = f.all("tags", "keywords")
	c.URL = absolute(f.first("url", "link", "canonical", "source_url"))
	c.SourceID = f.first("id", "source_id")
	c.Language = langTag(f.first("lang", "language"))
	said := f.first("date", "published", "publishdate", "pubdate")
	if p.published = readDate(said, p.zone); p.published.precision == noDate {
		p.unread = squeeze(said)
	}
	p.modified = readDate(f.first("updated", "modified", "lastmod"), p.zone)
	for _, a := range append(f["author"], append(f["authors"], f["byline"]...)...) {
		names, ok := readByline(a)
		if !ok {
			names = []db.Author{{Name: a, Raw: a}}
		}
		p.listed = append(p.listed, names...)
	}
}

// paragraphs are the lines of the text, cleaned. Where blank lines part the paragraphs, lines that
// were only wrapped are joined again.
func paragraphs(text string) (out []string) {
	for block := range strings.SplitSeq(blankLines.ReplaceAllString(text, "\n\n"), "\n\n") {
		var lines []string
		for line := range strings.SplitSeq(block, "\n") {
			if line = squeeze(line); line != "" {
				lines = append(lines, line)
			}
		}
		if wrapped(lines) {
			lines = []string{strings.Join(lines, " ")}
		}
		out = append(out, lines...)
	}
	return out
}

var blankLines = regexp.MustCompile(`\n[ \t\x{a0}]*(?:\n[ \t\x{a0}]*)+`)

// wrapped: every line but the last is nearly full and none is longer than a terminal is wide.
func wrapped(lines []string) bool {
	for i, l := range lines {
		n := utf8.RuneCountInString(l)
		if n > 100 || i < len(lines)-1 && n < 55 || strings.HasPrefix(l, "- ") {
			return false
		}
	}
	return len(lines) > 1
}

// head reads what stands above the first paragraph and returns the rest.
func (p *capture) head(lines []string) []string {
	if len(lines) > 0 && p.c.Headline == "" {
		if line := strings.TrimPrefix(lines[0], "# "); utf8.RuneCountInString(line) <= 300 && !p.headLine(line) {
			p.c.Headline, lines = line, lines[1:]
		}
	}
	for above := ""; len(lines) > 0; above, lines = lines[0], lines[1:] {
		line := lines[0]
		switch {
		case sameWords(strings.TrimPrefix(line, "# "), p.c.Headline):
			p.drop(line, "repeats the headline")
		case p.continued(line, above):
		case p.headLine(line):
		case boilerplate(line) != "":
			p.drop(line, boilerplate(line))
		case p.c.Deck == "" && p.dateFollows(lines[1:]):
			p.c.Deck = line
		default:
			return lines
		}
	}
	return lines
}

// dateFollows: a line directly above the date, or above another such line, is the deck.
func (p *capture) dateFollows(lines []string) bool {
	return p.published.precision <= dayOnly && len(lines) > 0 && (p.isDate(lines[0]) || unreadDate(lines[0], p.zone) != "")
}

var updatedLabel = regexp.MustCompile(`(?i)^\W*(?:last\s+)?(?:updated|modified|revised)|^\W*(?:최종\s?)?(?:수정|업데이트)`)

// headLine takes in a date, a list byline or a credit line; false for any other line.
func (p *capture) headLine(line string) bool {
	if p.isDate(line) {
		p.dates(line)
		return true
	}
	if p.dateUnread(line) {
		return true
	}
	if item, ok := listItem(line); ok {
		if mail := mailRE.FindString(item); mail == item {
			giveMails(p.listed, []string{mail})
			return true
		}
		if hiddenRE.ReplaceAllString(item, "") == "" {
			return true
		}
		if names, ok := readByline(item); ok {
			p.listed = append(p.listed, names...)
			return true
		}
		return false
	}
	if isCredit(line) && p.c.Credit == "" {
		p.credit(line)
		return true
	}
	return false
}

func listItem(line string) (string, bool) {
	for _, mark := range []string{"- ", "– ", "• ", "· "} {
		if item, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(item), true
		}
	}
	return "", false
}

func (p *capture) isDate(line string) bool { return onlyDates(line, p.zone) }

// dates takes every date of a line; the more precise of two wins, the first of two alike.
func (p *capture) dates(line string) {
	published, modified := lineDates(line, p.zone)
	p.published, p.modified = better(p.published, published), better(p.modified, modified)
}

// dateUnread takes in a line that is a date and cannot be read as one; false for any other line.
func (p *capture) dateUnread(line string) bool {
	said := unreadDate(line, p.zone)
	if said == "" {
		return false
	}
	p.drop(line, "date line that cannot be read")
	p.it.Warnings = append(p.it.Warnings, "the date cannot be read: "+said)
	if p.unread == "" && !updatedLabel.MatchString(line) {
		p.unread = said
	}
	return true
}

// credit takes a credit line; one under the body takes the place of one above it.
func (p *capture) credit(line string) {
	p.listed = append(p.listed, p.credited...)
	p.c.Credit = line
	p.credited, _ = readByline(line)
}

// continued takes in the job or address of those whom the credit line above names.
func (p *capture) continued(line, above string) bool {
	if above == "" || above != p.c.Credit || !jobLine(line) {
		return false
	}
	p.credit(above + " " + line)
	return true
}

// jobLine: nothing but a job or an address, which belongs to the line above: "Staff Writer [mail]".
func jobLine(line string) bool {
	name, role := splitJob(mailRE.ReplaceAllString(bracketRE.ReplaceAllString(hiddenRE.ReplaceAllString(line, " "), " "), " "))
	return name == "" && (role != "" || mailRE.MatchString(line))
}

// tail cuts off the credit line and what the page says below it, from the last lines upwards.
func (p *capture) tail(lines []string) []string {
	end := len(lines)
	var below []string
	for i := len(lines) - 1; i > 0 && i >= len(lines)-15; i-- {
		if isCredit(lines[i]) && !slices.ContainsFunc(lines[i+1:], isProse) {
			first := i // a Korean page has a line for each reporter
			for first > 1 && isCredit(lines[first-1]) {
				first--
			}
			line, next := strings.Join(lines[first:i+1], ", "), i+1
			for next < len(lines) && jobLine(lines[next]) {
				line, next = line+" "+lines[next], next+1
			}
			p.credit(line)
			below = lines[next:]
			end = first
			break
		}
	}
	for end > 0 && boilerplate(lines[end-1]) != "" {
		end--
		below = append([]string{lines[end]}, below...)
	}
	for _, line := range below {
		why := boilerplate(line)
		if why == "" {
			why = "stands below the credit line"
		}
		p.drop(line, why)
	}
	return lines[:end]
}

var sentenceEnd = regexp.MustCompile(`[.!?。…][)\]"'”’]*$`)

// isProse: a sentence of some length, not a link, a label or a name.
func isProse(line string) bool {
	if boilerplate(line) != "" || isCredit(line) {
		return false
	}
	return utf8.RuneCountInString(line) > 60 && sentenceEnd.MatchString(line)
}

// close puts the parts together.
func (p *capture) close() {
	c := p.c
	c.Authors = mergeAuthors(p.credited, p.listed)
	setDates(p.it, p.published, p.modified)
	if c.Published.IsZero() {
		c.PublishedRaw = p.unread
	}
	if len(p.body) > 0 {
		c.Dateline = dateline(p.body[0])
	}
	c.BodyText = strings.Join(p.body, "\n")
	var b strings.Builder
	for _, line := range p.body {
		b.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
	}
	c.BodyHTML = b.String()
	c.Language = detectLanguage(c.Language, c.Headline+"\n"+c.BodyText)
}

// mergeAuthors keeps the order of the credit line and adds what only the list knows: addresses of
// the same names, and further names.
func mergeAuthors(credited, listed []db.Author) []db.Author {
	out := slices.Clone(credited)
	for _, l := range listed {
		i := slices.IndexFunc(out, func(a db.Author) bool { return sameWords(a.Name, l.Name) })
		switch {
		case i < 0:
			out = append(out, l)
		case out[i].Email == "":
			out[i].Email = l.Email
		}
	}
	return out
}

// setDates fills the dates and says in a warning what the source left open.
func setDates(it *Item, published, modified stamp) {
	c := &it.Content
	c.Published, c.PublishedRaw, c.ZoneAssumed = published.at, published.raw, published.assumed()
	if modified.at.After(published.at) && !published.at.IsZero() {
		c.Modified = modified.at
	}
	if published.precision == dayOnly {
		it.Warnings = append(it.Warnings, "the source gives a day and no time")
	}
}
