package engine

import (
	"context"
	"path/filepath"
	"testing"
)

func TestGeneration(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	ours, theirs := openAt(t, path, Options{}), openAt(t, path, Options{})
	g, before := ours.Generation(), theirs.Generation()
	for i := range 3 {
		write(t, ours, Do(addAccount, i, string(rune('a'+i)), 0))
		if ours.Generation() != g+1 {
			t.Errorf("generation %d after our own commit, want %d", ours.Generation(), g+1)
		}
		g = ours.Generation()
	}
	if err := ours.Write(context.Background(), Batch{Do: []Stmt{Do(addAccount, 1, "a", 0)}}); !Unique(err) || ours.Generation() != g {
		t.Errorf("a batch that failed moved the generation, or: %v", err)
	}
	commits := ours.Commits()
	if err := ours.Write(context.Background(), Batch{Do: []Stmt{Do(changeBy, 1, 0)}, Quiet: true}); err != nil || ours.Generation() != g {
		t.Errorf("a quiet batch moved the generation, or: %v", err)
	}
	if ours.Commits() != commits+1 {
		t.Errorf("%d commits after a quiet one, want %d", ours.Commits(), commits+1)
	}
	await(t, "the idle engine notices", func() bool { return theirs.Generation() > before })
	if n := read[int](t, theirs, `SELECT count(*) FROM account`); n != 3 {
		t.Errorf("%d accounts, want 3", n)
	}

	// A busy engine notices with its next group, in which it has seen what the other wrote.
	write(t, theirs, Do(addAccount, 9, "z", 0))
	write(t, ours, Do(changeBy, 1, 9))
	if ours.Generation() < g+2 {
		t.Errorf("generation %d, want at least %d: one foreign commit and one of our own", ours.Generation(), g+2)
	}
}
