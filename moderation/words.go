package moderation

import (
	_ "embed"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

//go:embed words.txt
var builtinWords string

// Word is one entry of a word list. The term is looked for in the folded text (see fold and walker), so that case,
// accents and disguises need no entry of their own.
//
// A Hangul term is found from the beginning of a syllable to the end of one, whatever particle follows; a disguised one only
// where a word begins. A Latin term is a whole word. A blank in a term may be missing in the text. Signs say more:
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
	Exceptions []string // harmless words that contain the term; "^" and "*" as above, otherwise letter by letter
	Allowed    []string // the same, but every sign stands for itself
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
		if first := seen[bare(w.Term)]; first > 0 {
			return nil, fmt.Errorf("line %d: %q stands in line %d already: keep one of the two", i+1, w.Term, first)
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
		return Word{}, fmt.Errorf("%q: write term | language | severity | clause, and | exceptions when there are some", line)
	}
	w := Word{Term: f[0], Language: f[1], Clause: f[3]}
	var err error
	w.Severity, err = strconv.Atoi(f[2])
	switch {
	case w.Language != "en" && w.Language != "ko":
		return Word{}, fmt.Errorf("language %q: give en or ko", w.Language)
	case err != nil || w.Severity < 0 || w.Severity > 3:
		return Word{}, fmt.Errorf("severity %q: give 1 (coarse), 2 (insulting) or 3 (unmistakable), or 0 to switch a built-in entry off", f[2])
	case !clauseID.MatchString(w.Clause):
		return Word{}, fmt.Errorf("clause %q: give the id of a clause, such as respect", w.Clause)
	}
	if err := checkTarget("term", w.Term, pattern(w.Term)); err != nil || len(f) < 5 {
		return w, err
	}
	for e := range strings.SplitSeq(f[4], ",") {
		e = strings.TrimSpace(e)
		if err := checkTarget("exception", e, pattern(e)); err != nil {
			return Word{}, err
		}
		w.Exceptions = append(w.Exceptions, e)
	}
	return w, nil
}

// checkTarget says what is wrong with a term or an exception.
func checkTarget(what, text string, t target) error {
	switch {
	case !slices.ContainsFunc(t.units, func(u unit) bool { return u.is&isSign == 0 || isDigit(u.r) }):
		return fmt.Errorf("%s %q has no letters: give at least one", what, text)
	case len(t.units) > maxTerm:
		return fmt.Errorf("%s %q is too long: keep to %d letters, each jamo counted", what, text, maxTerm)
	}
	return nil
}

// bare returns a term without the signs that say how it is matched, in small letters.
func bare(term string) string { return strings.ToLower(strings.Trim(strings.TrimSpace(term), "~=?^*")) }

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
			return nil, fmt.Errorf("line %d: %q: write term | harmless word or phrase", i+1, line)
		case len(t.units) == 0:
			return nil, fmt.Errorf("line %d: the phrase is empty: write term | harmless word or phrase", i+1)
		case len(t.units) > maxPhrase:
			return nil, fmt.Errorf("line %d: the phrase is too long: keep to %d letters, each jamo counted", i+1, maxPhrase)
		}
		allowed[bare(term)] = append(allowed[bare(term)], phrase)
	}
	return allowed, nil
}

// score is the Finding.Score of a severity.
func (w Word) score() float64 { return [...]float64{0, 0.4, 0.7, 0.9}[w.Severity] }

// Words is the check for the words of a list. A finding's Why is WhyWord, WhyDisguised or WhyQuoted; its score goes by
// the severity whether it is used or quoted. Make one by NewWords; the zero value finds nothing.
type Words struct {
	terms, exceptions, endings *trie
	from                       int // lowest severity that has a score
	version                    string
}

// NewWords returns the check for a list, as ParseWords gives it. Words of a severity under from are notes.
func NewWords(words []Word, from int) *Words {
	h := fnv.New32a()
	fmt.Fprintln(h, from)
	var terms, exceptions, endings []ending
	words = slices.Clone(words)
	for i := range words {
		word := &words[i]
		fmt.Fprintln(h, *word)
		if word.Severity < 1 || word.Severity > 3 {
			continue
		}
		terms = append(terms, ending{pattern(word.Term), word})
		for _, e := range word.Exceptions {
			exceptions = append(exceptions, ending{pattern(e), word})
		}
		for _, e := range word.Allowed {
			exceptions = append(exceptions, ending{literal(e), word})
		}
	}
	for e := range strings.FieldsSeq(englishEndings) {
		endings = append(endings, ending{target: pattern(e)})
	}
	return &Words{newTrie(terms, true), newTrie(exceptions, false), newTrie(endings, false), from, fmt.Sprintf("words-%08x", h.Sum32())}
}

// englishEndings are what a disguised term with an open end may have after it.
const englishEndings = "s z es ez ed d er ers erz r rs in ing ings y ies a as az ah ass asses head heads headed face faces faced hole holes off up you me tard tards wit wits bag bags show " +
	"e ty tty ter ters ting tiest fest load loads stick sticks boy boys girl girls lord wad wads nut nuts stain pit able ish like let lets kin kins bucket storm bird brain brained ic ics slap some"

// Version changes with the list.
func (w *Words) Version() string { return w.version }

// Check finds the words, left to right, the longest at each place, without overlaps, maxFindings at most.
func (w *Words) Check(s Submission) (Evidence, error) {
	if w.terms == nil {
		return Evidence{}, nil
	}
	var buffer [512]unit
	units := fold(s.Text, buffer[:0])
	walk := walker{words: w, text: s.Text, units: units}
	var found []Finding
	var quoted [][2]int
	for i := 0; i < len(units) && len(found) < maxFindings; {
		h := walk.longest(i)
		if h.word == nil {
			h = walk.longestTyped(i)
		}
		if h.word == nil {
			i++
			continue
		}
		if found == nil {
			quoted = quotations(s.Text)
		}
		found = append(found, w.finding(s.Text, h, quoted))
		i = h.to
	}
	return Evidence{Findings: found}, nil
}

func (w *Words) finding(text string, h hit, quoted [][2]int) Finding {
	f := Finding{Clause: h.word.Clause, Start: h.start, End: h.end, Why: WhyWord, Term: h.word.Term}
	if h.word.Severity >= w.from {
		f.Score = h.word.score()
	}
	switch {
	case within(quoted, h.start, h.end) || mentioned(text, h.start, h.end):
		f.Why = WhyQuoted
	case h.disguised:
		f.Why = WhyDisguised
	}
	return f
}

// longestTyped returns the best word that the Latin word at units[i] types on a Korean keyboard.
func (w *walker) longestTyped(i int) hit {
	if !w.atLatin(i) || !w.atLatin(i+1) || i > 0 && w.atLatin(i-1) || isVowel(keyJamo[w.units[i].r-'a']) || !isVowel(keyJamo[w.units[i+1].r-'a']) {
		return hit{}
	}
	to := i
	for w.atLatin(to) {
		to++
	}
	units := typedHangul(w.text, w.units, i, to)
	if units == nil {
		return hit{}
	}
	typed := walker{words: w.words, text: w.text, units: units, typed: true}
	for k := range units {
		h := typed.longest(k)
		if h.word == nil || h.to-h.from < minTyped || isEnglishWord(w.units[i:to]) {
			continue
		}
		h.from, h.to = i, to
		if !w.excepted(h) {
			return h
		}
	}
	return hit{}
}

// wordsKind is the check for words, as an admin sets it.
func wordsKind() Kind {
	yes := true
	return Kind{
		Name: "words", Default: Rule{Then: ThenHold, Nudge: &yes}, Refuses: true, Whys: []string{WhyWord, WhyDisguised, WhyQuoted},
		Params: []Param{{Name: "from", Default: 1, Min: 1, Max: 3, Unit: UnitCount}},
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
