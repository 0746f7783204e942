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
}

func (t trail) atLeast(degree int) trail {
	t.degree = max(t.degree, degree)
	return t
}

// walker looks for the longest word that begins at one unit of a text. It goes through the trie of the terms and
// the text side by side; where the text has a sign, a letter drawn out and so on, it tries what may be meant.
// Its budget bounds the tries from one place, so that a text is searched in linear time.
type walker struct {
	words  *Words
	text   string
	units  []unit
	typed  bool // the units come from typedHangul
	from   int
	latin  bool // the word begins with a Latin letter or a sign for one
	begin  bool // and where a word of the text begins
	roman  bool // a short Latin run that Hangul follows
	budget int
	open   *ending // whose endings are being tried,
	base   int     // from this step on
	before met     // and how the term was met
	path   [maxTerm]step
	best   hit
}

const (
	walkBudget = 160
	maxGap     = 12 // signs and blanks in a row that are skipped
	maxNoise   = 3  // letters in a row that are skipped between syllables
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
	w.from, w.best, w.budget, w.open, w.base = i, hit{}, walkBudget, nil, 0
	switch {
	case u.is&isFirst == 0 || u.is&(isBlank|isWall) != 0:
		return w.best
	case u.is&isHangul != 0:
		w.latin, w.roman = false, false
		w.begin = w.beginsHangul(i)
	case u.is&isLatin != 0:
		w.latin, w.begin = true, w.beginsLatin(i)
		w.roman = w.begin && w.hangulSoon(i)
		if !w.begin && !w.words.terms.mids {
			return w.best
		}
	default:
		if !w.signBegins(i) {
			return w.best
		}
		w.latin, w.roman, w.begin = false, false, true
		if i+1 < len(w.units) {
			w.latin = w.units[i+1].is&isHangul == 0
		}
	}
	w.walk(0, i, 0, trail{})
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
	if u.is&isWall != 0 {
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

// walkHangul tries what else the jamo units[k] may be.
func (w *walker) walkHangul(n int32, k, depth int, t trail) {
	u := &w.units[k]
	var next, previous unit
	if k+1 < len(w.units) {
		next = w.units[k+1]
	}
	if k > w.from {
		previous = w.units[k-1]
	}
	x := step{int32(k), u.r, plain}
	switch {
	case u.alone():
		w.step(n, finalSymbol(u.r), x, k+1, depth, t)
		if depth == 0 {
			return
		}
		if previous.r == u.r || isVowel(u.r) && previous.sym == u.sym { // 씨ㅣ발
			w.walk(n, k+1, depth, t.atLeast(near))
			return
		}
		if end := w.noiseEnd(k, isHangul); end > 0 { // 병ㅋ신
			t.noise = true
			w.walk(n, end, depth, t)
		}
	case u.is&isFinal != 0 && next.is&isFirst != 0 && next.is&isHangul != 0 && !next.alone():
		if next.r == 'ㅇ' { // 씹알
			x.how = moved
			w.step(n, initialSymbols[u.r-'ㄱ'], x, k+2, depth, t.atLeast(far))
		} else if initialSymbols[u.r-'ㄱ'] == next.sym || u.r == 'ㅅ' || u.r == 'ㅆ' { // 색끼, 씻발
			w.walk(n, k+1, depth, t.atLeast(far))
		}
	case depth > 0 && u.r == 'ㅇ' && u.is&isFirst != 0 && drawsOut(previous.r, next.r): // 씨이발
		w.walk(n, k+2, depth, t.atLeast(near))
	}
}

// drawsOut says whether the vowel r, after ㅇ, only draws out the vowel before.
func drawsOut(before, r rune) bool {
	switch r {
	case 'ㅣ':
		return before == 'ㅣ' || before == 'ㅟ' || before == 'ㅢ'
	case 'ㅓ':
		return before == 'ㅓ' || before == 'ㅕ'
	case 'ㅏ':
		return before == 'ㅏ' || before == 'ㅑ'
	}
	return isVowel(r) && before == r
}

// noiseEnd returns the end of a run of up to maxNoise letters of a kind between two syllables, 0 when units[k]
// begins none.
func (w *walker) noiseEnd(k int, kind traits) int {
	if p := w.units[k-1]; p.is&isHangul == 0 || p.alone() {
		return 0
	}
	for end := k; end < len(w.units) && end <= k+maxNoise; end++ {
		u := w.units[end]
		if u.is&isHangul != 0 && !u.alone() {
			return end
		}
		if u.is&kind == 0 {
			return 0
		}
	}
	return 0
}

// walkLatin tries what else the Latin letter units[k] may be.
func (w *walker) walkLatin(n int32, k, depth int, t trail) {
	u := &w.units[k]
	var next, previous unit
	if k+1 < len(w.units) {
		next = w.units[k+1]
	}
	if k > w.from {
		previous = w.units[k-1]
	}
	switch {
	case u.r == 'p' && next.r == 'h':
		w.step(n, symbolOf('f'), step{int32(k), 'f', merged}, k+2, depth, t)
	case u.r == 'v' && next.r == 'v':
		w.step(n, symbolOf('w'), step{int32(k), 'w', merged}, k+2, depth, t)
	case u.r == 'l': // for a capital I
		w.step(n, symbolOf('i'), step{int32(k), 'i', merged}, k+1, depth, t)
	case u.r == 'i':
		w.step(n, symbolOf('l'), step{int32(k), 'l', merged}, k+1, depth, t)
	}
	if depth > 0 && previous.r == u.r && previous.is&isLatin != 0 {
		w.walk(n, k+1, depth, t.atLeast(near))
	}
	inRoman := depth > 0 && w.inKorean(depth-1)
	if previous.is&isHangul == 0 && !inRoman && !(w.roman && depth == 0) {
		return
	}
	if u.r == 'x' || u.r == 'o' {
		w.step(n, symMask, step{int32(k), u.r, masked}, k+1, depth, t)
	}
	jamo, silent := romanJamo(u.r)
	for _, j := range jamo {
		w.step(n, initialSymbols[j-'ㄱ'], step{int32(k), j, roman}, k+1, depth, t)
		w.step(n, finalSymbol(j), step{int32(k), j, roman}, k+1, depth, t)
	}
	if silent && inRoman {
		w.walk(n, k+1, depth, t)
	}
	w.spell(n, k, depth, t)
	if depth > 0 && previous.is&isHangul != 0 {
		if end := w.noiseEnd(k, isLatin); end > 0 { // 시x발
			t.noise = true
			w.walk(n, end, depth, t)
		}
	}
}

// inKorean says whether a step took a letter or sign for a jamo, or for a mask in Hangul.
func (w *walker) inKorean(i int) bool {
	s := w.path[i]
	return s.how == roman || s.how == stands && isJamo(s.r) || s.how == masked && !w.latin
}

// spell goes along the syllables as which the characters from units[k] are read, where Hangul is beside them.
func (w *walker) spell(n int32, k, depth int, t trail) {
	var next rune
	if k+1 < len(w.units) {
		next = w.units[k+1].r
	}
	syllables, length := soundsLike(w.units[k].r, next)
	if length == 0 || !w.besideHangul(k, k+length) {
		return
	}
	for _, s := range syllables {
		initial, v, final := syllable(s)
		symbols := []symbol{initialSymbols[initial-'ㄱ'], initialSymbols[v-'ㄱ']}
		jamo := []rune{initial, v}
		for _, f := range final {
			symbols, jamo = append(symbols, finalSymbol(f)), append(jamo, f)
		}
		if depth+len(symbols) > maxTerm {
			return
		}
		for i, s := range symbols {
			if i == 2 && syllables != "씹" && w.trie().child(n, s) == 0 && len(syllables) > 3 {
				continue // the ㅂ of 십팔 before another
			}
			if n = w.trie().child(n, s); n == 0 {
				return
			}
			w.path[depth] = step{int32(k), jamo[i], roman}
			depth++
		}
	}
	w.walk(n, k+length, depth, t)
}

// walkSign tries what the sign or blank units[k] may be.
func (w *walker) walkSign(n int32, k, depth int, t trail) {
	u := &w.units[k]
	if u.is&isBlank == 0 {
		w.walkMeant(n, k, depth, t)
	}
	if depth == 0 {
		return
	}
	previous := w.units[k-1]
	end, blank := k, false
	for end < len(w.units) && end < k+maxGap && w.units[end].is&(isSign|isBlank) != 0 {
		blank = blank || w.units[end].is&isBlank != 0
		end++
	}
	if w.open != nil && depth == w.base && blank { // an ending is joined to its term
		return
	}
	if end == k || end == len(w.units) || w.units[end].is&(isSign|isBlank|isWall) != 0 {
		return
	}
	if previous.is&isLatin != 0 && w.units[end].is&isLatin != 0 { // f.u.c.k, kill-yourself
		w.step(n, symBlank, step{int32(k), ' ', stands}, end, depth, t)
		if !blank && (isApostrophe(u.r) || isDigit(u.r)) && !(w.single(k-1) && w.single(end)) { // she'll, 0f7c2
			return
		}
	} else if blank && !(w.standsAlone(k-1) && w.standsAlone(end)) || !w.begin {
		return
	}
	t.blanks, t.signs = t.blanks || blank, t.signs || !blank
	w.walk(n, end, depth, t)
}

// walkMeant tries the letters for which the sign units[k] is typed, and what it may hide.
func (w *walker) walkMeant(n int32, k, depth int, t trail) {
	u := &w.units[k]
	besideLatin := w.besideLatin(k)
	for _, r := range standsFor(u.r) {
		if r >= 'a' && r <= 'z' && besideLatin || isJamo(r) && w.besideHangul(k, k+1) {
			x := step{int32(k), r, stands}
			w.step(n, symbolOf(r), x, k+1, depth, t)
			w.step(n, finalSymbol(r), x, k+1, depth, t)
		}
	}
	w.spell(n, k, depth, t)
	if hides(u.r) {
		w.step(n, symMask, step{int32(k), u.r, masked}, k+1, depth, t)
	}
	if depth == 0 || !besideLatin && w.path[depth-1].how != masked {
		return
	}
	if hides(u.r) {
		for s := symbol(1); s <= 26; s++ {
			w.step(n, s, step{int32(k), 0, masked}, k+1, depth, t)
		}
	} else if w.between(k) && !isDigit(u.r) && !(isApostrophe(u.r) && !w.atLatin(k+2)) { // not the possessive's
		for _, r := range "aeiou" {
			w.step(n, symbolOf(r), step{int32(k), r, vowel}, k+1, depth, t)
		}
	}
}
