package training

import (
	"math"
	"strings"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// The teacher reads a text word by word. A word is the sum of the vectors of its n-grams, so that one it has never
// seen is like those that are written alike (Bojanowski et al. 2017).

const (
	width    = 48 // of a vector
	maxWords = 64 // of a text that are read
)

// lexicon numbers words in the order they come in.
type lexicon struct {
	index map[string]int
	parts [][]classifier.Feature // of each word
	count []int
}

// read returns the numbers of the words of a text; those without letters are left out.
func (l *lexicon) read(text string) (out []int) {
	for _, w := range strings.Fields(text) {
		i, ok := l.index[w]
		if !ok {
			i = len(l.parts)
			l.index[w] = i
			l.parts = append(l.parts, classifier.Features(w))
			l.count = append(l.count, 0)
		}
		if len(l.parts[i]) > 0 && len(out) < maxWords {
			l.count[i]++
			out = append(out, i)
		}
	}
	return out
}

// vectors are the vectors of all buckets, one behind the other.
type vectors []float32

func (v vectors) of(bucket uint32) []float32 {
	i := int(bucket) * width
	return v[i : i+width : i+width]
}

// word sets dst to the vector of a word with these parts.
func (v vectors) word(dst []float32, parts []classifier.Feature) {
	clear(dst)
	for _, f := range parts {
		add(dst, f.Value, v.of(f.Bucket))
	}
}

// add adds a times b to dst.
func add(dst []float32, a float32, b []float32) {
	b = b[:len(dst)]
	for i := range dst {
		dst[i] += float32(a * b[i])
	}
}

// dot returns the sum of the products, in four sums so that they need not wait for each other.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	for i, v := range a {
		s0 += float32(v * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// learnVectors learns what words mean from the words around them: skip-grams with five words by chance for each
// one that is there (Mikolov et al. 2013).
func learnVectors(l *lexicon, texts [][]int, epochs int, seed uint64) vectors {
	rnd := random(seed)
	s := skipgram{l: l, rnd: &rnd, around: make([]float32, len(l.parts)*width), in: make(vectors, classifier.Buckets*width)}
	for i := range s.in {
		s.in[i] = (rnd.unit() - 0.5) * 2 / width
	}
	total := 0
	for _, t := range texts {
		total += len(t)
	}
	for w, n := range l.count {
		for range int(math.Sqrt(float64(n))*math.Sqrt(math.Sqrt(float64(n)))) + 1 {
			s.chance = append(s.chance, w)
		}
	}
	done := 0
	for range epochs {
		for _, t := range texts {
			for i := range t {
				s.learn(t, i, 0.05*(1-float32(done)/float32(total*epochs)))
				done++
			}
		}
	}
	return s.in
}

// skipgram is the state of learnVectors.
type skipgram struct {
	l      *lexicon
	rnd    *random
	in     vectors   // of the parts of words
	around []float32 // of words as neighbours
	chance []int     // words, as often as count^0.75 says
	h, g   [width]float32
}

// learn makes the word at i of the text better at telling its neighbours from others.
func (s *skipgram) learn(text []int, i int, rate float32) {
	parts := s.l.parts[text[i]]
	s.in.word(s.h[:], parts)
	s.g = [width]float32{}
	reach := 1 + s.rnd.below(4)
	for j := max(0, i-reach); j <= min(len(text)-1, i+reach); j++ {
		if j == i {
			continue
		}
		s.pair(text[j], 1, rate)
		for range 5 {
			s.pair(s.chance[s.rnd.below(len(s.chance))], 0, rate)
		}
	}
	for _, f := range parts {
		add(s.in.of(f.Bucket), f.Value, s.g[:])
	}
}

// pair learns whether a word is a neighbour.
func (s *skipgram) pair(word int, is, rate float32) {
	out := s.around[word*width : (word+1)*width]
	step := (is - sigmoid(dot(s.h[:], out))) * rate
	add(s.g[:], step, out)
	add(out, step, s.h[:])
}

// sigmoids holds the logistic function from -8 to 8 in steps of 1/64.
var sigmoids = func() (t [1024]float32) {
	for i := range t {
		t[i] = float32(exact.Sigmoid((float64(i) + 0.5 - 512) / 64))
	}
	return t
}()

// sigmoid returns the logistic function within 1/500.
func sigmoid(z float32) float32 { return sigmoids[max(0, min(1023, int((z+8)*64)))] }

// unit returns a number from 0 to below 1.
func (r *random) unit() float32 { return float32(float32(r.next()>>40) / (1 << 24)) }
