package web

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// settings shows how comments are reviewed.
func (s *Server) settings(w http.ResponseWriter, r *request) error {
	rules, err := s.cfg.Archive.Rules(r.Context())
	if err != nil {
		return err
	}
	page := templates.Settings{Version: rules.Version}
	if rules.Broken {
		page.Problem = &templates.Problem{Message: "settings.broken"}
	}
	page.Done = r.FormValue("done") // the page knows its words, and has one for any other
	return s.showSettings(w, r, rules.Rules, page, http.StatusOK)
}

// showSettings fills the page with the rules, which may be a form's that come back.
func (s *Server) showSettings(w http.ResponseWriter, r *request, rules moderation.Rules, page templates.Settings, status int) error {
	history, err := s.cfg.Archive.RulesHistory(r.Context(), historyRows+1)
	if err != nil {
		return err
	}
	kinds := s.learner.kinds()
	page.Mode = string(cmp.Or(rules.Mode, moderation.HoldAll))
	page.Fixed = string(s.cfg.Mode)
	page.Checks, page.Lists = checkRows(rules, kinds), listRows(rules, kinds)
	page.History = historyView(history, kinds)
	if page.Learning, err = s.learningView(r); err != nil {
		return err
	}
	return render(w, s.pages.Settings, s.frame(r, s.title(r, "title.settings")), page, status)
}

// historyRows is how many versions of the rules are listed.
const historyRows = 20

// applySettings tries the form's rules on past comments, or puts them in force.
func (s *Server) applySettings(w http.ResponseWriter, r *request) error {
	kinds := s.learner.kinds()
	base := int(number(r.PostFormValue("base")))
	if !r.PostForm.Has("mode") { // no form of this page: nothing in it must not mean the defaults
		return fail(http.StatusBadRequest)
	}
	now, err := s.cfg.Archive.Rules(r.Context())
	if err != nil {
		return err
	}
	rules, err := readRules(r, kinds, now.Rules)
	page := templates.Settings{Version: base}
	refuse := func(message string, args map[string]any, status int) error {
		page.Problem = &templates.Problem{Message: message, Args: args}
		if wantsJSON(r.Request) {
			return s.serveProblem(w, r, status, *page.Problem)
		}
		return s.showSettings(w, r, rules, page, status)
	}
	if err == nil {
		err = rules.Check(kinds)
	}
	if err == nil {
		var standards moderation.Standards
		if standards, err = s.cfg.Archive.Standards(r.Context()); err != nil {
			return err
		}
		err = rules.CheckClauses(standards)
	}
	if err != nil {
		return refuse("settings.wrong", map[string]any{"Error": s.faultText(r.Lang, err)}, http.StatusUnprocessableEntity)
	}
	if r.PostFormValue("do") == "try" {
		if page.Trial, err = s.try(r, rules); err != nil {
			return err
		}
		return s.showSettings(w, r, rules, page, http.StatusOK)
	}
	if now.Version == base && !now.Broken && now.Rules.Version() == rules.Version() { // nothing was changed
		return redirect(w, r, "/admin/settings?done=applied")
	}
	err = s.cfg.Archive.ApplyRules(r.Context(), base, rules, r.User.ID)
	if errors.Is(err, db.ErrConflict) {
		return refuse("settings.conflict", nil, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/admin/settings?done=applied")
}

// restoreSettings puts the rules of an earlier version in force again, as a new version.
func (s *Server) restoreSettings(w http.ResponseWriter, r *request) error {
	old, err := s.cfg.Archive.RulesOf(r.Context(), int(number(r.PostFormValue("version"))))
	if err != nil {
		return err
	}
	kinds := s.learner.kinds()
	if err := old.Check(kinds); err != nil || old.Broken { // of a program that had other checks
		return &failure{Status: http.StatusConflict, Message: "settings.outdated", Cause: err}
	}
	if err := s.cfg.Archive.ApplyRules(r.Context(), int(number(r.PostFormValue("base"))), old.Rules, r.User.ID); err != nil {
		return err
	}
	return redirect(w, r, "/admin/settings?done=applied")
}

// readRules reads the form. Checks and lists that it does not have stay as they are: it may be of an older page, or a program's.
func readRules(r *request, kinds []moderation.Kind, now moderation.Rules) (moderation.Rules, error) {
	rules := moderation.Rules{Mode: moderation.Mode(r.PostFormValue("mode")), Checks: maps.Clone(now.Checks), Lists: maps.Clone(now.Lists)}
	if rules.Checks == nil {
		rules.Checks = map[string]moderation.Rule{}
	}
	if rules.Lists == nil {
		rules.Lists = map[string]string{}
	}
	var wrong error
	for _, k := range kinds {
		if r.PostForm.Has(k.Name + ".then") {
			rule, err := readRule(r, k)
			rules.Checks[k.Name], wrong = rule, cmp.Or(wrong, err)
		}
		for _, l := range k.Lists {
			if name := "list." + l.Name; r.PostForm.Has(name) {
				rules.Lists[l.Name] = r.PostFormValue(name)
			}
		}
	}
	return rules.Short(kinds), wrong
}

func readRule(r *request, k moderation.Kind) (moderation.Rule, error) {
	nudge := r.PostFormValue(k.Name+".nudge") == "1"
	rule := moderation.Rule{Then: moderation.Then(r.PostFormValue(k.Name + ".then")), Nudge: &nudge, Numbers: map[string]float64{}}
	for _, p := range k.Params {
		text := strings.TrimSpace(r.PostFormValue(k.Name + "." + p.Name))
		if text == "" { // the default
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return rule, &moderation.Fault{Word: "number", Check: k.Name, Args: map[string]any{"Value": text}}
		}
		rule.Numbers[p.Name] = v
	}
	return rule, nil
}

// checkRows is the table of the checks.
func checkRows(rules moderation.Rules, kinds []moderation.Kind) []templates.CheckRow {
	rows := make([]templates.CheckRow, len(kinds))
	for i, k := range kinds {
		rule := rules.Effective(k)
		_, changed := rules.Checks[k.Name]
		rows[i] = templates.CheckRow{
			Name: k.Name, Then: string(rule.Then), Nudge: *rule.Nudge, Author: k.Author, Changed: changed,
			Usual:   string(moderation.Rules{}.Effective(k).Then),
			Choices: []string{string(moderation.ThenOff), string(moderation.ThenNote), string(moderation.ThenHold)},
		}
		if k.Refuses {
			rows[i].Choices = append(rows[i].Choices, string(moderation.ThenRefuse))
		}
		for _, p := range k.Params {
			step := "1"
			if p.Unit == moderation.UnitScore {
				step = "0.01"
			}
			rows[i].Numbers = append(rows[i].Numbers, templates.NumberRow{
				Name: p.Name, Unit: string(p.Unit), Value: decimal(rule.Numbers[p.Name]),
				Default: decimal(p.Default), Min: decimal(p.Min), Max: decimal(p.Max), Step: step,
			})
		}
	}
	return rows
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func listRows(rules moderation.Rules, kinds []moderation.Kind) (rows []templates.ListRow) {
	for _, k := range kinds {
		for _, l := range k.Lists {
			row := templates.ListRow{Name: l.Name, Own: rules.Lists[l.Name], Builtin: l.Builtin}
			for line := range strings.SplitSeq(l.Builtin, "\n") {
				if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
					row.Entries++
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// historyView tells what each version changed. The last one is there only to be compared with.
func historyView(history []db.Rules, kinds []moderation.Kind) (out []templates.RulesVersion) {
	for i, v := range history {
		var before moderation.Rules
		if i+1 < len(history) {
			before = history[i+1].Rules
		} else if v.Version > 1 {
			break
		}
		out = append(out, templates.RulesVersion{
			Version: v.Version, By: v.Name, At: v.Applied, InForce: i == 0, Changes: changesOf(before, v.Rules, kinds),
		})
	}
	return out
}

// changesOf lists what differs between two rules.
func changesOf(a, b moderation.Rules, kinds []moderation.Kind) (out []templates.RulesChange) {
	add := func(check, what, from, to string) {
		if from != to {
			out = append(out, templates.RulesChange{Check: check, What: what, From: from, To: to})
		}
	}
	add("", "mode", string(cmp.Or(a.Mode, moderation.HoldAll)), string(cmp.Or(b.Mode, moderation.HoldAll)))
	for _, k := range kinds {
		before, after := a.Effective(k), b.Effective(k)
		add(k.Name, "then", string(before.Then), string(after.Then))
		add(k.Name, "nudge", strconv.FormatBool(*before.Nudge), strconv.FormatBool(*after.Nudge))
		for _, p := range k.Params {
			add(k.Name, p.Name, decimal(before.Numbers[p.Name]), decimal(after.Numbers[p.Name]))
		}
		for _, l := range k.Lists {
			gone, come := lineChanges(a.Lists[l.Name], b.Lists[l.Name])
			if gone != "" || come != "" {
				out = append(out, templates.RulesChange{Check: k.Name, What: "list", List: l.Name, From: gone, To: come})
			}
		}
	}
	return out
}

// lineChanges returns the lines that only one of two lists has, the first five of each.
func lineChanges(a, b string) (gone, come string) {
	only := func(in, other string) string {
		var lines []string
		have := strings.Split(other, "\n")
		for line := range strings.SplitSeq(in, "\n") {
			if strings.TrimSpace(line) != "" && !slices.Contains(have, line) {
				lines = append(lines, line)
			}
		}
		if len(lines) > 5 {
			lines = append(lines[:5], "…")
		}
		return strings.Join(lines, "\n")
	}
	return only(a, b), only(b, a)
}

// faultText says in a language what is wrong with rules, and where.
func (s *Server) faultText(lang string, err error) string {
	var f *moderation.Fault
	if !errors.As(err, &f) {
		return err.Error()
	}
	text := s.pages.Text(lang, "fault."+f.Word, f.Args)
	if f.Line > 0 {
		text = s.pages.Text(lang, "fault.line", map[string]any{"Line": f.Line, "Text": text})
	}
	for _, where := range []string{"list." + f.List, "check." + f.Check} {
		if !strings.HasSuffix(where, ".") {
			text = s.pages.Text(lang, where, nil) + " – " + text
		}
	}
	return text
}
