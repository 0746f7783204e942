package ingest

import (
	"bytes"
	"encoding/json"
	"time"

	"broadsheet/db"
)

// line is one article as the extract command prints it. The order of the fields is the surface's.
type line struct {
	SourceFormat string      `json:"source_format"`
	SourceID     string      `json:"source_id"`
	URL          string      `json:"url"`
	Headline     string      `json:"headline"`
	Deck         string      `json:"deck"`
	Authors      []db.Author `json:"authors"`
	Section      string      `json:"section"`
	Keywords     []string    `json:"keywords"`
	Language     string      `json:"language"`
	Published    *string     `json:"published"`
	Modified     *string     `json:"modified"`
	PublishedRaw string      `json:"published_raw"`
	ZoneAssumed  bool        `json:"zone_assumed"`
	Dateline     string      `json:"dateline"`
	Credit       string      `json:"credit"`
	BodyHTML     string      `json:"body_html"`
	BodyText     string      `json:"body_text"`
	Images       []db.Image  `json:"images"`
	Status       string      `json:"status"`
	Dropped      []Dropped   `json:"dropped"`
	Warnings     []string    `json:"warnings"`
	Error        *string     `json:"error"`
}

// Line is the item as one line of JSON, without the line break: what the extract command prints.
// Instants are RFC 3339 with the source's offset, null when there is none; lists are never null;
// an item with Err has its text in "error" and no article beside it but what was read of it.
func Line(it Item) ([]byte, error) {
	c := it.Content
	l := line{
		SourceFormat: c.SourceFormat, SourceID: c.SourceID, URL: c.URL, Headline: c.Headline, Deck: c.Deck,
		Authors: notNil(c.Authors), Section: c.Section, Keywords: notNil(c.Keywords), Language: c.Language,
		Published: instant(c.Published), Modified: instant(c.Modified), PublishedRaw: c.PublishedRaw, ZoneAssumed: c.ZoneAssumed,
		Dateline: c.Dateline, Credit: c.Credit, BodyHTML: c.BodyHTML, BodyText: c.BodyText, Images: notNil(c.Images),
		Dropped: notNil(it.Dropped), Warnings: notNil(it.Warnings),
	}
	if it.Err != nil {
		text := it.Err.Error()
		if it.Locator != "" {
			text = it.Locator + ": " + text
		}
		l.Error = &text
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(l); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.RFC3339)
	return &s
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
