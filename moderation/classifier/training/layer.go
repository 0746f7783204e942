package training

import "math"

// layer is the weights of a part of a network, and what it needs to learn by Adam (Kingma and Ba 2015).
type layer struct {
	w     []float32
	slope []float32 // of the loss over the weights, summed over the lessons of a batch
	mean  []float32 // of the slopes of earlier batches
	power []float32 // of their squares
}

// Shares of what earlier batches said that stay with each new one.
const (
	keepMean  = 0.9
	keepPower = 0.999
)

// newLayer returns n weights between -size and size.
func newLayer(n int, size float32, rnd *random) layer {
	l := layer{make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)}
	for i := range l.w {
		l.w[i] = (float32(rnd.unit()*2) - 1) * size
	}
	return l
}

// apply sets each of dst to the product of a row of the weights with x.
func (l *layer) apply(dst, x []float32) {
	for i := range dst {
		dst[i] = dot(l.w[i*len(x):(i+1)*len(x)], x)
	}
}

// carry takes the slopes g of what apply made of x to the weights from a row on, and adds those of x to back.
func (l *layer) carry(row int, g, x, back []float32) {
	for i, v := range g {
		from, to := (row+i)*len(x), (row+i+1)*len(x)
		add(l.slope[from:to], v, x)
		add(back, v, l.w[from:to])
	}
}

// step moves the weights down the slopes of the batch, and clears these.
func (l *layer) step(rate float32) {
	for i, g := range l.slope {
		l.mean[i] = float32(keepMean*l.mean[i]) + float32((1-keepMean)*g)
		l.power[i] = float32(keepPower*l.power[i]) + float32((1-keepPower)*float32(g*g))
		l.w[i] -= float32(rate * l.mean[i] / (float32(math.Sqrt(float64(l.power[i]))) + 1e-6))
		l.slope[i] = 0
	}
}
