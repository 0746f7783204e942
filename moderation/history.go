package moderation

// The Why of what an author's earlier comments say.
const (
	WhyRejections = "rejections" // many of them were rejected lately
	WhyNewcomer   = "newcomer"   // there are hardly any
)

const (
	rejectionsScore = 0.4
	newcomerScore   = 0.2
)

// rejections is the check for authors of whom much was rejected in the last 7 days.
type rejections struct{ percent, decided int }

// rejectionsKind is the check for recent rejections, as an admin sets it.
func rejectionsKind() Kind {
	return Kind{
		Name: "rejections", Default: Rule{Then: ThenHold}, Author: true, Whys: []string{WhyRejections},
		Params: []Param{
			{Name: "percent", Default: 30, Min: 1, Max: 100, Unit: UnitPercent},
			{Name: "decided", Default: 5, Min: 1, Max: 1000, Unit: UnitCount},
		},
		New: func(s Setting) (Check, error) {
			return rejections{int(s.Numbers["percent"]), int(s.Numbers["decided"])}, nil
		},
	}
}

// Check compares the share of rejections with the bound, when enough was decided.
func (r rejections) Check(s Submission) (Evidence, error) {
	if a := s.Author; a.Known && a.Decided7 >= r.decided && a.Rejected7*100 >= r.percent*a.Decided7 {
		return Evidence{Findings: []Finding{{Score: rejectionsScore, Why: WhyRejections}}}, nil
	}
	return Evidence{}, nil
}

// newcomer is the check for authors of whom hardly anything was ever published.
type newcomer struct{ published int }

// newcomerKind is the check for new authors, as an admin sets it. It is a note at first: the mode says what becomes
// of their comments.
func newcomerKind() Kind {
	return Kind{
		Name: "newcomer", Default: Rule{Then: ThenNote}, Author: true, Whys: []string{WhyNewcomer},
		Params: []Param{{Name: "published", Default: 2, Min: 1, Max: 100, Unit: UnitCount}},
		New: func(s Setting) (Check, error) {
			return newcomer{int(s.Numbers["published"])}, nil
		},
	}
}

// Check counts the published comments of a known author.
func (n newcomer) Check(s Submission) (Evidence, error) {
	if s.Author.Known && s.Author.Ever < n.published {
		return Evidence{Findings: []Finding{{Score: newcomerScore, Why: WhyNewcomer}}}, nil
	}
	return Evidence{}, nil
}
