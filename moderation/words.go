package moderation

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed words.txt
var builtinWords string

// Word is one entry of a word list. The term is looked for in the folded text (see fold and walker), so that case,
// accents and disguises need no entry of their own.
//
// A Hangul term is found from the beginning of a syllable to the end of one, whatever particle follows; a disguised one
// inside a word only when ordinary writing has no such signs between two syllables (see surely). A Latin term is a whole word. A blank in a term may be missing in the text, or be a sign there: "no good"
// is found in no-good, too. A term is written without signs (dont for don't); these say more:
//
//	^term    only where a word begins
//	term*    Latin: with one of the usual endings; term**: with any; *term: with anything before it
//	=term    no letter may differ; signs between them may stand
//	~term    also with lax, tense and aspirated letters swapped, or c, k and q, ph and f
//	~~term   also with other vowels: 시벌 for 시발
//	?term    only where signs hide it, or its jamo stand apart: a harmless word that somebody hides, such as ?미친
//	×        stands for a sign or x that hides a letter: 씨×
type Word struct {
	Term       string
	Language   string   // "en" or "ko"
	Severity   int      // 1 coarse, 2 insulting, 3 unmistakable; 0 takes the built-in entry of that term out
	Clause     string   // id
	Exceptions []string // harmless words that contain the term; "^" and "*" (here any ending) as above, every other sign stands for itself
	Allowed    []string // the same without "^" and "*"
}

// ParseWords reads a list: one entry a line, "term | language | severity | clause | exception, exception …".
// Empty lines and those beginning with # are skipped. Errors name the line.
func ParseWords(text string) ([]Word, error) {
	var words []Word
	seen := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		w, err := parseWord(line)
		if err != nil {
			return nil, placed(err, "", "", i+1)
		}
		if first := seen[bare(w.Term)]; first > 0 {
			return nil, placed(fault("word_twice", fmt.Sprintf("%q stands in line %d already: keep one of the two", w.Term, first),
				"Term", w.Term, "First", first), "", "", i+1)
		}
		seen[bare(w.Term)] = i + 1
		words = append(words, w)
	}
	return words, nil
}

func parseWord(line string) (Word, error) {
	f := strings.Split(line, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	if len(f) != 4 && len(f) != 5 {
		return Word{}, fault("word_columns", fmt.Sprintf("%q: write term | language | severity | clause, and | exceptions when there are some", line), "Value", line)
	}
	w := Word{Term: f[0], Language: f[1], Clause: f[3]}
	var err error
	w.Severity, err = strconv.Atoi(f[2])
	switch {
	case w.Language != "en" && w.Language != "ko":
		return Word{}, fault("word_language", fmt.Sprintf("language %q: give en or ko", w.Language), "Value", w.Language)
	case err != nil || w.Severity < 0 || w.Severity > 3:
		return Word{}, fault("word_severity", fmt.Sprintf("severity %q: give 1 (coarse), 2 (insulting) or 3 (unmistakable), or 0 to switch a built-in entry off", f[2]), "Value", f[2])
	case !clauseID.MatchString(w.Clause):
		return Word{}, fault("word_clause", fmt.Sprintf("clause %q: give the id of a clause, such as respect", w.Clause), "Value", w.Clause)
	}
	if err := checkTerm(w.Term); err != nil || len(f) < 5 {
		return w, err
	}
	for e := range strings.SplitSeq(f[4], ",") {
		e = strings.TrimSpace(e)
		if err := checkTarget("exception", e, exception(e)); err != nil {
			return Word{}, err
		}
		w.Exceptions = append(w.Exceptions, e)
	}
	return w, nil
}

// checkTerm says what is wrong with a term: one of which a part would never be looked for, or that would be found everywhere.
func checkTerm(term string) error {
	t := pattern(term)
	if err := checkTarget("term", term, t); err != nil {
		return err
	}
	switch {
	case t.stray != 0:
		return fault("word_sign", fmt.Sprintf("term %q: leave out the %q, or put a blank in its place: signs between the letters of a text are skipped anyway", term, t.stray),
			"Value", term, "Sign", string(t.stray))
	case len(t.units) == 1 && t.units[0].is&(isLatin|isHangul|isSign) != 0:
		return fault("word_short", fmt.Sprintf("term %q is a single letter: give at least two", term), "Value", term)
	}
	return nil
}

// checkTarget says what is wrong with a term or an exception.
func checkTarget(what, text string, t target) error {
	switch {
	case !slices.ContainsFunc(t.units, func(u unit) bool { return u.is&isSign == 0 || isDigit(u.r) }):
		return fault("word_letters", fmt.Sprintf("%s %q has no letters: give at least one", what, text), "Value", text)
	case len(t.units) > maxTerm:
		return fault("word_long", fmt.Sprintf("%s %q is too long: keep to %d letters, each jamo counted", what, text, maxTerm), "Value", text, "Limit", maxTerm)
	}
	return nil
}

// bare returns a term without the signs that say how it is matched, in small letters.
func bare(term string) string { return strings.ToLower(strings.Trim(strings.TrimSpace(term), "~=?^*")) }

// score is the Finding.Score of a severity.
func (w Word) score() float64 { return [...]float64{0, 0.4, 0.7, 0.9}[w.Severity] }
