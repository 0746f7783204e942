package main

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"broadsheet/db"
	"broadsheet/moderation/classifier"
	"broadsheet/moderation/standards"
)

type versionCommand struct{}

func (versionCommand) Help() string { return "Examples:\n  broadsheet version" }

func (versionCommand) Run(ctx context.Context, c console) error {
	w := bufio.NewWriter(c.out)
	version, revision := "(devel)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; v != "" {
			version = v
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = " " + s.Value
			}
		}
	}
	sqlite, err := sqliteVersion(ctx)
	if err != nil {
		return err
	}
	model, err := classifier.Default()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "broadsheet %s%s\ngo %s %s/%s\nsqlite %s\nmodel %s\nstandards %s\n", version, revision,
		runtime.Version(), runtime.GOOS, runtime.GOARCH, sqlite, model.Version(), standards.Default().Version)
	return w.Flush()
}

// sqliteVersion asks the engine that is linked in.
func sqliteVersion(ctx context.Context) (string, error) {
	dir, done, err := tempDir()
	if err != nil {
		return "", err
	}
	defer done()
	a, err := db.Open(ctx, filepath.Join(dir, "version.db"), db.Options{})
	if err != nil {
		return "", err
	}
	defer a.Close()
	return a.EngineVersion(ctx)
}
