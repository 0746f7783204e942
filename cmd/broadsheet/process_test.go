package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// The tests here drive the program as it is built, over its outer surface only.

var build struct {
	once sync.Once
	path string
	err  error
}

// binary is the program, built once for all tests of a run.
func binary(t testing.TB) string {
	t.Helper()
	build.once.Do(func() {
		dir, err := os.MkdirTemp("", "broadsheet-binary-")
		if err != nil {
			build.err = err
			return
		}
		build.path = filepath.Join(dir, "broadsheet")
		out, err := exec.Command("go", "build", "-o", build.path, ".").CombinedOutput()
		if err != nil {
			build.err = err
			t.Log(string(out))
		}
	})
	if build.err != nil {
		t.Fatal(build.err)
	}
	return build.path
}

// command runs the program to its end.
func command(t testing.TB, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command(binary(t), args...)
	cmd.Stdin = strings.NewReader(stdin)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("broadsheet %s: %v\n%s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

// server is the program while it serves.
type server struct {
	cmd *exec.Cmd
	url string
	end sync.Once
}

const serving = "Serving "

// serve starts the program and waits until it says its address.
func serve(t testing.TB, args ...string) *server {
	t.Helper()
	s := &server{cmd: exec.Command(binary(t), args...)}
	s.cmd.Stderr = io.Discard
	if testing.Verbose() {
		s.cmd.Stderr = os.Stderr
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, ok := strings.Cut(lines.Text(), " at http://"); ok && strings.HasPrefix(lines.Text(), serving) {
			s.url = "http://" + at
			go io.Copy(io.Discard, out)
			return s
		}
	}
	t.Fatalf("broadsheet %s did not serve", strings.Join(args, " "))
	return nil
}

// kill ends the program as a power cut would. It may be called by several at once.
func (s *server) kill() {
	s.end.Do(func() {
		s.cmd.Process.Kill()
		s.cmd.Wait()
	})
}

// stop ends the program as an operator would, and reports its exit code.
func (s *server) stop(t testing.TB) int {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode()
}

const accountPassword = "correct horse battery"

// account makes an account by the command line.
func makeAccount(t testing.TB, db, name, role string) {
	t.Helper()
	command(t, accountPassword+"\n", "user", "add", "--db", db, "--email", name+"@example.com", "--name", name, "--role", role, "--password-stdin")
}

// client is a program that logs in and sends forms.
type client struct {
	http *http.Client
	url  string
}

func newClient(t testing.TB, s *server) *client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &client{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: 4}}, s.url}
}

// post sends a form; the status is 0 when no answer came.
func (c *client) post(ctx context.Context, path string, form url.Values) (status int, header http.Header) {
	req, err := http.NewRequestWithContext(ctx, "POST", c.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := c.http.Do(req)
	if err != nil {
		return 0, nil
	}
	defer res.Body.Close()
	io.Copy(io.Discard, res.Body)
	return res.StatusCode, res.Header
}

func (c *client) login(t testing.TB, name string) {
	t.Helper()
	if status, _ := c.post(context.Background(), "/login", url.Values{"email": {name + "@example.com"}, "password": {accountPassword}}); status != 303 {
		t.Fatalf("log-in of %s: %d", name, status)
	}
}
