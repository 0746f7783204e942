package newsroom

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

func TestRefitPromotesWhatIsBetter(t *testing.T) {
	m := shipped(t)
	past, later := made(1, 800), made(2, 800)
	l, r := Refit(m, Layer{}, past)
	if !r.Promoted || r.Why != Better {
		t.Fatalf("%+v", r)
	}
	if before, after := auc(m, Layer{}, later), auc(m, l, later); after < before+0.1 {
		t.Errorf("AUC %.3f, after the refit %.3f", before, after)
	}
	if l.Threshold() != r.Threshold || r.Threshold < lowestThreshold || r.Threshold > highestThreshold {
		t.Errorf("threshold %v, reported %v", l.Threshold(), r.Threshold)
	}
	if p := score(readAll(m, later), l.scorer(m)).at(exact.Logit(l.Threshold())); p.Alarms > 2*alarmsAllowed || p.Recall < 0.7 {
		t.Errorf("later: %+v", p)
	}
	if !l.Until().Equal(past[len(past)-1].At) {
		t.Errorf("until %v", l.Until())
	}
	for _, w := range r.Learning[len(r.Learning)/2:] {
		if w.Learned < w.Shipped {
			t.Errorf("the later half of the learning curve: %+v", w)
		}
	}
	if len(r.Curve) != 19 || r.Decisions > 800 || r.HeldBack < 2*heldBackMin || r.Shipped.AUC > r.Candidate.Low {
		t.Errorf("%+v", r)
	}
	again, _ := Refit(m, Layer{}, past)
	if again.Version() != l.Version() {
		t.Error("not deterministic")
	}
}

// TestRefitKeepsWhatIsInForce gives a refit nothing new, little new, and new decisions in the same taste.
func TestRefitKeepsWhatIsInForce(t *testing.T) {
	m := shipped(t)
	labels := made(1, 3000)
	l, _ := Refit(m, Layer{}, labels[:2000])
	for n, want := range map[int]string{2000: TooFew, 2020: TooFew, 3000: NotBetter} {
		if got, r := Refit(m, l, labels[:n]); r.Why != want || got.Version() != l.Version() {
			t.Errorf("%d: %s, held back %d, in force %+v, candidate %+v", n, r.Why, r.HeldBack, r.InForce, r.Candidate)
		}
	}
	for _, n := range []int{0, 1, 59} {
		if got, r := Refit(m, Layer{}, labels[:n]); r.Why != TooFew || r.Promoted || got.Version() != "" || r.Threshold != DefaultThreshold {
			t.Errorf("%d: %+v", n, r)
		}
	}
}

// TestABadLayerIsReplaced lets a layer of lies be in force when the truth comes. What has learned both is better than
// the lies; it is promoted only once it is no worse than the model that has learned neither.
func TestABadLayerIsReplaced(t *testing.T) {
	m := shipped(t)
	labels := append(flipped(made(1, 500), 0), made(2, 3000)...)
	for i := range labels {
		labels[i].At = time.UnixMilli(int64(i))
	}
	lies := fit(m, readAll(m, labels[:500]), 0.5)
	for n, want := range map[int]string{1200: NotBetter, 3500: Better} {
		if _, r := Refit(m, lies, labels[:n]); r.Why != want {
			t.Errorf("%d: %s, shipped %.3f, in force %.3f, candidate %.3f", n, r.Why, r.Shipped.AUC, r.InForce.AUC, r.Candidate.AUC)
		}
	}
}

// TestHeldBackDecisionsAreNew looks at where the split falls: never before what the layer in force has seen.
func TestHeldBackDecisionsAreNew(t *testing.T) {
	m := shipped(t)
	examples := readAll(m, made(1, 2000))
	inForce := Layer{m.Version(), fitted{name: "x", until: examples[999].At.UnixMilli()}, online{}}
	for _, tc := range []struct {
		n    int
		l    Layer
		want int
	}{{1500, Layer{}, 1200}, {1500, inForce, 1250}, {1200, inForce, 1100}, {1040, inForce, -1}, {1000, inForce, -1}, {0, Layer{}, -1}} {
		if got := split(examples[:min(tc.n, len(examples))], tc.l); got != tc.want {
			t.Errorf("%d decisions, in force %q: %d, want %d", tc.n, tc.l.fitted.name, got, tc.want)
		}
	}
}

func TestPoisonIsNotPromoted(t *testing.T) {
	m := shipped(t)
	labels := made(1, 1600)
	good, _ := Refit(m, Layer{}, labels[:800])
	for name, tc := range map[string]struct {
		inForce Layer
		labels  []Label
		why     string
	}{
		"all turned round":       {Layer{}, flipped(labels[:800], 0), Inconsistent},
		"the last 200":           {Layer{}, flipped(labels[:800], 600), Inconsistent},
		"the last 400":           {Layer{}, flipped(labels[:800], 400), Inconsistent},
		"over a good layer, 400": {good, flipped(labels[:1200], 800), Inconsistent},
		"over a good layer, 800": {good, flipped(labels, 800), Inconsistent},
	} {
		got, r := Refit(m, tc.inForce, tc.labels)
		if r.Promoted || r.Why != tc.why || got.Version() != tc.inForce.Version() {
			t.Errorf("%s: %s, shipped %+v, candidate %+v", name, r.Why, r.Shipped, r.Candidate)
		}
	}
}

// TestLettingInsultsThroughIsNotPromoted needs the anchors: on some of these streams, which agree with themselves, the
// shipped model is not clearly below chance.
func TestLettingInsultsThroughIsNotPromoted(t *testing.T) {
	m := shipped(t)
	unclear := 0
	for seed := range uint64(12) {
		_, r := Refit(m, Layer{}, permissive(made(seed, 400)))
		if r.Why != Inconsistent && r.Why != TooFew {
			t.Errorf("%d: %s, shipped %+v, candidate %+v", seed, r.Why, r.Shipped, r.Candidate)
		}
		if r.Why == Inconsistent && r.Shipped.High >= 0.5 {
			unclear++
		}
	}
	if unclear == 0 {
		t.Error("the anchors are not needed")
	}
}

// permissive approves every insult and decides the rest as before.
func permissive(labels []Label) []Label {
	out := flipped(labels, len(labels))
	for i := range out {
		if out[i].Clause == "threats" {
			out[i].Rejected = false
		}
	}
	return out
}

// TestSomeLies turns three decisions in ten round: what is promoted all the same must be better in truth.
func TestSomeLies(t *testing.T) {
	m := shipped(t)
	labels, later := made(1, 1000), made(2, 1000)
	for i := range labels {
		labels[i].Rejected = labels[i].Rejected != (i%10 < 3)
	}
	l, r := Refit(m, Layer{}, labels)
	if before, after := auc(m, Layer{}, later), auc(m, l, later); after < before {
		t.Errorf("%s: AUC %.3f, then %.3f", r.Why, before, after)
	}
}

// TestRefitForgetsTheOnlinePart returns a layer as it is stored, to which Learn adds again what came after.
func TestRefitForgetsTheOnlinePart(t *testing.T) {
	m := shipped(t)
	l, _ := Refit(m, Layer{}, made(1, 500))
	if got, _ := Refit(m, l.Learn(m, made(2, 50)), nil); got.Version() != l.Version() {
		t.Errorf("%q, without the online part %q", got.Version(), l.Version())
	}
}

func TestRatios(t *testing.T) {
	at := func(rejected bool, buckets ...uint32) (e example) {
		for _, b := range buckets {
			e.features = append(e.features, classifier.Feature{Bucket: b, Value: 1})
		}
		e.target = float64(kind(rejected))
		return e
	}
	got := ratios([]example{at(true, 1, 2), at(true, 1), at(true, 2), at(false, 2, 3)})
	of := func(rejected, approved float64) float64 {
		return math.Log((rejected + smoothing) / (approved + smoothing))
	}
	for bucket, want := range map[int]float64{0: 0, 1: of(2, 0) - of(3, 1), 2: of(2, 1) - of(3, 1), 3: of(0, 1) - of(3, 1)} {
		if x := float64(got[bucket]); math.Abs(x*math.Abs(x)-want) > 1e-6 {
			t.Errorf("bucket %d: %v, want %v", bucket, got[bucket], want)
		}
	}
}

func TestLaterDecisionReplaces(t *testing.T) {
	m := shipped(t)
	at := time.UnixMilli(5)
	got := readAll(m, []Label{{Text: "하나"}, {Text: "둘"}, {Text: "하나", Rejected: true, At: at}})
	if len(got) != 2 || got[0].Text != "둘" || !got[1].Rejected || !got[1].At.Equal(at) {
		t.Errorf("%+v", got)
	}
}

func TestAnchors(t *testing.T) {
	m := shipped(t)
	if got := (Layer{}).anchorAUC(m); len(got) != 2 || min(got[0], got[1]) < 0.95 {
		t.Errorf("the shipped model does not know the anchors: %v", got)
	}
	liar := fit(m, readAll(m, flipped(made(1, 800), 0)), 0)
	if liar.decent(m) {
		t.Errorf("lies are decent: %v", liar.anchorAUC(m))
	}
}

func TestReportIsJSON(t *testing.T) {
	for _, n := range []int{0, 3, 400} {
		_, r := Refit(shipped(t), Layer{}, made(1, n))
		b, err := json.Marshal(r)
		var back map[string]any
		if err != nil || json.Unmarshal(b, &back) != nil || back["curve"] == nil || back["learning"] == nil {
			t.Errorf("%s %v", b, err)
		}
	}
}

func BenchmarkRefit10000(b *testing.B) {
	m, labels := shipped(b), made(1, 10_000)
	for b.Loop() {
		Refit(m, Layer{}, labels)
	}
}
