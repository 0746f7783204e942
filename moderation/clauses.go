package moderation

import (
	"fmt"
	"strings"
)

// CheckClauses returns nil when every clause that the newspaper's own words point to is one of the standards, else a
// Fault with the line: an author must be told which clause their words may break.
func (r Rules) CheckClauses(s Standards) error {
	for i, line := range strings.Split(r.Lists[wordsName], "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		w, err := parseWord(line)
		if err != nil {
			return placed(err, "", wordsName, i+1)
		}
		if _, _, ok := s.Clause(w.Clause); !ok {
			f := fault("word_no_clause", fmt.Sprintf("the standards have no clause %q: give the id of one of theirs", w.Clause), "Value", w.Clause)
			return placed(f, "", wordsName, i+1)
		}
	}
	return nil
}
