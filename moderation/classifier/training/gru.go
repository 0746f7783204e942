package training

import "math"

const (
	units = 32        // of the memory of a gru
	gates = 3 * units // what of the memory to use, what of it to replace, and by what
)

// gru reads a text word by word and keeps a memory of it: at each word it decides which units of the memory to use,
// which to replace, and by what (Cho et al. 2014).
type gru struct {
	backwards        bool
	in, memory, bias layer    // of the gates
	moments          []moment // of the text at hand, one a word
}

// moment is what was computed at a word.
type moment struct {
	before, after     [units]float32 // the memory
	use, replace, put [units]float32
	recalled          [gates]float32 // what the memory said to the gates
	slope             [units]float32 // of the loss over after, without what later words do
}

func newGRU(backwards bool, rnd *random) *gru {
	return &gru{
		backwards: backwards,
		in:        newLayer(gates*width, float32(math.Sqrt(3.0/width)), rnd),
		memory:    newLayer(gates*units, float32(math.Sqrt(3.0/units)), rnd),
		bias:      newLayer(gates, 0, rnd),
	}
}

// place returns where in a text of n words the one stands that is read after i others.
func (r *gru) place(i, n int) int {
	if r.backwards {
		return n - 1 - i
	}
	return i
}

// read reads the words whose vectors stand in x, one behind the other.
func (r *gru) read(x []float32) {
	n := len(x) / width
	r.moments = append(r.moments[:0], make([]moment, n)...)
	var state [units]float32
	var z [gates]float32
	for i := range n {
		at := r.place(i, n)
		m := &r.moments[at]
		m.before = state
		r.in.apply(z[:], x[at*width:(at+1)*width])
		add(z[:], 1, r.bias.w)
		r.memory.apply(m.recalled[:], state[:])
		for k := range units {
			m.use[k] = sigmoid(z[k] + m.recalled[k])
			m.replace[k] = sigmoid(z[units+k] + m.recalled[units+k])
			m.put[k] = tanh(z[2*units+k] + float32(m.use[k]*m.recalled[2*units+k]))
			state[k] += float32(m.replace[k] * (m.put[k] - state[k]))
		}
		m.after = state
	}
}

// learn carries the slopes of the moments back through the text: to the weights, and, added to back, to the words in x.
func (r *gru) learn(x, back []float32) {
	n := len(x) / width
	var later, earlier [units]float32 // slopes over the memory
	var g, recalled [gates]float32    // over the gates, and over what the memory said to them
	for i := n - 1; i >= 0; i-- {
		at := r.place(i, n)
		m := &r.moments[at]
		for k := range units {
			d := m.slope[k] + later[k]
			earlier[k] = float32(d * (1 - m.replace[k]))
			put := float32(d*m.replace[k]) * (1 - float32(m.put[k]*m.put[k]))
			g[k] = float32(put*m.recalled[2*units+k]) * float32(m.use[k]*(1-m.use[k]))
			g[units+k] = float32(d*(m.put[k]-m.before[k])) * float32(m.replace[k]*(1-m.replace[k]))
			g[2*units+k] = put
			recalled[k], recalled[units+k], recalled[2*units+k] = g[k], g[units+k], float32(put*m.use[k])
		}
		add(r.bias.slope, 1, g[:])
		r.in.carry(0, g[:], x[at*width:(at+1)*width], back[at*width:(at+1)*width])
		r.memory.carry(0, recalled[:], m.before[:], earlier[:])
		later = earlier
	}
}

// step moves the weights down the slopes of the batch.
func (r *gru) step(rate float32) {
	r.in.step(rate)
	r.memory.step(rate)
	r.bias.step(rate)
}

// tanh returns the hyperbolic tangent within 1/250.
func tanh(z float32) float32 { return float32(2*sigmoid(2*z)) - 1 }
