package main

import (
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/moderation"
)

// sampleLines are comments to judge: those of ../shared when they are there, else some of our own.
func sampleLines(b *testing.B) []string {
	if doc, err := os.ReadFile("../../../shared/data/comments/beep/unlabeled.txt"); err == nil {
		return strings.SplitAfter(strings.TrimSuffix(string(doc), "\n"), "\n")
	}
	b.Log("without ../shared: sentences of our own")
	var lines []string
	for i := range 30_000 {
		lines = append(lines, [...]string{
			"예산안을 다시 살펴봐야 합니다. 지난해와 무엇이 달라졌는지 모르겠네요.\n", "ㅋㅋㅋ 이게 말이 되냐 진짜\n", "The ferry has been late three days in a row.\n",
		}[i%3])
	}
	return lines
}

// BenchmarkJudge is the bar of issue 3: comments a second through the whole command, on every processor, and what
// the memory grows by.
func BenchmarkJudge(b *testing.B) {
	lines := sampleLines(b)
	text := strings.Join(lines, "")
	j := testJudge(b)
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		if err := j.all(strings.NewReader(text), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "comments/s")
	b.ReportMetric(float64(after.HeapSys-before.HeapSys)/(1<<20), "MiB-grown")
}

// BenchmarkLongest gives the slowest in a hundred of single comments of 250 characters.
func BenchmarkLongest(b *testing.B) {
	j := testJudge(b)
	text := []rune(strings.Repeat("예산안을 다시 살펴봐야 합니다! 시ㅂ1 f.u.n, call 010-12 34 https://a.example/b ", 5))
	s := moderation.Submission{Text: string(text[:moderation.Limit]), Mode: moderation.PublishClean}
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		j.reviewer.Review(s)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
