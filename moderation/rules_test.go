package moderation

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// testKind is a check that finds the text whole, with a number that is its score and a list of texts it leaves alone.
func testKind() Kind {
	yes := true
	return Kind{
		Name: "all", Default: Rule{Then: ThenHold, Nudge: &yes}, Refuses: true, Whys: []string{WhyWord},
		Params: []Param{{"score", 0.9, 0, 1, UnitScore}, {"days", 7, 1, 30, UnitDays}},
		Lists: []List{{Name: "calm", Check: func(text string) error {
			if strings.Contains(text, "!") {
				return errors.New("line 1: no shouting")
			}
			return nil
		}}},
		New: func(s Setting) (Check, error) {
			if s.Numbers["days"] == 30 {
				return nil, errors.New("not for so long")
			}
			return stub(func(sub Submission) ([]Finding, error) {
				if strings.Contains(s.Lists["calm"], sub.Text) {
					return nil, nil
				}
				return []Finding{{End: len(sub.Text), Score: s.Numbers["score"], Why: WhyWord}}, nil
			}), nil
		},
	}
}

func named(k Kind, name string) Kind { k.Name = name; return k }

func TestRulesDecide(t *testing.T) {
	no := false
	with := func(r Rule) Rules { return Rules{Mode: PublishClean, Checks: map[string]Rule{"stub": r}} }
	tests := []struct {
		name    string
		rules   Rules
		s       Submission
		outcome Outcome
		reason  string
		nudge   bool
	}{
		{"the default holds", with(Rule{}), Submission{Text: "x"}, Hold, ReasonWording, true},
		{"sent anyway", with(Rule{}), Submission{Text: "x", Anyway: true}, Hold, ReasonWording, false},
		{"no nudge", with(Rule{Nudge: &no}), Submission{Text: "x"}, Hold, ReasonWording, false},
		{"noted", with(Rule{Then: ThenNote}), Submission{Text: "x"}, Publish, "", false},
		{"noted, in a mode that holds", Rules{Checks: map[string]Rule{"stub": {Then: ThenNote}}}, Submission{Text: "x"}, Hold, "", false},
		{"off", with(Rule{Then: ThenOff}), Submission{Text: "x"}, Hold, ReasonCheckFailed, false}, // no check is left
		{"refused", with(Rule{Then: ThenRefuse}), Submission{Text: "x"}, Refuse, ReasonWording, false},
		{"refused, sent anyway", with(Rule{Then: ThenRefuse, Nudge: &no}), Submission{Text: "x", Anyway: true}, Hold, ReasonWording, false},
		{"not unmistakable", with(Rule{Then: ThenRefuse, Numbers: map[string]float64{"score": 0.7}}), Submission{Text: "x"}, Hold, ReasonWording, true},
		{"a score of nothing", with(Rule{Numbers: map[string]float64{"score": 0}}), Submission{Text: "x"}, Publish, "", false},
		{"on the list", Rules{Mode: PublishClean, Lists: map[string]string{"calm": "x\n"}}, Submission{Text: "x"}, Publish, "", false},
		{"the submission's mode comes first", Rules{Mode: PublishClean, Lists: map[string]string{"calm": "x\n"}}, Submission{Text: "x", Mode: HoldAll}, Hold, "", false},
		{"a check that cannot be made", with(Rule{Numbers: map[string]float64{"days": 30}}), Submission{Text: "x"}, Hold, ReasonCheckFailed, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := NewReviewer(policy(), tt.rules, named(testKind(), "stub")).Review(tt.s)
			if v.Outcome != tt.outcome || v.Reason != tt.reason || v.Nudge != tt.nudge {
				t.Errorf("got %s %q %v, want %s %q %v", v.Outcome, v.Reason, v.Nudge, tt.outcome, tt.reason, tt.nudge)
			}
		})
	}
}

func TestHistoryIsNoWording(t *testing.T) {
	k := named(testKind(), "stub")
	k.Author, k.Default.Nudge = true, nil
	if v := NewReviewer(policy(), Rules{}, k).Review(Submission{Text: "x", Mode: PublishClean}); v.Outcome != Hold || v.Reason != ReasonHistory || v.Nudge {
		t.Errorf("%+v", v)
	}
}

func TestRulesCheck(t *testing.T) {
	kinds := []Kind{testKind()}
	for _, tt := range []struct{ doc, want string }{
		{`{}`, ""},
		{`{"mode":"hold-new","checks":{"all":{"then":"refuse","nudge":false,"numbers":{"score":0.5,"days":3}}},"lists":{"calm":"one\ntwo"}}`, ""},
		{`{"mode":"publish"}`, "publish-clean"},
		{`{"checks":{"none":{}}}`, `no check "none"`},
		{`{"lists":{"none":"x"}}`, `no list "none"`},
		{`{"lists":{"calm":"!"}}`, "list calm: line 1"},
		{`{"lists":{"calm":"` + strings.Repeat("x", maxList+1) + `"}}`, "keep to"},
		{`{"checks":{"all":{"then":"ban"}}}`, "off, note, hold"},
		{`{"checks":{"all":{"numbers":{"score":1.5}}}}`, "give 0 to 1"},
		{`{"checks":{"all":{"numbers":{"days":1.5}}}}`, "whole number"},
		{`{"checks":{"all":{"numbers":{"none":1}}}}`, `no number "none"`},
		{`{"checks":{"all":{"then":"hold"}}}{}`, "more text"},
		{`{"colour":"red"}`, "colour"},
		{`[]`, "expected json"},
	} {
		_, err := ParseRules([]byte(tt.doc), kinds)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%.60s: %v, want %q", tt.doc, err, tt.want)
		}
	}
	plain := testKind()
	plain.Refuses = false
	if err := (Rules{Checks: map[string]Rule{"all": {Then: ThenRefuse}}}).Check([]Kind{plain}); err == nil {
		t.Error("a check that may not refuse was let")
	}
	nan := Rules{Checks: map[string]Rule{"all": {Numbers: map[string]float64{"score": nan()}}}}
	if nan.Check(kinds) == nil {
		t.Error("a number that is none was let")
	}
}

func nan() float64 { var zero float64; return zero / zero }

// TestRulesShortAndFull: what is written out whole comes back as it was.
func TestRulesShortAndFull(t *testing.T) {
	kinds := append(Kinds(), testKind())
	yes, no := true, false
	for _, r := range []Rules{
		{Checks: map[string]Rule{}, Lists: map[string]string{}},
		{Mode: PublishClean, Checks: map[string]Rule{"all": {Then: ThenNote, Nudge: &no, Numbers: map[string]float64{"days": 3}}}, Lists: map[string]string{"calm": "a\nb\n"}},
	} {
		full := r.Full(kinds)
		doc, err := json.Marshal(full)
		if err != nil {
			t.Fatal(err)
		}
		read, err := ParseRules(doc, kinds)
		if err != nil {
			t.Fatal(err)
		}
		if got := read.Short(kinds); !reflect.DeepEqual(got, r) || got.Version() != r.Version() {
			t.Errorf("%+v became %+v", r, got)
		}
		if len(full.Checks) != len(kinds) || full.Mode == "" || full.Checks["all"].Nudge == nil {
			t.Errorf("not whole: %+v", full)
		}
	}
	same := Rules{Mode: HoldAll, Checks: map[string]Rule{"all": {Then: ThenHold, Nudge: &yes, Numbers: map[string]float64{"days": 7}}}, Lists: map[string]string{"calm": " \n"}}
	if got := same.Short(kinds); got.Version() != (Rules{}).Short(kinds).Version() || len(got.Checks) > 0 {
		t.Errorf("the defaults became %+v", got)
	}
}

func TestWithLine(t *testing.T) {
	r := Rules{Lists: map[string]string{"calm": "a"}}
	got := r.WithLine("calm", "b")
	if got.Lists["calm"] != "a\nb\n" || r.Lists["calm"] != "a" {
		t.Errorf("%q, before %q", got.Lists["calm"], r.Lists["calm"])
	}
	if again := got.WithLine("calm", "b"); again.Lists["calm"] != "a\nb\n" {
		t.Errorf("twice: %q", again.Lists["calm"])
	}
	if got := (Rules{}).WithLine("calm", "a"); got.Lists["calm"] != "a\n" {
		t.Errorf("%q", got.Lists["calm"])
	}
}

func TestReplay(t *testing.T) {
	k := testKind()
	now := NewReviewer(policy(), Rules{}, k)
	for _, tt := range []struct {
		name   string
		rules  Rules
		change Change
	}{
		{"the same", Rules{}, ""},
		{"allowed", Rules{Lists: map[string]string{"calm": "x"}}, NewlyFree},
		{"refused", Rules{Checks: map[string]Rule{"all": {Then: ThenRefuse}}}, NewlyRefused},
		{"another mode", Rules{Mode: PublishClean}, ""}, // held by the mode, now by the evidence
		{"another mode, allowed", Rules{Mode: PublishClean, Lists: map[string]string{"calm": "x"}}, NewlyFree},
	} {
		if _, _, got := Replay(now, NewReviewer(policy(), tt.rules, k), Submission{Text: "x"}); got != tt.change {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.change)
		}
	}
	free := NewReviewer(policy(), Rules{Lists: map[string]string{"calm": "x"}}, k)
	if _, after, got := Replay(free, now, Submission{Text: "x"}); got != NewlyHeld || len(after.Findings) != 1 {
		t.Errorf("%q %+v", got, after)
	}
	refuses := NewReviewer(policy(), Rules{Checks: map[string]Rule{"all": {Then: ThenRefuse}}}, k)
	if _, _, got := Replay(refuses, now, Submission{Text: "x"}); got != NewlyHeld {
		t.Errorf("what was refused and is held now: %q", got)
	}
}

func FuzzParseRules(f *testing.F) {
	f.Add([]byte(`{"mode":"hold-new","checks":{"words":{"then":"refuse","numbers":{"from":2}}},"lists":{"words":"a | en | 1 | respect"}}`))
	f.Add([]byte(`{"checks":{"links":{"numbers":{"free":1e300}}}}`))
	kinds := Kinds()
	f.Fuzz(func(t *testing.T, doc []byte) {
		r, err := ParseRules(doc, kinds)
		if err != nil {
			return
		}
		short := r.Short(kinds)
		if err := short.Check(kinds); err != nil {
			t.Errorf("%q: what is stored is wrong: %v", doc, err)
		}
		if again := short.Full(kinds).Short(kinds); again.Version() != short.Version() {
			t.Errorf("%q: %+v became %+v", doc, short, again)
		}
		NewReviewer(policy(), short, kinds...).Review(Submission{Text: "a text"})
	})
}
