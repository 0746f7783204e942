package engine

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Lint tells why sql, one statement or several, may not stand, or nil. What a statement does
// must depend on its arguments and the data alone, so that it can be repeated elsewhere: no
// clock, no randomness, no state of the connection. Triggers, other databases, transactions and
// conflict rules that end them are not a statement's business; every table is STRICT.
// Comments, string literals and quoted names do not count.
func Lint(sql string) error {
	tokens, err := lex(sql)
	if err != nil {
		return err
	}
	for len(tokens) > 0 {
		n := slices.IndexFunc(tokens, func(t token) bool { return t.is(";") })
		if n < 0 {
			n = len(tokens)
		}
		if err := lintStatement(tokens[:n]); err != nil {
			return err
		}
		tokens = tokens[min(n+1, len(tokens)):]
	}
	return nil
}

// forbidden are the words that may not stand anywhere.
var forbidden = map[string]string{
	"CURRENT_TIMESTAMP": "the time is an argument",
	"CURRENT_DATE":      "the time is an argument",
	"CURRENT_TIME":      "the time is an argument",
	"RETURNING":         "a batch gives nothing back: ids are arguments, read the rest afterwards",
	"ATTACH":            "there is one file",
	"DETACH":            "there is one file",
	"TRIGGER":           "say what happens in the batch",
	"DEFERRED":          "a broken reference must fail in its own batch, not at the commit it shares",
}

// forbiddenCalls are the functions that may not be called.
var forbiddenCalls = map[string]string{
	"RANDOM":            "randomness is an argument",
	"RANDOMBLOB":        "randomness is an argument",
	"LAST_INSERT_ROWID": "ids are arguments",
	"CHANGES":           "it depends on what the connection did before",
	"TOTAL_CHANGES":     "it depends on what the connection did before",
}

// forbiddenStarts are the statements that may not be.
var forbiddenStarts = []string{"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "VACUUM"}

// timeCalls are the functions of time, with the place of the time among their arguments.
// https://sqlite.org/lang_datefunc.html
var timeCalls = map[string]int{"DATE": 0, "TIME": 0, "DATETIME": 0, "JULIANDAY": 0, "UNIXEPOCH": 0, "STRFTIME": 1, "TIMEDIFF": 0}

// clockWords are the arguments that make a function of time read the clock or the machine's zone.
var clockWords = []string{"now", "subsec", "subsecond", "localtime", "utc"}

func lintStatement(ts []token) error {
	if len(ts) > 0 && slices.ContainsFunc(forbiddenStarts, ts[0].is) {
		return fmt.Errorf("%s: transactions belong to the engine", ts[0].text)
	}
	for i, t := range ts {
		if t.kind != word {
			continue
		}
		name := strings.ToUpper(t.text)
		if why, bad := forbidden[name]; bad {
			return fmt.Errorf("%s: %s", t.text, why)
		}
		if (name == "ROLLBACK" || name == "FAIL") && i > 0 && (ts[i-1].is("OR") || ts[i-1].is("CONFLICT")) {
			return fmt.Errorf("%s %s: it does not undo exactly this statement; use ABORT, the default", ts[i-1].text, t.text)
		}
		if i+1 < len(ts) && ts[i+1].is("(") {
			if why, bad := forbiddenCalls[name]; bad {
				return fmt.Errorf("%s(): %s", t.text, why)
			}
			if at, ok := timeCalls[name]; ok && readsClock(ts[i+2:], at) {
				return fmt.Errorf("%s() reads the clock or the time zone: the time is an argument", t.text)
			}
		}
	}
	return lintCreate(ts)
}

// readsClock looks at the arguments of a function of time; ts starts behind its parenthesis.
func readsClock(ts []token, at int) bool {
	depth, commas, empty := 0, 0, true
	for _, t := range ts {
		switch {
		case depth == 0 && t.is(")"):
			return empty || commas < at
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		case depth == 0 && t.is(","):
			commas++
		case t.kind == text && slices.Contains(clockWords, strings.ToLower(strings.TrimSpace(t.text))):
			return true
		}
		empty = false
	}
	return true
}

// lintCreate wants STRICT behind the columns of a new table. Virtual tables have no such thing.
func lintCreate(ts []token) error {
	if len(ts) < 2 || !ts[0].is("CREATE") {
		return nil
	}
	rest := ts[1:]
	if rest[0].is("TEMP") || rest[0].is("TEMPORARY") {
		rest = rest[1:]
	}
	if len(rest) == 0 || !rest[0].is("TABLE") {
		return nil
	}
	for i := len(rest) - 1; i >= 0 && !rest[i].is(")"); i-- {
		if rest[i].is("STRICT") {
			return nil
		}
	}
	return errors.New("CREATE TABLE without STRICT")
}

type kind int

const (
	word  kind = iota // keyword, name of a table, column or function, number
	text              // string literal, without its quotes
	other             // quoted name, parameter, operator
)

type token struct {
	kind kind
	text string
}

// is reports whether t is that word, whatever its case, or that operator.
func (t token) is(s string) bool { return t.kind != text && strings.EqualFold(t.text, s) }

// lex cuts SQL into tokens and drops spaces and comments. https://sqlite.org/draft/tokenreq.html
func lex(sql string) (tokens []token, err error) {
	for i := 0; i < len(sql); {
		n := 1
		switch c := sql[i]; {
		case strings.IndexByte(" \t\r\n\f", c) >= 0:
		case strings.HasPrefix(sql[i:], "--"):
			n = until(sql[i:], 2, "\n")
			if n < 0 {
				n = len(sql) - i
			}
		case strings.HasPrefix(sql[i:], "/*"):
			if n = until(sql[i:], 2, "*/"); n < 0 {
				return nil, errors.New("a comment is not closed")
			}
		case c == '\'':
			if n = quoted(sql[i:], c); n < 0 {
				return nil, errors.New("a string is not closed")
			}
			tokens = append(tokens, token{text, sql[i+1 : i+n-1]})
		case c == '"' || c == '`' || c == '[':
			if n = quoted(sql[i:], c); n < 0 {
				return nil, errors.New("a quoted name is not closed")
			}
			tokens = append(tokens, token{other, sql[i : i+n]})
		case wordByte(c):
			for i+n < len(sql) && wordByte(sql[i+n]) {
				n++
			}
			tokens = append(tokens, token{word, sql[i : i+n]})
		case strings.IndexByte("?:@$#", c) >= 0:
			for i+n < len(sql) && wordByte(sql[i+n]) {
				n++
			}
			tokens = append(tokens, token{other, sql[i : i+n]})
		default:
			tokens = append(tokens, token{other, sql[i : i+1]})
		}
		i += n
	}
	return tokens, nil
}

// until is the length of s up to and with end, which is looked for from byte from; -1: none.
func until(s string, from int, end string) int {
	n := strings.Index(s[from:], end)
	if n < 0 {
		return -1
	}
	return from + n + len(end)
}

// quoted is the length of the quoted string that s begins with; a doubled quote stands for one.
func quoted(s string, quote byte) int {
	if quote == '[' {
		return until(s, 1, "]")
	}
	for i := 1; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 == len(s) || s[i+1] != quote {
			return i + 1
		}
		i++
	}
	return -1
}

func wordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
