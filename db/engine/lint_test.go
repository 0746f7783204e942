package engine

import (
	"strings"
	"testing"
)

func TestLint(t *testing.T) {
	for _, c := range []struct{ sql, says string }{ // says "": it may stand
		{``, ""},
		{schema, ""},
		{`SELECT 1 -- CURRENT_TIMESTAMP`, ""},
		{`SELECT /* random() */ 1`, ""},
		{`SELECT 'CURRENT_TIMESTAMP; random()', 'it''s RETURNING'`, ""},
		{`SELECT "random"(1), [changes] FROM "trigger"`, ""},
		{`SELECT random, changes FROM t`, ""},
		{`SELECT t.random_, :returning, $attach, @trigger, ?1`, ""},
		{`SELECT date(at / 1000, 'unixepoch'), strftime('%Y', ?), unixepoch(?)`, ""},
		{`SELECT strftime('%Y', date(at)), date`, ""},
		{`SELECT CASE WHEN a THEN 1 ELSE 2 END FROM t`, ""},
		{`INSERT INTO t VALUES (1) ON CONFLICT(id) DO UPDATE SET a = excluded.a`, ""},
		{`INSERT OR IGNORE INTO t VALUES (1)`, ""},
		{`CREATE TABLE t(a INTEGER, b TEXT DEFAULT ('x)')) STRICT`, ""},
		{`CREATE TABLE IF NOT EXISTS t(a INTEGER PRIMARY KEY) WITHOUT ROWID, strict;`, ""},
		{`CREATE VIRTUAL TABLE t USING fts5(a)`, ""},
		{`CREATE INDEX i ON t(a); CREATE UNIQUE INDEX j ON t(b)`, ""},
		{`INSERT INTO term(term) VALUES ('now')`, ""},

		{`SELECT CURRENT_TIMESTAMP`, "CURRENT_TIMESTAMP"},
		{`CREATE TABLE t(a TEXT DEFAULT current_date) STRICT`, "current_date"},
		{`SELECT Current_Time`, "Current_Time"},
		{`SELECT date('now')`, "date()"},
		{`SELECT date( ' NOW ' , '-1 day')`, "date()"},
		{`SELECT 1 WHERE at > unixepoch()`, "unixepoch()"},
		{`SELECT unixepoch('subsec')`, "unixepoch()"},
		{`SELECT datetime(at, 'unixepoch', 'localtime')`, "datetime()"},
		{`SELECT strftime('%s')`, "strftime()"},
		{`SELECT strftime('%s', 'now')`, "strftime()"},
		{`SELECT strftime(coalesce(a, b))`, "strftime()"},
		{`SELECT julianday ()`, "julianday()"},
		{`SELECT time(/* nothing */)`, "time()"},
		{`SELECT timediff('now', at)`, "timediff()"},
		{`SELECT 'a'; SELECT RANDOM()`, "RANDOM()"},
		{`SELECT * FROM t ORDER BY random ()`, "random()"},
		{`SELECT hex(randomblob(16))`, "randomblob()"},
		{`INSERT INTO t VALUES (1) RETURNING id`, "RETURNING"},
		{`INSERT INTO t VALUES (last_insert_rowid())`, "last_insert_rowid()"},
		{`SELECT changes()`, "changes()"},
		{`SELECT total_changes()`, "total_changes()"},
		{`ATTACH 'x' AS y`, "ATTACH"},
		{`DETACH y`, "DETACH"},
		{`CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END`, "TRIGGER"},
		{`CREATE TABLE t(a TEXT)`, "STRICT"},
		{`CREATE TABLE t(a TEXT, strict INTEGER)`, "STRICT"},
		{`CREATE TABLE t(a TEXT) WITHOUT ROWID`, "STRICT"},
		{`CREATE TABLE t AS SELECT 1`, "STRICT"},
		{`CREATE TEMP TABLE t(a TEXT)`, "STRICT"},
		{`CREATE TABLE a(x TEXT) STRICT; CREATE TABLE b(x TEXT)`, "STRICT"},
		{`CREATE TABLE b(x TEXT) -- STRICT`, "STRICT"},
		{`begin; SELECT 1`, "begin"},
		{`COMMIT`, "COMMIT"},
		{`SELECT 1; VACUUM`, "VACUUM"},
		{`INSERT OR ROLLBACK INTO t VALUES (1)`, "ROLLBACK"},
		{`CREATE TABLE t(a TEXT UNIQUE ON CONFLICT FAIL) STRICT`, "FAIL"},
		{`CREATE TABLE t(a INTEGER REFERENCES b(id) DEFERRABLE INITIALLY DEFERRED) STRICT`, "DEFERRED"},
		{`SELECT 'open`, "not closed"},
		{`SELECT "open`, "not closed"},
		{`SELECT [open`, "not closed"},
		{`SELECT 1 /* open`, "not closed"},
		{`SELECT date('now'`, "date()"},
	} {
		err := Lint(c.sql)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.sql, err, c.says)
		}
	}
}

func FuzzLint(f *testing.F) {
	f.Add(schema)
	f.Add(`SELECT date('now', "a""b", [c], :d) -- e`)
	f.Add(`/*`)
	f.Fuzz(func(t *testing.T, sql string) {
		if Lint(sql) == nil && Lint(sql+"\n;SELECT random()") == nil {
			t.Errorf("random() goes unseen after %q", sql)
		}
	})
}
