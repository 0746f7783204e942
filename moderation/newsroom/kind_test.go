package newsroom

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
)

// numbers are the settings of the check as the rules leave them.
func numbers(k moderation.Kind, over map[string]float64) moderation.Setting {
	s := moderation.Setting{Numbers: map[string]float64{}}
	for _, p := range k.Params {
		s.Numbers[p.Name] = p.Default
	}
	for name, x := range over {
		s.Numbers[name] = x
	}
	return s
}

func evidence(t testing.TB, k moderation.Kind, over map[string]float64, text string) moderation.Evidence {
	t.Helper()
	c, err := k.New(numbers(k, over))
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Check(moderation.Submission{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range e.Findings {
		if f.Start < 0 || f.End > len(text) || f.End <= f.Start || f.Score <= 0 || f.Score > 1 || !slices.Contains(k.Whys, f.Why) || f.Clause == "" {
			t.Errorf("%q: %+v", text, f)
		}
	}
	return e
}

func TestPlainAbuseIsFound(t *testing.T) {
	k := Kind(shipped(t), Layer{})
	for text, word := range map[string]string{
		"어제 축구 경기 잘 봤습니다 이 병신 새끼야":             "병신",
		"thank you for this, you stupid bitch": "bitch",
	} {
		e := evidence(t, k, nil, text)
		if len(e.Heads) != headCount || !slices.ContainsFunc(e.Findings, func(f moderation.Finding) bool {
			return f.Why == classifier.Abuse && f.Clause == "respect" && f.Score == e.Heads[classifier.Abuse] && strings.Contains(text[f.Start:f.End], word)
		}) {
			t.Errorf("%q: %+v", text, e)
		}
	}
}

// tiny returns a model that knows one word of abuse and thinks well of all other Hangul.
func tiny(t testing.TB, word string) *classifier.Model {
	t.Helper()
	weights := slices.Repeat([]int8{-10}, classifier.LatinFirst)
	for _, f := range classifier.Features(word) {
		if f.Bucket < classifier.LatinFirst { // not the blanks around it
			weights[f.Bucket] = 100
		}
	}
	m, err := classifier.Load(classifier.Encode([]classifier.Table{{Name: "abuse_ko", Scale: 0.1, Weights: weights}}))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestFindingsStandWhereTheWordsAre reads the spans of two words; the weaker has a lower score.
func TestFindingsStandWhereTheWordsAre(t *testing.T) {
	text := "가나다 소리를 좋은 기사 고맙습니다 나다 덕분에"
	e := evidence(t, Kind(tiny(t, "가나다"), Layer{}), nil, text)
	if len(e.Findings) < 2 {
		t.Fatalf("%+v", e)
	}
	a, b := e.Findings[0], e.Findings[1]
	if !strings.Contains(text[a.Start:a.End], "가나다") || a.End-a.Start > len("가나다 소리") || b.Start <= a.End || !strings.Contains(text[b.Start:b.End], "나다") || a.Score != e.Heads[classifier.Abuse] || b.Score >= a.Score {
		t.Errorf("%+v %q %q", e, text[a.Start:a.End], text[b.Start:b.End])
	}
}

func TestHarmlessIsClean(t *testing.T) {
	k := Kind(shipped(t), Layer{})
	for _, text := range []string{"좋은 기사 잘 읽었습니다. 고맙습니다", "This is a fine article, thank you for it.", "", "1234", "🙂"} {
		if e := evidence(t, k, nil, text); len(e.Findings) != 0 {
			t.Errorf("%q: %+v", text, e)
		}
	}
}

func TestNewsroomFindsItsOwn(t *testing.T) {
	m := shipped(t)
	l, r := Refit(m, Layer{}, made(1, 1000))
	if !r.Promoted {
		t.Fatal(r.Why)
	}
	k := Kind(m, l)
	text := "솔직히 날씨가 정말 좋네요 코인 시세가 정말 좋네요"
	e := evidence(t, k, nil, text)
	if len(e.Findings) == 0 || e.Heads[Newsroom] < l.Threshold() {
		t.Fatalf("%+v", e)
	}
	f := e.Findings[0]
	if f.Why != Newsroom || f.Clause != "relevance" || !strings.Contains(text[f.Start:f.End], "코인") || f.Start == 0 {
		t.Errorf("%+v %q", f, text[f.Start:f.End])
	}
	if e := evidence(t, k, nil, "솔직히 날씨가 정말 좋네요"); len(e.Findings) != 0 || e.Heads[Newsroom] == 0 {
		t.Errorf("of the weather: %+v", e)
	}
	if e := evidence(t, Kind(m, Layer{}), nil, text); len(e.Findings) != 0 || len(e.Heads) != headCount {
		t.Errorf("without the layer: %+v", e)
	}
	if e := evidence(t, k, map[string]float64{Newsroom: 1}, text); len(e.Findings) != 0 {
		t.Errorf("with the number 1: %+v", e)
	}
}

// TestLayerSpeaksInItsExplanation gives a layer whose every weight is for one word.
func TestLayerSpeaksInItsExplanation(t *testing.T) {
	m := tiny(t, "바사아")
	weights := make([]float32, classifier.Buckets)
	for _, f := range classifier.Features("가나다") {
		weights[f.Bucket] = 10
	}
	text := "좋은 기사 고맙습니다 가나다 덕분에"
	for name, l := range map[string]Layer{
		"fitted": {model: m.Version(), fitted: fitted{linear: linear{weights: weights}}},
		"online": {model: m.Version(), online: online{learner: learner{linear: linear{weights: weights}}, count: 1}},
	} {
		spans := l.explaining(m).Explain(text, explainingHead, 1)
		if len(spans) == 0 || !strings.Contains(text[spans[0].Start:spans[0].End], "나다") || strings.Contains(text[spans[0].Start:spans[0].End], "기사") {
			t.Errorf("%s: %v", name, spans)
		}
	}
	if spans := (Layer{}).explaining(m).Explain(text, explainingHead, 1); len(spans) > 0 && strings.Contains(text[spans[0].Start:spans[0].End], "나다") {
		t.Errorf("the model alone: %v", spans)
	}
}

// TestClausesAreTheDesks goes from the clause of the head to the one that the desk names most, apart for what the model finds
// and what it does not.
func TestClausesAreTheDesks(t *testing.T) {
	m := tiny(t, "바사아")
	text, harmless := "바사아", "좋은 기사"
	v := look(m, classifier.Features(text))
	var l Layer
	for _, step := range []struct{ named, want string }{{"", "respect"}, {"threats", "threats"}, {"hate", "hate"}, {"threats", "threats"}} {
		l = l.Learn(m, []Label{{Text: text, Rejected: true, Clause: step.named}, {Text: text, Clause: "spam"}, {Text: harmless, Rejected: true, Clause: "truth"}})
		if got := l.clause(v); got != step.want {
			t.Errorf("after %q: %q, want %q", step.named, got, step.want)
		}
	}
	if got := l.clause(look(m, classifier.Features("고맙습니다"))); got != "truth" {
		t.Errorf("of what the model finds nothing in: %q", got)
	}
}

// TestLeniencyFreesNothing lets a desk approve an insult many times: the shipped head holds it all the same.
func TestLeniencyFreesNothing(t *testing.T) {
	m := shipped(t)
	text := "이 병신 새끼야 꺼져라"
	l := Layer{}.Learn(m, slices.Repeat([]Label{{Text: text}}, 300))
	if e := evidence(t, Kind(m, l), nil, text); len(e.Findings) == 0 {
		t.Errorf("%+v", e)
	}
}

func TestTextWithoutSpansIsShownWhole(t *testing.T) {
	k := Kind(shipped(t), Layer{})
	text := "1234 🙂"
	e := evidence(t, k, map[string]float64{classifier.Spam: 0}, text)
	if len(e.Findings) != 1 || e.Findings[0].Start != 0 || e.Findings[0].End != len(text) || e.Findings[0].Why != classifier.Spam {
		t.Errorf("%+v", e.Findings)
	}
}

// TestReviewerTakesTheKind goes through the whole review: held with a nudge, and named in the verdict.
func TestReviewerTakesTheKind(t *testing.T) {
	m := shipped(t)
	l := Layer{}.Learn(m, made(1, 50))
	k := Kind(m, l)
	if err := (moderation.Rules{}).Check([]moderation.Kind{k}); err != nil {
		t.Fatal(err)
	}
	s := moderation.Standards{Version: "x", Clauses: []moderation.Clause{{ID: "respect"}}}
	v := moderation.NewReviewer(s, moderation.Rules{}, k).Review(moderation.Submission{Text: "이 병신 새끼야 꺼져라", Mode: moderation.PublishClean})
	if v.Outcome != moderation.Hold || v.Reason != moderation.ReasonWording || !v.Nudge || v.Risk < 0.8 {
		t.Errorf("%+v", v)
	}
	if !strings.Contains(v.Model, m.Version()) || !strings.Contains(v.Model, l.Version()) {
		t.Errorf("model %q", v.Model)
	}
}

// TestHeadsAreTheModels keeps the table of heads in the order of the model's.
func TestHeadsAreTheModels(t *testing.T) {
	names := shipped(t).Heads()
	if len(names) != headCount {
		t.Fatal(names)
	}
	for i, h := range heads {
		if h.name != names[i] {
			t.Errorf("%d: %s, the model says %s", i, h.name, names[i])
		}
	}
}

func FuzzCheck(f *testing.F) {
	m := shipped(f)
	k := Kind(m, fit(m, readAll(m, made(1, 300)), 0.3))
	c, err := k.New(numbers(k, map[string]float64{classifier.Abuse: 0.05, classifier.Hate: 0.05, classifier.Spam: 0}))
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{"", "a", "ㅅㅂ", "이 병신 새끼야", "코인 시세가 you stupid bitch", "\xff\u1112\u1161\u3164", strings.Repeat("새끼 ", 2000)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = moderation.Normalize(text)
		r := moderation.NewReviewer(moderation.Standards{}, moderation.Rules{}, moderation.Kind{
			Name: k.Name, Default: k.Default, New: func(moderation.Setting) (moderation.Check, error) { return c, nil },
		})
		if v := r.Review(moderation.Submission{Text: text}); slices.ContainsFunc(v.Findings, func(f moderation.Finding) bool { return f.Why == moderation.ReasonCheckFailed }) {
			_, err := c.Check(moderation.Submission{Text: text})
			t.Errorf("%q: %v", text, err)
		}
	})
}

const forty = "어제 저녁에 본 경기는 정말 좋았는데 심판 판정이 조금 아쉬웠습니다 다음" // 40 characters

func BenchmarkCheck(b *testing.B) {
	m := shipped(b)
	fitted := fit(m, readAll(m, made(1, 1000)), 0.5)
	for name, l := range map[string]Layer{"shipped": {}, "fitted": fitted, "fitted and online": fitted.Learn(m, made(2, 10))} {
		c, err := Kind(m, l).New(numbers(Kind(m, l), nil))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Check(moderation.Submission{Text: forty})
			}
		})
	}
}

// TestExcusedWordsAreNotSeen: what the word list excuses does not count, and moves nothing that stands behind it.
func TestExcusedWordsAreNotSeen(t *testing.T) {
	c, err := Kind(tiny(t, "가나다"), Layer{}).New(moderation.Setting{Numbers: map[string]float64{"abuse": 0.8, "hate": 1, "spam": 1}})
	if err != nil {
		t.Fatal(err)
	}
	text := "가나다 소리를 가나다"
	check := func(excused ...[2]int) moderation.Evidence {
		t.Helper()
		e, err := c.Check(moderation.Submission{Text: text, Excused: excused})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	first := [2]int{0, len("가나다")}
	e := check(first)
	if len(e.Findings) != 1 || e.Findings[0].Start < len("가나다 소리를") || !strings.Contains(text[e.Findings[0].Start:e.Findings[0].End], "가나다") {
		t.Errorf("%+v", e)
	}
	if both := check(first, [2]int{len(text) - len("가나다"), len(text)}); both.Heads["abuse"] >= e.Heads["abuse"] || len(both.Findings) > 0 {
		t.Errorf("%+v", both)
	}
}
