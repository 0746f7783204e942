package training

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// classes shows the steps of the recipe on BEEP.
func (e *evaluation) classes() string {
	var b strings.Builder
	fmt.Fprintf(&b, "BEEP train, %d distinct comments, %d-fold cross-validation\n\n", len(e.steps[0].truth), folds)
	b.WriteString("| step | macro F1 of none, offensive, hate [95 %] | AUC of offensive or hate |\n|---|---|---|\n")
	for i, name := range []string{"n-grams", "+ stack", "+ judgements of the teacher", "the teacher itself (not shipped)"} {
		if s := &e.steps[i]; len(s.truth) > 0 {
			lo, hi := interval(s.truth, s.guess)
			fmt.Fprintf(&b, "| %s | %.3f [%.3f, %.3f] | %.4f |\n", name, macroF1(s.truth, s.guess), lo, hi, s.mean(auc))
		}
	}
	return b.String()
}

// ranking shows how well the finished tables rank.
func (e *evaluation) ranking() string {
	var b strings.Builder
	found := func(z []float64, yes []bool) float64 { return recallAt(z, yes, 0.01) }
	fmt.Fprintf(&b, "Finished tables on the fifths that were held back: mean of the five, and the first, which `classifier train` holds back\n\n")
	b.WriteString("| table | set | texts | AUC | AUC in bytes | found at 1 % false | first: AUC in bytes | found at 1 % false |\n|---|---|---|---|---|---|---|---|\n")
	for _, m := range e.heads {
		fmt.Fprintf(&b, "| %s | %s | %d | %.4f | %.4f | %.3f | %.4f | %.3f |\n", m.head, m.learned.set, len(m.learned.z),
			m.learned.mean(auc), m.bytes.mean(auc), m.bytes.mean(found), m.bytes.on(0, auc), m.bytes.on(0, found))
	}
	return b.String()
}

// marks are the scores that thresholds are shown for.
var marks = []float64{0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98}

// row writes what share of the log-odds is at or above each mark.
func row(b *strings.Builder, name string, z []float64) {
	fmt.Fprintf(b, "| %s |", name)
	for _, p := range marks {
		n := 0
		for _, v := range z {
			if exact.Sigmoid(v) >= p {
				n++
			}
		}
		fmt.Fprintf(b, " %.1f |", 100*float64(n)/float64(max(1, len(z))))
	}
	b.WriteString("\n")
}

func marksHeader(b *strings.Builder, title string) {
	fmt.Fprintf(b, "%s\n\n| per cent at or above a score of |", title)
	for _, p := range marks {
		fmt.Fprintf(b, " %.2f |", p)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(marks)) + "\n")
}

// thresholds shows what is flagged at each score.
func (e *evaluation) thresholds() string {
	var b strings.Builder
	marksHeader(&b, "What a threshold flags (held back, in bytes)")
	for _, m := range e.heads {
		var z [2][]float64
		for i, v := range m.bytes.z {
			k := 0
			if m.bytes.yes[i] {
				k = 1
			}
			z[k] = append(z[k], v)
		}
		row(&b, fmt.Sprintf("%s, %s: found", m.head, m.bytes.set), z[1])
		row(&b, fmt.Sprintf("%s, %s: false", m.head, m.bytes.set), z[0])
	}
	return b.String()
}

// outside shows the shipped model on what it was not made for: headlines, and text messages.
func outside(d Data, m *classifier.Model) string {
	var b strings.Builder
	marksHeader(&b, "The shipped model on headlines (all are harmless) and on SMS-spam (an experiment: it was neither learned from nor tuned to)")
	spam := slices.Index(m.Heads(), classifier.Spam)
	for i, h := range m.Heads() {
		var z []float64
		for _, text := range d.Headlines {
			z = append(z, m.Logits(classifier.Features(text))[i])
		}
		row(&b, "headlines, "+h, z)
	}
	var all scored
	var z [2][]float64
	for _, r := range d.SMS {
		v := m.Logits(classifier.Features(r.Text))[spam]
		all.put(v, r.Spam > 0)
		z[int(r.Spam)] = append(z[int(r.Spam)], v)
	}
	row(&b, "SMS-spam, spam: found", z[1])
	row(&b, "SMS-spam, spam: false", z[0])
	fmt.Fprintf(&b, "\nSMS-spam: AUC %.4f\n", auc(all.z, all.yes))
	return b.String()
}

// dev shows what is learned from all rows on BEEP's dev rows, which nothing was chosen by: the classes by the models,
// before the cut, that the tables are made of, and the ranking by the shipped model as well.
func dev(d Data, t *teacher, m *classifier.Model) string {
	k := newKorean(d)
	models := k.learn(t)
	var c classed
	var shipped scored
	for _, r := range d.Dev {
		fs := classifier.Features(r.Text)
		c.put(models.classes(fs), r.Class)
		z := m.Logits(fs)
		shipped.put(max(z[0], z[1]), r.Class != None)
	}
	lo, hi := interval(c.truth, c.guess)
	return fmt.Sprintf("BEEP dev, %d comments: macro F1 %.3f [%.3f, %.3f], AUC of offensive or hate %.4f; "+
		"AUC by the shipped abuse or hate, the larger, %.4f\n", len(c.truth), macroF1(c.truth, c.guess), lo, hi, auc(c.z, c.yes), auc(shipped.z, shipped.yes))
}
