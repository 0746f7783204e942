// Package ingest turns other people's formats into db.Content: readers in, values out, no SQL.
//
// One direction: Walk or Expand find documents (folders, archives, stdin, uploads), Parse reads
// each into items, and the importer stores them or sets them aside. Nothing here asks the clock:
// a date that cannot be read stays zero.
package ingest

import (
	"iter"
	"strings"
	"time"
	_ "time/tzdata" // --tz works where the system has no zone files

	"broadsheet/db"
)

// Document is one file as found: in a folder, in an archive, on stdin, in an upload.
type Document struct {
	Name string // locator: "path", or "archive.zip!/inner/name"
	Data []byte // what it holds, after .gz was opened
	Err  error  // why it could not be read; Data is then nil and the document is set aside
	Raw  []byte // with Err: what there is of its bytes, at most 1 MiB, for the quarantine
}

// Options say how to read a document.
type Options struct {
	Format string         // "auto" (or ""), "text", "html"
	Zone   *time.Location // zone of dates that name none; nil is Asia/Seoul
}

// Item is one article found in a document, or the reason why none was.
type Item struct {
	Content  db.Content
	Locator  string    // Document.Name
	Raw      []byte    // the document's bytes, kept for the quarantine; of one that could not be opened, Document.Raw
	Dropped  []Dropped // text of the source that is not part of the article
	Warnings []string  // what a person may want to check
	Err      error     // why the item must be set aside; Content is then not to be stored
}

// Dropped is a piece of text that was left out, and why.
type Dropped struct {
	Text string `json:"text"`
	Why  string `json:"why"`
}

// Parse reads one document. It never panics and yields at least one item: an article, or an item
// with Err. An article without a readable date has a zero Published and a warning.
func Parse(doc Document, o Options) iter.Seq[Item] {
	return func(yield func(Item) bool) { yield(parseOne(doc, o)) }
}

// parseOne turns a panic of a parsing library into an error of this one item.
func parseOne(doc Document, o Options) (it Item) {
	defer func() {
		if p := recover(); p != nil {
			it = Item{Err: problemf("parser", "the parser failed on this document: %v", p)}
		}
		it.Locator, it.Raw = doc.Name, doc.Data
		if doc.Err != nil {
			it.Raw = doc.Raw
		}
	}()
	if doc.Err != nil {
		return Item{Err: doc.Err}
	}
	if o.Zone == nil {
		zone, err := time.LoadLocation("Asia/Seoul")
		if err != nil {
			return Item{Err: &problem{"unreadable", "the time zone cannot be loaded", err}}
		}
		o.Zone = zone
	}
	format, err := choose(doc, o.Format)
	if err != nil {
		return Item{Err: err}
	}
	text, warning, err := decode(doc.Data)
	if err != nil {
		return Item{Err: err}
	}
	if warning != "" {
		it.Warnings = append(it.Warnings, warning)
	}
	if format == "html" {
		parseHTML(&it, text, o.Zone)
	} else {
		parseText(&it, text, o.Zone)
	}
	finish(&it, format)
	return it
}

// finish checks what every format owes: a headline, a body, a language.
func finish(it *Item, format string) {
	c := &it.Content
	c.SourceFormat = format
	if it.Err != nil {
		return
	}
	switch {
	case strings.TrimSpace(c.BodyText) == "":
		it.Err = problemf("no_text", "no article text found: the body would be empty")
	case c.Headline == "":
		it.Err = problemf("no_headline", "no headline found")
	}
	if c.Published.IsZero() {
		it.Warnings = append(it.Warnings, "no readable date: the article is undated")
	}
}
