package db

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"broadsheet/db/engine"
)

const (
	sealColumns            = `last, first, mac, at, tags`
	lastSeal    engine.SQL = `SELECT ` + sealColumns + ` FROM audit_seal ORDER BY last DESC LIMIT 1`
	allSeals    engine.SQL = `SELECT ` + sealColumns + ` FROM audit_seal WHERE last > ? ORDER BY last LIMIT 100`
	strayRow    engine.SQL = `SELECT 1 FROM audit WHERE seq < 1`
	straySeal   engine.SQL = `SELECT 1 FROM audit_seal WHERE last < 1`
	tailGap     engine.SQL = `SELECT l.seq - 1 FROM audit l WHERE l.seq > ?1 + 1 AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.seq = l.seq - 1)
UNION ALL SELECT ?1 + 1 WHERE NOT EXISTS (SELECT 1 FROM audit WHERE seq = ?1 + 1) AND EXISTS (SELECT 1 FROM audit WHERE seq > ?1 + 1)
ORDER BY 1 LIMIT 1`
)

type seal struct {
	Last, First int64
	MAC         []byte
	At          time.Time
	Tags        []byte // nil: made before there were any
}

// logFault is where the log stops to be what was sealed: the first row that cannot be vouched for, and why.
type logFault struct {
	Row int64
	Why string
}

func (f *logFault) String() string { return fmt.Sprintf("audit: %s", f.Why) }

func faulty(row int64, format string, args ...any) *logFault {
	return &logFault{row, fmt.Sprintf(format, args...)}
}

// verifySeals walks the log from its first row along the chain of seals and stops at the first fault, nil when there is
// none. It also returns the last seal (zero: none) and how many rows behind it no seal covers yet. Without a key only
// the gaps are looked for.
func (a *Archive) verifySeals(ctx context.Context, key []byte) (fault *logFault, last seal, tail int64, err error) {
	var one int
	var found, moved bool
	if err := a.engine.Read(ctx, engine.Maybe(&one, &found, strayRow), engine.Maybe(&one, &moved, straySeal)); err != nil || found {
		return faulty(1, "there are rows before row 1, where none are written"), last, 0, err
	}
	for {
		var seals []seal
		if err := a.engine.Read(ctx, engine.All(&seals, allSeals, last.Last)); err != nil {
			return nil, last, 0, err
		}
		for _, s := range seals {
			if fault, err := a.verifySeal(ctx, key, last, s); fault != nil || err != nil {
				return fault, last, 0, err
			}
			last = s
		}
		if len(seals) == 0 {
			break
		}
	}
	switch {
	case moved:
		return faulty(last.Last+1, "a seal was moved to before row 1, where none are written"), last, 0, nil
	case key != nil && last.Last == 0:
		return faulty(1, "there is a key but no seal at all: serve seals before it begins, so the seals were removed"), last, 0, nil
	}
	var end, gap int64
	if err := a.engine.Read(ctx, engine.One(&end, auditEnd), engine.Maybe(&gap, &found, tailGap, last.Last)); err != nil {
		return nil, last, 0, err
	}
	if found {
		return faulty(gap, "row %d is missing", gap), last, 0, nil
	}
	return nil, last, max(0, end-last.Last), nil
}

// verifySeal compares one seal with its rows and the seal before it.
func (a *Archive) verifySeal(ctx context.Context, key []byte, before, s seal) (*logFault, error) {
	first := before.Last + 1
	if s.First != first {
		return faulty(first, "the seal up to row %d begins at row %d, not at %d: a seal is missing or was moved", s.Last, s.First, first), nil
	}
	var rows []sealedRow
	if err := a.engine.Read(ctx, engine.All(&rows, auditBlock, before.Last, s.Last, sealBlock+1)); err != nil {
		return nil, err
	}
	if s.Tags != nil && int64(len(s.Tags)) != tagBytes*(s.Last-before.Last) {
		return faulty(first, "the seal of rows %d to %d was altered: it was made for another number of rows", first, s.Last), nil
	}
	whole, altered := key == nil, int64(0)
	if key != nil {
		whole, altered = fits(key, before.MAC, s, rows)
	}
	missing := firstMissing(rows, first, s.Last)
	switch {
	case altered != 0 && (missing == 0 || altered < missing):
		return faulty(altered, "row %d was altered, or the key is another", altered), nil
	case missing != 0:
		return faulty(missing, "row %d is missing; rows up to %d are sealed", missing, s.Last), nil
	case !whole && s.Tags == nil:
		return faulty(first, "a row between %d and %d was altered, or the key is another", first, s.Last), nil
	case !whole:
		return faulty(first, "the seal of rows %d to %d was altered", first, s.Last), nil
	}
	return nil, nil
}

// firstMissing is the first number from first to last that no row has, 0 when all are there.
func firstMissing(rows []sealedRow, first, last int64) int64 {
	for i := range min(last-first+1, sealBlock) {
		if i >= int64(len(rows)) || rows[i].Seq != first+i {
			return first + i
		}
	}
	return 0
}

// fits reports whether a seal vouches for its rows and itself and, when it does not, the first row that it has another
// tag for, 0 when there is none.
func fits(key, before []byte, s seal, rows []sealedRow) (whole bool, altered int64) {
	c := newChain(key, before)
	for _, r := range rows {
		c.add(r)
	}
	if s.Tags == nil { // an older seal
		return bytes.Equal(c.mac.Sum(nil), s.MAC), 0
	}
	if bytes.Equal(c.close(s.First, s.Last, s.At), s.MAC) {
		return bytes.Equal(c.tags, s.Tags), 0
	}
	for i := 0; i < len(c.tags) && i < len(s.Tags); i += tagBytes {
		if !bytes.Equal(c.tags[i:i+tagBytes], s.Tags[i:i+tagBytes]) {
			return false, s.First + int64(i/tagBytes)
		}
	}
	return false, 0
}
