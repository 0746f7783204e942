package moderation

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

//go:embed words.txt
var builtinWords string

// Word is one entry of a word list. The term is looked for in the folded text (see fold), so that case, accents
// and simple disguises need no entry of their own. A Hangul term is found from the beginning of a syllable to
// the end of one, whatever particle follows; "^" before it asks for the beginning of a word. A Latin term is a
// whole word; "*" after it allows any ending. A blank in a term may be missing in the text.
type Word struct {
	Term       string
	Language   string   // "en" or "ko"
	Severity   int      // 1 coarse, 2 insulting, 3 unmistakable
	Clause     string   // id
	Exceptions []string // harmless words that contain the term; the same "^" and "*" apply
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
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if first := seen[w.Term]; first > 0 {
			return nil, fmt.Errorf("line %d: %q stands in line %d already: keep one of the two", i+1, w.Term, first)
		}
		seen[w.Term] = i + 1
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
		return Word{}, fmt.Errorf("%q: write term | language | severity | clause, and | exceptions when there are some", line)
	}
	w := Word{Term: f[0], Language: f[1], Clause: f[3]}
	w.Severity, _ = strconv.Atoi(f[2])
	switch {
	case len(pattern(w.Term).units) == 0:
		return Word{}, fmt.Errorf("term %q has no letters: give at least one", w.Term)
	case w.Language != "en" && w.Language != "ko":
		return Word{}, fmt.Errorf("language %q: give en or ko", w.Language)
	case w.Severity < 1 || w.Severity > 3:
		return Word{}, fmt.Errorf("severity %q: give 1 (coarse), 2 (insulting) or 3 (unmistakable)", f[2])
	case !clauseID.MatchString(w.Clause):
		return Word{}, fmt.Errorf("clause %q: give the id of a clause, such as respect", w.Clause)
	case len(f) == 5:
		for e := range strings.SplitSeq(f[4], ",") {
			e = strings.TrimSpace(e)
			if len(pattern(e).units) == 0 {
				return Word{}, fmt.Errorf("exception %q has no letters: remove it", e)
			}
			w.Exceptions = append(w.Exceptions, e)
		}
	}
	return w, nil
}

// score is the Finding.Score of a severity.
func (w Word) score() float64 { return [...]float64{0, 0.4, 0.7, 0.9}[w.Severity] }

// Words is the check for the words of a list; its findings have Why "word". A word quoted counts as well: who
// mentions it is held, not refused. Make one by NewWords; the zero value finds nothing.
type Words struct {
	terms, exceptions matcher
	version           string
}

// NewWords returns the check for a list, as ParseWords gives it.
func NewWords(words []Word) *Words {
	w := &Words{}
	h := fnv.New32a()
	for i := range words {
		fmt.Fprintln(h, words[i])
		w.terms.add(pattern(words[i].Term), &words[i])
		for _, e := range words[i].Exceptions {
			w.exceptions.add(pattern(e), &words[i])
		}
	}
	w.version = fmt.Sprintf("words-%08x", h.Sum32())
	return w
}

// Version changes with the list.
func (w *Words) Version() string { return w.version }

// Check finds the words, left to right, the longest at each place, without overlaps, maxFindings at most.
func (w *Words) Check(s Submission) (Evidence, error) {
	units := fold(s.Text)
	var found []Finding
	covered := 0 // end of the harmless words begun so far, in units
	for i := 0; i < len(units) && len(found) < maxFindings; i++ {
		if _, end := w.exceptions.longest(units, i, false); end > covered {
			covered = end
		}
		word, end := w.terms.longest(units, i, true)
		if word == nil || end <= covered {
			continue
		}
		found = append(found, Finding{Clause: word.Clause, Start: units[i].start, End: units[end-1].end, Score: word.score(), Why: WhyWord, Term: word.Term})
		i = end - 1
	}
	return Evidence{Findings: found}, nil
}

// wordsKind is the check for words, as an admin sets it.
func wordsKind() Kind {
	yes := true
	return Kind{
		Name: "words", Default: Rule{Then: ThenHold, Nudge: &yes}, Refuses: true, Whys: []string{WhyWord, WhyDisguised, WhyQuoted},
		New: func(Setting) (Check, error) {
			words, err := ParseWords(builtinWords)
			return NewWords(words), err
		},
	}
}
