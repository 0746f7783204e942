package web

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/moderation"
	"broadsheet/templates"
)

// findingView shows a finding, and the entry of the word list where it is not what the text says.
func findingView(text string, f moderation.Finding, standards moderation.Standards, lang string) templates.Finding {
	v := templates.Finding{
		Check: f.Check, Why: f.Why, Term: span(text, f), Entry: strings.Trim(f.Term, "~^*"), Clause: clauseRef(standards, f.Clause, lang), Score: f.Score,
	}
	if strings.EqualFold(v.Entry, v.Term) {
		v.Entry = ""
	}
	return v
}

// span is the piece of a text that a finding speaks of, "" when it speaks of the whole.
func span(text string, f moderation.Finding) string {
	if f.Start < 0 || f.End > len(text) || f.Start >= f.End || f.End-f.Start == len(text) {
		return ""
	}
	return text[f.Start:f.End]
}

// marks cuts a text at the findings on it.
func marks(text string, findings []moderation.Finding, standards moderation.Standards, lang string) []templates.Mark {
	var out []templates.Mark
	at := 0
	for _, f := range markable(text, findings) {
		if f.Start > at {
			out = append(out, templates.Mark{Text: text[at:f.Start]})
		}
		out = append(out, templates.Mark{Text: text[f.Start:f.End], Why: f.Why, Clause: clauseRef(standards, f.Clause, lang)})
		at = f.End
	}
	if at < len(text) {
		out = append(out, templates.Mark{Text: text[at:]})
	}
	return out
}

// markable picks the findings that can be marked side by side, from left to right. Where they overlap, what a check
// found comes before what a classifier guesses, then the longer. One that speaks of the whole text marks it only when it is
// a word of the list.
func markable(text string, findings []moderation.Finding) (out []moderation.Finding) {
	best := slices.Clone(findings)
	rank := func(f moderation.Finding) int {
		if f.Check == moderation.ClassifierName {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(best, func(a, b moderation.Finding) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.End-b.Start, a.End-a.Start))
	})
	for _, f := range best {
		if span(text, f) == "" && (f.Term == "" || f.End > len(text)) {
			continue
		}
		if !slices.ContainsFunc(out, func(o moderation.Finding) bool { return f.Start < o.End && o.Start < f.End }) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b moderation.Finding) int { return a.Start - b.Start })
	return out
}
