package db

import (
	"slices"
	"strings"

	"broadsheet/moderation"
)

// naming is one thing that is named about a comment, as the filter of the queue looks for it; "" for nothing.
func naming(kind, name string) string {
	if name == "" {
		return ""
	}
	return " " + kind + ":" + name + " "
}

// named are the checks and clauses of findings, each once.
func named(findings []moderation.Finding) (names string) {
	for _, f := range findings {
		for _, name := range []string{naming("check", f.Check), naming("clause", f.Clause)} {
			if !strings.Contains(names, name) {
				names += name
			}
		}
	}
	return names
}

// sameNames reports whether the same is named, in whatever order and however often.
func sameNames(a, b string) bool {
	set := func(names string) []string { return slices.Compact(slices.Sorted(strings.FieldsSeq(names))) }
	return slices.Equal(set(a), set(b))
}
