package training

import (
	"cmp"
	"slices"
)

// auc returns the probability that a text that should score high scores above one that should not; ties count half.
func auc(scores []float64, yes []bool) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	pairs, below, all := 0.0, 0.0, 0.0
	for i := 0; i < len(order); {
		j, y, n := i, 0.0, 0.0
		for ; j < len(order) && scores[order[j]] == scores[order[i]]; j++ {
			if yes[order[j]] {
				y++
			} else {
				n++
			}
		}
		pairs += float64(y * (below + float64(n/2)))
		below, all, i = below+n, all+y, j
	}
	if all == 0 || below == 0 {
		return 0.5
	}
	return pairs / float64(all*below)
}

// recallAt returns the share found at the lowest threshold that flags at most the given share of the others.
func recallAt(scores []float64, yes []bool, falsePositives float64) float64 {
	var others []float64
	all := 0
	for i, s := range scores {
		if yes[i] {
			all++
		} else {
			others = append(others, s)
		}
	}
	if all == 0 || len(others) == 0 {
		return 0
	}
	slices.Sort(others)
	threshold := others[len(others)-1-int(float64(falsePositives*float64(len(others))))]
	found := 0
	for i, s := range scores {
		if yes[i] && s > threshold {
			found++
		}
	}
	return float64(found) / float64(all)
}

// macroF1 returns the mean over the classes of the harmonic mean of precision and recall.
func macroF1(truth, guess []Class) float64 {
	sum := 0.0
	for class := None; class <= Hateful; class++ {
		hit, said, is := 0.0, 0.0, 0.0
		for i := range truth {
			if truth[i] == class {
				is++
			}
			if guess[i] == class {
				said++
				if truth[i] == class {
					hit++
				}
			}
		}
		if hit > 0 {
			sum += 2 * hit / (said + is)
		}
	}
	return sum / 3
}

// interval returns the bounds of macroF1 between which 95 in 100 samples of the rows lie (bootstrap, 1,000 samples).
func interval(truth, guess []Class) (lo, hi float64) {
	rnd := random(90)
	t, g := make([]Class, len(truth)), make([]Class, len(truth))
	var all []float64
	for range 1000 {
		for i := range t {
			j := rnd.below(len(truth))
			t[i], g[i] = truth[j], guess[j]
		}
		all = append(all, macroF1(t, g))
	}
	slices.Sort(all)
	return all[25], all[974]
}
