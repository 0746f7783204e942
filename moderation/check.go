package moderation

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// Check looks for one kind of evidence. The Submission's Text is normalised. It must be deterministic, safe for
// concurrent use, and take linear time also on a text far over the limit. There is no way for a check to publish.
// One with a method Version() string is named in Verdict.Model.
type Check interface {
	Check(Submission) (Evidence, error)
}

// Evidence is what a check has to say of a submission; the zero value is nothing.
type Evidence struct {
	Findings []Finding
	Heads    map[string]float64 // by head (abuse, hate, spam …), 0 to 1; of a classifier only
	Excused  [][2]int           // byte spans of harmless words that look like listed ones, for the checks that come after
	Risk     float64            // 0 to 1: how much speaks against publishing even where nothing is found; of a classifier only
}

// maxFindings bounds what one check may say of one text.
const maxFindings = 64

// examined is what all checks together say.
type examined struct {
	findings []Finding
	heads    map[string]float64
	risks    map[string]float64 // by check: the strongest of what it says
	failed   bool               // a check could not tell, or there is none
}

// examine runs every check. What is returned holds a finding for each check that failed.
func (r *Reviewer) examine(s Submission) examined {
	x := examined{findings: []Finding{}, heads: map[string]float64{}, risks: map[string]float64{}, failed: len(r.checks) == 0}
	for _, c := range r.checks {
		e, err := run(c.check, s)
		if err != nil {
			x.findings = append(x.findings, Finding{Check: c.kind.Name, Why: ReasonCheckFailed})
			x.failed = true
			continue
		}
		s.Excused = append(s.Excused[:len(s.Excused):len(s.Excused)], e.Excused...)
		for _, f := range e.Findings[:min(len(e.Findings), maxFindings)] {
			f.Check, f.Clause = c.kind.Name, r.known(f.Clause)
			if c.rule.Then == ThenNote {
				f.Score = 0
			}
			x.findings = append(x.findings, f)
			x.risks[f.Check] = max(x.risks[f.Check], f.Score)
		}
		x.risks[c.kind.Name] = max(x.risks[c.kind.Name], e.Risk)
		for head, score := range e.Heads {
			x.heads[head] = max(x.heads[head], score)
		}
	}
	return x
}

// run runs one check; a panic or a finding that is none becomes an error.
func run(c Check, s Submission) (e Evidence, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("check panicked: %v", p)
		}
	}()
	e, err = c.Check(s)
	for _, f := range e.Findings {
		if f.Start < 0 || f.End < f.Start || f.End > len(s.Text) || !boundary(s.Text, f.Start) || !boundary(s.Text, f.End) || !isScore(f.Score) {
			return Evidence{}, fmt.Errorf("found something outside the text or the scale: %+v", f)
		}
	}
	for _, span := range e.Excused {
		if span[0] < 0 || span[1] < span[0] || span[1] > len(s.Text) || !boundary(s.Text, span[0]) || !boundary(s.Text, span[1]) {
			return Evidence{}, fmt.Errorf("excuses something outside the text: %v", span)
		}
	}
	if !isScore(e.Risk) {
		return Evidence{}, fmt.Errorf("gives a risk outside the scale: %v", e.Risk)
	}
	for head, score := range e.Heads {
		if !isScore(score) {
			return Evidence{}, fmt.Errorf("gives %s a score outside the scale: %v", head, score)
		}
	}
	return e, err
}

func isScore(x float64) bool { return !math.IsNaN(x) && x >= 0 && x <= 1 }

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
