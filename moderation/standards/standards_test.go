package standards

import (
	"slices"
	"testing"

	"broadsheet/moderation"
)

func TestDefault(t *testing.T) {
	s := Default() // panics when the file is not valid
	if len(s.Clauses) < 8 {
		t.Errorf("only %d clauses", len(s.Clauses))
	}
	for _, c := range s.Clauses {
		if len(c.Examples) < 2 {
			t.Errorf("%s has %d examples", c.ID, len(c.Examples))
		}
		allowed := func(want bool) bool {
			return slices.ContainsFunc(c.Examples, func(e moderation.Example) bool { return e.Allowed == want })
		}
		if !allowed(true) || !allowed(false) {
			t.Errorf("%s: show what is allowed and what is not", c.ID)
		}
		for _, e := range c.Examples {
			for lang, text := range e.Text {
				if err := moderation.Validate(text); err != nil {
					t.Errorf("%s: the example %q in %s is no comment: %v", c.ID, text, lang, err)
				}
			}
		}
	}
}

// The clauses to which the built-in checks point must be there, or a rejection would have no reason to name.
func TestDefaultHasTheClausesOfTheChecks(t *testing.T) {
	s := Default()
	r := moderation.NewReviewer(s, moderation.Rules{}, moderation.Kinds()...)
	for text, clause := range map[string]string{
		"you moron": "respect", "짱깨": "hate", "kill yourself": "threats", "porn": "sexual", "viagra": "spam",
		"https://example.com/": "spam", "010-1234-5678": "privacy",
	} {
		v := r.Review(moderation.Submission{Text: text})
		if len(v.Findings) != 1 || v.Findings[0].Clause != clause {
			t.Errorf("%q: %+v, want clause %s", text, v.Findings, clause)
		}
	}
}

func TestDefaultIsTheCallers(t *testing.T) {
	s := Default()
	s.Clauses[0].Title["en"] = "changed"
	if Default().Clauses[0].Title["en"] == "changed" {
		t.Error("two callers share one policy")
	}
}
