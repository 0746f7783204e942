package newsroom

import (
	"math"

	"broadsheet/moderation/classifier"
)

const headCount = 3 // of classifier.Model.Heads

// view is a text as the layer sees it.
type view struct {
	features           []classifier.Feature
	start              float64 // log-odds from which a layer starts: of breaking the standards by the wording
	signals            [signalCount]float64
	strongest, leaning int // heads, as lean returns them
}

// starts is what each head counts in the log-odds from which a layer starts. On a desk that the shipped model has not
// seen, abuse and hate together tell more than either, and both are surer than they should be.
var starts = [headCount]float64{abuse: 0.4, hatred: 0.3}

// The signals are a few numbers of a text from which a desk's taste is learned fast. First come the log-odds of each
// head. Then, for abuse and for hate, the mean weight of the few n-grams that speak most for it and of those that
// speak most against it: a long comment with one foul word looks harmless on the whole.
const (
	signalCount = headCount + 2*len(wording)
	signalClip  = 4 // log-odds beyond are cut to it
	few         = 8
)

// wording are the names of the tables of the heads that judge wording.
var wording = [...][3]string{
	{classifier.Abuse, classifier.Abuse + "_ko", classifier.Abuse + "_en"},
	{classifier.Hate, classifier.Hate + "_ko", classifier.Hate + "_en"},
}

func look(m *classifier.Model, fs []classifier.Feature) view { return lookAt(m, fs, m.Logits(fs)) }

func lookAt(m *classifier.Model, fs []classifier.Feature, logits []float64) view {
	v := view{features: fs}
	for i, z := range logits {
		if i == hatred {
			z = max(z, standIn(m, fs))
		}
		v.start += float64(starts[i] * z)
		v.signals[i] = max(-signalClip, min(signalClip, z))
	}
	for i, names := range wording {
		most, least := extremes(m, fs, names[:])
		v.signals[headCount+2*i], v.signals[headCount+2*i+1] = 2*most-1, 2*least+1 // about -1 to 1
	}
	v.strongest, v.leaning = lean(logits)
	return v
}

// standIn returns the log-odds of abuse in the languages in which no table tells hatred, -Inf when there is none.
func standIn(m *classifier.Model, fs []classifier.Feature) float64 {
	z := math.Inf(-1)
	for i, name := range wording[hatred] {
		if t := m.Table(wording[abuse][i]); t != nil && m.Table(name) == nil {
			z = max(z, t.Logit(fs))
		}
	}
	return z
}

// extremes returns the means of the largest and of the smallest few weights that the tables give to the features, a
// weight being -1 to 1; 0 for none.
func extremes(m *classifier.Model, fs []classifier.Feature, tables []string) (most, least float64) {
	var counts [256]int // of each weight + 128
	n := 0
	for _, name := range tables {
		t := m.Table(name)
		if t == nil {
			continue
		}
		for _, f := range fs {
			if i := int(f.Bucket) - int(t.First); i >= 0 && i < len(t.Weights) {
				counts[int(t.Weights[i])+128]++
				n++
			}
		}
	}
	if n == 0 {
		return 0, 0
	}
	n = min(n, few)
	high, low := 0, 0
	for w, left := 255, n; left > 0; w-- {
		k := min(left, counts[w])
		high, left = high+k*(w-128), left-k
	}
	for w, left := 0, n; left > 0; w++ {
		k := min(left, counts[w])
		low, left = low+k*(w-128), left-k
	}
	return float64(high) / float64(127*n), float64(low) / float64(127*n)
}

// scales tells how much a model's tables of wording make of a bucket.
type scales struct {
	tables []*classifier.Table
	means  []float64 // size of a weight of each table that is not 0
}

func newScales(m *classifier.Model) scales {
	var s scales
	for _, names := range wording {
		for _, name := range names {
			t := m.Table(name)
			if t == nil {
				continue
			}
			sum, n := 0, 0
			for _, w := range t.Weights {
				sum += max(int(w), -int(w))
				n += int(uint8(w|-w) >> 7) // 1 unless w is 0
			}
			if sum > 0 {
				s.tables, s.means = append(s.tables, t), append(s.means, float64(sum)/float64(n))
			}
		}
	}
	return s
}

// of returns 0.5 + the square root of the size of the bucket's weight, in means, over the tables that have it.
func (s scales) of(bucket uint32) float32 {
	sum, n := 0.0, 0.0
	for i, t := range s.tables {
		if at := int(bucket) - int(t.First); at >= 0 && at < len(t.Weights) {
			sum += math.Abs(float64(t.Weights[at])) / s.means[i]
			n++
		}
	}
	if n == 0 {
		return 0.5
	}
	return float32(0.5 + math.Sqrt(sum/n))
}
