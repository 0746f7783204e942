// Package training makes the weights of package classifier from rows, and measures them. Its functions are pure and
// give the same bits on every machine: no clock, no goroutines, no maps in sums, every product rounded before it
// is added.
package training

import (
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"
)

// Data is everything that can be learned from. Any part may be empty.
type Data struct {
	BEEP, Dev  []Comment // Korean news comments, three classes
	Unlabelled []string  // Korean news comments
	KMHaS      []Labelled
	Curse      []Rated
	Davidson   []Rated  // abuse: offensive or hateful
	Stormfront []Rated  // hate
	SMS        []Rated  // spam
	Headlines  []string // of BEEP; these two are never learned from, only measured on

	kinds []int // of advertising that is written in place of rows
}

// Class is how bad a BEEP comment is.
type Class int

const (
	None Class = iota
	Offensive
	Hateful
)

// Comment is a row of BEEP.
type Comment struct {
	Text   string
	Class  Class
	Gender bool // it has a gender bias
	Bias   bool // or another one
}

// Labelled is a row of K-MHaS: Labels[0] to [7] are kinds of hatred and profanity, none of them for a decent comment.
type Labelled struct {
	Text   string
	Labels [8]bool
}

// Any says whether a label is set.
func (l Labelled) Any() bool { return l.Labels != [8]bool{} }

// Rated is a text with the share of annotators, 0 to 1, who say that it is abuse, spam.
type Rated struct {
	Text        string
	Abuse, Spam float64
}

// ErrData is returned for a file that is not what its parser expects.
var ErrData = errors.New("not the data that was expected")

// lines splits text at line ends, without the header and empty lines, and gives each line's fields to row.
func lines(text string, header bool, separator string, row func(fields []string) error) error {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || i == 0 && header {
			continue
		}
		if err := row(strings.Split(line, separator)); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

// ParseBEEP reads comments, contain_gender_bias, bias and hate from tab-separated lines with a header.
func ParseBEEP(text string) (out []Comment, err error) {
	classes := map[string]Class{"none": None, "offensive": Offensive, "hate": Hateful}
	err = lines(text, true, "\t", func(f []string) error {
		if len(f) != 4 {
			return ErrData
		}
		class, ok := classes[f[3]]
		if !ok {
			return ErrData
		}
		out = append(out, Comment{f[0], class, f[1] == "True", f[2] == "others"})
		return nil
	})
	return out, err
}

// ParseLines reads a text a line.
func ParseLines(text string) (out []string) {
	_ = lines(text, false, "\n", func(f []string) error { out = append(out, f[0]); return nil })
	return out
}

// ParseKMHaS reads document and label, 0 to 8 with commas between, from tab-separated lines with a header.
func ParseKMHaS(text string) (out []Labelled, err error) {
	err = lines(text, true, "\t", func(f []string) error {
		if len(f) != 2 {
			return ErrData
		}
		row := Labelled{Text: f[0]}
		for _, s := range strings.Split(f[1], ",") {
			n, err := strconv.Atoi(strings.TrimSpace(s))
			if err != nil || n < 0 || n > 8 {
				return ErrData
			}
			if n < 8 {
				row.Labels[n] = true
			}
		}
		out = append(out, row)
		return nil
	})
	return out, err
}

// ParseCurse reads a text, which may have bars in it, and 0 or 1 after the last bar of each line.
func ParseCurse(text string) (out []Rated, err error) {
	err = lines(text, false, "|", func(f []string) error {
		last := len(f) - 1
		n, err := strconv.ParseUint(f[last], 10, 1)
		if err != nil || last == 0 {
			return ErrData
		}
		out = append(out, Rated{Text: strings.Join(f[:last], "|"), Abuse: float64(n)})
		return nil
	})
	return out, err
}

// ParseDavidson reads count, hate_speech, offensive_language and tweet from CSV with a header.
func ParseDavidson(text string) (out []Rated, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 7
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrData, err)
	}
	for _, f := range rows[min(1, len(rows)):] {
		all, err1 := strconv.Atoi(f[1])
		hate, err2 := strconv.Atoi(f[2])
		offensive, err3 := strconv.Atoi(f[3])
		if errors.Join(err1, err2, err3) != nil || all <= 0 {
			return nil, ErrData
		}
		n := float64(all)
		out = append(out, Rated{Text: plainTweet(f[6]), Abuse: float64(hate+offensive) / n})
	}
	return out, nil
}

// plainTweet takes away what comments of a newspaper do not have: HTML entities, names, links.
func plainTweet(s string) string {
	words := strings.Fields(html.UnescapeString(s))
	kept := words[:0]
	for _, w := range words {
		if strings.HasPrefix(strings.TrimLeft(w, `".([`), "@") || strings.Contains(w, "://") || w == "RT" {
			continue
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " ")
}

// ParseStormfront reads an id, hate or noHate, and a text from tab-separated lines.
func ParseStormfront(text string) (out []Rated, err error) {
	err = lines(text, false, "\t", func(f []string) error {
		if len(f) != 3 || f[1] != "hate" && f[1] != "noHate" {
			return ErrData
		}
		row := Rated{Text: f[2]}
		if f[1] == "hate" {
			row.Abuse = 1
		}
		out = append(out, row)
		return nil
	})
	return out, err
}

// ParseSMS reads ham or spam and a text from tab-separated lines with a header.
func ParseSMS(text string) (out []Rated, err error) {
	err = lines(text, true, "\t", func(f []string) error {
		if len(f) < 2 || f[0] != "ham" && f[0] != "spam" {
			return ErrData
		}
		row := Rated{Text: strings.Join(f[1:], " ")}
		if f[0] == "spam" {
			row.Spam = 1
		}
		out = append(out, row)
		return nil
	})
	return out, err
}
