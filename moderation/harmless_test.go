package moderation

import (
	"slices"
	"strings"
	"testing"
)

// check makes the check for words with a newspaper's own lists.
func check(t testing.TB, words, allowed string) Check {
	t.Helper()
	return wordsKind().make(Rules{Lists: map[string]string{"words": words, "allowed": allowed}})
}

func find(t testing.TB, c Check, text string) []Finding {
	t.Helper()
	e, err := c.Check(Submission{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return e.Findings
}

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"오늘 시발점을 지났다는 시발전문가, 좋다": "시발전문가", "이 바보는 누구야?": "바보는", "(병.신) 어쩌고": "병.신", "what a b i t c h!": "b i t c h",
		"“idiots”": "idiots", "see a$$hole. Now": "a$$hole", "씨*!": "씨*", "이 개 새 끼 좀": "개 새 끼", "f***": "f***", "go to hell, you": "go to hell",
	} {
		c := check(t, "시발전문가 | ko | 1 | respect", "")
		found := find(t, c, text)
		if len(found) != 1 {
			t.Errorf("%q: %+v", text, found)
			continue
		}
		if got := Harmless(text, found[0]); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := Harmless("a b", Finding{Start: 1, End: 1}); got != "" {
		t.Errorf("a finding of nothing: %q", got)
	}
}

// TestHarmlessTakesTheHitOut: what Harmless gives is a line of the list after which the hit is gone.
func TestHarmlessTakesTheHitOut(t *testing.T) {
	plain := check(t, "", "")
	var texts, lines []string
	for _, name := range []string{"ko_evasions", "en_evasions"} {
		for _, row := range linesOf(t, name) {
			text, _, _ := strings.Cut(row, "\t")
			text = Normalize(strings.NewReplacer("{", "", "}", "").Replace(text))
			for _, f := range find(t, plain, text) {
				lines = append(lines, f.Term+" | "+Harmless(text, f))
				texts = append(texts, text)
			}
		}
	}
	all := check(t, "", strings.Join(lines, "\n"))
	for i, text := range texts {
		term, _, _ := strings.Cut(lines[i], " | ")
		if slices.ContainsFunc(find(t, all, text), func(f Finding) bool { return f.Term == term && lines[i] == term+" | "+Harmless(text, f) }) {
			t.Errorf("%q: still found with %q allowed", text, lines[i])
		}
	}
	if len(texts) < 200 {
		t.Errorf("only %d hits", len(texts))
	}
}

func TestAllowedIsOfOneTerm(t *testing.T) {
	c := check(t, "", "병신 | 병신춤꾼\n~~시발 | 시발이")
	for text, want := range map[string]int{"병신춤꾼 모임": 0, "병신": 1, "시발이 문제다": 0, "시발 문제다": 1, "바보 병신춤꾼": 1, "병-신춤꾼": 1} {
		if found := find(t, c, text); len(found) != want {
			t.Errorf("%q: %+v, want %d", text, found, want)
		}
	}
}
