package moderation

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// stub is a check that does what a test tells it.
type stub func(Submission) ([]Finding, error)

func (s stub) Check(x Submission) (Evidence, error) {
	f, err := s(x)
	return Evidence{Findings: f}, err
}

// kindOf makes a kind of a check.
func kindOf(c Check) Kind {
	return Kind{Name: "stub", Default: Rule{Then: ThenHold}, New: func(Setting) (Check, error) { return c, nil }}
}

func kindsOf(checks ...Check) (out []Kind) {
	for _, c := range checks {
		out = append(out, kindOf(c))
	}
	return out
}

func TestReview(t *testing.T) {
	trusted := Author{Known: true, Published: 3}
	earlier := func(ago time.Duration, text string, state State) Recent {
		return Recent{Text: text, At: noon.Add(-ago), SameArticle: true, State: state}
	}
	elsewhere := earlier(time.Minute, "a good point", Pending)
	elsewhere.SameArticle = false
	repeat := []Recent{earlier(5*time.Minute, "a good point", Pending)}
	tests := []struct {
		name    string
		s       Submission
		outcome Outcome
		reason  string
	}{
		{"clean, no mode", Submission{Text: "a good point"}, Hold, ""},
		{"clean, unknown mode", Submission{Text: "a good point", Mode: "publish"}, Hold, ""},
		{"clean, hold-all, trusted", Submission{Text: "a good point", Mode: HoldAll, Author: trusted}, Hold, ""},
		{"clean, publish-clean, premoderated", Submission{Text: "a good point", Mode: PublishClean, Author: Author{Known: true, Published: 30, Premoderated: true}, Anyway: true}, Hold, ""},
		{"clean, hold-new, new", Submission{Text: "a good point", Mode: HoldNew}, Hold, ""},
		{"clean, hold-new, trusted", Submission{Text: "a good point", Mode: HoldNew, Author: trusted}, Publish, ""},
		{"clean, hold-new, once rejected", Submission{Text: "a good point", Mode: HoldNew, Author: Author{Known: true, Published: 30, Rejected: 1}}, Hold, ""},
		{"clean, publish-clean", Submission{Text: "a good point", Mode: PublishClean}, Publish, ""},
		{"word", Submission{Text: "you idiot", Mode: PublishClean, Author: trusted}, Hold, ReasonWording},
		{"word sent anyway", Submission{Text: "you idiot", Mode: PublishClean, Anyway: true}, Hold, ReasonWording},
		{"word quoted", Submission{Text: "he said “you idiot”", Mode: PublishClean}, Hold, ReasonWording},
		{"empty", Submission{Text: " \n"}, Refuse, ReasonEmpty},
		{"too long", Submission{Text: strings.Repeat("가", 251)}, Refuse, ReasonTooLong},
		{"too complex", Submission{Text: "a" + strings.Repeat("\u0301", 2000)}, Refuse, ReasonTooComplex},
		{"too long and closed", Submission{Text: strings.Repeat("가", 251), Article: Article{Closed: true}}, Refuse, ReasonTooLong},
		{"closed", Submission{Text: "a good point", Article: Article{Closed: true}, Author: Author{Banned: true}, Anyway: true}, Refuse, ReasonClosed},
		{"banned", Submission{Text: "a good point", Author: Author{Known: true, Banned: true, Published: 9}, Mode: PublishClean, Anyway: true}, Refuse, ReasonBanned},
		{"rate", Submission{Text: "new", Rate: Rate{1, 10 * time.Second}, Recent: []Recent{earlier(9*time.Second, "x", Withdrawn)}, Anyway: true}, Refuse, ReasonRate},
		{"rate just over", Submission{Text: "new", Rate: Rate{1, 10 * time.Second}, Recent: []Recent{earlier(10*time.Second, "x", Pending)}}, Hold, ""},
		{"rate of two", Submission{Text: "new", Rate: Rate{2, 10 * time.Second}, Recent: []Recent{earlier(time.Second, "x", Pending)}}, Hold, ""},
		{"rate off", Submission{Text: "new", Recent: []Recent{earlier(0, "x", Pending)}}, Hold, ""},
		{"repeat", Submission{Text: "a good point\r\n", Recent: repeat, Mode: PublishClean}, Refuse, ReasonRepeat},
		{"repeat sent anyway", Submission{Text: "a good point", Recent: repeat, Anyway: true, Mode: PublishClean, Author: trusted}, Hold, ReasonRepeat},
		{"repeat after six minutes", Submission{Text: "a good point", Recent: []Recent{earlier(6*time.Minute, "a good point", Pending)}, Mode: PublishClean}, Publish, ""},
		{"repeat elsewhere", Submission{Text: "a good point", Recent: []Recent{elsewhere}, Mode: PublishClean}, Publish, ""},
		{"repeat of the withdrawn", Submission{Text: "a good point", Recent: []Recent{earlier(time.Minute, "a good point", Withdrawn)}, Mode: PublishClean}, Publish, ""},
		{"repeat of the rejected", Submission{Text: "a good point", Recent: []Recent{earlier(time.Minute, "a good point", Rejected)}, Mode: PublishClean}, Publish, ""},
	}
	r := NewReviewer(policy(), Rules{}, Kinds()...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.s.At = noon
			v := r.Review(tt.s)
			if v.Outcome != tt.outcome || v.Reason != tt.reason {
				t.Errorf("got %s %q, want %s %q", v.Outcome, v.Reason, tt.outcome, tt.reason)
			}
			if v.Standards != "test-1" || !strings.HasPrefix(v.Model, "rules-") || v.Findings == nil || len(v.Heads) != 3 {
				t.Errorf("incomplete: %+v", v)
			}
		})
	}
}

func TestReviewGivesEvidenceForRefusedText(t *testing.T) {
	r := NewReviewer(policy(), Rules{}, Kinds()...)
	v := r.Review(Submission{Text: "you idiot, mail me at a.b@example.com " + strings.Repeat("x ", 250), Article: Article{Closed: true}})
	if v.Outcome != Refuse || v.Characters != 537 || len(v.Findings) != 2 || v.Risk <= 0.4 || v.Heads["abuse"] != 0.4 || v.Heads["hate"] != 0 {
		t.Errorf("%+v", v)
	}
	if f := v.Findings[0]; v.Text[f.Start:f.End] != "idiot" || f.Clause != "respect" || f.Check != "words" || f.Why != "word" {
		t.Errorf("%+v", f)
	}
	if f := v.Findings[1]; v.Text[f.Start:f.End] != "a.b@example.com" || f.Clause != "" { // the policy has no clause privacy
		t.Errorf("%+v", f)
	}
}

func TestVerdictAsJSON(t *testing.T) {
	doc, err := json.Marshal(NewReviewer(policy(), Rules{}, Kinds()...).Review(Submission{Text: "fine", Mode: PublishClean}))
	want := `{"text":"fine","characters":4,"outcome":"publish","reason":"","risk":0,"heads":{"abuse":0,"hate":0,"spam":0},"findings":[],"standards":"test-1","model":"`
	if err != nil || !strings.HasPrefix(string(doc), want) {
		t.Errorf("%s %v", doc, err)
	}
}

func TestReviewFailsClosed(t *testing.T) {
	finding := func(f Finding) Check { return stub(func(Submission) ([]Finding, error) { return []Finding{f}, nil }) }
	tests := []struct {
		name   string
		checks []Check
		failed int // findings that say so
	}{
		{"no checks", nil, 0},
		{"nil check", []Check{nil}, 1},
		{"error", []Check{stub(func(Submission) ([]Finding, error) { return nil, errors.New("no") })}, 1},
		{"panic", []Check{stub(func(Submission) ([]Finding, error) { panic("no") })}, 1},
		{"span outside", []Check{finding(Finding{End: 99, Score: 0.5})}, 1},
		{"span reversed", []Check{finding(Finding{Start: 3, End: 0, Score: 0.5})}, 1},
		{"span negative", []Check{finding(Finding{Start: -1, Score: 0.5})}, 1},
		{"span inside a rune", []Check{finding(Finding{End: 1, Score: 0.5})}, 1},
		{"score beyond", []Check{finding(Finding{Score: 2})}, 1},
		{"score not a number", []Check{finding(Finding{Score: math.NaN()})}, 1},
		{"a broken list", []Check{broken{errors.New("line 1")}}, 1},
		{"one of two", []Check{Private{}, nil}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := NewReviewer(policy(), Rules{}, kindsOf(tt.checks...)...).Review(Submission{Text: "가나다", Mode: PublishClean, Author: Author{Known: true, Published: 9}})
			failed := 0
			for _, f := range v.Findings {
				if f.Why == ReasonCheckFailed && f.Check != "" {
					failed++
				}
			}
			if v.Outcome != Hold || v.Reason != ReasonCheckFailed || failed != tt.failed {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestNotesHoldNothing(t *testing.T) {
	note := stub(func(Submission) ([]Finding, error) { return []Finding{{Why: "note"}}, nil })
	if v := NewReviewer(policy(), Rules{}, kindOf(note)).Review(Submission{Text: "a", Mode: PublishClean}); v.Outcome != Publish || len(v.Findings) != 1 {
		t.Errorf("%+v", v)
	}
}

func TestReviewBoundsFindings(t *testing.T) {
	r := NewReviewer(policy(), Rules{}, Kinds()...)
	v := r.Review(Submission{Text: strings.Repeat("idiot 010-1234-5678 www.a.example ", 30000)})
	if len(v.Findings) != 3*maxFindings || v.Outcome != Refuse {
		t.Errorf("%d findings, %s", len(v.Findings), v.Outcome)
	}
}

func TestReviewConcurrently(t *testing.T) {
	r := NewReviewer(policy(), Rules{}, Kinds()...)
	s := Submission{Text: "시1발 you f.u.c.k 010-1234-5678", Mode: PublishClean}
	want := r.Review(s)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				if got := r.Review(s); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestTrusted(t *testing.T) {
	for a, want := range map[Author]bool{
		{}: false, {Known: true, Published: 2}: false, {Known: true, Published: 3}: true, {Published: 3}: false,
		{Known: true, Published: 9, Rejected: 1}: false, {Known: true, Published: 9, Banned: true}: false,
	} {
		if a.Trusted() != want {
			t.Errorf("%+v: %v", a, !want)
		}
	}
}

func TestParseRate(t *testing.T) {
	for text, want := range map[string]Rate{"off": {}, "1/10s": {1, 10 * time.Second}, "5/1m0s": {5, time.Minute}} {
		if got, err := ParseRate(text); err != nil || got != want || got.String() != text {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "1/", "/10s", "0/10s", "-1/10s", "1/0s", "1/-1s", "1/10", "one/10s", "1/10s/2"} {
		if got, err := ParseRate(text); err == nil || got != (Rate{}) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
}

func FuzzReview(f *testing.F) {
	seeds(f)
	r := NewReviewer(policy(), Rules{}, Kinds()...)
	f.Fuzz(func(t *testing.T, text string) {
		s := Submission{Text: text, Mode: PublishClean, At: noon, Recent: []Recent{{Text: Normalize(text), At: noon, SameArticle: true}}, Anyway: true}
		v := r.Review(s)
		if again := r.Review(s); !reflect.DeepEqual(v, again) {
			t.Errorf("%q: %+v, again %+v", text, v, again)
		}
		if again := r.Review(Submission{Text: v.Text, Mode: PublishClean}); len(again.Findings)+1 != len(v.Findings) {
			t.Errorf("%q: the normalised text gives %d findings, not %d", text, len(again.Findings), len(v.Findings)-1)
		}
		if v.Outcome == Publish || v.Risk < 0 || v.Risk > 1 {
			t.Errorf("%q: %s, risk %v", text, v.Outcome, v.Risk)
		}
		for _, x := range v.Findings {
			if x.Start < 0 || x.End < x.Start || x.End > len(v.Text) || !utf8.ValidString(v.Text[x.Start:x.End]) || x.Why == ReasonCheckFailed {
				t.Errorf("%q: %+v", text, x)
			}
		}
		if !slices.IsSortedFunc(v.Findings, func(a, b Finding) int { return a.Start - b.Start }) {
			t.Errorf("%q: %+v", text, v.Findings)
		}
	})
}

func BenchmarkReview(b *testing.B) {
	r := NewReviewer(policy(), Rules{}, Kinds()...)
	for name, text := range map[string]string{
		"korean":  strings.Repeat("예산안을 다시 살펴봐야 합니다. ", 14),
		"english": strings.Repeat("The budget needs another look. ", 8),
		"1MB":     strings.Repeat("시.a1 ", 1<<20/7),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				r.Review(Submission{Text: text})
			}
		})
	}
}

// scorer is a classifier that gives every text the same scores.
type scorer struct{ abuse, risk float64 }

func (s scorer) Check(Submission) (Evidence, error) {
	return Evidence{Heads: map[string]float64{"abuse": s.abuse}, Risk: s.risk}, nil
}

func TestHeadsAndRisk(t *testing.T) {
	review := func(s scorer, text string) Verdict {
		k := Kind{Name: ClassifierName, Default: Rule{Then: ThenHold}, New: func(Setting) (Check, error) { return s, nil }}
		return NewReviewer(policy(), Rules{}, append(Kinds(), k)...).Review(Submission{Text: text, Mode: PublishClean})
	}
	plain, word := review(scorer{0.3, 0.3}, "a good point"), review(scorer{0.3, 0.3}, "a fucking good point")
	if plain.Heads["abuse"] < 0.299 || plain.Heads["abuse"] > 0.301 || plain.Risk < 0.299 || plain.Risk > 0.301 || plain.Outcome != Publish {
		t.Errorf("the classifier alone: %+v", plain)
	}
	if w := word.Heads["abuse"]; w < 0.4 || w > 0.7 || word.Risk <= 0.4 {
		t.Errorf("with a word: %+v", word)
	}
	if low := review(scorer{0.01, 0.01}, "a fucking good point").Heads["abuse"]; low >= word.Heads["abuse"] || low <= 0.01 {
		t.Errorf("with a word in a text that reads well: %v", low)
	}
	for _, s := range []scorer{{0, 0}, {1, 1}} {
		if v := review(s, "a fucking good point"); v.Heads["abuse"] != s.abuse || v.Risk < 0 || v.Risk > 1 {
			t.Errorf("%+v: %+v", s, v)
		}
	}
	if v := review(scorer{2, 0}, "a good point"); v.Outcome != Hold || v.Reason != ReasonCheckFailed {
		t.Errorf("a score outside the scale: %+v", v)
	}
	if v := review(scorer{0, 2}, "a good point"); v.Outcome != Hold || v.Reason != ReasonCheckFailed {
		t.Errorf("a risk outside the scale: %+v", v)
	}
}
