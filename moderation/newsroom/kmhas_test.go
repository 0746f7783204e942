package newsroom

import (
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

// TestAnotherNewsroomsTaste is the bar: the model has not seen K-MHaS, whose labels are the desk's.
func TestAnotherNewsroomsTaste(t *testing.T) {
	d := rows(t)
	m, err := classifier.Load(classifier.Encode(training.Train(training.Data{BEEP: d.BEEP, Curse: d.Curse}, training.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	for name, rejects := range map[string]func(training.Labelled) bool{
		"every label":               training.Labelled.Any,
		"politics, age and gender":  func(l training.Labelled) bool { return l.Labels[2] || l.Labels[4] || l.Labels[5] },
		"profanity and appearances": func(l training.Labelled) bool { return l.Labels[1] || l.Labels[3] },
	} {
		t.Run(name, func(t *testing.T) {
			labels := decisions(d, rejects)
			past, later := labels[:1000], labels[1000:]
			before := auc(m, Layer{}, later)
			learned := auc(m, Layer{}.Learn(m, past), later)
			l, r := Refit(m, Layer{}, past)
			refitted := auc(m, l, later)
			t.Logf("AUC on %d later decisions: %.3f, learned %.3f, refitted %.3f; %s, held back %d: %.3f, then %.3f; anchors %.2f; %d bytes",
				len(later), before, learned, refitted, r.Why, r.HeldBack, r.Shipped.AUC, r.Candidate.AUC, l.anchorAUC(m), len(l.Encode()))
			// The baseline is the head abuse, from which a layer starts. K-MHaS is nearer to the head hate, against which
			// much less is gained; see the note of issue 3.
			if learned < before+0.05 || refitted < before+0.05 {
				t.Error("too little is gained")
			}
			if p := score(readAll(m, later), l.scorer(m)).at(exact.Logit(l.Threshold())); p.Alarms < 0.02 || p.Alarms > 0.09 {
				t.Errorf("the threshold was to hold 5 %% of what is approved later: %+v", p)
			}
			for _, from := range []int{0, 600, 800} {
				if _, r := Refit(m, Layer{}, flipped(past, from)); r.Promoted {
					t.Errorf("turned round from %d on, it is promoted", from)
				}
			}
			for _, n := range []int{100, 300, 1000} {
				if got, r := Refit(m, l, slices.Concat(past, flipped(later[:n], 0))); r.Promoted || got.Version() != l.Version() {
					t.Errorf("%d turned round over a good layer: promoted", n)
				}
			}
		})
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
