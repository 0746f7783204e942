package training

import "broadsheet/moderation/classifier"

// english returns the examples of abuse in English, weighted as annotators disagree, and the decent Korean comments
// with Latin letters in them: so a name in Korean text says nothing. There is no head for hatred in English: what the
// sets teach of it is the names of groups.
func english(d Data) (out []Example) {
	put := func(text string, abuse, weight float64) {
		fs := classifier.Part(classifier.Features(text), classifier.LatinFirst)
		if len(fs) > 0 {
			out = append(out, Example{fs, abuse, weight})
		}
	}
	yes := 0.0
	for _, r := range d.Davidson {
		yes += r.Abuse
	}
	all := float64(len(d.Davidson))
	for _, r := range d.Davidson {
		put(r.Text, r.Abuse, float64(r.Abuse*rarity(yes, all))+float64((1-r.Abuse)*rarity(all-yes, all)))
	}
	for _, r := range d.Stormfront {
		put(r.Text, r.Abuse, 1)
	}
	for _, text := range decent(d) {
		put(text, 0, 1)
	}
	return out
}

// decent are the Korean comments that nobody minds.
func decent(d Data) (out []string) {
	for _, r := range d.BEEP {
		if r.Class == None {
			out = append(out, r.Text)
		}
	}
	for _, r := range d.KMHaS {
		if !r.Any() {
			out = append(out, r.Text)
		}
	}
	return out
}
