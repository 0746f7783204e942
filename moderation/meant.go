package moderation

import (
	"math/bits"
	"strings"
)

// What the letters and signs of a text may be meant for, on the way through the trie.

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
			t.noise, t.odd = true, max(t.odd, strange)
			w.walk(n, end, depth, t)
		}
	case u.is&isFinal != 0 && next.is&isFirst != 0 && next.is&isHangul != 0 && !next.alone():
		if next.r == 'ㅇ' { // 씹알
			x.how = moved
			w.step(n, initialSymbols[u.r-'ㄱ'], x, k+2, depth, t.atLeast(far))
		} else if initialSymbols[u.r-'ㄱ'] == next.sym || u.r == 'ㅅ' || u.r == 'ㅆ' { // 색끼, 씻발
			w.walk(n, k+1, depth, t.atLeast(far))
		}
	case depth > 0 && u.r == 'ㅇ' && u.is&isFirst != 0 && drawsOut(w.path[depth-1].r, next.r) && (previous.is&isSign == 0 || w.signAt(k+2)): // 씨이발, 씨.이.발
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
	if previous.is&isHangul != 0 || w.roman && depth == 0 || depth > 0 && w.inKorean(depth-1) {
		w.walkRoman(n, k, depth, t)
	}
}

// walkRoman tries what the Latin letter units[k] may be inside a Korean word.
func (w *walker) walkRoman(n int32, k, depth int, t trail) {
	u := &w.units[k]
	if u.r == 'x' || u.r == 'o' {
		w.step(n, symMask, step{int32(k), u.r, masked}, k+1, depth, t)
	}
	for _, j := range romanJamo[u.r] {
		w.step(n, initialSymbols[j-'ㄱ'], step{int32(k), j, roman}, k+1, depth, t)
		w.step(n, finalSymbol(j), step{int32(k), j, roman}, k+1, depth, t)
	}
	if depth > 0 && w.inKorean(depth-1) && strings.ContainsRune(silentRoman, u.r) {
		w.walk(n, k+1, depth, t)
	}
	w.spell(n, k, depth, t)
	if depth > 0 && w.units[k-1].is&isHangul != 0 {
		if end := w.noiseEnd(k, isLatin); end > 0 { // 시x발
			if t.noise = true; end == k+1 {
				t.odd = max(t.odd, strange)
			}
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
		for i, j := range string([]rune{initial, v}) + final {
			symbol := symbolOf(j)
			if i > 0 && !isVowel(j) {
				symbol = finalSymbol(j)
			}
			if n = w.trie().child(n, symbol); n == 0 || depth == maxTerm {
				return
			}
			w.path[depth] = step{int32(k), j, roman}
			depth++
		}
	}
	w.walk(n, k+length, depth, t)
}

// walkSign tries what the sign or blank units[k] may be.
func (w *walker) walkSign(n int32, k, depth int, t trail) {
	u := &w.units[k]
	if u.is&(isBlank|isWall) == 0 {
		w.walkMeant(n, k, depth, t)
	}
	if depth == 0 {
		return
	}
	previous := w.units[k-1]
	end, blank := k, false
	for end < len(w.units) && end < k+maxGap && w.units[end].isBetween() {
		blank = blank || w.units[end].is&(isBlank|isWall) != 0
		end++
	}
	if w.open != nil && depth == w.base && blank { // an ending is joined to its term
		return
	}
	if end == k || end == len(w.units) || w.units[end].isBetween() || w.units[end].is&isWall != 0 {
		return
	}
	if previous.is&isLatin != 0 && w.units[end].is&isLatin != 0 { // f.u.c.k, kill-yourself
		w.step(n, symBlank, step{int32(k), ' ', stands}, end, depth, t)
		hard := isApostrophe(u.r) && w.contracted(end) || isDigit(u.r) || blank && end > k+1 // she'll, 0f7c2, "Sh! It is"
		if hard && !(w.single(k-1) && w.single(end)) {
			return
		}
	} else if blank && !(w.standsAlone(k-1) && (w.standsAlone(end) || w.initialAlone(k-1) && w.initialAlone(end))) {
		return
	}
	if !blank {
		t.odd = max(t.odd, w.odd(k, end, t))
	}
	t.blanks, t.signs = t.blanks || blank, t.signs || !blank
	w.walk(n, end, depth, t)
}

// walkMeant tries the letters for which the sign units[k] is typed, and what it may hide.
func (w *walker) walkMeant(n int32, k, depth int, t trail) {
	u := &w.units[k]
	besideLatin := w.besideLatin(k)
	for _, r := range standsFor[u.r] {
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
	if hides(u.r) || w.dashed(k) {
		for set := w.trie().nodes[n].has & latinSymbols; set != 0; set &= set - 1 {
			w.step(n, symbol(bits.TrailingZeros64(set)), step{int32(k), 0, masked}, k+1, depth, t)
		}
	} else if w.between(k) && !isDigit(u.r) && !(isApostrophe(u.r) && !w.atLatin(k+2)) { // not the possessive's
		for _, r := range "aeiou" {
			w.step(n, symbolOf(r), step{int32(k), r, vowel}, k+1, depth, t)
		}
	}
}
