package moderation

import (
	"cmp"
	"maps"
	"math"
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
	ReasonHistory     = "history"      // a check found something in what the author did before
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
	Term   string  `json:"term,omitempty"` // the entry of the list that was met, as it stands there
}

// The Why of a word of a list.
const (
	WhyWord      = "word"      // as it stands in the list
	WhyDisguised = "disguised" // after what hides it was undone
	WhyQuoted    = "quoted"    // in quotation marks, or named as somebody's word
)

// ClassifierName is the Name of the check whose findings and heads come from a classifier.
const ClassifierName = "classifier"

// unmistakableScore is the score of the highest severity of a Word.
const unmistakableScore = 0.9

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
	Model      string             `json:"model"`     // versions of the rules and of each check that has one
	Nudge      bool               `json:"-"`         // hold it only after its author was shown Asked and sent it anyway
	Asked      []Finding          `json:"-"`         // the findings that a nudge or a refusal for wording is for
}

// Reviewer applies the Standards by the Rules. It is immutable and safe for concurrent use.
type Reviewer struct {
	standards string
	clauses   map[string]bool
	mode      Mode
	checks    []applied
	model     string
}

// applied is a check and how it is applied.
type applied struct {
	check Check
	rule  Rule
	kind  Kind
}

// NewReviewer returns a Reviewer with one check of each kind that the rules leave on. One without checks holds
// everything, and so does one with a check that cannot be made.
func NewReviewer(s Standards, rules Rules, kinds ...Kind) *Reviewer {
	r := &Reviewer{standards: s.Version, clauses: map[string]bool{}, mode: rules.Mode}
	for _, c := range s.Clauses {
		r.clauses[c.ID] = true
	}
	for _, k := range kinds {
		if rule := rules.Effective(k); rule.Then != ThenOff {
			r.checks = append(r.checks, applied{k.make(rules), rule, k})
		}
	}
	r.name(rules)
	return r
}

// With returns a Reviewer that has the check of one kind made anew, by the same rules: for a check that learns
// while the others stay as they are. It is the same Reviewer when the rules leave that kind off.
func (r *Reviewer) With(rules Rules, k Kind) *Reviewer {
	i := slices.IndexFunc(r.checks, func(a applied) bool { return a.kind.Name == k.Name })
	if i < 0 {
		return r
	}
	out := *r
	out.checks = slices.Clone(r.checks)
	out.checks[i] = applied{k.make(rules), rules.Effective(k), k}
	out.name(rules)
	return &out
}

// name says what the Reviewer is made of, for Verdict.Model.
func (r *Reviewer) name(rules Rules) {
	versions := []string{rules.Version()}
	for _, c := range r.checks {
		if v, ok := c.check.(interface{ Version() string }); ok {
			versions = append(versions, v.Version())
		}
	}
	r.model = strings.Join(versions, " ")
}

// Review judges a submission. It is total and deterministic; evidence and risk are given also for a text that
// is refused. The first of these that applies gives outcome and reason: the text's form, closed article, banned
// author, rate and repetition refuse (a repetition sent anyway is held); evidence is weighed by the rules, a
// check that failed holds; the rest is clean and goes by the mode.
func (r *Reviewer) Review(s Submission) Verdict {
	s.Text = Normalize(s.Text)
	characters, invalid := measure(s.Text)
	x := r.examine(s)
	if repeats(s) {
		x.findings = append(x.findings, Finding{Check: "repeat", Clause: r.known("spam"), End: len(s.Text), Score: repeatScore, Why: "repeat"})
		x.risks["repeat"] = repeatScore
	}
	v := Verdict{
		Text: s.Text, Characters: characters, Findings: x.findings,
		Risk: x.risk(), Heads: x.verdictHeads(),
		Standards: r.standards, Model: r.model,
	}
	v.Reason = refusal(s, invalid)
	if v.Outcome = Refuse; v.Reason == "" {
		v.Outcome, v.Reason = r.weigh(s, x)
		v.Asked = r.asked(x.findings, v.Outcome == Refuse)
		v.Nudge = v.Outcome == Hold && !s.Anyway && len(v.Asked) > 0
	}
	slices.SortStableFunc(x.findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return v
}

// refusal returns the reason for which a submission is not even stored, whatever its wording, "" when there is none.
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

// weigh decides about a submission that may be stored.
func (r *Reviewer) weigh(s Submission, x examined) (Outcome, string) {
	mode := cmp.Or(s.Mode, r.mode)
	switch {
	case !s.Anyway && slices.ContainsFunc(x.findings, r.unmistakable):
		return Refuse, ReasonWording
	case repeats(s):
		return Hold, ReasonRepeat
	case slices.ContainsFunc(x.findings, func(f Finding) bool { return f.Score > 0 && !r.applied(f).kind.Author }):
		return Hold, ReasonWording
	case slices.ContainsFunc(x.findings, func(f Finding) bool { return f.Score > 0 }):
		return Hold, ReasonHistory
	case x.failed:
		return Hold, ReasonCheckFailed
	case s.Author.Premoderated:
		return Hold, ""
	case mode == PublishClean, mode == HoldNew && s.Author.Trusted():
		return Publish, ""
	}
	return Hold, ""
}

// unmistakable says whether a finding refuses a comment: a word of the highest severity as it stands in the list,
// neither quoted nor disguised, where the admin lets it.
func (r *Reviewer) unmistakable(f Finding) bool {
	return r.applied(f).rule.Then == ThenRefuse && f.Why == WhyWord && f.Score >= unmistakableScore
}

// asked returns the findings that the author is shown before the comment is held for them, or that refuse it.
func (r *Reviewer) asked(findings []Finding, refused bool) (out []Finding) {
	for _, f := range findings {
		nudge := r.applied(f).rule.Nudge
		if f.Score > 0 && nudge != nil && *nudge || refused && r.unmistakable(f) {
			out = append(out, f)
		}
	}
	return out
}

// applied returns the check that found f, the zero value for none of the checks.
func (r *Reviewer) applied(f Finding) applied {
	for _, c := range r.checks {
		if c.kind.Name == f.Check {
			return c
		}
	}
	return applied{}
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

// risk joins what the checks say as if they were independent: 1 - (1-a)(1-b)…, where each check counts by the
// strongest of what it says.
func (x examined) risk() float64 {
	clean := 1.0
	for _, check := range slices.Sorted(maps.Keys(x.risks)) {
		clean *= 1 - x.risks[check]
	}
	return 1 - clean
}

// wordWeight is how much the log-odds of a head grow with a word of score 1: between 1 and 2 the two together rank best
// on a fifth of BEEP and of K-MHaS that the classifier had not learned. It was chosen on those fifths, and the word list was
// written with a view of such rows, so what is gained there is no measurement of what is gained elsewhere.
const wordWeight = 1.5

// headsOf are the heads that a finding for a clause speaks for. Hatred is abuse as well.
var headsOf = map[string][]string{
	"respect": {"abuse"}, "threats": {"abuse"}, "sexual": {"abuse"}, "hate": {"abuse", "hate"}, "spam": {"spam"},
}

// verdictHeads gives for each head the classifier's score, with the strongest word that speaks for it added on the
// scale of log-odds: a word in a text that reads like others with such words says more than the word alone. A head that
// no classifier scores has the strongest finding that speaks for it.
func (x examined) verdictHeads() map[string]float64 {
	h := map[string]float64{"abuse": 0, "hate": 0, "spam": 0}
	words := map[string]float64{}
	for _, f := range x.findings {
		for _, head := range headsOf[f.Clause] {
			h[head] = max(h[head], f.Score)
			if f.Check == wordsName {
				words[head] = max(words[head], f.Score)
			}
		}
	}
	for head, p := range x.heads {
		h[head] = 1 / (1 + math.Exp(-(math.Log(p/(1-p)) + wordWeight*words[head])))
	}
	return h
}
