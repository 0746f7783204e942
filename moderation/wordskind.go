package moderation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

const wordsName = "words"

// wordsKind is the check for words, as an admin sets it.
func wordsKind() Kind {
	yes := true
	return Kind{
		Name: wordsName, Default: Rule{Then: ThenHold, Nudge: &yes}, Refuses: true, Whys: []string{WhyWord, WhyDisguised, WhyQuoted},
		Params: []Param{{Name: "from", Default: 1, Min: 1, Max: 3, Unit: UnitLevel}},
		Lists: []List{
			{Name: "words", Builtin: builtinWords, Check: func(text string) error { _, err := ParseWords(text); return err }},
			{Name: "allowed", Check: func(text string) error { _, err := ParseAllowed(text); return err }},
		},
		New: func(s Setting) (Check, error) {
			builtin, err1 := ParseWords(builtinWords)
			own, err2 := ParseWords(s.Lists["words"])
			allowed, err3 := ParseAllowed(s.Lists["allowed"])
			if err := errors.Join(err1, err2, err3); err != nil {
				return nil, err
			}
			return NewWords(mergeWords(builtin, own, allowed), int(s.Numbers["from"])), nil
		},
	}
}

// mergeWords returns the built-in words and the newspaper's own, which replace those of the same term, with
// what is allowed.
func mergeWords(builtin, own []Word, allowed map[string][]string) []Word {
	replaced := map[string]bool{}
	for _, w := range own {
		replaced[bare(w.Term)] = true
	}
	words := slices.DeleteFunc(builtin, func(w Word) bool { return replaced[bare(w.Term)] })
	words = append(words, own...)
	for i := range words {
		words[i].Allowed = allowed[bare(words[i].Term)]
	}
	return words
}

// ParseAllowed reads a list of harmless words: one a line, "term | harmless word or phrase". Empty lines and those
// beginning with # are skipped. Errors name the line.
func ParseAllowed(text string) (allowed map[string][]string, err error) {
	allowed = map[string][]string{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		term, phrase, ok := strings.Cut(line, "|")
		t := literal(phrase)
		switch {
		case !ok || bare(term) == "":
			return nil, placed(fault("allowed_columns", fmt.Sprintf("%q: write term | harmless word or phrase", line), "Value", line), "", "", i+1)
		case len(t.units) == 0:
			return nil, placed(fault("allowed_empty", "the phrase is empty: write term | harmless word or phrase"), "", "", i+1)
		case len(t.units) > maxPhrase:
			return nil, placed(fault("word_long", fmt.Sprintf("the phrase is too long: keep to %d letters, each jamo counted", maxPhrase),
				"Value", strings.TrimSpace(phrase), "Limit", maxPhrase), "", "", i+1)
		}
		allowed[bare(term)] = append(allowed[bare(term)], phrase)
	}
	return allowed, nil
}
