package db

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"broadsheet/db/engine"
)

const (
	lastSeal   engine.SQL = `SELECT last, first, mac FROM audit_seal ORDER BY last DESC LIMIT 1`
	allSeals   engine.SQL = `SELECT last, first, mac FROM audit_seal WHERE last > ? ORDER BY last LIMIT 1000`
	auditBlock engine.SQL = `SELECT seq, at, coalesce(user_id, 0), action, subject, detail FROM audit WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3`
	auditEnd   engine.SQL = `SELECT coalesce(max(seq), 0) FROM audit`
	sealGuard  engine.SQL = `SELECT 1 FROM audit_seal WHERE last >= ?`
	insertSeal engine.SQL = `INSERT INTO audit_seal (last, first, mac, at) VALUES (?, ?, ?, ?)`

	sealBlock = 10_000 // rows a block may hold
)

type seal struct {
	Last, First int64
	MAC         []byte
}

type sealedRow struct {
	Seq     int64
	At      time.Time
	By      int64
	Action  string
	Subject int64
	Detail  string
}

// chain is the seal of a block: HMAC-SHA256 under the key over the seal before it and every row,
// each field with its length in front.
func chain(key, before []byte, rows []sealedRow) []byte {
	h := hmac.New(sha256.New, key)
	var n [8]byte
	num := func(v int64) { binary.BigEndian.PutUint64(n[:], uint64(v)); h.Write(n[:]) }
	text := func(s string) { num(int64(len(s))); h.Write([]byte(s)) }
	text(string(before))
	for _, r := range rows {
		num(r.Seq)
		num(r.At.UnixMilli())
		num(r.By)
		text(r.Action)
		num(r.Subject)
		text(r.Detail)
	}
	return h.Sum(nil)
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
		upto := rows[len(rows)-1].Seq
		err := a.engine.Write(ctx, engine.Batch{
			Guard: []engine.Check{engine.MustNot(sealGuard, errSealed, upto)},
			Do:    []engine.Stmt{engine.Do(insertSeal, upto, last.Last+1, chain(key, last.MAC, rows), a.Now())},
			Quiet: true,
		})
		if err != nil && !errors.Is(err, errSealed) {
			return err
		}
	}
}

// verifySeals walks the chain. It names the first block that does not fit, and says which rows
// at the end no seal covers yet (0: none). Without a key only the gaps are looked for.
func (a *Archive) verifySeals(ctx context.Context, key []byte) (broken []string, tail int64, err error) {
	var at int64
	var mac []byte
	for {
		var seals []seal
		if err := a.engine.Read(ctx, engine.All(&seals, allSeals, at)); err != nil {
			return nil, 0, err
		}
		for _, s := range seals {
			var rows []sealedRow
			if err := a.engine.Read(ctx, engine.All(&rows, auditBlock, at, s.Last, sealBlock+1)); err != nil {
				return nil, 0, err
			}
			switch want := s.Last - at; {
			case s.First != at+1:
				return []string{fmt.Sprintf("audit: the seal up to row %d begins at %d, not at %d: a seal is missing", s.Last, s.First, at+1)}, 0, nil
			case int64(len(rows)) != want:
				return []string{fmt.Sprintf("audit: rows %d to %d should be %d, there are %d", at+1, s.Last, want, len(rows))}, 0, nil
			case key != nil && !bytes.Equal(chain(key, mac, rows), s.MAC):
				return []string{fmt.Sprintf("audit: a row between %d and %d was altered, or the key is another", at+1, s.Last)}, 0, nil
			}
			at, mac = s.Last, s.MAC
		}
		if len(seals) == 0 {
			break
		}
	}
	var end int64
	err = a.engine.Read(ctx, engine.One(&end, auditEnd))
	switch {
	case err != nil:
	case key != nil && at == 0:
		broken = append(broken, "audit: there is a key but no seal at all: serve seals before it begins, so the seals were removed")
	case end < at:
		broken = append(broken, fmt.Sprintf("audit: rows %d to %d are sealed and gone", end+1, at))
	}
	return broken, max(0, end-at), err
}
