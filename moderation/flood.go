package moderation

import "time"

// WhyFlood is that of an author who sends many comments in a short time, under the clause "spam".
const WhyFlood = "flood"

const floodScore = 0.5

// flood is the check for many comments of one author in a short time.
type flood struct {
	comments int
	window   time.Duration
}

// floodKind is the check for floods, as an admin sets it.
func floodKind() Kind {
	return Kind{
		Name: "flood", Default: Rule{Then: ThenHold}, Author: true, Whys: []string{WhyFlood},
		Params: []Param{
			{Name: "comments", Default: 5, Min: 1, Max: 1000, Unit: UnitCount},
			{Name: "minutes", Default: 10, Min: 1, Max: 1440, Unit: UnitMinutes},
		},
		New: func(s Setting) (Check, error) {
			return flood{int(s.Numbers["comments"]), minutes(s.Numbers["minutes"])}, nil
		},
	}
}

// Check counts what the author sent in the window before; as many as allowed make this one too many. An author
// who is not known has no history.
func (f flood) Check(s Submission) (Evidence, error) {
	if s.Author.ID == 0 {
		return Evidence{}, nil
	}
	n, since := 0, s.At.Add(-f.window)
	for i := len(s.Sent) - 1; i >= 0; i-- {
		if s.Sent[i].Author != s.Author.ID {
			continue
		}
		if !s.Sent[i].At.After(since) {
			break // the older ones are older still
		}
		n++
	}
	if n < f.comments {
		return Evidence{}, nil
	}
	return Evidence{Findings: []Finding{{Clause: "spam", Score: floodScore, Why: WhyFlood}}}, nil
}

func minutes(n float64) time.Duration { return time.Duration(n) * time.Minute }
