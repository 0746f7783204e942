package moderation

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Languages are the languages in which every text of the Standards is given, as BCP 47 tags.
func Languages() []string { return []string{"en", "ko"} }

// Standards is the newspaper's published policy for comments. The number of a clause is its place, from 1.
type Standards struct {
	Version string   `json:"version"` // any short word; another policy has another one
	Clauses []Clause `json:"clauses"`
}

// Clause is one rule of the Standards. Title and Text hold every one of Languages.
type Clause struct {
	ID       string            `json:"id"` // a stable word: [a-z][a-z0-9-]*
	Title    map[string]string `json:"title"`
	Text     map[string]string `json:"text"`
	Examples []Example         `json:"examples"`
}

// Example shows what a Clause allows or does not, and why.
type Example struct {
	Text    map[string]string `json:"text"`
	Allowed bool              `json:"allowed"`
	Why     map[string]string `json:"why"`
}

// Clause returns the clause of that id with its number, counted from 1; false when there is none.
func (s Standards) Clause(id string) (Clause, int, bool) {
	for i, c := range s.Clauses {
		if c.ID == id {
			return c, i + 1, true
		}
	}
	return Clause{}, 0, false
}

const (
	maxClauses  = 100
	maxVersion  = 40   // bytes
	maxPolicy   = 4000 // bytes of one text
	maxClauseID = 40   // bytes
)

var (
	clauseID      = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	policyVersion = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
)

// ParseStandards reads a policy from JSON, in the form of the file moderation/standards/default.json. Unknown
// fields, missing languages and doubled ids are refused; the error names the clause and what to do.
func ParseStandards(data []byte) (Standards, error) {
	var s Standards
	if err := readJSON(data, &s); err != nil {
		return Standards{}, fmt.Errorf("the standards %w", err)
	}
	if err := s.check(); err != nil {
		return Standards{}, err
	}
	return s, nil
}

func (s Standards) check() error {
	switch {
	case len(s.Version) > maxVersion || !policyVersion.MatchString(s.Version):
		return fmt.Errorf("version %q: give a word of at most %d letters, digits, dots and hyphens, such as 2026-11-24", s.Version, maxVersion)
	case len(s.Clauses) == 0:
		return errors.New("the standards have no clauses: add at least one")
	case len(s.Clauses) > maxClauses:
		return fmt.Errorf("the standards have %d clauses: keep to %d", len(s.Clauses), maxClauses)
	}
	seen := map[string]bool{}
	for i, c := range s.Clauses {
		if len(c.ID) > maxClauseID || !clauseID.MatchString(c.ID) {
			return fmt.Errorf("clause %d: id %q must be a word of small letters, digits and hyphens, such as privacy", i+1, c.ID)
		}
		if seen[c.ID] {
			return fmt.Errorf("clause %d (%s): the id is used twice: give one of the two another", i+1, c.ID)
		}
		seen[c.ID] = true
		if err := c.check(); err != nil {
			return fmt.Errorf("clause %d (%s): %w", i+1, c.ID, err)
		}
	}
	return nil
}

func (c Clause) check() error {
	if err := everyLanguage("title", c.Title); err != nil {
		return err
	}
	if err := everyLanguage("text", c.Text); err != nil {
		return err
	}
	for i, e := range c.Examples {
		if err := everyLanguage("text", e.Text); err != nil {
			return fmt.Errorf("example %d: %w", i+1, err)
		}
		if err := everyLanguage("why", e.Why); err != nil {
			return fmt.Errorf("example %d: %w", i+1, err)
		}
	}
	return nil
}

func everyLanguage(field string, texts map[string]string) error {
	for _, lang := range Languages() {
		switch text := texts[lang]; {
		case strings.TrimSpace(text) == "":
			return fmt.Errorf("%s has no %q: write it in that language too", field, lang)
		case len(text) > maxPolicy:
			return fmt.Errorf("%s in %q has %d bytes: keep to %d", field, lang, len(text), maxPolicy)
		}
	}
	if len(texts) > len(Languages()) {
		return fmt.Errorf("%s has a language other than %s: remove it", field, strings.Join(Languages(), ", "))
	}
	return nil
}
