// Package standards holds the policy with which a newspaper begins, in English and Korean. It is data: an admin
// edits a copy of it.
package standards

import (
	_ "embed"

	"broadsheet/moderation"
)

//go:embed default.json
var defaultJSON []byte

// Default returns the built-in standards; the caller owns the result. A test holds the file to ParseStandards,
// so that there is no error to return.
func Default() moderation.Standards {
	s, err := moderation.ParseStandards(defaultJSON)
	if err != nil {
		panic("standards: default.json: " + err.Error())
	}
	return s
}
