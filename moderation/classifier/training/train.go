package training

import (
	"broadsheet/moderation/classifier"
)

// Options say how much work to spend.
type Options struct {
	Networks int // of the teacher; with 0 there is none: a little worse, and made in seconds
}

// Shipped are the options that the committed weights were made with.
func Shipped() Options { return Options{Networks: 8} }

// Train makes the tables of a model from the rows, for classifier.Encode. Rows may be left out, a whole set too:
// without KMHaS, abuse is what BEEP calls offensive or hateful. A head that has no rows at all gets no table.
// The same rows and options give the same bits.
//
// It learns twice: first without a fifth of the rows, on which the scores are calibrated, then from all.
func Train(d Data, o Options) []classifier.Table {
	d = distinct(d)
	t := o.teacher(d)
	rest, held := d.split(0)
	trial, all := learn(rest, t), learn(d, t)
	var out []classifier.Table
	for i, h := range all {
		out = append(out, table(h.name, h.first, h.model, held.calibration(trial[i])))
	}
	return out
}

// teacher returns a teacher, or nil when there is to be none.
func (o Options) teacher(d Data) *teacher {
	if o.Networks == 0 || len(d.Unlabelled) == 0 {
		return nil
	}
	return newTeacher(d.Unlabelled, o.Networks)
}

// head is the model of a table before it is calibrated and cut to bytes.
type head struct {
	name  string
	first uint32 // bucket
	model Linear
}

// learn makes the models of all heads that there are rows for.
func learn(d Data, t *teacher) (out []head) {
	if len(d.BEEP) > 0 {
		k := newKorean(d)
		m := k.learn(t)
		out = k.heads(&m)
	}
	return append(out, learnOthers(d)...)
}

// learnOthers makes the models of English and of advertising.
func learnOthers(d Data) (out []head) {
	if len(d.Davidson) > 0 {
		out = append(out, head{"abuse_en", classifier.LatinFirst, fit(english(d), settings{rate: rate}, 0, 60)})
	}
	return append(out, head{"spam", 0, fit(spam(d), settings{rate: rate}, 0, 62)})
}

// scored is what a model says of the texts of a set, and what is true of them.
type scored struct {
	set   string
	z     []float64
	yes   []bool
	fifth []int // of each text, when models of several fifths are measured together
}

func (s *scored) put(z float64, yes bool) { s.z, s.yes = append(s.z, z), append(s.yes, yes) }

// judge returns what the model of a head says of the rows that it is about, by set.
func (d Data) judge(h head) []scored {
	sets := d.judgeable(h.name)
	out := make([]scored, len(sets))
	for i, s := range sets {
		out[i].set = s.name
		for j, text := range s.texts {
			fs := classifier.Features(text)
			if h.first > 0 {
				fs = classifier.Part(fs, h.first)
			}
			out[i].put(h.model.Score(fs), s.yes[j])
		}
	}
	return out
}

// judgeable is texts with the answer to the question of a head.
type judgeable struct {
	name  string
	texts []string
	yes   []bool
}

func (j *judgeable) put(text string, yes bool) {
	j.texts, j.yes = append(j.texts, text), append(j.yes, yes)
}

func (d Data) judgeable(head string) (out []judgeable) {
	beep, kmhas, davidson, stormfront := judgeable{name: "BEEP"}, judgeable{name: "K-MHaS"}, judgeable{name: "Davidson"}, judgeable{name: "Stormfront"}
	for _, r := range d.BEEP {
		beep.put(r.Text, r.Class == Hateful || r.Class == Offensive && head == "abuse_ko")
	}
	for _, r := range d.KMHaS {
		kmhas.put(r.Text, r.Any())
	}
	for _, r := range d.Davidson {
		davidson.put(r.Text, r.Abuse > 0.5)
	}
	for _, r := range d.Stormfront {
		stormfront.put(r.Text, r.Abuse > 0.5)
	}
	switch head {
	case "abuse_ko":
		return []judgeable{beep, kmhas}
	case "hate_ko":
		return []judgeable{beep}
	case ownKMHaS:
		return []judgeable{kmhas}
	case "abuse_en":
		return []judgeable{davidson, stormfront}
	}
	ads := judgeable{name: "a kind of advertising that was not learned"}
	for _, text := range adverts(d.kinds, 71) {
		ads.put(text, true)
	}
	for _, text := range comments(d) {
		ads.put(text, false)
	}
	return []judgeable{ads}
}
