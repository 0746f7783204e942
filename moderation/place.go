package moderation

import (
	"strings"
	"unicode/utf8"
)

// Where in a text a unit stands.

// begins says whether a word of the text begins where the walk does.
func (w *walker) begins() bool {
	if w.begun == 0 {
		w.begun = -1
		if w.latin && w.beginsLatin(w.from) || !w.latin && w.beginsHangul(w.from) {
			w.begun = 1
		}
	}
	return w.begun > 0
}

// beginsHangul says whether a word of the text begins at the Hangul unit i: after a blank, a sign, another script or a
// jamo alone, or after an interjection; not what a number counts ("6시"), nor in a list ("도·시·군").
func (w *walker) beginsHangul(i int) bool {
	if i == 0 {
		return true
	}
	p := w.units[i-1]
	switch {
	case p.alone():
		return true
	case p.is&(isBlank|isWall) != 0:
		return i < 2 || !isDigit(w.units[i-2].r) || !w.counts(i)
	case isDigit(p.r):
		return !w.counts(i)
	case p.is&isSign != 0:
		return !w.listed(i)
	case p.is&isHangul == 0:
		return true
	}
	return w.afterInterjection(i)
}

// afterNumber says whether a blank and before it a digit stand before where the walk is.
func (w *walker) afterNumber() bool {
	return w.from > 1 && w.units[w.from-1].is&isBlank != 0 && isDigit(w.units[w.from-2].r)
}

// listed says whether the Hangul unit i is in a list: the sign between a letter and it comes again before the next blank. One
// of which the part before was a hit is none: 병/신/새/끼.
func (w *walker) listed(i int) bool {
	sign := w.units[i-1].r
	if i < 2 || i-1 == w.after || w.units[i-2].is&(isSign|isBlank|isWall) != 0 || !strings.ContainsRune("·,/-–:~&+", sign) {
		return false
	}
	for k := i; k < len(w.units) && k < i+maxGap && w.units[k].is&(isBlank|isWall) == 0; k++ {
		if w.units[k].r == sign {
			return true
		}
	}
	return false
}

// counts says whether the Hangul character of units[i] is one that a number counts by: 6시, 3병, 2개.
func (w *walker) counts(i int) bool {
	return !w.units[i].alone() && strings.Contains("시병개년놈명쌍세끼자대번분발미지등", w.text[w.units[i].start:w.units[i].end])
}

// interjections are what is cried before a curse without a blank.
var interjections = []string{"아", "야", "와", "오", "하", "헐", "개", "이", "니", "너", "넌", "걍", "또", "에이", "아오", "어휴", "존나", "졸라",
	"진짜", "완전", "이런", "저런", "그냥", "그", "그런", "왜", "뭐", "뭔", "웬", "정말", "참"}

// afterInterjection says whether interjections alone stand before units[i] in its word.
func (w *walker) afterInterjection(i int) bool {
	start := i - 1
	for start > 0 && i-start < 12 && w.units[start-1].is&isHangul != 0 && !w.units[start-1].alone() {
		start--
	}
	if start > 0 && (w.units[start-1].is&isHangul != 0 && !w.units[start-1].alone() || isDigit(w.units[start-1].r)) {
		return false
	}
	before := w.text[w.units[start].start:w.units[i].start]
	for before != "" {
		n := 0
		for _, word := range interjections {
			if strings.HasPrefix(before, word) {
				n = max(n, len(word))
			}
		}
		if n == 0 {
			return false
		}
		before = before[n:]
	}
	return true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// beginsLatin says whether a Latin word begins at units[i]: not after another letter, but for one with an accent that begins
// a word (éfu.ck), nor after an apostrophe.
func (w *walker) beginsLatin(i int) bool {
	if i == 0 {
		return true
	}
	p := w.units[i-1]
	if p.is&isLatin != 0 {
		return p.is&isChanged != 0 && w.text[p.start] >= utf8.RuneSelf && w.units[i].is&isChanged == 0 && (i == 1 || !w.atLatin(i-2))
	}
	return !(isApostrophe(p.r) && i > 1 && w.units[i-2].is&isLatin != 0)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// signBegins says whether a word may begin with the sign units[i]: "@ss", "×발", "18놈".
func (w *walker) signBegins(i int) bool {
	u := w.units[i]
	if u.is&isSign != 0 && (i+1 == len(w.units) || standsFor[u.r] == "" && !hides(u.r)) {
		return false
	}
	if i > 0 && !w.signMayFollow(i) && !w.afterInterjection(i) {
		return false
	}
	if u.is&isSign == 0 { // a letter of another script
		return true
	}
	n := w.units[i+1]
	return n.is&(isHangul|isLatin) != 0 || isDigit(n.r) || n.is&isSign != 0 && standsFor[n.r] != ""
}

// signMayFollow says whether a word may begin with the sign units[i] in view of what stands before: a Latin one, after Hangul too.
func (w *walker) signMayFollow(i int) bool {
	p := w.units[i-1]
	if p.is&isHangul != 0 {
		return w.units[i].r != '(' && (w.atLatin(i+1) || w.signAt(i+1) && !isDigit(w.units[i].r))
	}
	return p.is&isLatin == 0 && !isDigit(p.r)
}

// hangulSoon says whether the Latin run from units[i] is short and ends at Hangul.
func (w *walker) hangulSoon(i int) bool {
	for k := i; k < len(w.units) && k < i+8; k++ {
		if w.units[k].is&isLatin == 0 {
			return w.units[k].is&isHangul != 0
		}
	}
	return false
}

// besideHangul says whether a jamo stands before units[from], or after at most two more letters or signs from units[to].
func (w *walker) besideHangul(from, to int) bool {
	if from > 0 && w.units[from-1].is&isHangul != 0 {
		return true
	}
	for ; to < len(w.units) && to < from+4 && w.units[to].is&(isBlank|isWall) == 0; to++ {
		if w.units[to].is&isHangul != 0 {
			return true
		}
	}
	return false
}

// besideLatin says whether the units next to units[k] have a Latin letter, or more signs for letters and then one.
func (w *walker) besideLatin(k int) bool {
	if k > 0 && w.units[k-1].is&isLatin != 0 {
		return true
	}
	for i := k + 1; i < len(w.units) && i < k+4; i++ {
		if w.units[i].is&isLatin != 0 {
			return true
		}
		if w.units[i].is&isSign == 0 {
			break
		}
	}
	for i := k - 1; i >= w.from && i > k-4 && w.units[i].is&isSign != 0; i-- {
		if i > 0 && w.units[i-1].is&isLatin != 0 {
			return true
		}
	}
	return false
}

// between says whether a Latin letter stands on both sides of units[k].
func (w *walker) between(k int) bool {
	return k > 0 && k+1 < len(w.units) && w.units[k-1].is&w.units[k+1].is&isLatin != 0
}

// dashed says whether units[k] is one of two and more dashes that stand for letters between two others: f__k, f--k.
func (w *walker) dashed(k int) bool {
	r, from, to := w.units[k].r, k, k+1
	if r != '_' && r != '-' {
		return false
	}
	for from > 0 && w.units[from-1].r == r && k-from < maxGap {
		from--
	}
	for to < len(w.units) && w.units[to].r == r && to-k < maxGap {
		to++
	}
	return to-from > 1 && w.atLatin(from-1) && w.atLatin(to)
}

// contracted says whether the word at units[i] is what an apostrophe leaves of another: he'll, who're, and the genitive.
func (w *walker) contracted(i int) bool {
	end := i
	for w.atLatin(end) && end < i+3 {
		end++
	}
	switch strings.ToLower(w.text[w.units[i].start:w.units[end-1].end]) {
	case "s", "d", "m", "ll", "re", "ve":
		return true
	}
	return false
}

// signAt says whether units[k] is a sign.
func (w *walker) signAt(k int) bool { return k < len(w.units) && w.units[k].is&isSign != 0 }

// initialAlone says whether units[i] is a consonant alone that no other follows: ㅂ ㅅ아.
func (w *walker) initialAlone(i int) bool {
	u := w.units[i]
	return u.alone() && !isVowel(u.r) && !(i+1 < len(w.units) && w.units[i+1].alone())
}

// standsAlone says whether the Hangul character of units[i] has no letter on either side.
func (w *walker) standsAlone(i int) bool {
	first, last := i, i
	for w.units[first].is&isFirst == 0 && first > 0 {
		first--
	}
	for w.units[last].is&isLast == 0 && last+1 < len(w.units) {
		last++
	}
	const gap = isSign | isBlank | isWall
	return w.units[i].is&isHangul != 0 && (first == 0 || w.units[first-1].is&gap != 0 || w.units[first-1].alone() && !w.units[first].alone()) && (last+1 == len(w.units) || w.units[last+1].is&gap != 0)
}
