package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/db"
)

// trim takes off what the extractors leave around a body: the headline, deck, date and byline that
// the fields already hold, lines of the page, the credit line at the end. Whatever else goes is
// reported.
func trim(it *Item, p *page, blocks []block) []block {
	blocks = trimTop(it, p, blocks)
	links := linkLists(blocks)
	i := -1
	blocks = slices.DeleteFunc(blocks, func(b block) bool {
		why := boilerplate(b.text)
		if i++; why == "" && links[i] {
			why = "link to another page"
		} else if why == "" && aboutAuthor(b.text, it.Content.Authors) {
			why = "about the author"
		} else if why == "" && labelStart.MatchString(b.text) && onlyDates(b.text, it.Content.Published.Location()) {
			why = "date line"
		}
		if why != "" {
			it.Dropped = append(it.Dropped, Dropped{b.text, why})
		}
		return why != ""
	})
	return trimEnd(it, blocks)
}

var wholeLink = regexp.MustCompile(`^(?:<(?:b|strong|em|i|u)>)*<a [^>]*>(?:[^<]|</?(?:b|strong|em|i|u)>)*</a>(?:</(?:b|strong|em|i|u)>)*$`)

// linkLists marks the paragraphs that are nothing but a link to another page: a paragraph or
// heading that is no sentence, and every item of a list of which all items are.
func linkLists(blocks []block) []bool {
	marks := make([]bool, len(blocks))
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if b.kind != "ul" && b.kind != "ol" {
			marks[i] = b.kind != "pre" && b.kind != "table" && wholeLink.MatchString(b.html) && !sentenceEnd.MatchString(b.text)
			continue
		}
		end, all := i, true
		for ; end < len(blocks) && blocks[end].kind == b.kind; end++ {
			all = all && wholeLink.MatchString(blocks[end].html)
		}
		for ; i < end; i++ {
			marks[i] = all
		}
		i--
	}
	return marks
}

var bioRE = regexp.MustCompile(`^(?:,? (?:a|an|the) |(?: is| was| covers| writes| reports| joined| has (?:been|covered|written|worked))\b|(?: ?기자)?[은는] )`)

// aboutAuthor: a paragraph that begins with an author's name and says who that is.
func aboutAuthor(s string, authors []db.Author) bool {
	for _, a := range authors {
		if rest, ok := strings.CutPrefix(s, a.Name); ok && strings.Contains(a.Name, " ") && bioRE.MatchString(rest) {
			return true
		}
	}
	return false
}

const topBlocks = 8 // how far down a page's own lines are looked for

func trimTop(it *Item, p *page, blocks []block) []block {
	var kept []block
	joined := 0 // lines of a deck of several, which the description joins
	for _, b := range blocks[:min(topBlocks, len(blocks))] {
		if p.partOfDeck(b) {
			joined++
		}
	}
	for i, b := range blocks {
		if i == topBlocks || utf8.RuneCountInString(b.text) > 400 {
			return append(kept, blocks[i:]...)
		}
		why := topLine(it, p, b)
		if why == "" && joined > 1 && p.partOfDeck(b) {
			why = "deck"
		}
		if why != "" {
			it.Dropped = append(it.Dropped, Dropped{b.text, why})
			continue
		}
		kept = append(kept, b)
		if isProse(b.text) {
			return append(kept, blocks[i+1:]...)
		}
	}
	return kept
}

var readingTime = regexp.MustCompile(`(?i)^\d+\s*(?:min(?:ute)?s?\.?)(?: read)?$|^(?:listen|audio)(?: to (?:this )?(?:article|story))?\b.{0,20}$`)

// topLine says why a block above the first paragraph repeats what the fields hold; "" when it does not.
func topLine(it *Item, p *page, b block) string {
	c := &it.Content
	switch {
	case sameWords(b.text, c.Headline), slices.ContainsFunc(append([]string{p.first("og:title")}, p.h1...), func(h string) bool { return sameWords(h, b.text) }):
		return "repeats the headline"
	case slices.ContainsFunc(p.decks(), func(d string) bool { return sameWords(d, b.text) }):
		return "deck"
	case sameWords(b.text, p.said("description")), sameWords(b.text, p.first("og:description")), sameWords(b.text, p.first("description")):
		return p.topDeck(b)
	case sameWords(b.text, c.Section), p.isPaper(b.text):
		return "name of the section or paper"
	case readingTime.MatchString(b.text):
		return "tools of the page"
	}
	if st, rest := datePrefix(b.text, c.Published.Location()); st.precision != noDate && fold(rest) == "" || onlyDates(b.text, c.Published.Location()) {
		return "date line"
	}
	if isCredit(b.text) || slices.ContainsFunc(c.Authors, func(a db.Author) bool { return sameWords(b.text, a.Name) || sameWords(b.text, "by "+a.Name) }) {
		takeCredit(it, b.text)
		return "byline"
	}
	return ""
}

// partOfDeck: a short line that the description holds.
func (p *page) partOfDeck(b block) bool {
	d, t := fold(p.first("og:description", "description")), fold(b.text)
	return !sentenceEnd.MatchString(b.text) && utf8.RuneCountInString(t) >= 4 && utf8.RuneCountInString(b.text) < 100 && len(t) < len(d) && strings.Contains(d, t)
}

// topDeck: a description that opens the page's text is its deck only when it is set apart from it.
func (p *page) topDeck(b block) string {
	if b.kind != "p" {
		return "deck"
	}
	return ""
}

// takeCredit keeps a credit line and what it tells of the authors.
func takeCredit(it *Item, line string) {
	c := &it.Content
	if c.Credit == "" {
		c.Credit = line
	}
	authors, ok := readByline(line)
	if !ok {
		return
	}
	for _, a := range authors {
		if i := slices.IndexFunc(c.Authors, func(b db.Author) bool { return sameWords(a.Name, b.Name) }); i >= 0 && c.Authors[i].Email == "" {
			c.Authors[i].Email = a.Email
		}
	}
	if len(c.Authors) == 0 {
		c.Authors = authors
	}
}

// reportingBy is an agency's credit line, "(Reporting by A; Editing by B)".
var reportingBy = regexp.MustCompile(`^\((?i:(?:additional )?(?:reporting|writing|editing|compiled)) by [^()]{3,300}\)$`)

// trimEnd takes the credit line and headings without text off the end.
func trimEnd(it *Item, blocks []block) []block {
	for n := 0; len(blocks) > 1 && n < 6; n++ {
		last := blocks[len(blocks)-1]
		switch {
		case isCredit(last.text), reportingBy.MatchString(last.text):
			takeCredit(it, last.text)
		case strings.HasPrefix(last.kind, "h"):
			it.Dropped = append(it.Dropped, Dropped{last.text, "heading without text"})
		default:
			return blocks
		}
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

// dropCaptions takes the captions that the pictures keep out of the text.
func dropCaptions(it *Item, blocks []block) []block {
	return slices.DeleteFunc(blocks, func(b block) bool {
		for _, img := range it.Content.Images {
			if len(img.Caption) > 12 && (sameWords(b.text, img.Caption) || sameWords(b.text, img.Caption+img.Credit)) {
				it.Dropped = append(it.Dropped, Dropped{b.text, "caption, kept with the picture"})
				return true
			}
		}
		return false
	})
}
