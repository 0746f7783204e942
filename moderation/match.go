package moderation

// how says what a letter of a text had to be taken for to meet the letter of a term.
type how uint8

const (
	plain  how = iota // itself, or one of its symbol
	stands            // a sign typed for a letter
	masked            // a sign put over a letter
	vowel             // a sign in place of a vowel
	moved             // a final consonant that is spoken with the next syllable: 씹알
	roman             // a Latin letter or a digit, read in Korean
	merged            // one letter for two, or two for one: fuk, phuck
)

// step is one letter of a term as it was met.
type step struct {
	at  int32 // the unit
	r   rune  // the letter it was taken for
	how how
}

// trail says what was done on the way through a text: how unlike it is to the term beside its letters, and what
// was skipped.
type trail struct {
	degree               int
	signs, blanks, noise bool
	odd                  int // how surely that is no ordinary writing: see odd
}

func (t trail) atLeast(degree int) trail {
	t.degree = max(t.degree, degree)
	return t
}

// walker looks for the longest word that begins at one unit of a text. It goes through the trie of the terms and
// the text side by side; where the text has a sign, a letter drawn out and so on, it tries what may be meant.
// A budget bounds the tries, so that a text is searched in linear time.
type walker struct {
	words  *Words
	text   string
	units  []unit
	typed  bool   // the units come from typedHangul
	keys   []unit // room for them
	from   int
	latin  bool    // the word begins with a Latin letter or a sign for one
	begun  int8    // whether it begins where a word of the text does: 1, not: -1, not asked yet: 0
	roman  bool    // a short Latin run that Hangul follows
	budget int     // tries left from one place
	bank   int     // and altogether
	open   *ending // whose endings are being tried,
	base   int     // from this step on
	before met     // and how the term was met
	path   [maxTerm]step
	best   hit

	after   int      // units before which the last hit ends
	excused [][2]int // bytes of the exceptions that covered a hit
}

const (
	walkBudget = 80
	bankStart  = 250 * walkBudget // no comment within the limit runs out
	bankRate   = 6                // a far longer text has so many tries a place
	maxGap     = 12               // signs and blanks in a row that are skipped
	maxNoise   = 3                // letters in a row that are skipped between syllables
)

// hit is a word as it was met.
type hit struct {
	word       *Word
	from, to   int // units
	degree     int
	disguised  bool
	start, end int // bytes
}

// longest returns the best word that begins at units[i], one without a word when there is none.
func (w *walker) longest(i int) hit {
	u := w.units[i]
	if w.best.word != nil {
		w.after = w.best.to
	}
	w.from, w.begun, w.best, w.open, w.base = i, 0, hit{}, nil, 0
	switch {
	case u.is&isFirst == 0 || u.is&(isBlank|isWall) != 0:
		return w.best
	case u.is&isHangul != 0:
		w.latin, w.roman = false, false
	case u.is&isLatin != 0:
		w.latin = true
		w.roman = w.begins() && w.hangulSoon(i)
		if !w.begins() && !w.words.terms.mids {
			return w.best
		}
	default:
		if !w.signBegins(i) {
			return w.best
		}
		w.latin, w.roman, w.begun = false, false, 1
		if i+1 < len(w.units) {
			w.latin = w.units[i+1].is&isHangul == 0
		}
	}
	w.bank += bankRate
	w.budget = min(walkBudget, w.bank)
	w.bank -= w.budget
	w.walk(0, i, 0, trail{})
	w.bank += max(w.budget, 0)
	return w.best
}

// walk goes on from a node of the trie with units[k], after depth steps.
func (w *walker) walk(n int32, k, depth int, t trail) {
	if w.budget--; w.budget < 0 {
		return
	}
	w.accept(n, k, depth, t)
	if k >= len(w.units) || depth == maxTerm || w.trie().nodes[n].has == 0 {
		return
	}
	u := &w.units[k]
	if u.is&isWall != 0 && !u.isBreak() {
		return
	}
	w.step(n, u.sym, step{int32(k), u.r, plain}, k+1, depth, t)
	switch {
	case u.is&isHangul != 0:
		w.walkHangul(n, k, depth, t)
	case u.is&isLatin != 0:
		w.walkLatin(n, k, depth, t)
	default:
		w.walkSign(n, k, depth, t)
	}
}

func (w *walker) trie() *trie {
	if w.open != nil {
		return w.words.endings
	}
	return w.words.terms
}

// step goes along one symbol, when the trie has it, and on with units[next].
func (w *walker) step(n int32, s symbol, x step, next, depth int, t trail) {
	if s == symNone || depth == maxTerm {
		return
	}
	if n = w.trie().child(n, s); n == 0 {
		return
	}
	w.path[depth] = x
	w.walk(n, next, depth+1, t)
	if s == latinSymbol['c'-'a'] && w.open == nil { // the ck of fuck for a single k
		x.how = merged
		w.step(n, s, x, next, depth+1, t)
	}
}
