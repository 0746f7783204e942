package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"broadsheet/moderation"
	"broadsheet/moderation/standards"
)

func testJudge(t testing.TB) judge {
	t.Helper()
	kinds, err := allKinds()
	if err != nil {
		t.Fatal(err)
	}
	return judge{moderation.NewReviewer(standards.Default(), moderation.Rules{}, kinds...), moderation.Submission{Mode: moderation.PublishClean}}
}

// TestJudgeKeepsTheOrder sends more lines than one batch holds, of different weights, through all workers.
func TestJudgeKeepsTheOrder(t *testing.T) {
	var in strings.Builder
	const n = 5*batchLines + 7
	for i := range n {
		fmt.Fprintf(&in, "{\"id\":%d,\"text\":%q}\n", i, strings.Repeat("말 ", i%200))
	}
	var out bytes.Buffer
	if err := testJudge(t).all(strings.NewReader(in.String()), &out); err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(&out)
	for i := range n {
		var v struct{ ID int }
		if err := d.Decode(&v); err != nil || v.ID != i {
			t.Fatalf("line %d has id %d: %v", i, v.ID, err)
		}
	}
	if d.More() {
		t.Error("more verdicts than lines")
	}
}

// TestJudgeAnswersWhileItIsFed waits for the answer to one line before it sends the next.
func TestJudgeAnswersWhileItIsFed(t *testing.T) {
	in, feed := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := testJudge(t).all(in, out)
		out.Close()
		done <- err
	}()
	d := json.NewDecoder(answers)
	for i := range 3 {
		fmt.Fprintf(feed, "text %d\n", i)
		var v struct{ Text string }
		if err := d.Decode(&v); err != nil || v.Text != fmt.Sprint("text ", i) {
			t.Fatalf("%q %v", v.Text, err)
		}
	}
	feed.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestJudgeStopsWhenItCannotWrite(t *testing.T) {
	if err := testJudge(t).all(strings.NewReader(strings.Repeat("a line\n", 20*batchLines)), fullDisk{}); err == nil {
		t.Error("no error")
	}
}
