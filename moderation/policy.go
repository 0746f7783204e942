package moderation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Policy is what a newspaper can keep in one file: the published Standards, and the Rules by which they are
// enforced.
type Policy struct {
	Standards
	Rules *Rules `json:"rules,omitempty"` // nil leaves those in force
}

// ParsePolicy reads a policy from JSON and checks it against the kinds of checks there are. Unknown fields,
// missing languages and doubled ids are refused; the error names the place and what to do.
func ParsePolicy(data []byte, kinds []Kind) (Policy, error) {
	var p Policy
	if err := readJSON(data, &p); err != nil {
		return Policy{}, fmt.Errorf("the standards %w", err)
	}
	if err := p.Standards.check(); err != nil {
		return Policy{}, err
	}
	if p.Rules != nil {
		if err := p.Rules.Check(kinds); err != nil {
			return Policy{}, fmt.Errorf("rules: %w", err)
		}
		if err := p.Rules.CheckClauses(p.Standards); err != nil {
			return Policy{}, fmt.Errorf("rules: %w", err)
		}
	}
	return p, nil
}

// readJSON reads one JSON object and nothing after it, without fields that the value does not have.
func readJSON(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("are not the expected json: %w; compare with the output of `standards show`", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("are followed by more text: keep one json object only")
	}
	return nil
}
