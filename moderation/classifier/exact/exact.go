// Package exact holds the few functions of arithmetic that must give the same bits on every machine. The math
// package uses an assembly of its own on some, and a compiler may fuse a product with a sum; here every product is
// rounded before it is added. Square roots need no such care: IEEE 754 fixes them.
package exact

import "math"

const (
	ln2High = 6.93147180369123816490e-01 // ln 2 in two parts: k times the first is exact for |k| < 2^11
	ln2Low  = 1.90821492927058770002e-10
)

// Exp returns e^x within 4 units in the last place. It is 0 below -700 and +Inf above 700.
func Exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x < -700:
		return 0
	case x > 700:
		return math.Inf(1)
	}
	k := math.Floor(float64(x*(1/math.Ln2)) + 0.5)
	r := x - float64(k*ln2High)
	r -= float64(k * ln2Low)
	sum := 1.0 // Horner's scheme over the series of e^r, |r| <= ln 2 / 2
	for n := 14; n > 0; n-- {
		sum = 1 + float64(sum*float64(r/float64(n)))
	}
	return math.Ldexp(sum, int(k))
}

// Log returns the natural logarithm of x within 4 units in the last place; for x <= 0 it is -Inf.
func Log(x float64) float64 {
	switch {
	case x != x || x > math.MaxFloat64:
		return x
	case x <= 0:
		return math.Inf(-1)
	}
	f, k := math.Frexp(x)
	if f < math.Sqrt2/2 {
		f, k = f*2, k-1
	}
	s := (f - 1) / (f + 1) // ln f = 2 (s + s^3/3 + s^5/5 ...), |s| < 0.172
	z := float64(s * s)
	sum := 0.0
	for n := 23; n > 0; n -= 2 {
		sum = 1/float64(n) + float64(sum*z)
	}
	low := float64(2*float64(s*sum)) + float64(float64(k)*ln2Low)
	return float64(float64(k)*ln2High) + low
}

// Sigmoid returns 1/(1+e^-x), the probability whose log-odds are x.
func Sigmoid(x float64) float64 { return 1 / (1 + Exp(-x)) }

// Logit is the inverse of Sigmoid: the log-odds of p.
func Logit(p float64) float64 { return Log(p) - Log(1-p) }
