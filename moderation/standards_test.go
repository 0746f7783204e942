package moderation

import (
	"encoding/json"
	"strings"
	"testing"
)

func both(text string) map[string]string {
	return map[string]string{"en": text, "ko": text + "입니다"}
}

func policy() Standards {
	return Standards{Version: "test-1", Clauses: []Clause{
		{ID: "respect", Title: both("Respect"), Text: both("Be kind"), Examples: []Example{{Text: both("Hm"), Allowed: true, Why: both("Fine")}}},
		{ID: "spam", Title: both("Spam"), Text: both("No spam")},
	}}
}

func TestParseStandards(t *testing.T) {
	good, err := json.Marshal(policy())
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseStandards(good)
	if err != nil {
		t.Fatal(err)
	}
	if c, n, ok := s.Clause("spam"); !ok || n != 2 || c.Title["en"] != "Spam" {
		t.Errorf("clause spam: %v %d %v", c, n, ok)
	}
	if _, n, ok := s.Clause("none"); ok || n != 0 {
		t.Errorf("clause none: %d %v", n, ok)
	}
	tests := []struct {
		name, old, new string // a change of the good file
		want           []string
	}{
		{"no json", string(good), "{", []string{"json", "standards show"}},
		{"unknown field", `"version"`, `"edition"`, []string{"edition"}},
		{"more text", string(good), string(good) + " {}", []string{"more text"}},
		{"no version", `"test-1"`, `""`, []string{"version", "give"}},
		{"version with a blank", `"test-1"`, `"a b"`, []string{"version", "give"}},
		{"no clauses", string(good), `{"version":"1","clauses":[]}`, []string{"no clauses", "add"}},
		{"id", `"spam"`, `"Spam!"`, []string{"clause 2", "Spam!", "must be"}},
		{"id twice", `"spam"`, `"respect"`, []string{"clause 2", "respect", "twice"}},
		{"language missing", `"en":"No spam",`, ``, []string{"clause 2", "spam", "text", `"en"`, "write"}},
		{"language blank", `"ko":"Be kind입니다"`, `"ko":" "`, []string{"clause 1", "respect", "text", `"ko"`}},
		{"language too many", `"en":"Spam"`, `"en":"Spam","de":"Spam"`, []string{"clause 2", "title", "remove"}},
		{"example", `"en":"Fine",`, ``, []string{"clause 1", "example 1", "why", `"en"`}},
		{"too long", `Be kind`, strings.Repeat("x", 5000), []string{"clause 1", "text", "4000"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bad := strings.Replace(string(good), tt.old, tt.new, 1)
			if bad == string(good) {
				t.Fatal("nothing changed")
			}
			_, err := ParseStandards([]byte(bad))
			if err == nil {
				t.Fatal("accepted")
			}
			for _, w := range tt.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
		})
	}
}

func FuzzParseStandards(f *testing.F) {
	good, err := json.Marshal(policy())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"version":"1","clauses":[{"id":"a","title":null}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := ParseStandards(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseStandards(again); err != nil {
			t.Errorf("accepted, but not when written again: %v", err)
		}
		for i, c := range s.Clauses {
			if _, n, ok := s.Clause(c.ID); !ok || n != i+1 {
				t.Errorf("clause %q has number %d, want %d", c.ID, n, i+1)
			}
		}
	})
}
