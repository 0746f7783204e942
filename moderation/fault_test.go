package moderation

import (
	"errors"
	"testing"
)

// TestFaults: whatever is wrong with rules is told as a stable word, with its place.
func TestFaults(t *testing.T) {
	kinds := Kinds()
	for _, tt := range []struct {
		name  string
		rules Rules
		word  string
		list  string
		line  int
	}{
		{"mode", Rules{Mode: "none"}, "mode", "", 0},
		{"check", Rules{Checks: map[string]Rule{"none": {}}}, "check_unknown", "", 0},
		{"list", Rules{Lists: map[string]string{"none": ""}}, "list_unknown", "", 0},
		{"then", Rules{Checks: map[string]Rule{"links": {Then: "ban"}}}, "then", "", 0},
		{"refusal", Rules{Checks: map[string]Rule{"links": {Then: ThenRefuse}}}, "no_refusal", "", 0},
		{"number", Rules{Checks: map[string]Rule{"links": {Numbers: map[string]float64{"none": 1}}}}, "number_unknown", "", 0},
		{"range", Rules{Checks: map[string]Rule{"links": {Numbers: map[string]float64{"free": -1}}}}, "number_range", "", 0},
		{"whole", Rules{Checks: map[string]Rule{"links": {Numbers: map[string]float64{"free": 1.5}}}}, "number_whole", "", 0},
		{"columns", Rules{Lists: map[string]string{"words": "\n\na | en"}}, "word_columns", "words", 3},
		{"twice", Rules{Lists: map[string]string{"words": "ab | en | 1 | x\nab | en | 2 | x"}}, "word_twice", "words", 2},
		{"language", Rules{Lists: map[string]string{"words": "a | xx | 1 | x"}}, "word_language", "words", 1},
		{"severity", Rules{Lists: map[string]string{"words": "a | en | 4 | x"}}, "word_severity", "words", 1},
		{"clause", Rules{Lists: map[string]string{"words": "a | en | 1 | X X"}}, "word_clause", "words", 1},
		{"letters", Rules{Lists: map[string]string{"words": "... | en | 1 | x"}}, "word_letters", "words", 1},
		{"no clause", Rules{Lists: map[string]string{"words": "ab | en | 1 | respect\ncd | en | 1 | nosuch"}}, "word_no_clause", "words", 2},
		{"sign", Rules{Lists: map[string]string{"words": "a-b | en | 1 | x"}}, "word_sign", "words", 1},
		{"short", Rules{Lists: map[string]string{"words": "a* | en | 1 | x"}}, "word_short", "words", 1},
		{"phrase", Rules{Lists: map[string]string{"allowed": "# ours\na"}}, "allowed_columns", "allowed", 2},
		{"empty phrase", Rules{Lists: map[string]string{"allowed": "a | "}}, "allowed_empty", "allowed", 1},
		{"domain", Rules{Lists: map[string]string{"domains": "example.com\nno domain"}}, "domain", "domains", 2},
	} {
		var f *Fault
		err := tt.rules.Check(kinds)
		if err == nil {
			err = tt.rules.CheckClauses(policy())
		}
		if !errors.As(err, &f) || f.Word != tt.word || f.List != tt.list || f.Line != tt.line || err.Error() == "" {
			t.Errorf("%s: %+v", tt.name, err)
		}
	}
}
