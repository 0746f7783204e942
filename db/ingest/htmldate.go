package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/cascadia"
)

var (
	timeSel    = cascadia.MustCompile(`time[datetime], [itemprop="datePublished"][datetime]`)
	dateBoxSel = cascadia.MustCompile(`time, [itemprop="datePublished"], [class*="date" i], [class*="time" i], [class*="publish" i], [id*="date" i], .byline, .info, .article_info, .registration`)
	modTimeSel = cascadia.MustCompile(`time[itemprop="dateModified"][datetime], [itemprop="dateModified"][content]`)
)

// published is the date of the best source that has one, made more precise by another source that
// means the same day; what is visible only counts when no metadata says anything.
func (p *page) published(zone *time.Location) stamp {
	values := append(texts(field(p.node, "datePublished")),
		p.first("article:published_time", "og:article:published_time", "og:published_time"), p.first("datepublished"),
		p.first("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created"),
		p.first("parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "date", "article.published", "citation_publication_date", "displaydate", "originalpublicationdate"),
		text(field(p.node, "dateCreated", "uploadDate")), p.first("datecreated"))
	best := pick(values, zone)
	for _, n := range cascadia.QueryAll(p.doc, timeSel) {
		if st := readDate(attr(n, "datetime"), zone); best.precision == noDate || near(best, st) {
			best = better(best, st)
		}
	}
	if best.precision <= dayOnly {
		best = p.visibleDate(best, zone)
	}
	if best.precision == noDate {
		best, _ = p.labelledDates(zone)
	}
	return best
}

// pick is the first readable date, made more precise by a later one of the same day.
func pick(values []string, zone *time.Location) (best stamp) {
	for _, v := range values {
		st := readDate(v, zone)
		if st.precision == noDate {
			st = epoch(v)
		}
		if best.precision == noDate || near(best, st) {
			best = better(best, st)
		}
	}
	return best
}

func near(a, b stamp) bool {
	return a.precision != noDate && b.precision != noDate && a.at.Sub(b.at).Abs() <= 24*time.Hour
}

// visibleDate looks for a date in short texts that are marked as one, "입력 2024.06.26 14:02".
func (p *page) visibleDate(best stamp, zone *time.Location) stamp {
	for _, n := range cascadia.QueryAll(p.doc, dateBoxSel) {
		line := squeeze(textOf(n))
		if len(line) > 300 {
			continue
		}
		for part := range strings.SplitSeq(line, "|") {
			st := readDate(part, zone)
			if st.precision == noDate {
				if loc := anyLabel.FindStringIndex(part); loc != nil {
					st = readDate(part[loc[0]:], zone)
				}
			}
			if best.precision == noDate && !updatedLabel.MatchString(strings.TrimSpace(part)) || near(best, st) {
				best = better(best, st)
			}
		}
	}
	return best
}

var anyLabel = regexp.MustCompile(`(?i)(?:published|posted)\b|(?:기사|최초)?\s?(?:입력|등록|승인|송고)`)

func (p *page) modified(zone *time.Location) stamp {
	values := append(texts(field(p.node, "dateModified")), p.first("article:modified_time", "article:modified", "og:updated_time", "og:article:modified_time"),
		p.first("datemodified"), p.first("dc.date.modified", "dcterms.modified", "last-modified", "lastmod"))
	for _, n := range cascadia.QueryAll(p.doc, modTimeSel) {
		values = append(values, attr(n, "datetime"), attr(n, "content"))
	}
	st := pick(values, zone)
	if st.precision == noDate {
		_, st = p.labelledDates(zone)
	}
	return st
}

// epoch reads a time in unix seconds or milliseconds, of this century.
func epoch(s string) stamp {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil {
		return stamp{}
	}
	if n > 1e12 {
		n /= 1000
	}
	if n < 1e8 || n > 4e9 {
		return stamp{}
	}
	return stamp{at: time.Unix(n, 0).UTC(), raw: strings.TrimSpace(s), precision: exact}
}
