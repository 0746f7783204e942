package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"broadsheet/moderation"
	"broadsheet/moderation/standards"
)

type judgeCommand struct {
	Standards string `help:"File with the standards to go by. Default: those that come with the program."`
	Lang      string `help:"Language of the article that is commented on." enum:"en,ko," default:""`
	Mode      string `help:"What becomes of a clean comment." enum:"hold-all,hold-new,publish-clean" default:"publish-clean"`
}

func (judgeCommand) Help() string {
	return `Examples:
  echo 'What a fine article' | broadsheet judge
  broadsheet judge --mode hold-all < comments.jsonl

A line that is JSON {"id","text"} is taken so, any other line is a text. One verdict a line, in order.`
}

func (cmd judgeCommand) Run(c console) error {
	policy := standards.Default()
	if cmd.Standards != "" {
		var err error
		if policy, err = readStandards(cmd.Standards); err != nil {
			return err
		}
	}
	reviewer := moderation.NewReviewer(policy, moderation.Rules{}, moderation.Kinds()...)
	out := bufio.NewWriter(c.out)
	defer out.Flush()
	in := bufio.NewReaderSize(c.in, 1<<20)
	for {
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if line == "" {
			return out.Flush()
		}
		if err := cmd.line(out, reviewer, line); err != nil {
			return err
		}
	}
}

// line judges one line of input.
func (cmd judgeCommand) line(out io.Writer, r *moderation.Reviewer, line string) error {
	var in struct {
		ID   json.RawMessage `json:"id"`
		Text string          `json:"text"`
	}
	if line[0] != '{' || json.Unmarshal([]byte(line), &in) != nil { // a text may begin with { too
		in.ID, in.Text = nil, trimEnd(line)
	}
	if in.ID == nil {
		in.ID = json.RawMessage("null")
	}
	v := r.Review(moderation.Submission{
		Text: in.Text, Article: moderation.Article{Language: cmd.Lang}, At: time.Now(), Mode: moderation.Mode(cmd.Mode),
	})
	return json.NewEncoder(out).Encode(judged{in.ID, v, reason(v)})
}

// judged is a line of output: a verdict whose reason is null when there is none.
type judged struct {
	ID json.RawMessage `json:"id"`
	moderation.Verdict
	Reason *string `json:"reason"`
}

func reason(v moderation.Verdict) *string {
	if v.Reason == "" {
		return nil
	}
	return &v.Reason
}

// trimEnd takes the line's end away, and nothing else.
func trimEnd(line string) string {
	for len(line) > 0 && (line[len(line)-1] == '\n' || line[len(line)-1] == '\r') {
		line = line[:len(line)-1]
	}
	return line
}

func readStandards(name string) (moderation.Standards, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return moderation.Standards{}, err
	}
	s, err := moderation.ParseStandards(b)
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}
