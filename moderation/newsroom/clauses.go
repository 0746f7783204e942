package newsroom

import (
	"maps"
	"slices"

	"broadsheet/moderation/classifier/exact"
)

// tally counts the clauses that the desk named, apart for the texts that lean to each head, and last for those that
// lean to none.
type tally [headCount + 1]map[string]int

func newTally() (t tally) {
	for i := range t {
		t[i] = map[string]int{}
	}
	return t
}

func (t tally) clone() tally {
	out := newTally()
	for i := range t {
		maps.Copy(out[i], t[i])
	}
	return out
}

// Limits of a tally: a newspaper's standards have at most 100 clauses of at most 40 bytes.
const (
	maxClauses = 100
	maxClause  = 40
)

func (t tally) count(e example) {
	at := t[e.leaning]
	if _, known := at[e.Clause]; e.Rejected && e.Clause != "" && len(e.Clause) <= maxClause && (known || len(at) < maxClauses) {
		at[e.Clause]++
	}
}

// clause returns the clause that the desk named most often for texts like this one, the first by name of several,
// that of the strongest head when it named none.
func (l Layer) clause(v view) string {
	best, most := heads[v.strongest].clause, 0
	sum := l.fitted.clauses.clone()[v.leaning]
	for name, n := range l.online.clauses[v.leaning] {
		sum[name] += n
	}
	for _, name := range slices.Sorted(maps.Keys(sum)) {
		if sum[name] > most {
			best, most = name, sum[name]
		}
	}
	return best
}

// lean returns the head that is furthest above, or least below, the score from which it holds by default, and the
// same again, or headCount when that is below.
func lean(logits []float64) (strongest, leaning int) {
	above := func(i int) float64 { return logits[i] - exact.Logit(heads[i].threshold) }
	for i := range heads {
		if above(i) > above(strongest) {
			strongest = i
		}
	}
	if above(strongest) < 0 {
		return strongest, headCount
	}
	return strongest, strongest
}
