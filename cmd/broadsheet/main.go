// Command broadsheet is a newspaper's archive with moderated comments: one binary, one file.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are all that the program can do; each has a file of its own.
type commands struct {
	Demo       demoCommand       `cmd:"" help:"Serve a fresh sample newspaper, with accounts to try everything."`
	Serve      serveCommand      `cmd:"" help:"Serve the newspaper."`
	Import     importCommand     `cmd:"" help:"Import articles from files, folders and archives."`
	Extract    extractCommand    `cmd:"" help:"Read articles and print them as JSON lines, without an archive."`
	Judge      judgeCommand      `cmd:"" help:"Review comments from standard input and print the verdicts as JSON lines."`
	User       userCommand       `cmd:"" help:"Add, list and change accounts."`
	Standards  standardsCommand  `cmd:"" help:"Show, check and apply the standards of comments."`
	Verify     verifyCommand     `cmd:"" help:"Check that the archive is whole."`
	Backup     backupCommand     `cmd:"" help:"Copy the archive, also while it is served."`
	Classifier classifierCommand `cmd:"" help:"Train and measure the classifier of comments."`
	Version    versionCommand    `cmd:"" help:"Print the versions of the program and its parts."`
}

// console is where a command reads and writes.
type console struct {
	in       io.Reader
	out, err io.Writer
	terminal bool // err is a terminal: progress may be drawn
}

// log writes JSON lines to standard error.
func (c console) log() *slog.Logger { return slog.New(slog.NewJSONHandler(c.err, nil)) }

// errSetAside ends a command that did its work but set items aside: exit code 2.
var errSetAside = errors.New("some items were set aside")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	code := run(ctx, os.Args[1:], console{os.Stdin, os.Stdout, os.Stderr, terminal})
	stop()
	os.Exit(code)
}

// run does one command and returns the exit code: 0 all well, 2 items set aside, 1 failed.
func run(ctx context.Context, args []string, c console) (code int) {
	var cmd commands
	exited := -1
	parser, err := kong.New(&cmd,
		kong.Name("broadsheet"),
		kong.Description("A newspaper's archive with moderated comments."),
		kong.DefaultEnvars("BROADSHEET"),
		kong.Writers(c.out, c.err),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(c),
	)
	if err != nil {
		fmt.Fprintln(c.err, "broadsheet:", err)
		return 1
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help has printed
		return exited
	case err != nil:
		fmt.Fprintf(c.err, "broadsheet: %v\nTry: broadsheet --help\n", err)
		return 1
	}
	switch err = parsed.Run(); {
	case errors.Is(err, errSetAside):
		return 2
	case err != nil:
		fmt.Fprintln(c.err, "broadsheet:", err)
		return 1
	}
	return 0
}
