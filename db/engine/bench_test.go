package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// BenchmarkWrite is a comment's submit as 32 clients send it: two guards, three statements.
func BenchmarkWrite(b *testing.B) {
	for _, group := range []int{1, 128} {
		b.Run(fmt.Sprintf("group=%d", group), func(b *testing.B) {
			d := open(b, Options{Group: group, Hot: []SQL{hasAccount, byName, addEntry, changeBy}})
			write(b, d, Do(addAccount, 1, "bench", 0))
			note := strings.Repeat("x", 200)
			no := errors.New("no")
			start := d.Generation()
			b.SetParallelism(32 / runtime.GOMAXPROCS(0))
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					err := d.Write(context.Background(), Batch{
						Guard: []Check{Must(hasAccount, no, 1), MustNot(byName, no, "nobody")},
						Do: []Stmt{
							Do(addEntry, d.NewID(), 1, note, d.Now()),
							Do(addEntry, d.NewID(), 1, "audit", d.Now()),
							Do(changeBy, 1, 1),
						},
					})
					if err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/float64(d.Generation()-start), "batches/commit")
		})
	}
}

// BenchmarkReadOne is the point select that asks for an article's version.
func BenchmarkReadOne(b *testing.B) {
	d := open(b, Options{Hot: []SQL{cents}})
	for i := range 1000 {
		write(b, d, Do(addAccount, i, fmt.Sprint("name", i), i))
	}
	request, cancel := context.WithCancel(context.Background())
	defer cancel()
	for name, ctx := range map[string]context.Context{"background": context.Background(), "request": request} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				var n int64
				if err := d.Read(ctx, One(&n, cents, i%1000)); err != nil || n != int64(i%1000) {
					b.Fatal(n, err)
				}
			}
		})
	}
}
