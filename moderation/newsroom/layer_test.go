package newsroom

import (
	"math"
	"testing"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// TestStart gives heads that say the same of all texts: where no table tells hatred, abuse stands in.
func TestStart(t *testing.T) {
	m, err := classifier.Load(classifier.Encode([]classifier.Table{
		{Name: "abuse_ko", Bias: 2, Weights: make([]int8, classifier.Buckets)},
		{Name: "hate_ko", Bias: -1, Weights: make([]int8, classifier.Buckets)},
		{Name: "abuse_en", First: classifier.LatinFirst, Bias: 3, Weights: make([]int8, classifier.Buckets-classifier.LatinFirst)},
	}))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]float64{"좋은 기사": 0.4*2 + 0.3*-1, "a fine article": 0.7 * 3, "좋은 article": 0.7 * 3} {
		if got := exact.Logit(Layer{}.Score(m, classifier.Features(text))); math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if v := (Layer{}).Version(); v != "" {
		t.Errorf("version %q", v)
	}
}

// TestLearn also fits the narrow case: what is new to the shipped model is what is learned.
func TestLearn(t *testing.T) {
	m := shipped(t)
	past, later := made(1, 600), made(2, 600)
	l := Layer{}.Learn(m, past)
	if before, after := auc(m, Layer{}, later), auc(m, l, later); after < before+0.1 {
		t.Errorf("AUC %.3f, after 600 decisions %.3f", before, after)
	}
}

func TestLearnFolds(t *testing.T) {
	m := shipped(t)
	labels := made(1, 120)
	whole := Layer{}.Learn(m, labels)
	half := Layer{}.Learn(m, labels[:60])
	version, fs := half.Version(), classifier.Features(labels[0].Text)
	score := half.Score(m, fs)
	parts := half.Learn(m, labels[60:])
	if whole.Version() != parts.Version() || whole.Score(m, fs) != parts.Score(m, fs) {
		t.Error("two calls do not come to the same as one")
	}
	if half.Version() != version || half.Score(m, fs) != score {
		t.Error("a layer changed")
	}
	if parts.Version() == version {
		t.Error("another layer has the same version")
	}
	if same := half.Learn(m, nil); same.Version() != version {
		t.Error("nothing learned, another version")
	}
	if turned := half.Learn(m, flipped(labels[60:], 0)); turned.Version() == whole.Version() {
		t.Error("other decisions, the same version")
	}
}

// TestABadHourMovesLittle turns a hundred decisions round: nothing, or what was fitted, is left of the layer.
func TestABadHourMovesLittle(t *testing.T) {
	m := shipped(t)
	good, _ := Refit(m, Layer{}, made(1, 1000))
	later := made(2, 600)
	for name, l := range map[string]Layer{"nothing": {}, "a good layer": good} {
		before := auc(m, l, later)
		for _, honest := range []int{0, 100, 600} {
			bad := l.Learn(m, made(4, honest)).Learn(m, flipped(made(3, 100), 0))
			if after := auc(m, bad, later); after < before-0.02 {
				t.Errorf("over %s and %d decisions: AUC %.3f, then %.3f", name, honest, before, after)
			}
		}
	}
}

// TestOnlinePartIsBounded rejects courtesy again and again among honest decisions.
func TestOnlinePartIsBounded(t *testing.T) {
	m := shipped(t)
	lie := Label{Text: "고맙습니다 좋은 기사였어요", Rejected: true}
	var labels []Label
	for i, honest := range made(1, 6000) {
		if labels = append(labels, honest); i%4 == 0 {
			labels = append(labels, lie)
		}
	}
	fs := classifier.Features(lie.Text)
	before := exact.Logit(Layer{}.Score(m, fs))
	after := exact.Logit(Layer{}.Learn(m, labels).Score(m, fs))
	if moved := after - before; moved < 1 || moved > 2*onlineCap {
		t.Errorf("moved by %.2f", moved)
	}
}

func TestLayerOfAnotherModelAddsNothing(t *testing.T) {
	m := shipped(t)
	table := *m.Table(classifier.Abuse + "_ko")
	table.Bias++
	other, err := classifier.Load(classifier.Encode([]classifier.Table{table}))
	if err != nil {
		t.Fatal(err)
	}
	labels := made(1, 400)
	l, r := Refit(m, Layer{}, labels)
	if !r.Promoted {
		t.Fatal(r.Why)
	}
	fs := classifier.Features(labels[0].Text)
	if l.Score(other, fs) != (Layer{}).Score(other, fs) {
		t.Error("it adds to a model it does not know")
	}
	if l.Learn(other, labels[:5]).Version() != (Layer{}).Learn(other, labels[:5]).Version() {
		t.Error("it is not forgotten")
	}
}

// TestScales: what the shipped model holds to matter moves further.
func TestScales(t *testing.T) {
	weights := make([]int8, classifier.Buckets)
	weights[0], weights[1], weights[2] = 127, -127, 1
	m, err := classifier.Load(classifier.Encode([]classifier.Table{{Name: "abuse_ko", Scale: 0.01, Weights: weights}, {Name: "spam", First: 5, Scale: 1}}))
	if err != nil {
		t.Fatal(err)
	}
	s := newScales(m)
	for bucket, want := range []float64{0.5 + math.Sqrt(127/85.0), 0.5 + math.Sqrt(127/85.0), 0.5 + math.Sqrt(1/85.0), 0.5} {
		if got := s.of(uint32(bucket)); math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("bucket %d: %v, want %v", bucket, got, want)
		}
	}
}

func TestExtremes(t *testing.T) {
	weights := make([]int8, classifier.Buckets)
	for i := range 20 {
		weights[i] = int8(i - 4) // -4 … 15
	}
	m, err := classifier.Load(classifier.Encode([]classifier.Table{{Name: "hate_ko", Weights: weights}}))
	if err != nil {
		t.Fatal(err)
	}
	var fs []classifier.Feature
	for i := range uint32(20) {
		fs = append(fs, classifier.Feature{Bucket: i, Value: 1})
	}
	for _, tc := range []struct {
		n           int
		most, least float64 // of 127
	}{{20, 11.5, -0.5}, {3, -3, -3}, {0, 0, 0}} {
		most, least := extremes(m, fs[:tc.n], wording[1][:])
		if math.Abs(most-tc.most/127) > 1e-12 || math.Abs(least-tc.least/127) > 1e-12 {
			t.Errorf("%d: %v %v", tc.n, 127*most, 127*least)
		}
	}
	if most, least := extremes(m, fs, wording[0][:]); most != 0 || least != 0 {
		t.Errorf("without a table: %v %v", most, least)
	}
}

func TestEveryTextHasAScore(t *testing.T) {
	m := shipped(t)
	l := Layer{}.Learn(m, made(1, 50))
	for _, text := range []string{"", " ", "\xff", "🙂🙂", "123", "ㅋ", "a"} {
		if p := l.Score(m, classifier.Features(text)); math.IsNaN(p) || p < 0 || p > 1 {
			t.Errorf("%q: %v", text, p)
		}
	}
	l.Learn(m, []Label{{}, {Text: "🙂", Rejected: true}})
}

func BenchmarkLearn100(b *testing.B) {
	m, labels := shipped(b), made(1, 100)
	b.ReportAllocs()
	for b.Loop() {
		Layer{}.Learn(m, labels)
	}
}

func BenchmarkLearn1(b *testing.B) {
	m, labels := shipped(b), made(1, 100)
	l := Layer{}.Learn(m, labels)
	b.ReportAllocs()
	for b.Loop() {
		l.Learn(m, labels[:1])
	}
}
