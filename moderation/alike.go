package moderation

import "slices"

// Pieces are what two texts are compared by: each run of neighbouring letters once, as a number, in order. A run has two
// letters where it begins with a Hangul syllable, else five; case, spacing, signs and the length of runs do not count.
type Pieces []uint32

// The letters of a piece.
const (
	hangulPiece = 2
	otherPiece  = 5
)

// PiecesOf takes a normalised text apart. A text without letters has none.
func PiecesOf(text string) Pieces {
	letters := make([]rune, 0, len(text))
	for _, r := range text {
		if r = letterOf(r); r < 0 {
			continue
		}
		if n := len(letters); n >= 2 && letters[n-1] == r && letters[n-2] == r {
			continue // a run of three is one of two
		}
		letters = append(letters, r)
	}
	var p Pieces
	for i, r := range letters {
		n := otherPiece
		if r >= hangulFirst && r <= hangulLast {
			n = hangulPiece
		}
		if i+n <= len(letters) {
			p = append(p, piece(letters[i:i+n]))
		}
	}
	if p == nil && len(letters) > 0 {
		p = Pieces{piece(letters)}
	}
	slices.Sort(p)
	return slices.Compact(p)
}

func piece(letters []rune) uint32 {
	var h uint64
	for _, r := range letters {
		h = scramble(h ^ uint64(r))
	}
	return uint32(h >> 32)
}

// Alike is how much two texts have in common, 0–1: twice the pieces that both have, by the pieces of each (Dice).
func (p Pieces) Alike(q Pieces) float64 {
	if len(p)+len(q) == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i] < q[j]:
			i++
		case p[i] > q[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return 2 * float64(both) / float64(len(p)+len(q))
}
