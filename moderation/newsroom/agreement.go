package newsroom

import "math"

// agreement says whether the latest decisions go the way of what was known before them. What follows a stream of lies
// agrees with itself; that the lies contradict the shipped model and the last fit shows within tens of them.
type agreement [2]moments // of the log-odds known before, of what was approved and of what was rejected

// moments are sums over decisions, each counting less with every one after it.
type moments struct{ count, sum, squares float64 }

const (
	fading      = 0.98 // how much a decision counts when another is taken: half after 34
	benefit     = 0.5  // of the doubt, in standard errors between the two means
	halfTrusted = 1    // standard errors, with that, at which trust is a half
	leastSpread = 1    // variance of log-odds: a few texts that are much alike prove little
)

// follow takes one decision about a text with these log-odds.
func (a *agreement) follow(logit float64, rejected bool) {
	for i := range a {
		a[i].count *= fading
		a[i].sum *= fading
		a[i].squares *= fading
	}
	z := max(-signalClip, min(signalClip, logit))
	m := &a[kind(rejected)]
	m.count++
	m.sum += z
	m.squares += float64(z * z)
}

// trust returns a share, 0 to below 1: the more, the surer it is that what was rejected had the higher log-odds. It is a
// third when they tell nothing, as on a desk of a taste that no model knows, and 0 when it is likely that what was
// rejected had the lower.
func (a agreement) trust() float64 {
	t := 0.0 // standard errors between the two means
	if a[0].count > 1 && a[1].count > 1 {
		t = (a[1].mean() - a[0].mean()) / math.Sqrt(a[0].uncertainty()+a[1].uncertainty())
	}
	t = max(0, t+benefit)
	return t / (t + halfTrusted)
}

func (m moments) mean() float64 { return m.sum / m.count }

// uncertainty returns the squared standard error of the mean.
func (m moments) uncertainty() float64 {
	mean := m.mean()
	return max(leastSpread, m.squares/m.count-float64(mean*mean)) / m.count
}
