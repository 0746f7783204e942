package newsroom

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
	"broadsheet/moderation/classifier/training"
)

// comments is the data that is not part of the project, seen from this package.
const comments = "../../../shared/data/comments"

// rows reads the labelled Korean comments; the test is skipped where they are not.
func rows(t *testing.T) (d training.Data) {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(comments, name))
		if err != nil {
			t.Skip("the data is not here: ", err)
		}
		return string(b)
	}
	var errs [3]error
	d.BEEP, errs[0] = training.ParseBEEP(read("beep/train.tsv"))
	d.KMHaS, errs[1] = training.ParseKMHaS(read("kmhas-valid/kmhas_valid.txt"))
	d.Curse, errs[2] = training.ParseCurse(read("curse/dataset.txt"))
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// decisions makes the rows of K-MHaS, none of them known to the other sets, a desk's decisions in a fixed order.
func decisions(d training.Data, rejects func(training.Labelled) bool) (out []Label) {
	seen := map[string]bool{}
	for _, c := range d.BEEP {
		seen[training.Letters(c.Text)] = true
	}
	for _, c := range d.Curse {
		seen[training.Letters(c.Text)] = true
	}
	for _, c := range d.KMHaS {
		if l := training.Letters(c.Text); !seen[l] {
			seen[l] = true
			out = append(out, Label{Text: c.Text, Rejected: rejects(c), Clause: "respect"})
		}
	}
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i := range out {
		out[i].At = time.UnixMilli(int64(i+1) * 60_000)
	}
	return out
}

// unchosen returns the decisions, in another order, by which nothing was chosen: what constants of learning were
// chosen last, were on the other half.
func unchosen(labels []Label, order uint64) (out []Label) {
	for _, l := range labels {
		h := fnv.New32a()
		h.Write([]byte(training.Letters(l.Text)))
		x := h.Sum32()
		x = (x ^ x>>16) * 0x7feb352d
		if (x^x>>15)&1 == 1 {
			out = append(out, l)
		}
	}
	rand.New(rand.NewPCG(order, 5)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i := range out {
		out[i].At = time.UnixMilli(int64(i+1) * 60_000)
	}
	return out
}

// baselines are the AUC of what is shipped: each head alone, and the larger of the two of each text.
func baselines(m *classifier.Model, labels []Label) map[string]float64 {
	of := func(logit func(logits []float64) float64) float64 {
		var s scored
		for _, l := range labels {
			s.logits = append(s.logits, logit(m.Logits(classifier.Features(l.Text))))
			s.rejected = append(s.rejected, l.Rejected)
		}
		return s.figures().AUC
	}
	return map[string]float64{
		"abuse":            of(func(z []float64) float64 { return z[abuse] }),
		"hate":             of(func(z []float64) float64 { return z[hatred] }),
		"max(abuse, hate)": of(func(z []float64) float64 { return max(z[abuse], z[hatred]) }),
	}
}

// tastes are desks that decide by labels of K-MHaS.
var tastes = map[string]func(training.Labelled) bool{
	"every label":               training.Labelled.Any,
	"politics, age and gender":  func(l training.Labelled) bool { return l.Labels[2] || l.Labels[4] || l.Labels[5] },
	"profanity and appearances": func(l training.Labelled) bool { return l.Labels[1] || l.Labels[3] },
}

// least is what must be gained over a baseline after 1,000 decisions: what was reached, less what another order may take.
// Where the desk rejects what hate knows already, less is to be gained: three times as many decisions add about 0.01.
var least = map[string]map[string]float64{
	"every label":               {"abuse": 0.05, "max(abuse, hate)": 0.03, "hate": 0.02},
	"politics, age and gender":  {"abuse": 0.05, "max(abuse, hate)": 0.05, "hate": 0.05},
	"profanity and appearances": {"abuse": 0.05, "max(abuse, hate)": 0.05, "hate": 0.05},
}

// TestAnotherNewsroomsTaste is the bar: the model has not seen K-MHaS, whose labels are the desk's. It prints the means
// over several orders, and what is gained over each baseline. A model made with the teacher, which takes ten minutes, was
// measured once: it begins up to 0.02 higher and ends 0.002 higher, so that there "every label" gained 0.045 over abuse.
func TestAnotherNewsroomsTaste(t *testing.T) {
	d := rows(t)
	m, err := classifier.Load(classifier.Encode(training.Train(training.Data{BEEP: d.BEEP, Curse: d.Curse}, training.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	for name, rejects := range tastes {
		t.Run(name, func(t *testing.T) {
			before, after, promoted := map[string]float64{}, map[string]float64{}, 0
			const orders = 4
			for order := range uint64(orders) {
				labels := unchosen(decisions(d, rejects), order)
				past, later := labels[:1000], labels[1000:]
				for baseline, x := range baselines(m, later) {
					before[baseline] += x / orders
				}
				for _, n := range []int{0, 30, 100, 300, 1000} {
					after[fmt.Sprintf("%4d followed", n)] += auc(m, Layer{}.Learn(m, past[:n]), later) / orders
				}
				l, r := Refit(m, Layer{}, past)
				if r.Promoted {
					promoted++
					held(t, m, l, later)
				} else {
					l = Layer{}.Learn(m, past)
				}
				after["after a night"] += auc(m, l, later) / orders
			}
			for _, baseline := range slices.Sorted(maps.Keys(before)) {
				for _, how := range slices.Sorted(maps.Keys(after)) {
					t.Logf("over %-16s %.3f: %s %.3f, gain %+.3f", baseline, before[baseline], how, after[how], after[how]-before[baseline])
				}
				if gain := min(after["1000 followed"], after["after a night"]) - before[baseline]; gain < least[name][baseline] {
					t.Errorf("over %s only %.3f is gained", baseline, gain)
				}
			}
			if t.Logf("%d of %d fits were promoted", promoted, orders); promoted < orders/2 {
				t.Error("too few")
			}
		})
		t.Run(name+", turned round", func(t *testing.T) { turnedRound(t, m, decisions(d, rejects)) })
	}
}

// held checks the threshold of a fitted layer: it was to hold 5 % of what is approved later.
func held(t *testing.T, m *classifier.Model, l Layer, later []Label) {
	t.Helper()
	if p := score(readAll(m, later), l.scorer(m)).at(exact.Logit(l.Threshold())); p.Alarms < 0.02 || p.Alarms > 0.09 {
		t.Errorf("the threshold: %+v", p)
	}
}

// turnedRound sees that lies are not promoted, and do no harm until the next fit.
func turnedRound(t *testing.T, m *classifier.Model, labels []Label) {
	past, later := labels[:1000], labels[1000:]
	l, _ := Refit(m, Layer{}, past)
	for _, from := range []int{0, 600, 800} {
		if _, r := Refit(m, Layer{}, flipped(past, from)); r.Promoted {
			t.Errorf("turned round from %d on, it is promoted", from)
		}
	}
	for _, n := range []int{100, 300, 1000} {
		if got, r := Refit(m, l, slices.Concat(past, flipped(later[:n], 0))); r.Promoted || got.Version() != l.Version() {
			t.Errorf("%d turned round over a good layer: promoted", n)
		}
		for over, base := range map[string]Layer{"nothing": {}, "a good layer": l} {
			before, after := auc(m, base, later[1000:]), auc(m, base.Learn(m, flipped(later[:n], 0)), later[1000:])
			if after < before-0.02 {
				t.Errorf("%d turned round were followed over %s: AUC %.3f, then %.3f", n, over, before, after)
			}
		}
	}
}

// TestFewHeadlinesAreHeld is a bar of the whole review: nobody abuses anybody in a headline.
func TestFewHeadlinesAreHeld(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(comments, "beep/train.news_title.txt"))
	if err != nil {
		t.Skip("the data is not here: ", err)
	}
	k := Kind(shipped(t), Layer{})
	c, err := k.New(numbers(k, nil))
	if err != nil {
		t.Fatal(err)
	}
	held, all := 0, 0
	for line := range strings.Lines(string(b)) {
		e, _ := c.Check(moderation.Submission{Text: moderation.Normalize(line)})
		if all++; len(e.Findings) > 0 {
			held++
		}
	}
	t.Logf("%d of %d headlines are held: %.1f %%", held, all, 100*float64(held)/float64(all))
	if all < 7000 || held > all*25/1000 {
		t.Error("too many")
	}
}
