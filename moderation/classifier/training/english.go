package training

import "broadsheet/moderation/classifier"

// english returns the examples of abuse and of hatred in English, weighted as annotators disagree, and the decent
// Korean comments with Latin letters in them: so a name in Korean text says nothing.
func english(d Data) (abuse, hate []Example) {
	put := func(text string, a, h, weight float64) {
		fs := classifier.Part(classifier.Features(text), classifier.LatinFirst)
		if len(fs) > 0 {
			abuse = append(abuse, Example{fs, a, weight})
			hate = append(hate, Example{fs, h, weight})
		}
	}
	yes := 0.0
	for _, r := range d.Davidson {
		yes += r.Abuse
	}
	all := float64(len(d.Davidson))
	for _, r := range d.Davidson {
		put(r.Text, r.Abuse, r.Hate, float64(r.Abuse*rarity(yes, all))+float64((1-r.Abuse)*rarity(all-yes, all)))
	}
	for _, r := range d.Stormfront {
		put(r.Text, r.Abuse, r.Hate, 1)
	}
	for _, text := range decent(d) {
		put(text, 0, 0, 1)
	}
	return abuse, hate
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
