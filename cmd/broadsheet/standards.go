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
	Show  standardsShow  `cmd:"" help:"Print the standards in force as JSON."`
	Check standardsCheck `cmd:"" help:"Check a file of standards."`
	Apply standardsApply `cmd:"" help:"Put a file of standards in force."`
}

type standardsShow struct {
	DB string `name:"db" help:"The archive file." default:"archive.db"`
}

func (standardsShow) Help() string {
	return "Examples:\n  broadsheet standards show --db archive.db > standards.json\n\nWithout an archive it prints those that come with the program."
}

func (cmd standardsShow) Run(ctx context.Context, c console) error {
	policy := standards.Default()
	if _, err := os.Stat(cmd.DB); err == nil {
		a, err := db.Open(ctx, cmd.DB, db.Options{})
		if err != nil {
			return err
		}
		defer a.Close()
		stored, err := a.Standards(ctx)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err == nil {
			policy = stored
		}
	}
	enc := json.NewEncoder(c.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(policy)
}

type standardsCheck struct {
	File string `arg:"" help:"The file."`
}

func (standardsCheck) Help() string { return "Examples:\n  broadsheet standards check standards.json" }

func (cmd standardsCheck) Run(c console) error {
	s, err := readStandards(cmd.File)
	if err != nil {
		return err
	}
	return said(c, s, "is well-formed")
}

type standardsApply struct {
	DB   string `name:"db" help:"The archive file; made when missing." default:"archive.db"`
	File string `arg:"" help:"The file."`
}

func (standardsApply) Help() string {
	return "Examples:\n  broadsheet standards apply --db archive.db standards.json\n\nAlso while the archive is served. A version keeps its text for ever: change the version with the text."
}

func (cmd standardsApply) Run(ctx context.Context, c console) error {
	s, err := readStandards(cmd.File)
	if err != nil {
		return err
	}
	a, err := db.Open(ctx, cmd.DB, db.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	if err := a.ApplyStandards(ctx, s, 0); err != nil {
		return err
	}
	return said(c, s, "is in force")
}

func said(c console, s moderation.Standards, what string) error {
	_, err := fmt.Fprintf(c.out, "version %s with %d clauses %s\n", s.Version, len(s.Clauses), what)
	return err
}
