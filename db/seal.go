package db

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"time"

	"broadsheet/db/engine"
)

const (
	// Nobody is NULL. A 0, which is never written, must not read as the same.
	auditBlock engine.SQL = `SELECT seq, at, CASE user_id WHEN 0 THEN -1 ELSE coalesce(user_id, 0) END, action, subject, detail
FROM audit WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3`
	auditEnd   engine.SQL = `SELECT coalesce(max(seq), 0) FROM audit`
	sealGuard  engine.SQL = `SELECT 1 FROM audit_seal WHERE last >= ?`
	insertSeal engine.SQL = `INSERT INTO audit_seal (last, first, mac, at, tags) VALUES (?, ?, ?, ?, ?)`

	sealBlock = 10_000 // rows a block may hold
	tagBytes  = 8      // of a row's tag
)

type sealedRow struct {
	Seq     int64
	At      time.Time
	By      int64
	Action  string
	Subject int64
	Detail  string
}

// chain is an HMAC-SHA256 that runs over the seal of the block before and then the rows of a block, each field with
// its length in front. A row's tag is the beginning of what it is behind that row.
type chain struct {
	mac  hash.Hash
	tags []byte
}

func newChain(key, before []byte) *chain {
	c := &chain{mac: hmac.New(sha256.New, key)}
	c.text(string(before))
	return c
}

func (c *chain) num(v int64) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(v))
	c.mac.Write(n[:])
}

func (c *chain) text(s string) {
	c.num(int64(len(s)))
	c.mac.Write([]byte(s))
}

func (c *chain) add(r sealedRow) {
	c.num(r.Seq)
	c.num(r.At.UnixMilli())
	c.num(r.By)
	c.text(r.Action)
	c.num(r.Subject)
	c.text(r.Detail)
	c.tags = append(c.tags, c.mac.Sum(nil)[:tagBytes]...)
}

// close is the seal of a block: of its rows, where it begins and ends, and its own time. No row has the number 0, so
// that it cannot be taken for an older seal, which ends with the last row.
func (c *chain) close(first, last int64, at time.Time) []byte {
	for _, v := range []int64{0, first, last, at.UnixMilli()} {
		c.num(v)
	}
	return c.mac.Sum(nil)
}

var errSealed = errors.New("another process sealed it first")

// Seal closes the rows of the audit log that are not sealed yet into blocks under the key.
// It does nothing when there are none.
func (a *Archive) Seal(ctx context.Context, key []byte) error {
	for {
		var last seal
		var some bool
		var end int64
		if err := a.engine.Read(ctx, engine.Maybe(&last, &some, lastSeal), engine.One(&end, auditEnd)); err != nil {
			return err
		}
		if end <= last.Last {
			return nil
		}
		var rows []sealedRow
		if err := a.engine.Read(ctx, engine.All(&rows, auditBlock, last.Last, end, sealBlock)); err != nil {
			return err
		}
		c := newChain(key, last.MAC)
		for _, r := range rows {
			c.add(r)
		}
		first, upto, now := last.Last+1, rows[len(rows)-1].Seq, a.Now()
		err := a.engine.Write(ctx, engine.Batch{
			Guard: []engine.Check{engine.MustNot(sealGuard, errSealed, upto)},
			Do:    []engine.Stmt{engine.Do(insertSeal, upto, first, c.close(first, upto, now), now, c.tags)},
			Quiet: true,
		})
		if err != nil && !errors.Is(err, errSealed) {
			return err
		}
	}
}
