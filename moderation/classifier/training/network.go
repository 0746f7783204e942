package training

import (
	"math"
	"slices"

	"broadsheet/moderation/classifier"
)

// The teacher is a small recurrent network over words: it reads a text in both directions, keeps the strongest and the
// mean answer of each unit, and answers from those the questions of all data sets. It is too large to ship, and judges
// the texts that nobody has judged.

const (
	pooled    = 2 * 2 * units // the strongest and the mean of either direction
	questions = beepQuestions + kmhasAll + 1
)

// network is a teacher.
type network struct {
	lexicon *lexicon
	vectors vectors
	squares []float32 // of each vector's slopes, the mean over its numbers
	readers [2]*gru
	answer  layer // questions x pooled
	bias    layer
	rnd     random
	x, back []float32 // the vectors of the words of the text at hand, and the slopes over them
	pool    [pooled]float32
	at      [2 * units]int // the word where each unit is strongest
	z       [questions]float32
}

// newNetwork begins with the vectors of words that were learned without answers.
func newNetwork(l *lexicon, v vectors, seed uint64) *network {
	n := &network{lexicon: l, rnd: random(seed), vectors: slices.Clone(v), squares: make([]float32, classifier.Buckets)}
	n.readers = [2]*gru{newGRU(false, &n.rnd), newGRU(true, &n.rnd)}
	n.answer = newLayer(questions*pooled, 0.1, &n.rnd)
	n.bias = newLayer(questions, 0, &n.rnd)
	return n
}

// judge returns the log-odds of each question for a text.
func (n *network) judge(words []int) [questions]float32 {
	n.read(words)
	n.conclude()
	return n.z
}

// gap stands for a word that is passed over.
const gap = -1

// read sets pool to what the readers make of the words.
func (n *network) read(words []int) {
	length := max(len(words), 1)
	n.x = append(n.x[:0], make([]float32, length*width)...)
	for i, w := range words {
		if w != gap {
			n.vectors.word(n.x[i*width:(i+1)*width], n.lexicon.parts[w])
		}
	}
	for i, r := range n.readers {
		r.read(n.x)
		for k := range units {
			strongest, sum := float32(math.Inf(-1)), float32(0)
			for at := range r.moments {
				v := r.moments[at].after[k]
				sum += v
				if v > strongest {
					strongest, n.at[i*units+k] = v, at
				}
			}
			n.pool[2*i*units+k], n.pool[(2*i+1)*units+k] = strongest, sum/float32(length)
		}
	}
}

// conclude sets z to the answers to what is in pool.
func (n *network) conclude() {
	n.answer.apply(n.z[:], n.pool[:])
	add(n.z[:], 1, n.bias.w)
}
