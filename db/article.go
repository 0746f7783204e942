package db

import "time"

// Content is what a source says an article is: what an importer produces, what the archive
// stores, and what one revision of an article keeps. The zero value of a field means that the
// source did not say.
type Content struct {
	SourceFormat string // the adapter that read it: "text", "html", …
	SourceID     string // the source's own id, "" when it has none
	URL          string // canonical URL, absolute, or ""

	Headline string   // plain text, one line
	Deck     string   // the standfirst under the headline, plain text
	Authors  []Author `sql:"json"` // in the order of the credit line
	Section  string   // as the source writes it
	Keywords []string `sql:"json"`
	Language string   // BCP 47, in practice "ko" or "en"; "" when undetected

	Published    time.Time // zero when no date could be read: never "now"
	Modified     time.Time // zero when the source has none
	PublishedRaw string    // the source's own date string, as it stood there
	ZoneAssumed  bool      // true when the source gave no zone and --tz was used

	Dateline string // "SEOUL, July 2 (Yonhap)": place and agency in front of the body
	Credit   string // the credit line or agency, as it stood there

	BodyHTML string  // sanitised: safe to show as it is
	BodyText string  // one paragraph a line, NFC
	Images   []Image `sql:"json"` // remote images that were dropped from the body
}

// Author is one name of a byline.
type Author struct {
	Name  string `json:"name"`  // as shown: "Han Seo-yun"
	Raw   string `json:"-"`     // as the source wrote it: "HAN SEO-YUN"
	Email string `json:"email"` // the address that stands beside this name, or ""
	Role  string `json:"role"`  // "" for a writer, else "photographer", "editor", …
}

// Image is a picture the source showed: kept as a link with its words, never fetched.
type Image struct {
	URL     string `json:"url"`
	Caption string `json:"caption"`
	Credit  string `json:"credit"`
}

// Article is one article as the archive keeps it.
type Article struct {
	ID       int64
	Slug     string // its permalink: never changes
	Revision int    // of the content, from 1
	Version  int    // of the page: grows with every commit that changes what readers share
	Open     bool   // comments were not closed by hand; see Pulse.OpenAt
	Slow     int    // seconds between two comments of one reader, 0 for none
	Content  Content
}

// Brief is an article in a list.
type Brief struct {
	ID        int64
	Slug      string
	Headline  string
	Deck      string
	Lead      string // first 300 characters of the body
	Language  string
	Section   string
	Published time.Time
	Sorted    int64     // its place in every list, unix milliseconds
	Open      bool      // comments were not closed by hand
	Closes    time.Time // when they close by the clock; zero when they do not
	Revision  int
	Comments  int // published
	Pending   int
	Authors   []Author `sql:"json"`
}

// OpenAt reports whether comments are taken at a time.
func (b Brief) OpenAt(t time.Time) bool { return b.Open && (b.Closes.IsZero() || t.Before(b.Closes)) }

// SectionSlug is the last part of the section's address, "" when the article has no section.
func (b Brief) SectionSlug() string { return slug(b.Section) }

// Slug is the last part of the author's address.
func (a Author) Slug() string { return slug(a.Name) }

// SectionSlug is the last part of the section's address, "" when the article has no section.
func (c Content) SectionSlug() string { return slug(c.Section) }
