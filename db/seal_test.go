package db

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"broadsheet/db/engine"
)

// sealedLog is an archive with a log of random rows under random seals.
type sealedLog struct {
	newsroom
	raw   *sql.DB
	rng   *rand.Rand
	key   []byte
	seals []seal
	end   int64 // the last sealed row
}

func newSealedLog(t *testing.T, seed uint64) *sealedLog {
	t.Helper()
	l := &sealedLog{newsroom: newNewsroom(t), rng: rand.New(rand.NewPCG(seed, 7)), key: []byte("key")}
	acts := []string{ActCommentSubmit, ActCommentReject, ActUserRole, ActDeskApply}
	rows := 8 + l.rng.IntN(10)
	for i := range rows {
		by := []int64{0, l.desk, l.adm}[l.rng.IntN(3)]
		b := audit(l.Now(), by, acts[l.rng.IntN(len(acts))], l.rng.Int64N(1000), fmt.Sprint("한 ", l.rng.IntN(10)))
		must(t, l.engine.Write(l.ctx, batchOf(b)))
		if i == rows-1 || l.rng.IntN(4) == 0 {
			must(t, l.Seal(l.ctx, l.key))
		}
	}
	var err error
	if l.raw, err = sql.Open("sqlite", l.path); err != nil {
		t.Fatal(err)
	}
	l.raw.SetMaxOpenConns(1)
	t.Cleanup(func() { l.raw.Close() })
	l.exec(t, `CREATE TABLE kept AS SELECT * FROM audit`)
	l.exec(t, `CREATE TABLE kept_seal AS SELECT * FROM audit_seal`)
	l.seals = l.readSeals(t)
	l.end = l.seals[len(l.seals)-1].Last
	if fault, _, tail, err := l.verifySeals(l.ctx, l.key); fault != nil || tail != 0 || err != nil {
		t.Fatalf("a sound log: %v, tail %d, %v", fault, tail, err)
	}
	return l
}

func (l *sealedLog) readSeals(t *testing.T) (out []seal) {
	t.Helper()
	rows, err := l.raw.Query(`SELECT last, first FROM audit_seal ORDER BY last`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var s seal
		must(t, rows.Scan(&s.Last, &s.First))
		out = append(out, s)
	}
	return out
}

func (l *sealedLog) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := l.raw.Exec(query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// first is the first row that is not as it was, 0 when all are; no row before 1 is ever named.
func (l *sealedLog) first(t *testing.T) int64 {
	t.Helper()
	var n int64
	must(t, l.raw.QueryRow(`SELECT coalesce(min(max(seq, 1)), 0) FROM (
SELECT seq FROM (SELECT * FROM audit EXCEPT SELECT * FROM kept) UNION ALL SELECT seq FROM (SELECT * FROM kept EXCEPT SELECT * FROM audit))`).Scan(&n))
	return n
}

// try does something to the log, wants it found at a row (0: at the first row that differs), and takes it back.
func (l *sealedLog) try(t *testing.T, row int64, query string, args ...any) {
	t.Helper()
	l.exec(t, query, args...)
	if row == 0 {
		if row = l.first(t); row == 0 {
			t.Fatalf("%s %v changed nothing", query, args)
		}
	}
	fault, _, _, err := l.verifySeals(l.ctx, l.key)
	switch {
	case err != nil:
		t.Fatal(err)
	case fault == nil:
		t.Errorf("%s %v: not found", query, args)
	case fault.Row != row:
		t.Errorf("%s %v: names row %d, want %d (%s)", query, args, fault.Row, row, fault)
	}
	l.back(t)
}

func (l *sealedLog) back(t *testing.T) {
	t.Helper()
	l.exec(t, `DELETE FROM audit`)
	l.exec(t, `INSERT INTO audit SELECT * FROM kept`)
	l.exec(t, `DELETE FROM audit_seal`)
	l.exec(t, `INSERT INTO audit_seal SELECT * FROM kept_seal`)
}

// insert puts a row in at a place and moves the later ones on.
func (l *sealedLog) insert(t *testing.T, at int64) {
	t.Helper()
	l.exec(t, `UPDATE audit SET seq = -seq WHERE seq >= ?`, at)
	l.exec(t, `UPDATE audit SET seq = 1 - seq WHERE seq < 0`)
	l.try(t, at, `INSERT INTO audit (seq, at, user_id, action, subject, detail) SELECT ?, at, user_id, action, subject, 'put in' FROM kept WHERE seq = ?`, at, at)
}

// TestEveryBreakIsNamed is bar 6: whatever single thing is done to a sealed log, verify finds it and names the first row that
// is not as it was.
func TestEveryBreakIsNamed(t *testing.T) {
	for seed := range uint64(4) {
		l := newSealedLog(t, seed)
		for seq := int64(1); seq <= l.end; seq++ {
			for _, set := range []string{`at = at + 1`, `at = 0`, `user_id = CASE WHEN user_id IS NULL THEN 0 END`, `user_id = coalesce(user_id, 0) + 1`,
				`action = action || 'x'`, `action = ''`, `subject = subject + 1`, `subject = -subject - 1`, `detail = detail || char(0)`, `detail = detail || ' '`,
				`seq = 100000`, `seq = -seq`, `seq = 0`} {
				l.try(t, 0, `UPDATE audit SET `+set+` WHERE seq = ?`, seq)
			}
			l.try(t, seq, `DELETE FROM audit WHERE seq = ?`, seq)
			l.insert(t, seq)
			if other := 1 + l.rng.Int64N(l.end); other != seq {
				l.exec(t, `UPDATE audit SET seq = -1 WHERE seq = ?`, seq)
				l.exec(t, `UPDATE audit SET seq = ? WHERE seq = ?`, seq, other)
				l.try(t, min(seq, other), `UPDATE audit SET seq = ? WHERE seq = -1`, other)
			}
			l.try(t, 0, `UPDATE audit SET (action, detail) = (detail, action) WHERE seq = ?`, seq)
		}
		for i, s := range l.seals {
			for _, set := range []string{`mac = zeroblob(32)`, `mac = x''`, `at = at + 1`, `first = first + 1`, `first = -1`, `tags = NULL`, `tags = x''`,
				`tags = zeroblob(length(tags))`, `tags = substr(tags, 1, length(tags) - 1)`, `tags = CAST(tags || x'00' AS BLOB)`, `last = -last`, `last = last + 100000`} {
				l.try(t, s.First, `UPDATE audit_seal SET `+set+` WHERE last = ?`, s.Last)
			}
			if s.First < s.Last {
				l.try(t, s.First, `UPDATE audit_seal SET last = last - 1 WHERE last = ?`, s.Last)
			}
			if i < len(l.seals)-1 {
				l.try(t, s.First, `DELETE FROM audit_seal WHERE last = ?`, s.Last)
			}
		}
	}
}

// TestWhatSealsCannotSee holds what the README says of it, and that a head kept elsewhere does see a cut tail.
func TestWhatSealsCannotSee(t *testing.T) {
	l := newSealedLog(t, 9)
	sound := func(what string, wantTail int64) {
		t.Helper()
		fault, _, tail, err := l.verifySeals(l.ctx, l.key)
		if fault != nil || err != nil || tail != wantTail {
			t.Errorf("%s: %v %v, %d rows unsealed, want %d", what, fault, err, tail, wantTail)
		}
	}
	kept, err := l.HeadAt(l.ctx, l.Now())
	must(t, err)
	if again, err := ParseHead(kept.String()); err != nil || again.String() != kept.String() || kept.Row != l.end {
		t.Fatalf("the head %v, read again %v: %v", kept, again, err)
	}
	holds := func(what string, want bool) {
		t.Helper()
		if why, err := l.HasHead(l.ctx, kept); err != nil || (why == "") != want {
			t.Errorf("%s: %q %v", what, why, err)
		}
	}
	holds("the log as it was", true)

	must(t, l.engine.Write(l.ctx, batchOf(audit(l.Now(), l.desk, ActUserRole, 1, "a"))))
	l.exec(t, `UPDATE audit SET detail = 'b' WHERE seq = ?`, l.end+1)
	sound("a row of the last second altered", 1)
	l.try(t, l.end+1, `UPDATE audit SET seq = seq + 1 WHERE seq = ?`, l.end+1)

	last := l.seals[len(l.seals)-1]
	l.exec(t, `DELETE FROM audit_seal WHERE last = ?`, last.Last)
	sound("the last seal removed", last.Last-last.First+1)
	holds("the last seal removed", false)
	l.exec(t, `DELETE FROM audit WHERE seq >= ?`, last.First)
	sound("the tail cut with its seal", 0)
	holds("the tail cut with its seal", false)

	must(t, l.engine.Write(l.ctx, batchOf(audit(l.Now(), l.desk, ActUserRole, 1, "another past"))))
	must(t, l.Seal(l.ctx, l.key)) // whoever has the key can write another end
	sound("another end", 0)
	holds("another end", false)
	for range last.Last {
		must(t, l.engine.Write(l.ctx, batchOf(audit(l.Now(), l.desk, ActUserRole, 1, "and more"))))
	}
	must(t, l.Seal(l.ctx, l.key))
	holds("another end that is longer", false)
}

// TestOlderSealsStillVerify proves a log whose first seals were made before there were tags.
func TestOlderSealsStillVerify(t *testing.T) {
	l := newSealedLog(t, 3)
	var before []byte
	for _, s := range l.seals { // as they were made then
		var rows []sealedRow
		must(t, l.engine.Read(l.ctx, allOf(&rows, s)))
		c := newChain(l.key, before)
		for _, r := range rows {
			c.add(r)
		}
		before = c.mac.Sum(nil)
		l.exec(t, `UPDATE audit_seal SET mac = ?, tags = NULL WHERE last = ?`, before, s.Last)
	}
	must(t, l.engine.Write(l.ctx, batchOf(audit(l.Now(), l.desk, ActUserRole, 1, "new"))))
	must(t, l.Seal(l.ctx, l.key))
	if fault, _, tail, err := l.verifySeals(l.ctx, l.key); fault != nil || tail != 0 || err != nil {
		t.Fatalf("%v, tail %d, %v", fault, tail, err)
	}
	l.exec(t, `UPDATE audit SET detail = 'x' WHERE seq = ?`, l.seals[1].Last)
	if fault, _, _, err := l.verifySeals(l.ctx, l.key); err != nil || fault == nil || fault.Row != l.seals[1].First {
		t.Errorf("an altered row under an older seal: %v %v, want the block from %d", fault, err, l.seals[1].First)
	}
}

// TestHeadIsToldOnceADay writes to every admin, and not twice.
func TestHeadIsToldOnceADay(t *testing.T) {
	n := newNewsroom(t)
	must(t, n.Seal(n.ctx, []byte("key")))
	since := n.Now().AddDate(0, 0, -1)
	for range 2 {
		must(t, n.TellHead(n.ctx, since))
	}
	raw, err := sql.Open("sqlite", filepath.Clean(n.path))
	must(t, err)
	defer raw.Close()
	var told, admins int
	must(t, raw.QueryRow(`SELECT count(*), count(DISTINCT user_id) FROM message WHERE kind = 'head' AND mail = 'wait'`).Scan(&told, &admins))
	if told != 1 || admins != 1 {
		t.Errorf("%d messages to %d admins", told, admins)
	}
}

func batchOf(s engine.Stmt) engine.Batch { return engine.Batch{Do: []engine.Stmt{s}} }

func allOf(rows *[]sealedRow, s seal) engine.Query {
	return engine.All(rows, auditBlock, s.First-1, s.Last, sealBlock)
}
