package moderation

// maxPhrase bounds an entry of the list "allowed", in units.
const maxPhrase = 256

// Harmless returns the word or phrase around a finding of the check for words, in a form for the list "allowed": with the
// line `f.Term | Harmless(text, f)` in it, this finding in this text is gone, and so is the same phrase elsewhere. The
// text is a normalised one, f a finding in it. It returns "" for a finding of nothing, or one too long for the list.
func Harmless(text string, f Finding) string {
	units := fold(text, nil)
	first, last := -1, -1
	for i, u := range units {
		if int(u.start) >= f.Start && int(u.end) <= f.End {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 || last-first >= maxPhrase {
		return ""
	}
	from, to := first, last
	for from > 0 && units[from-1].is&(isBlank|isWall) == 0 && last-from < maxPhrase {
		from--
	}
	for to+1 < len(units) && units[to+1].is&(isBlank|isWall) == 0 && to-from < maxPhrase-1 {
		to++
	}
	for from < first && (units[from].is&isSign != 0 || units[from].is&isFirst == 0) {
		from++
	}
	for to > last && (units[to].is&isSign != 0 || units[to].is&isLast == 0) {
		to--
	}
	return text[units[from].start:units[to].end]
}
