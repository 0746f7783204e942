package db

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/moderation"
)

// BenchmarkDecide is bar 3: decisions by 32 callers, against the same engine with one decision a commit.
// One iteration is a round of each; the medians are told.
func BenchmarkDecide(b *testing.B) {
	const callers, each = 32, 40
	round := func(n newsroom, next *atomic.Int64, first int64) float64 {
		var wg sync.WaitGroup
		start := time.Now()
		for range callers {
			wg.Go(func() {
				for range each {
					if err := n.decide(first+next.Add(1), 1, 0, n.desk, moderation.Approve); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		return callers * each / time.Since(start).Seconds()
	}
	var rooms [2]newsroom
	var next [2]atomic.Int64
	var first [2]int64
	for i, group := range []int{1, 0} {
		rooms[i] = newNewsroom(b)
		first[i] = rooms[i].submit(b, rooms[i].kim, "the first")
		manyPending(b, rooms[i], 100_000)
		a, err := Open(context.Background(), rooms[i].path, Options{Group: group})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { a.Close() })
		rooms[i].Archive = a
	}
	var rates [2][]float64
	for b.Loop() {
		for i := range rooms {
			rates[i] = append(rates[i], round(rooms[i], &next[i], first[i]))
		}
	}
	median := func(v []float64) float64 { slices.Sort(v); return v[len(v)/2] }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(rates[1]), "decisions/s")
	b.ReportMetric(median(rates[0]), "baseline-decisions/s")
	b.ReportMetric(median(rates[1])/median(rates[0]), "ratio")
}
