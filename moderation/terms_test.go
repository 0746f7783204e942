package moderation

import (
	"strings"
	"testing"
)

func TestParseWords(t *testing.T) {
	words, err := ParseWords("# a list\n\n  ^가지 | ko | 1 | respect | 가지나물, 가지 볶음\r\nplum* | en | 3 | hate\n")
	if err != nil || len(words) != 2 || words[0].Term != "^가지" || len(words[0].Exceptions) != 2 || words[1].Clause != "hate" {
		t.Fatalf("%+v %v", words, err)
	}
	for line, want := range map[string]string{
		"plum":                                "write term",
		"plum | en | 1 | respect | a | b":     "write term",
		"... | en | 1 | respect":              "no letters",
		"plum | de | 1 | respect":             "language",
		"plum | en | 4 | respect":             "severity",
		"plum | en | x | respect":             "severity",
		"plum | en | 1 | Be nice":             "clause",
		"plum | en | 1 | respect | x,":        "exception",
		"don't shop | en | 1 | respect":       `leave out the '\''`,
		"mother-in-law | en | 1 | respect":    `leave out the '-'`,
		"C++ | en | 1 | respect":              `leave out the '+'`,
		"<script> | en | 1 | respect":         `leave out the '<'`,
		"^~plum | en | 1 | respect":           `leave out the '~'`,
		"plum*** | en | 1 | respect":          `leave out the '*'`,
		"가·지 | ko | 1 | respect":              `leave out the '·'`,
		"f** | en | 1 | respect":              "single letter",
		"ㅋ | ko | 1 | respect":                "single letter",
		"8 | en | 1 | respect":                "single letter",
		"f*** | en | 1 | respect":             `leave out the '*'`,
		"ab | en | 1 | b\n#\nab | en | 2 | b": "line 3",
		"ab | en | 1 | b\nplum | en | 1 | B!": "line 2",
	} {
		if _, err := ParseWords(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", line, err, want)
		}
	}
}

// TestTermsAsListed: a term that is typed as it stands in the list is no disguise, and all of it is found.
func TestTermsAsListed(t *testing.T) {
	words, err := ParseWords(builtinWords)
	if err != nil {
		t.Fatal(err)
	}
	c := check(t, "", "")
	for _, w := range words {
		if strings.ContainsAny(w.Term, "?×") {
			continue
		}
		term := bare(w.Term)
		for _, text := range []string{term, strings.ToUpper(term), "- " + term + "!"} {
			found := find(t, c, text)
			at := strings.Index(text, term) // not in capitals
			if len(found) != 1 || at >= 0 && (found[0].Start != at || found[0].End != at+len(term)) || found[0].Why != WhyWord {
				t.Errorf("%q: %+v", text, found)
			}
		}
	}
}

// TestOwnTermsAsTyped: so is a newspaper's own term, whatever its letters are.
func TestOwnTermsAsTyped(t *testing.T) {
	for _, term := range []string{"café", "cafe", "naïve", "Plum Tree", "l33t", "a1b2c3", "77", "bookkeeper", "aaah", "zoo", "сука", "Ωmega", "梅", "梅子", "日本", "ㅋㅋㅋㅋ", "ㅄ", "값", "앉다",
		"자두8", "8자두", "자두 나무", "자두nara", "plum자두", "ｐｌｕｍ", "ﬁg", "phlox", "vvine", "lilac", "hahaha", "f off", "nogood", "plum2", "2plum", "씨ㅣ", "이이", "ㄱㅏ", "straße", "가"} {
		words, err := ParseWords(term + " | en | 2 | respect")
		if err != nil {
			t.Errorf("%q: %v", term, err)
			continue
		}
		text := Normalize(term)
		for _, text := range []string{text, text + "!", text + ", " + text} {
			found := find(t, NewWords(words, 1), text)
			if len(found) == 0 || found[0].Start != 0 || found[0].End != len(Normalize(term)) || found[0].Why != WhyWord {
				t.Errorf("%q: %q: %+v", term, text, found)
			}
		}
	}
}

// TestOwnWordsWithSigns: a term without its signs is found with them, and a contraction is no part of a word.
func TestOwnWordsWithSigns(t *testing.T) {
	c := check(t, "dont shop | en | 1 | a\noneill | en | 1 | a\nrocknroller | en | 1 | a\nnogood | en | 1 | a\nno show | en | 1 | a\n"+
		"motherinlaw | en | 1 | a\nwhore | en | 1 | a\nhell | en | 1 | a\nwere | en | 1 | a\nshell | en | 1 | a\nill | en | 1 | a\nplum | en | 1 | a", "")
	for text, want := range map[string]string{
		"just don't shop there": "don't shop", "dont shop": "dont shop", "don’t shop": "don’t shop", "ask O'Neill": "O'Neill", "a rock'n'roller": "rock'n'roller",
		"a no-good deed": "no-good", "a no-show": "no-show", "no show": "no show", "her mother-in-law's": "mother-in-law", "the plum's stone": "plum",
		"who're you": "", "WHO'RE you": "", "he'll go": "", "we're here": "", "She'll see": "", "I'll go": "", "I’ll go": "", "as no, good": "",
	} {
		if got := strings.Join(hits(t, c, text), "|"); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
