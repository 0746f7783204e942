package main

import (
	"fmt"
	"time"

	"broadsheet/db/ingest"
)

type extractCommand struct {
	Format string   `help:"How to read the files." enum:"auto,text,html" default:"auto"`
	TZ     string   `help:"Zone of dates that name none." default:"Asia/Seoul"`
	File   []string `arg:"" help:"Files, folders, .gz and .zip, or - for standard input."`
}

func (extractCommand) Help() string {
	return `Examples:
  broadsheet extract page.html
  broadsheet extract --tz Asia/Seoul captures/ | jq .headline

One article a line. What cannot be read gives a line with "error"; exit code 2.`
}

func (cmd extractCommand) Run(c console) error {
	zone, err := time.LoadLocation(cmd.TZ)
	if err != nil {
		return fmt.Errorf("--tz %s: no such time zone; give one such as Asia/Seoul", cmd.TZ)
	}
	failed := false
	for doc := range ingest.Walk(cmd.File, c.in) {
		for it := range ingest.Parse(doc, ingest.Options{Format: cmd.Format, Zone: zone}) {
			failed = failed || it.Err != nil
			line, err := ingest.Line(it)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(c.out, "%s\n", line); err != nil {
				return err
			}
		}
	}
	if failed {
		return errSetAside
	}
	return nil
}
