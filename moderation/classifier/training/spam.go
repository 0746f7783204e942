package training

import (
	"slices"
	"strings"

	"broadsheet/moderation/classifier"
)

// advert puts a piece of advertising together.
func (t *tongue) advert(p *pitch, r *random) string {
	parts := []string{r.pick(t.openers), r.pick(p.offers)}
	for range r.below(3) {
		parts = append(parts, r.pick(p.claims))
	}
	if r.below(6) > 0 {
		parts = append(parts, strings.ReplaceAll(r.pick(t.calls), "@", t.contact(r)))
	}
	separator := r.pick([]string{" ", " ", " ", ", ", "! ", " / ", "\n", " ★ "})
	return strings.TrimSpace(digits(strings.Join(parts, separator), r))
}

// contact is where the advertising wants the reader to go.
func (t *tongue) contact(r *random) string {
	if r.below(2) == 0 {
		return r.pick(t.places)
	}
	return r.pick(t.messengers) + r.pick([]string{" ", ": ", ""}) + r.pick(t.handles)
}

// digits puts a digit for each #.
func digits(s string, r *random) string {
	return strings.Map(func(c rune) rune {
		if c == '#' {
			return '0' + rune(r.below(10))
		}
		return c
	}, s)
}

// pick returns one of the list.
func (r *random) pick(list []string) string { return list[r.below(len(list))] }

const (
	adsOfKind  = 300 // written for each kind and language
	harmlessly = 20  // weight of a harmless sentence about the same things
)

// adverts returns advertising of the kinds, in both languages.
func adverts(kinds []int, seed uint64) (out []string) {
	rnd := random(seed)
	for _, t := range []*tongue{&koreanAds, &englishAds} {
		for _, kind := range kinds {
			for range adsOfKind {
				out = append(out, t.advert(&t.pitches[kind], &rnd))
			}
		}
	}
	return out
}

// spam returns the examples of advertising: what is written for the purpose against every comment there is.
func spam(d Data) (out []Example) {
	for _, text := range adverts(d.kinds, 70) {
		out = append(out, Example{classifier.Features(text), 1, 1})
	}
	for _, text := range comments(d) {
		out = append(out, Example{classifier.Features(text), 0, 1})
	}
	rnd := random(72)
	for _, t := range []*tongue{&koreanAds, &englishAds} {
		for _, text := range slices.Concat(t.openers, t.harmless) {
			out = append(out, Example{classifier.Features(text), 0, harmlessly})
		}
		for range adsOfKind { // who greets does not advertise yet
			text := rnd.pick(t.openers) + " " + rnd.pick(t.harmless)
			out = append(out, Example{classifier.Features(text), 0, 1})
		}
	}
	return out
}

// comments are the texts of the labelled rows: whatever they are, they do not advertise.
func comments(d Data) (out []string) {
	for _, r := range d.BEEP {
		out = append(out, r.Text)
	}
	for _, r := range d.KMHaS {
		out = append(out, r.Text)
	}
	for _, r := range slices.Concat(d.Davidson, d.Stormfront) {
		out = append(out, r.Text)
	}
	return out
}
