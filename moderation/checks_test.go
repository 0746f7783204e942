package moderation

import (
	"strings"
	"testing"
)

// TestChecksOnNews counts how often the checks of the text find something in headlines and comments of a news site:
// hardly ever, and in headlines, which nobody writes against the Standards, in 0.5 % at most.
func TestChecksOnNews(t *testing.T) {
	kinds := []Kind{linksKind(), privateKind(), shoutingKind(), languageKind()}
	r := NewReviewer(policy(), Rules{}, kinds...)
	for _, tt := range []struct {
		file   string
		atMost float64 // of the lines with a finding that holds
	}{{"train.news_title.txt", 0.005}, {"unlabeled.txt", 0.02}} {
		data := shared(t, "data/comments/beep/"+tt.file)
		if data == nil {
			continue
		}
		lines, held, whys := 0, 0, map[string]int{}
		for line := range strings.Lines(string(data)) {
			lines++
			v := r.Review(Submission{Text: line, Article: Article{Language: "ko"}, Mode: PublishClean})
			seen := map[string]bool{}
			for _, f := range v.Findings {
				why := f.Why
				if f.Score == 0 {
					why += " (note)"
				}
				if testing.Verbose() && why != "characters (note)" && why != "other_language (note)" {
					t.Logf("%s %q in %q", why, v.Text[f.Start:f.End], v.Text)
				}
				if !seen[why] {
					whys[why]++
				}
				seen[why] = true
			}
			if v.Risk > 0 {
				held++
			}
		}
		t.Logf("%s: %d of %d lines would be held; lines by finding: %v", tt.file, held, lines, whys)
		if float64(held) > tt.atMost*float64(lines) {
			t.Errorf("%s: %d of %d lines are held", tt.file, held, lines)
		}
	}
}

// BenchmarkChecks is the cost of all checks but the words for one Korean comment of 40 characters, in a newspaper
// where much was sent lately.
func BenchmarkChecks(b *testing.B) {
	text := []rune(strings.Repeat("예산안을 다시 살펴봐야 하지 않을까 싶습니다. ", 2))[:40]
	s := Submission{Text: string(text), Author: trustedAuthor, Article: Article{Language: "ko"}, At: noon}
	busy := s
	for i := range 4096 {
		busy.Sent = append(busy.Sent, Sent{Author: int64(i + 100), At: noon, Print: Print(scramble(uint64(i)))})
	}
	for name, s := range map[string]Submission{"quiet": s, "busy": busy} {
		b.Run(name, func(b *testing.B) {
			var checks []Check
			for _, k := range Kinds()[1:] {
				checks = append(checks, k.make(Rules{}))
			}
			b.ReportAllocs()
			for b.Loop() {
				for _, c := range checks {
					c.Check(s)
				}
			}
		})
	}
}
