package newsroom

import (
	_ "embed"
	"strings"

	"broadsheet/moderation/classifier"
)

// anchors.txt holds a sentence a line that every desk decides alike: "+" before what it rejects, "-" before what it
// approves. They were written for this and stand in no data.
//
//go:embed anchors.txt
var anchors string

// decentAUC is the least that a layer must reach on the anchors of each language that the shipped model knows.
const decentAUC = 0.7

// decent says whether the layer still tells what every desk tells.
func (l Layer) decent(m *classifier.Model) bool {
	shipped := Layer{}.anchorAUC(m)
	for i, auc := range l.anchorAUC(m) {
		if auc < decentAUC && shipped[i] >= decentAUC {
			return false
		}
	}
	return true
}

// anchorAUC returns the layer's AUC on the anchors of each language; each language is a paragraph.
func (l Layer) anchorAUC(m *classifier.Model) (out []float64) {
	for _, paragraph := range strings.Split(strings.TrimSpace(anchors), "\n\n") {
		var s scored
		for _, line := range strings.Split(paragraph, "\n") {
			s.logits = append(s.logits, l.logit(m, look(m, classifier.Features(line[2:]))))
			s.rejected = append(s.rejected, line[0] == '+')
		}
		out = append(out, s.figures().AUC)
	}
	return out
}
