package ingest

import (
	"errors"
	"fmt"
)

// problem is why a document is set aside: a stable word for programs and a sentence for people.
type problem struct {
	id   string // one of the words that ReasonID names
	text string // what is wrong and what to do; "" leaves it to err
	err  error  // the cause, nil when text says all
}

func (p *problem) Error() string {
	switch {
	case p.err == nil:
		return p.text
	case p.text == "":
		return p.err.Error()
	}
	return p.text + ": " + p.err.Error()
}

func (p *problem) Unwrap() error { return p.err }

func problemf(id, format string, args ...any) error {
	return &problem{id: id, text: fmt.Sprintf(format, args...)}
}

// unopened is an archive, or an entry of one, that could not be opened: because of a limit that
// err names, or because it is broken.
func unopened(text string, err error) error {
	id := ReasonID(err)
	if id == "" {
		id = "broken_archive"
	}
	return &problem{id, text, err}
}

// ReasonID is a stable word for Item.Err or Document.Err: empty_file, nul, encoding, format,
// not_an_article, nested, broken_archive, too_large, bomb, too_many, traversal, encrypted, no_text,
// no_headline, parser, not_followed, not_regular or unreadable. "" comes back for nil and for an
// error that this package did not make.
func ReasonID(err error) string {
	var p *problem
	if errors.As(err, &p) {
		return p.id
	}
	return ""
}
