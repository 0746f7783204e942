package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"runtime/debug"
	"time"

	"broadsheet/moderation"
	"broadsheet/moderation/standards"
)

type judgeCommand struct {
	Standards string `help:"File with the standards to go by, with or without rules. Default: those that come with the program."`
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
	debug.SetGCPercent(gcPercent)
	kinds, err := allKinds()
	if err != nil {
		return err
	}
	policy := moderation.Policy{Standards: standards.Default()}
	if cmd.Standards != "" {
		if policy, err = readPolicy(cmd.Standards, kinds); err != nil {
			return err
		}
	}
	var rules moderation.Rules
	if policy.Rules != nil {
		rules = *policy.Rules
	}
	j := judge{moderation.NewReviewer(policy.Standards, rules, kinds...), moderation.Submission{
		Article: moderation.Article{Language: cmd.Lang}, At: time.Now(), Mode: moderation.Mode(cmd.Mode),
	}}
	return j.all(c.in, c.out)
}

// judge reviews texts as comments of somebody unknown.
type judge struct {
	reviewer *moderation.Reviewer
	like     moderation.Submission // all but the text
}

// gcPercent is how much garbage may gather beside what is held: the program's libraries hold 30 MB of tables for reading
// dates, and at Go's 100 % as much garbage would gather.
const gcPercent = 50

// batchLines is how many lines one worker takes at once.
const batchLines = 128

// batch is some lines on their way through a worker.
type batch struct {
	lines []string
	out   bytes.Buffer
	err   error
	done  chan struct{}
}

// all judges every line of in, on every processor, and writes the verdicts in the order of the lines.
func (j judge) all(in io.Reader, out io.Writer) error {
	workers := runtime.GOMAXPROCS(0)
	todo, order := make(chan *batch, workers), make(chan *batch, 2*workers)
	for range workers {
		go func() {
			for b := range todo {
				b.err = j.lines(&b.out, b.lines)
				close(b.done)
			}
		}()
	}
	read := make(chan error, 1)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(order)
		defer close(todo)
		read <- eachBatch(in, func(lines []string) bool {
			b := &batch{lines: lines, done: make(chan struct{})}
			for _, to := range []chan *batch{order, todo} {
				select {
				case to <- b:
				case <-stop:
					return false
				}
			}
			return true
		})
	}()
	for b := range order {
		<-b.done
		if b.err != nil {
			return b.err
		}
		if _, err := out.Write(b.out.Bytes()); err != nil {
			return err
		}
	}
	return <-read
}

// eachBatch calls each with the lines of in, some at a time, until it says no: what has come is not kept waiting
// for what is still to come.
func eachBatch(in io.Reader, each func([]string) bool) error {
	r := bufio.NewReaderSize(in, 1<<16)
	var lines []string
	for {
		line, err := r.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if line != "" {
			lines = append(lines, line)
		}
		if len(lines) > 0 && (len(lines) == batchLines || err != nil || r.Buffered() == 0) {
			if !each(lines) {
				return nil
			}
			lines = nil
		}
		if err != nil {
			return nil
		}
	}
}

func (j judge) lines(out io.Writer, lines []string) error {
	enc := json.NewEncoder(out)
	for _, line := range lines {
		if err := enc.Encode(j.line(line)); err != nil {
			return err
		}
	}
	return nil
}

// line judges one line of input.
func (j judge) line(line string) judged {
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
	s := j.like
	s.Text = in.Text
	v := j.reviewer.Review(s)
	return judged{in.ID, v, reason(v)}
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
