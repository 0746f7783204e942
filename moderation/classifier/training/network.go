package training

import (
	"math"
	"slices"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// The teacher is a small convolutional network over words (Kim 2014): filters over one, two and three words, the
// strongest answer of each in the text, and from those the answers to all questions of all data sets. It is too
// large to ship, and judges the texts that nobody has judged.

const (
	filters   = 48 // of each width
	spans     = 3  // widths: 1 to 3 words
	pooled    = spans * filters
	questions = beepQuestions + kmhasAll + 1
	leak      = 0.01 // slope of a filter below zero
)

// lesson is a text of one data set with the answers to its questions, which are numbered from first.
type lesson struct {
	words   []int
	first   int
	answers []bool
	weight  float32 // of the class of BEEP
}

// layer is weights with the sum of the squares of their slopes, for AdaGrad.
type layer struct{ w, squares []float32 }

func newLayer(n int, size float32, rnd *random) layer {
	l := layer{make([]float32, n), make([]float32, n)}
	for i := range l.w {
		l.w[i] = (float32(rnd.unit()*2) - 1) * size
	}
	return l
}

// descend moves the weights from on down a slope that is g times x.
func (l *layer) descend(from int, g float32, x []float32, rate float32) {
	w, s := l.w[from:from+len(x)], l.squares[from:from+len(x)]
	for i, v := range x {
		if v == 0 {
			continue
		}
		d := g * v
		s[i] += float32(d * d)
		w[i] -= rate * d / float32(math.Sqrt(float64(s[i])+1e-8))
	}
}

// network is a teacher.
type network struct {
	lexicon   *lexicon
	vectors   vectors
	squares   []float32    // of each vector's slopes, the mean over its numbers
	filter    [spans]layer // each filter's weights, one filter behind the other
	threshold [spans]layer
	answer    layer // questions x pooled
	bias      layer
	rnd       random
	x, slope  []float32 // of the words of the text at hand
	pool      [pooled]float32
	at        [pooled]int
	keep      [pooled]float32
	z         [questions]float32
}

const (
	dropPooled = 0.5 // share of filters, and of words, that a lesson does without
	dropWords  = 0.1
	rateNet    = 0.05
	rateVector = 0.01
)

// newNetwork begins with the vectors of words that were learned without answers.
func newNetwork(l *lexicon, v vectors, seed uint64) *network {
	n := &network{lexicon: l, rnd: random(seed), vectors: slices.Clone(v), squares: make([]float32, classifier.Buckets)}
	for s := range spans {
		inputs := (s + 1) * width
		n.filter[s] = newLayer(filters*inputs, float32(math.Sqrt(3/float64(inputs))), &n.rnd)
		n.threshold[s] = newLayer(filters, 0, &n.rnd)
	}
	n.answer = newLayer(questions*pooled, 0.1, &n.rnd)
	n.bias = newLayer(questions, 0, &n.rnd)
	return n
}

// train goes through the lessons, in another order each time.
func (n *network) train(lessons []lesson, epochs int) {
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	for range epochs {
		n.rnd.shuffle(order)
		for _, i := range order {
			n.learn(lessons[i])
		}
	}
}

// judge returns the log-odds of each question for a text.
func (n *network) judge(words []int) [questions]float32 {
	for i := range n.keep {
		n.keep[i] = 1
	}
	n.forward(words)
	return n.z
}

// forward computes z; a word of -1 is a gap.
func (n *network) forward(words []int) {
	length := max(len(words), spans)
	n.x = append(n.x[:0], make([]float32, length*width)...)
	for i, w := range words {
		if w >= 0 {
			n.vectors.word(n.x[i*width:(i+1)*width], n.lexicon.parts[w])
		}
	}
	for s := range spans {
		inputs := (s + 1) * width
		for f := range filters {
			weights := n.filter[s].w[f*inputs : (f+1)*inputs]
			best, at := float32(math.Inf(-1)), 0
			for i := 0; i+s < length; i++ {
				if z := dot(weights, n.x[i*width:i*width+inputs]); z > best {
					best, at = z, i
				}
			}
			best += n.threshold[s].w[f]
			if best < 0 {
				best *= leak
			}
			n.pool[s*filters+f] = best * n.keep[s*filters+f]
			n.at[s*filters+f] = at
		}
	}
	for q := range n.z {
		n.z[q] = dot(n.answer.w[q*pooled:(q+1)*pooled], n.pool[:]) + n.bias.w[q]
	}
}

// learn takes one step on a lesson.
func (n *network) learn(l lesson) {
	words := make([]int, len(l.words))
	for i, w := range l.words {
		words[i] = w
		if n.rnd.unit() < dropWords {
			words[i] = -1
		}
	}
	for i := range n.keep {
		n.keep[i] = 0
		if n.rnd.unit() >= dropPooled {
			n.keep[i] = 1 / (1 - dropPooled)
		}
	}
	n.forward(words)
	var back [pooled]float32
	for i, g := range n.errors(l) {
		q := l.first + i
		add(back[:], g, n.answer.w[q*pooled:(q+1)*pooled])
		n.answer.descend(q*pooled, g, n.pool[:], rateNet)
		n.bias.descend(q, g, []float32{1}, rateNet)
	}
	n.backward(words, back)
}

// errors returns for each question of the lesson how much too high its answer is. The three classes of BEEP are
// one answer: their probabilities sum to 1.
func (n *network) errors(l lesson) []float32 {
	out := make([]float32, len(l.answers))
	from := 0
	if l.first == 0 {
		from = 3
		sum := 0.0
		for c := range from {
			sum += exact.Exp(float64(n.z[c]))
		}
		for c := range from {
			out[c] = float32(l.weight * float32(exact.Exp(float64(n.z[c]))/sum))
			if l.answers[c] {
				out[c] -= l.weight
			}
		}
	}
	for i := from; i < len(out); i++ {
		out[i] = float32(sigmoid(n.z[l.first+i]) / 2)
		if l.answers[i] {
			out[i] -= 0.5
		}
	}
	return out
}

// backward carries the slopes of the filters' answers on to the filters and the words.
func (n *network) backward(words []int, back [pooled]float32) {
	n.slope = append(n.slope[:0], make([]float32, len(n.x))...)
	for s := range spans {
		inputs := (s + 1) * width
		for f := range filters {
			k := s*filters + f
			g := back[k] * n.keep[k]
			if g == 0 {
				continue
			}
			if n.pool[k] < 0 {
				g *= leak
			}
			from, to := n.at[k]*width, n.at[k]*width+inputs
			add(n.slope[from:to], g, n.filter[s].w[f*inputs:(f+1)*inputs])
			n.filter[s].descend(f*inputs, g, n.x[from:to], rateNet)
			n.threshold[s].descend(f, g, []float32{1}, rateNet)
		}
	}
	for i, w := range words {
		if w >= 0 {
			n.move(n.lexicon.parts[w], n.slope[i*width:(i+1)*width])
		}
	}
}

// move moves the vectors of the parts of a word down its slope.
func (n *network) move(parts []classifier.Feature, slope []float32) {
	square := dot(slope, slope) / width
	if square == 0 {
		return
	}
	for _, p := range parts {
		n.squares[p.Bucket] += float32(float32(p.Value*p.Value) * square)
		rate := rateVector / float32(math.Sqrt(float64(n.squares[p.Bucket])+1e-8))
		add(n.vectors.of(p.Bucket), -float32(rate*p.Value), slope)
	}
}
