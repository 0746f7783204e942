package newsroom

import (
	"strings"
	"sync"

	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/exact"
)

// Newsroom is the head that is the layer's own: the probability that this desk rejects the text.
const Newsroom = "newsroom"

// head is a head of the shipped model: the clause its findings point to and the score from which it holds.
type head struct {
	name, clause string
	threshold    float64
}

// heads are those of classifier.Model.Heads, in its order. At 0.85 abuse holds, on rows that the model had not seen, about
// half of K-MHaS's violations and 2 % of its decent comments, an eighth and 0.2 % of BEEP's, and one in a thousand
// headlines (the model card has the table): an author is asked because of it, so it should seldom be wrong.
var heads = [headCount]head{
	{classifier.Abuse, "respect", 0.85},
	{classifier.Hate, "hate", 1}, // never by itself: what the data call hatred is as often plain insult
	{classifier.Spam, "spam", 0.9},
}

// Places in heads.
const abuse, hatred = 0, 1

// spansShown is how many parts of a text are shown for a head.
const spansShown = 3

// Kind returns the check of the shipped model and the newsroom's layer over it. Each head whose score is at least
// its number gives up to three findings: the parts of the text that speak most for it, the strongest with the
// head's score. Hatred is abuse, so both must reach their numbers for a finding of hatred, which then stands for both. The number 0 of the newsroom stands for the layer's own Threshold.
func Kind(m *classifier.Model, l Layer) moderation.Kind {
	nudge := true
	k := moderation.Kind{
		Name:    moderation.ClassifierName,
		Default: moderation.Rule{Then: moderation.ThenHold, Nudge: &nudge},
	}
	for _, h := range heads {
		k.Whys = append(k.Whys, h.name)
		k.Params = append(k.Params, moderation.Param{Name: h.name, Default: h.threshold, Max: 1, Unit: moderation.UnitScore})
	}
	k.Whys = append(k.Whys, Newsroom)
	k.Params = append(k.Params, moderation.Param{Name: Newsroom, Max: 1, Unit: moderation.UnitScore})
	k.New = func(s moderation.Setting) (moderation.Check, error) {
		c := &check{model: m, layer: l, newsroom: s.Numbers[Newsroom]}
		for i, h := range heads {
			c.thresholds[i] = s.Numbers[h.name]
		}
		if c.newsroom == 0 {
			c.newsroom = l.Threshold()
		}
		c.explain = sync.OnceValue(func() *classifier.Model { return l.explaining(m) })
		return c, nil
	}
	return k
}

type check struct {
	model      *classifier.Model
	layer      Layer
	thresholds [headCount]float64
	newsroom   float64
	explain    func() *classifier.Model // what the newsroom's head says, as one table; made when it is first needed
}

// Version names the weights of the model and of the layer.
func (c *check) Version() string {
	return strings.TrimSuffix(c.model.Version()+" "+c.layer.Version(), " ")
}

func (c *check) Check(s moderation.Submission) (moderation.Evidence, error) {
	s.Text = blanked(s.Text, s.Excused)
	fs := classifier.Features(s.Text)
	logits := c.model.Logits(fs)
	e := moderation.Evidence{Heads: make(map[string]float64, headCount+1)}
	var over [headCount]bool
	for i, h := range heads {
		e.Heads[h.name] = exact.Sigmoid(logits[i])
		over[i] = e.Heads[h.name] >= c.thresholds[i]
	}
	over[hatred] = over[hatred] && over[abuse] // hatred is abuse: its score only tells the clause
	over[abuse] = over[abuse] && !over[hatred]
	for i, h := range heads {
		if over[i] {
			e.Findings = append(e.Findings, findings(c.model, s.Text, h.name, h.name, h.clause, e.Heads[h.name])...)
		}
	}
	e.Risk = max(e.Heads[classifier.Abuse], e.Heads[classifier.Spam]) // what is hatred is abuse
	if c.layer.adds(c.model) {
		v := lookAt(c.model, fs, logits)
		p := exact.Sigmoid(c.layer.logit(c.model, v))
		e.Heads[Newsroom] = p
		e.Risk = max(p, e.Heads[classifier.Spam])
		if p >= c.newsroom {
			e.Findings = append(e.Findings, findings(c.explain(), s.Text, explainingHead, Newsroom, c.layer.clause(v), p)...)
		}
	}
	return e, nil
}

// blanked puts blanks for the words that were excused, so that 새끼손가락 is not taken for what its first half can mean.
// What stands behind keeps its place.
func blanked(text string, excused [][2]int) string {
	if len(excused) == 0 {
		return text
	}
	b := []byte(text)
	for _, span := range excused {
		for i := span[0]; i < span[1]; i++ {
			b[i] = ' '
		}
	}
	return string(b)
}

// findings returns what speaks for a head in the text: the whole when no part can be named.
func findings(m *classifier.Model, text, head, why, clause string, p float64) []moderation.Finding {
	spans := m.Explain(text, head, spansShown)
	if len(spans) == 0 {
		return []moderation.Finding{{Clause: clause, End: len(text), Score: p, Why: why}}
	}
	var out []moderation.Finding
	for _, s := range spans {
		if s.Share < spans[0].Share/4 { // says too little to be pointed at
			continue
		}
		score := p * min(1, s.Share/spans[0].Share)
		out = append(out, moderation.Finding{Clause: clause, Start: s.Start, End: s.End, Score: score, Why: why})
	}
	return out
}
