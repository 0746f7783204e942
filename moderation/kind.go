package moderation

import "fmt"

// Kind is a kind of check as an admin sees it: what it is called, what may be set, and how it is made. What it
// looks for is told in the templates' catalogues under "check.NAME.text", a number under "check.NAME.PARAM".
type Kind struct {
	Name    string
	Default Rule     // how it is applied where an admin has set nothing; its Numbers stay empty
	Refuses bool     // Then may be ThenRefuse
	Whys    []string // every Finding.Why it can give; their words stand in the catalogues under "finding.WHY"
	Author  bool     // looks at the author's history, not at the words
	Params  []Param  // in the order in which they are shown
	Lists   []List
	New     func(Setting) (Check, error)
}

// Param is one number of a check that can be set.
type Param struct {
	Name              string
	Default, Min, Max float64
	Unit              Unit
}

// Unit says what a Param counts.
type Unit string

// The units.
const (
	UnitCount   Unit = "count"   // whole number of things
	UnitPercent Unit = "percent" // 0 to 100
	UnitScore   Unit = "score"   // 0 to 1
	UnitMinutes Unit = "minutes" // whole
	UnitDays    Unit = "days"    // whole
	UnitLevel   Unit = "level"   // severity of a Word, 1 to 3
)

// List is one list of a check that can be set, one entry a line.
type List struct {
	Name    string             // unique among all kinds
	Builtin string             // the entries that come with the program, shown to the admin; they hold besides the newspaper's own
	Check   func(string) error // nil when the text is well-formed; the error names the line
}

// Setting is all that is set for one check, defaults filled in: every Param and List has its value.
type Setting struct {
	Numbers map[string]float64
	Lists   map[string]string // the newspaper's own entries; "" for none
}

// Kinds returns the kinds of checks that this package has, in the order in which an admin reads them. A program
// adds those of its classifier.
func Kinds() []Kind {
	return []Kind{
		wordsKind(), linksKind(), privateKind(), shoutingKind(), repeatsKind(),
		floodKind(), rejectionsKind(), newcomerKind(), mailKind(), languageKind(),
	}
}

// setting completes what rules say of a kind.
func (k Kind) setting(r Rules) Setting {
	s := Setting{Numbers: map[string]float64{}, Lists: map[string]string{}}
	for _, p := range k.Params {
		s.Numbers[p.Name] = p.Default
		if v, ok := r.Checks[k.Name].Numbers[p.Name]; ok {
			s.Numbers[p.Name] = v
		}
	}
	for _, l := range k.Lists {
		s.Lists[l.Name] = r.Lists[l.Name]
	}
	return s
}

// make makes the check as the rules want it. One that cannot be made fails, so that everything is held.
func (k Kind) make(r Rules) (c Check) {
	defer func() {
		if p := recover(); p != nil {
			c = broken{fmt.Errorf("not made: %v", p)}
		}
	}()
	c, err := k.New(k.setting(r))
	if err != nil {
		return broken{err}
	}
	return c
}

// broken is a check that could not be made.
type broken struct{ err error }

func (b broken) Check(Submission) (Evidence, error) { return Evidence{}, b.err }
