package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/moderation/standards"
)

type standardsCommand struct {
	Show   standardsShow   `cmd:"" help:"Print the standards in force as JSON."`
	Check  standardsCheck  `cmd:"" help:"Check a file of standards."`
	Apply  standardsApply  `cmd:"" help:"Put a file of standards in force."`
	Replay standardsReplay `cmd:"" help:"Tell what a file of standards would have done to past comments."`
}

type standardsShow struct {
	DB string `name:"db" help:"The archive file." default:"archive.db"`
}

func (standardsShow) Help() string {
	return "Examples:\n  broadsheet standards show --db archive.db > standards.json\n\nThe clauses, and under \"rules\" how they are enforced, with every default written out. Without an archive it prints\nwhat comes with the program."
}

func (cmd standardsShow) Run(ctx context.Context, c console) error {
	kinds, err := allKinds()
	if err != nil {
		return err
	}
	policy, rules := standards.Default(), moderation.Rules{}
	if _, err := os.Stat(cmd.DB); err == nil {
		a, err := db.Open(ctx, cmd.DB, db.Options{})
		if err != nil {
			return err
		}
		defer a.Close()
		if policy, rules, err = inForce(ctx, a); err != nil {
			return err
		}
	}
	rules = rules.Full(kinds)
	enc := json.NewEncoder(c.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(moderation.Policy{Standards: policy, Rules: &rules})
}

// inForce reads the policy of an archive: that which comes with the program when it has none yet.
func inForce(ctx context.Context, a *db.Archive) (moderation.Standards, moderation.Rules, error) {
	policy, err := a.Standards(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		policy, err = standards.Default(), nil
	}
	if err != nil {
		return policy, moderation.Rules{}, err
	}
	rules, err := a.Rules(ctx)
	return policy, rules.Rules, err
}

type standardsCheck struct {
	File string `arg:"" help:"The file."`
}

func (standardsCheck) Help() string { return "Examples:\n  broadsheet standards check standards.json" }

func (cmd standardsCheck) Run(c console) error {
	kinds, err := allKinds()
	if err != nil {
		return err
	}
	p, err := readPolicy(cmd.File, kinds)
	if err != nil {
		return err
	}
	return said(c, p.Standards, "is well-formed")
}

type standardsApply struct {
	DB   string `name:"db" help:"The archive file; made when missing." default:"archive.db"`
	File string `arg:"" help:"The file."`
}

func (standardsApply) Help() string {
	return "Examples:\n  broadsheet standards apply --db archive.db standards.json\n\nAlso while the archive is served. A version keeps its text for ever: change the version with the text.\nA file without \"rules\" leaves those in force."
}

func (cmd standardsApply) Run(ctx context.Context, c console) error {
	kinds, err := allKinds()
	if err != nil {
		return err
	}
	p, err := readPolicy(cmd.File, kinds)
	if err != nil {
		return err
	}
	a, err := db.Open(ctx, cmd.DB, db.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.ApplyStandards(ctx, p.Standards, 0); err != nil {
		return err
	}
	if p.Rules != nil {
		if err := applyRules(ctx, a, p.Rules.Short(kinds)); err != nil {
			return err
		}
	}
	return said(c, p.Standards, "is in force")
}

// applyRules puts rules in force that are not in force already.
func applyRules(ctx context.Context, a *db.Archive, r moderation.Rules) error {
	now, err := a.Rules(ctx)
	if err != nil || now.Rules.Version() == r.Version() {
		return err
	}
	return a.ApplyRules(ctx, now.Version, r, 0)
}

func said(c console, s moderation.Standards, what string) error {
	_, err := fmt.Fprintf(c.out, "version %s with %d clauses %s\n", s.Version, len(s.Clauses), what)
	return err
}
