package moderation

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Outcome is what a review says is to become of a comment.
type Outcome string

// The outcomes.
const (
	Publish Outcome = "publish" // at once
	Hold    Outcome = "hold"    // store it, a moderator decides
	Refuse  Outcome = "refuse"  // store nothing, give the text back with the reason
)

// The reasons of a Verdict. A clean comment that the mode holds or publishes has "".
const (
	ReasonTooLong     = "too_long"
	ReasonEmpty       = "empty"
	ReasonTooComplex  = "too_complex"
	ReasonClosed      = "closed"
	ReasonBanned      = "banned"
	ReasonRate        = "rate"
	ReasonRepeat      = "repeat"
	ReasonWording     = "wording"      // a check found something in the text
	ReasonCheckFailed = "check_failed" // a check could not tell
)

// Finding is one piece of evidence. Start and End are byte offsets into the Verdict's text, on rune boundaries;
// both are 0 where it concerns the whole. Why is a stable word that the templates put into the reader's
// language; the words found are shown by the span.
type Finding struct {
	Check  string  `json:"check"`
	Clause string  `json:"clause"` // id, "" when it points to none
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Score  float64 `json:"score"` // 0 to 1: how much it speaks against publishing; 0 is a note and holds nothing
	Why    string  `json:"why"`
}

// Verdict is the whole result of a review. Heads and Findings are never nil.
type Verdict struct {
	Text       string             `json:"text"` // normalised; every offset is one into it
	Characters int                `json:"characters"`
	Outcome    Outcome            `json:"outcome"`
	Reason     string             `json:"reason"`
	Risk       float64            `json:"risk"`      // 0 to 1, orders the queue
	Heads      map[string]float64 `json:"heads"`     // abuse, hate, spam: 0 to 1 each
	Findings   []Finding          `json:"findings"`  // by Start, then End
	Standards  string             `json:"standards"` // version
	Model      string             `json:"model"`     // the checks that have a version, "" when none has
}

// Reviewer applies the Standards with a list of checks. It is immutable and safe for concurrent use.
type Reviewer struct {
	standards string
	clauses   map[string]bool
	checks    []Check
	model     string
}

// NewReviewer returns a Reviewer. One without checks holds everything.
func NewReviewer(s Standards, checks ...Check) *Reviewer {
	r := &Reviewer{standards: s.Version, clauses: map[string]bool{}, checks: slices.Clone(checks)}
	for _, c := range s.Clauses {
		r.clauses[c.ID] = true
	}
	var versions []string
	for _, c := range checks {
		if v, ok := c.(interface{ Version() string }); ok {
			versions = append(versions, v.Version())
		}
	}
	r.model = strings.Join(versions, " ")
	return r
}

// Review judges a submission. It is total and deterministic; evidence and risk are given also for a text that
// is refused. The first of these that applies gives outcome and reason: the text's form, closed article, banned
// author, rate and repetition refuse (a repetition sent anyway is held); evidence in the wording or a check
// that failed holds; the rest is clean and goes by the mode.
func (r *Reviewer) Review(s Submission) Verdict {
	s.Text = Normalize(s.Text)
	characters, invalid := measure(s.Text)
	findings, failed := r.examine(s)
	if repeats(s) {
		findings = append(findings, Finding{Check: "repeat", Clause: r.known("spam"), End: len(s.Text), Score: repeatScore, Why: "repeat"})
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	v := Verdict{
		Text: s.Text, Characters: characters, Findings: findings,
		Risk: risk(findings), Heads: heads(findings),
		Standards: r.standards, Model: r.model,
	}
	if v.Reason = refusal(s, invalid); v.Reason != "" {
		v.Outcome = Refuse
		return v
	}
	v.Outcome, v.Reason = weigh(s, findings, failed)
	return v
}

// refusal returns the reason for which a submission is not even stored, "" when there is none.
func refusal(s Submission, invalid error) string {
	switch {
	case invalid == ErrEmpty:
		return ReasonEmpty
	case invalid == ErrTooComplex:
		return ReasonTooComplex
	case invalid != nil:
		return ReasonTooLong
	case s.Article.Closed:
		return ReasonClosed
	case s.Author.Banned:
		return ReasonBanned
	case s.Rate.exceeded(s.At, s.Recent):
		return ReasonRate
	case !s.Anyway && repeats(s):
		return ReasonRepeat
	}
	return ""
}

// weigh decides about a submission that may be stored. This is the place where an unmistakable wording could be
// refused; for now all evidence holds.
func weigh(s Submission, findings []Finding, failed bool) (Outcome, string) {
	switch evidence := slices.ContainsFunc(findings, func(f Finding) bool { return f.Score > 0 }); {
	case evidence && repeats(s):
		return Hold, ReasonRepeat
	case evidence:
		return Hold, ReasonWording
	case failed:
		return Hold, ReasonCheckFailed
	case s.Mode == PublishClean, s.Mode == HoldNew && s.Author.Trusted():
		return Publish, ""
	}
	return Hold, ""
}

const (
	repeatWindow = 6 * time.Minute
	repeatScore  = 0.5
)

// repeats says whether the author sent the same words under the same article less than repeatWindow ago. What
// was withdrawn or rejected may be sent again.
func repeats(s Submission) bool {
	return slices.ContainsFunc(s.Recent, func(c Recent) bool {
		return c.SameArticle && c.State != Withdrawn && c.State != Rejected &&
			s.At.Sub(c.At) < repeatWindow && c.Text == s.Text
	})
}

// known returns the id if the standards have such a clause, else "".
func (r *Reviewer) known(clause string) string {
	if r.clauses[clause] {
		return clause
	}
	return ""
}

// risk joins independent evidence: 1 - (1-a)(1-b)…
func risk(findings []Finding) float64 {
	clean := 1.0
	for _, f := range findings {
		clean *= 1 - f.Score
	}
	return 1 - clean
}

// heads gives for each head the strongest evidence for one of its clauses.
func heads(findings []Finding) map[string]float64 {
	h := map[string]float64{"abuse": 0, "hate": 0, "spam": 0}
	for _, f := range findings {
		switch f.Clause {
		case "respect", "threats", "sexual":
			h["abuse"] = max(h["abuse"], f.Score)
		case "hate", "spam":
			h[f.Clause] = max(h[f.Clause], f.Score)
		}
	}
	return h
}
