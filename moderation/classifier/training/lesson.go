package training

import (
	"math"
	"slices"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// lesson is a text of one data set with the answers to its questions, which are numbered from first.
type lesson struct {
	words   []int
	first   int
	answers []bool
	weight  float32 // of the class of BEEP
}

const (
	batch      = 16 // lessons of a step
	dropPooled = 0.5
	dropWords  = 0.25 // shares of what is pooled and of the words that a lesson does without
	rateNet    = 0.002
	rateVector = 0.01
)

// train goes through the lessons, in another order each time, in steps that get smaller.
func (n *network) train(lessons []lesson, epochs int) {
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	steps := (len(order) + batch - 1) / batch * epochs
	done, early := 0, 1.0 // early is how much of what Adam keeps is still missing
	for range epochs {
		n.rnd.shuffle(order)
		for part := range slices.Chunk(order, batch) {
			for _, i := range part {
				n.learn(&lessons[i])
			}
			early = float64(early * keepPower)
			n.step(rateNet * float32(math.Sqrt(1-early)) * float32(steps-done) / float32(steps))
			done++
		}
	}
}

// step moves all weights but the vectors down the slopes of a batch.
func (n *network) step(rate float32) {
	for _, r := range n.readers {
		r.step(rate)
	}
	n.answer.step(rate)
	n.bias.step(rate)
}

// learn adds the slopes of a lesson, and moves the vectors of its words down theirs.
func (n *network) learn(l *lesson) {
	words := slices.Clone(l.words)
	for i := range words {
		if n.rnd.unit() < dropWords {
			words[i] = gap
		}
	}
	n.read(words)
	var keep, back [pooled]float32
	for i := range keep {
		if n.rnd.unit() >= dropPooled {
			keep[i] = 1 / (1 - dropPooled)
		}
		n.pool[i] *= keep[i]
	}
	n.conclude()
	errors := n.errors(l)
	n.answer.carry(l.first, errors, n.pool[:], back[:])
	add(n.bias.slope[l.first:l.first+len(errors)], 1, errors)
	for i := range back {
		back[i] *= keep[i]
	}
	n.spread(words, &back)
}

// errors returns for each question of the lesson how much too high its answer is. The three classes of BEEP are
// one answer: their probabilities sum to 1.
func (n *network) errors(l *lesson) []float32 {
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

// spread carries the slopes over what was pooled back to the readers and to the words.
func (n *network) spread(words []int, slope *[pooled]float32) {
	n.back = append(n.back[:0], make([]float32, len(n.x))...)
	for i, r := range n.readers {
		for k := range units {
			r.moments[n.at[i*units+k]].slope[k] += slope[2*i*units+k]
			g := slope[(2*i+1)*units+k] / float32(len(r.moments))
			for at := range r.moments {
				r.moments[at].slope[k] += g
			}
		}
		r.learn(n.x, n.back)
	}
	for i, w := range words {
		if w != gap {
			n.move(n.lexicon.parts[w], n.back[i*width:(i+1)*width])
		}
	}
}

// move moves the vectors of the parts of a word down its slope, by AdaGrad.
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
