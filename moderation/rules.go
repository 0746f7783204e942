package moderation

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// Rules are how the Standards are enforced: what becomes of a clean comment, and how each check is applied. They
// hold only what differs from the defaults of the Kinds, so that the zero value is a newspaper's start.
type Rules struct {
	Mode   Mode              `json:"mode,omitempty"`   // "" is HoldAll
	Checks map[string]Rule   `json:"checks,omitempty"` // by Kind.Name
	Lists  map[string]string `json:"lists,omitempty"`  // by List.Name, one entry a line
}

// Rule is how one check is applied. What is empty is the Kind's default.
type Rule struct {
	Then    Then               `json:"then,omitempty"`
	Nudge   *bool              `json:"nudge,omitempty"`   // hand the comment back once, with what was found, before it is held
	Numbers map[string]float64 `json:"numbers,omitempty"` // by Param.Name
}

// Then is what becomes of a comment in which a check finds something.
type Then string

// What can become of it, from nothing to the most.
const (
	ThenOff    Then = "off"    // the check is not run
	ThenNote   Then = "note"   // the moderator is told; the comment is treated as clean
	ThenHold   Then = "hold"   // a moderator decides
	ThenRefuse Then = "refuse" // what is unmistakable is not stored unless it is sent anyway; the rest is held
)

const maxList = 1 << 20 // bytes of one list

// Effective returns the rule of a kind with its defaults filled in, Numbers and Nudge included.
func (r Rules) Effective(k Kind) Rule {
	out, own := k.Default, r.Checks[k.Name]
	if own.Then != "" {
		out.Then = own.Then
	}
	if own.Nudge != nil {
		out.Nudge = own.Nudge
	}
	if out.Nudge == nil {
		out.Nudge = new(bool)
	}
	out.Numbers = k.setting(r).Numbers
	return out
}

// ParseRules reads rules and checks them against the kinds there are. Unknown fields, checks, numbers and lists
// are refused; the error says what to do.
func ParseRules(data []byte, kinds []Kind) (Rules, error) {
	var r Rules
	if err := readJSON(data, &r); err != nil {
		return Rules{}, fmt.Errorf("the rules %w", err)
	}
	if err := r.Check(kinds); err != nil {
		return Rules{}, err
	}
	return r, nil
}

// Check returns nil when the rules can be applied, else what is wrong with them and what to do.
func (r Rules) Check(kinds []Kind) error {
	switch r.Mode {
	case "", HoldAll, HoldNew, PublishClean:
	default:
		return fault("mode", fmt.Sprintf("mode %q: give hold-all, hold-new or publish-clean", r.Mode), "Value", string(r.Mode))
	}
	lists := map[string]bool{}
	names := map[string]bool{}
	for _, k := range kinds {
		names[k.Name] = true
		if err := r.checkRule(k); err != nil {
			return placed(err, k.Name, "", 0)
		}
		for _, l := range k.Lists {
			lists[l.Name] = true
			if text := r.Lists[l.Name]; len(text) > maxList {
				return placed(fault("list_long", fmt.Sprintf("it has %d bytes: keep to %d", len(text), maxList), "Limit", maxList), "", l.Name, 0)
			} else if err := l.Check(text); err != nil {
				return placed(err, "", l.Name, 0)
			}
		}
	}
	return errors.Join(unknown("check", r.Checks, names), unknown("list", r.Lists, lists))
}

// unknown names what is set but is no such thing.
func unknown[V any](what string, set map[string]V, known map[string]bool) error {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !known[name] {
			return fault(what+"_unknown", fmt.Sprintf("there is no %s %q: give one of %s", what, name, strings.Join(slices.Sorted(maps.Keys(known)), ", ")), "Name", name)
		}
	}
	return nil
}

func (r Rules) checkRule(k Kind) error {
	rule := r.Checks[k.Name]
	switch rule.Then {
	case "", ThenOff, ThenNote, ThenHold:
	case ThenRefuse:
		if !k.Refuses {
			return fault("no_refusal", "it may hold a comment, not refuse it: give off, note or hold")
		}
	default:
		return fault("then", fmt.Sprintf("then %q: give off, note, hold or refuse", rule.Then), "Value", string(rule.Then))
	}
	for _, name := range slices.Sorted(maps.Keys(rule.Numbers)) {
		i := slices.IndexFunc(k.Params, func(p Param) bool { return p.Name == name })
		if i < 0 {
			return fault("number_unknown", fmt.Sprintf("it has no number %q", name), "Name", name)
		}
		p, v := k.Params[i], rule.Numbers[name]
		if !(v >= p.Min && v <= p.Max) {
			return fault("number_range", fmt.Sprintf("%s is %v: give %v to %v (%s)", name, v, p.Min, p.Max, p.Unit),
				"Value", fmt.Sprint(v), "Min", fmt.Sprint(p.Min), "Max", fmt.Sprint(p.Max))
		}
		if p.Unit != UnitScore && v != float64(int64(v)) {
			return fault("number_whole", fmt.Sprintf("%s is %v: give a whole number", name, v), "Value", fmt.Sprint(v))
		}
	}
	return nil
}

// Version is a short word that changes with the rules; that of equal rules is the same.
func (r Rules) Version() string {
	h := fnv.New32a()
	json.NewEncoder(h).Encode(r) // maps are written in the order of their keys
	return fmt.Sprintf("rules-%08x", h.Sum32())
}

// WithLine returns the rules with one line more at the end of a list; those that have it already come back as
// they are.
func (r Rules) WithLine(list, line string) Rules {
	text := r.Lists[list]
	if slices.Contains(strings.Split(text, "\n"), line) {
		return r
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	r.Lists = maps.Clone(r.Lists)
	if r.Lists == nil {
		r.Lists = map[string]string{}
	}
	r.Lists[list] = text + line + "\n"
	return r
}

// Full returns the rules with everything written out that the defaults leave unsaid, for an editor to read.
func (r Rules) Full(kinds []Kind) Rules {
	out := Rules{Mode: cmp.Or(r.Mode, HoldAll), Checks: map[string]Rule{}, Lists: map[string]string{}}
	for _, k := range kinds {
		out.Checks[k.Name] = r.Effective(k)
		for _, l := range k.Lists {
			out.Lists[l.Name] = r.Lists[l.Name]
		}
	}
	return out
}

// Short returns the rules without what equals the defaults: what is stored, and what Version goes by.
func (r Rules) Short(kinds []Kind) Rules {
	out := Rules{Checks: map[string]Rule{}, Lists: map[string]string{}}
	if r.Mode != HoldAll {
		out.Mode = r.Mode
	}
	for _, k := range kinds {
		if rule := r.Checks[k.Name].short(k); rule.Then != "" || rule.Nudge != nil || rule.Numbers != nil {
			out.Checks[k.Name] = rule
		}
		for _, l := range k.Lists {
			if text := strings.TrimSpace(strings.ReplaceAll(r.Lists[l.Name], "\r\n", "\n")); text != "" {
				out.Lists[l.Name] = text + "\n"
			}
		}
	}
	return out
}

func (own Rule) short(k Kind) (out Rule) {
	usual := Rules{}.Effective(k)
	if own.Then != usual.Then {
		out.Then = own.Then
	}
	if own.Nudge != nil && *own.Nudge != *usual.Nudge {
		out.Nudge = own.Nudge
	}
	for name, v := range own.Numbers {
		if v != usual.Numbers[name] {
			if out.Numbers == nil {
				out.Numbers = map[string]float64{}
			}
			out.Numbers[name] = v
		}
	}
	return out
}
