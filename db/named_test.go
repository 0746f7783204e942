package db

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"broadsheet/db/engine"
)

const allNamed engine.SQL = `SELECT id, named FROM comment ORDER BY id`

// An archive from before the names were kept has the same ones once it is opened.
func TestOldCommentsAreNamed(t *testing.T) {
	n := busyDesk(t, rand.New(rand.NewPCG(3, 4)))
	type row struct {
		ID    int64
		Named string
	}
	var want, got []row
	must(t, n.engine.Read(n.ctx, engine.All(&want, allNamed)))
	old := n
	old.path = filepath.Join(t.TempDir(), "old.db")
	must(t, n.Backup(n.ctx, old.path))
	tamper(t, old, `ALTER TABLE comment DROP COLUMN named; DELETE FROM migration WHERE name = '0010_named.sql'`)
	old.Archive = open(t, old.path)
	must(t, old.engine.Read(n.ctx, engine.All(&got, allNamed)))
	some := 0
	for i, w := range want {
		if got[i].ID != w.ID || !sameNames(got[i].Named, w.Named) {
			t.Errorf("%d is named %q, was %q", got[i].ID, got[i].Named, w.Named)
		}
		if w.Named != "" {
			some++
		}
	}
	if some < 50 {
		t.Errorf("only %d comments are named", some)
	}
	old.sound(t)
}
