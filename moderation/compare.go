package moderation

import "slices"

// met says how a target was met.
type met struct {
	degree    int
	disguised bool
	literal   int // letters as they stand in the text
	masked    int
	hangul    int  // of the literal ones
	hidden    bool // by signs, or by jamo apart
}

// and joins how the term and its ending were met.
func (m met) and(o met) met {
	return met{max(m.degree, o.degree), m.disguised || o.disguised, m.literal + o.literal, m.masked + o.masked, m.hangul + o.hangul, m.hidden || o.hidden}
}

// compare compares the steps with the letters of a target.
func (w *walker) compare(e *ending, depth int, t trail) (m met, ok bool) {
	m = met{degree: t.degree, disguised: w.typed || t.degree > same || t.signs || t.blanks || t.noise, hidden: t.signs || t.noise}
	spoken, beside := false, same // a digit is read as a syllable; how unlike the letters beside it are
	for j := range e.units {
		tu, s := &e.units[j], w.path[w.base+j]
		u := &w.units[s.at]
		if tu.is&isBlank != 0 {
			m.disguised = m.disguised || u.is&isBlank == 0
			continue
		}
		degree := w.unlike(tu, u, s, &m)
		if degree > e.degree && s.how != roman && s.how != stands || degree == unlike {
			return m, false
		}
		if s.how == plain {
			beside = max(beside, degree)
		}
		spoken = spoken || s.how == roman && isDigit(u.r)
		m.degree = max(m.degree, degree)
		m.disguised = m.disguised || degree > same || s.how != plain || u.is&^tu.is&isChanged != 0
		m.hidden = m.hidden || s.how == stands || s.how == masked || s.how == vowel
	}
	return m, t.degree <= e.degree && !(spoken && beside > near) // 18세기
}

// unlike compares a letter of a term with the step that met it, from u, and counts it.
func (w *walker) unlike(tu, u *unit, s step, m *met) int {
	switch s.how {
	case moved:
		return max(far, unlikeness(tu.r, s.r, false))
	case stands:
		if tu.r == s.r && !(tu.alone() && u.is&isHangul != 0) {
			return near
		}
		return unlike
	case vowel, masked:
		m.masked++
		if s.how == vowel && tu.r != s.r {
			return unlike
		}
		return near
	case roman, merged:
		if tu.alone() {
			return unlike
		}
		return far
	}
	m.literal++
	if u.is&tu.is&isHangul == 0 {
		return unlikeness(tu.r, u.r, false)
	}
	m.hangul++
	switch {
	case tu.alone() && !u.alone():
		return unlike
	case !tu.alone() && u.alone(): // ㅅㅣ발
		m.disguised, m.hidden = true, true
	case (tu.is^u.is)&isFinal != 0 || tu.is&isFirst != 0 && u.is&isFirst == 0:
		return unlike
	}
	return unlikeness(tu.r, u.r, tu.is&isFinal != 0)
}

// maskable says whether enough of a masked word can be read: two letters, of a short one the last too, or the first of
// an unmistakable one of which all others are hidden.
func (w *walker) maskable(e *ending, m met, first, last step) bool {
	switch {
	case slices.ContainsFunc(e.units, func(u unit) bool { return u.sym == symMask }):
		return true
	case m.literal >= 2:
		return len(e.units) > 3 || last.how != masked
	}
	return m.literal == 1 && first.how == plain && e.word.Severity == 3 && len(e.units) > 3
}
