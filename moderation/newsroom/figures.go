package newsroom

import (
	"cmp"
	"math"
	"slices"

	"broadsheet/moderation/classifier/exact"
)

// Figures say how well scores agree with a desk's decisions.
type Figures struct {
	AUC     float64 `json:"auc"` // probability that a rejected text scores above an approved one
	Low     float64 `json:"low"` // 95 % interval of AUC
	High    float64 `json:"high"`
	Recall  float64 `json:"recall"`   // share of the rejected found where 5 % of the approved are
	LogLoss float64 `json:"log_loss"` // mean of -ln of the probability given to what was decided
}

// Point is what a threshold would do.
type Point struct {
	Threshold float64 `json:"threshold"`
	Alarms    float64 `json:"alarms"` // share of the approved that score at least that
	Recall    float64 `json:"recall"` // share of the rejected that do
}

// alarmsAllowed is the share of the approved that a threshold may hold.
const alarmsAllowed = 0.05

// scored are the log-odds that something gives to decided texts.
type scored struct {
	logits   []float64
	rejected []bool
}

// placements returns for each text the share of those decided the other way that it is on the right side of; ties
// count half. The mean over either kind is the AUC (DeLong, DeLong and Clarke-Pearson 1988).
func (s scored) placements() (rejected, approved []float64) {
	out := make([]float64, len(s.logits))
	order := make([]int, len(s.logits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.logits[a], s.logits[b]) })
	below := [2]float64{} // approved, rejected
	for i := 0; i < len(order); {
		j, here := i, [2]float64{}
		for ; j < len(order) && s.logits[order[j]] == s.logits[order[i]]; j++ {
			here[kind(s.rejected[order[j]])]++
		}
		for _, k := range order[i:j] {
			other := kind(!s.rejected[k])
			out[k] = below[other] + here[other]/2
		}
		below[0], below[1], i = below[0]+here[0], below[1]+here[1], j
	}
	for i, x := range out {
		if s.rejected[i] {
			rejected = append(rejected, x/below[0])
		} else {
			approved = append(approved, 1-x/below[1])
		}
	}
	return rejected, approved
}

func kind(rejected bool) int {
	if rejected {
		return 1
	}
	return 0
}

// figures measures scores of texts of both kinds; the zero Figures when a kind is missing.
func (s scored) figures() Figures {
	rejected, approved := s.placements()
	if len(rejected) == 0 || len(approved) == 0 {
		return Figures{}
	}
	auc, varX := meanAndVariance(rejected)
	_, varY := meanAndVariance(approved)
	half := 1.96 * math.Sqrt(varX/float64(len(rejected))+varY/float64(len(approved)))
	f := Figures{AUC: auc, Low: max(0, auc-half), High: min(1, auc+half)}
	f.Recall = s.at(s.threshold()).Recall
	for i, z := range s.logits {
		if s.rejected[i] {
			z = -z
		}
		f.LogLoss += max(z, 0) + exact.Log(1+exact.Exp(-math.Abs(z))) // ln(1 + e^z)
	}
	f.LogLoss /= float64(len(s.logits))
	return f
}

// better says whether the AUC of s is above that of other, over the same texts, by more than chance gives once in
// twenty times.
func (s scored) better(other scored) bool {
	x, y := s.placements()
	ox, oy := other.placements()
	for i := range x {
		x[i] -= ox[i]
	}
	for i := range y {
		y[i] -= oy[i]
	}
	gain, varX := meanAndVariance(x)
	_, varY := meanAndVariance(y)
	return gain > 0 && gain > 1.645*math.Sqrt(varX/float64(len(x))+varY/float64(len(y)))
}

func meanAndVariance(xs []float64) (mean, variance float64) {
	for _, x := range xs {
		mean += x / float64(len(xs))
	}
	for _, x := range xs {
		variance += float64((x-mean)*(x-mean)) / float64(max(1, len(xs)-1))
	}
	return mean, variance
}

// threshold returns the lowest log-odds at which no more than alarmsAllowed of the approved are held.
func (s scored) threshold() float64 {
	approved := s.of(false)
	slices.Sort(approved)
	last := approved[len(approved)-1-int(alarmsAllowed*float64(len(approved)))]
	return math.Nextafter(last, math.Inf(1))
}

// of returns the scores of one kind.
func (s scored) of(rejected bool) (out []float64) {
	for i, z := range s.logits {
		if s.rejected[i] == rejected {
			out = append(out, z)
		}
	}
	return out
}

// at returns what a threshold in log-odds does.
func (s scored) at(logit float64) Point {
	share := func(zs []float64) float64 {
		n := 0
		for _, z := range zs {
			if z >= logit {
				n++
			}
		}
		return float64(n) / float64(max(1, len(zs)))
	}
	return Point{exact.Sigmoid(logit), share(s.of(false)), share(s.of(true))}
}

// curve returns what each threshold of 0.05, 0.1 … 0.95 does.
func (s scored) curve() []Point {
	var out []Point
	for i := 1; i < 20; i++ {
		out = append(out, s.at(exact.Logit(float64(i)/20)))
	}
	return out
}
