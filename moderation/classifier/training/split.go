package training

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// folds is into how many parts rows are split.
const folds = 5

// Letters returns the letters of a text and nothing else: texts with the same letters count as one.
func Letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(text))
}

// foldOf returns the part a text belongs to, by the letters alone: whatever data set it stands in, and however often.
func foldOf(text string) int {
	h := uint64(14695981039346656037) // FNV-1a
	for _, b := range []byte(Letters(text)) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return int((h ^ h>>32) % folds)
}

// distinct returns the rows without those whose letters stand in an earlier one: dev first, then the labelled sets,
// then what nobody has judged.
func distinct(d Data) Data {
	seen := map[string]bool{}
	isNew := func(text string) bool {
		l := Letters(text)
		if l == "" || seen[l] {
			return false
		}
		seen[l] = true
		return true
	}
	d.Dev = keep(d.Dev, func(r Comment) bool { return isNew(r.Text) })
	d.BEEP = keep(d.BEEP, func(r Comment) bool { return isNew(r.Text) })
	d.KMHaS = keep(d.KMHaS, func(r Labelled) bool { return isNew(r.Text) })
	d.Curse = keep(d.Curse, func(r Rated) bool { return isNew(r.Text) })
	d.Davidson = keep(d.Davidson, func(r Rated) bool { return isNew(r.Text) })
	d.Stormfront = keep(d.Stormfront, func(r Rated) bool { return isNew(r.Text) })
	d.Unlabelled = keep(d.Unlabelled, isNew)
	d.kinds = []int{0, 1, 2, 3, 4}
	return d
}

// split returns the labelled rows and kinds of advertising without those of a part, and those. What nobody has
// judged is in the first.
func (d Data) split(fold int) (rest, held Data) {
	is := func(text string) bool { return foldOf(text) == fold }
	rest, held = d, Data{}
	rest.BEEP, held.BEEP = divide(d.BEEP, func(r Comment) bool { return is(r.Text) })
	rest.KMHaS, held.KMHaS = divide(d.KMHaS, func(r Labelled) bool { return is(r.Text) })
	rest.Curse, held.Curse = divide(d.Curse, func(r Rated) bool { return is(r.Text) })
	rest.Davidson, held.Davidson = divide(d.Davidson, func(r Rated) bool { return is(r.Text) })
	rest.Stormfront, held.Stormfront = divide(d.Stormfront, func(r Rated) bool { return is(r.Text) })
	rest.kinds, held.kinds = divide(d.kinds, func(kind int) bool { return kind == fold })
	return rest, held
}

func divide[T any](rows []T, is func(T) bool) (no, yes []T) {
	for _, r := range rows {
		if is(r) {
			yes = append(yes, r)
		} else {
			no = append(no, r)
		}
	}
	return no, yes
}

func keep[T any](rows []T, is func(T) bool) []T {
	_, yes := divide(rows, is)
	return yes
}
