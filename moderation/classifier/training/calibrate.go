package training

import "broadsheet/moderation/classifier/exact"

// calibration turns log-odds z into a*z + b, whose probabilities come true.
type calibration struct{ a, b float64 }

// pull keeps the calibration near none where the texts do not decide it: when they are told apart without a mistake.
const pull = 0.001

// calibrate fits it to texts that were not learned from (Platt 2000), by Newton's method; both answers weigh half.
func calibrate(sets []scored) calibration {
	var z []float64
	var yes []bool
	for _, s := range sets {
		z, yes = append(z, s.z...), append(yes, s.yes...)
	}
	n := 0
	for _, y := range yes {
		if y {
			n++
		}
	}
	c := calibration{1, 0}
	if n == 0 || n == len(yes) {
		return c
	}
	weight := map[bool]float64{true: 0.5 / float64(n), false: 0.5 / float64(len(yes)-n)}
	for range 30 {
		ga, gb := float64(pull*(c.a-1)), float64(pull*c.b) // gradient and curvature
		haa, hab, hbb := pull, 0.0, pull
		for i, y := range yes {
			p := exact.Sigmoid(float64(c.a*z[i]) + c.b)
			g := p
			if y {
				g = p - 1
			}
			g, h := float64(weight[y]*g), float64(weight[y]*float64(p*(1-p)))
			ga += float64(g * z[i])
			gb += g
			haa += float64(h * float64(z[i]*z[i]))
			hab += float64(h * z[i])
			hbb += h
		}
		det := float64(haa*hbb) - float64(hab*hab)
		c.a -= max(-1, min(1, (float64(hbb*ga)-float64(hab*gb))/det))
		c.b -= max(-1, min(1, (float64(haa*gb)-float64(hab*ga))/det))
	}
	return c
}

// calibration fits the calibration of a head to rows that it was not learned from. Advertising is rarer than what is
// measured on: it counts as one comment in adsAmong.
func (d Data) calibration(h head) calibration {
	c := calibrate(d.judge(h))
	if h.name == "spam" {
		c.b -= exact.Log(adsAmong - 1)
	}
	return c
}
