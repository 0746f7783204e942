package db

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/db/engine"
)

// MessageHead is the message that keeps the head of the log off the machine: HeadAt its time.
const MessageHead MessageKind = "head"

const (
	headAt       engine.SQL = `SELECT last, mac FROM audit_seal WHERE at <= ? ORDER BY last DESC LIMIT 1`
	sealAt       engine.SQL = `SELECT mac FROM audit_seal WHERE last = ?`
	untoldAdmins engine.SQL = `SELECT u.id FROM user u WHERE u.role = 'admin' AND u.status = 'active'
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.user_id = u.id AND m.kind = 'head' AND m.at > ?) ORDER BY u.id`
	headTold engine.SQL = `SELECT 1 FROM message WHERE kind = 'head' AND user_id = ? AND at > ?`
	tellHead engine.SQL = `INSERT INTO message (id, user_id, kind, at, mail, due) VALUES (?1, ?2, 'head', ?3, 'wait', ?3)`
)

// Head is the end of the log's chain of seals. Whoever kept it elsewhere can tell later whether the log up to this
// row is still the same, also when its end was cut off together with the seals.
type Head struct {
	Row int64  // the last sealed row of the log, 0 for none
	MAC []byte // of its seal
}

// String is the head as people keep it: the row, a colon, the seal in hexadecimal; "" for the zero Head.
func (h Head) String() string {
	if h.Row == 0 {
		return ""
	}
	return strconv.FormatInt(h.Row, 10) + ":" + hex.EncodeToString(h.MAC)
}

// ParseHead reads what String wrote.
func ParseHead(text string) (Head, error) {
	row, mac, _ := strings.Cut(strings.TrimSpace(text), ":")
	n, err := strconv.ParseInt(row, 10, 64)
	b, herr := hex.DecodeString(mac)
	if err != nil || herr != nil || n < 1 || len(b) != 32 {
		return Head{}, fmt.Errorf("%q is no head of a log: give what verify printed, a row, a colon and 64 hexadecimal digits", text)
	}
	return Head{n, b}, nil
}

// HeadAt reads the head as it was sealed at a time; the zero Head when there was none.
func (a *Archive) HeadAt(ctx context.Context, at time.Time) (Head, error) {
	var h Head
	var found bool
	err := a.engine.Read(ctx, engine.Maybe(&h, &found, headAt, at))
	return h, err
}

// HasHead says what is wrong with a log whose head was kept: "" when its seals still pass through that head.
func (a *Archive) HasHead(ctx context.Context, h Head) (string, error) {
	var mac []byte
	var found bool
	var last Head
	var some bool
	err := a.engine.Read(ctx, engine.Maybe(&mac, &found, sealAt, h.Row), engine.Maybe(&last, &some, headAt, a.Now().AddDate(100, 0, 0)))
	switch {
	case err != nil:
		return "", err
	case found && bytes.Equal(mac, h.MAC):
		return "", nil
	case last.Row < h.Row:
		return fmt.Sprintf("audit: the log was cut: its seals end with row %d, the head that was kept with row %d", last.Row, h.Row), nil
	}
	return fmt.Sprintf("audit: the log was rewritten: its seal of row %d is not the one that was kept", h.Row), nil
}

// TellHead writes to every admin that has not heard it since a time where the log's seals end, by mail as well.
func (a *Archive) TellHead(ctx context.Context, since time.Time) error {
	var who []int64
	if err := a.engine.Read(ctx, engine.All(&who, untoldAdmins, since)); err != nil || len(who) == 0 {
		return err
	}
	now := a.Now()
	var b engine.Batch
	for _, user := range who {
		b.Guard = append(b.Guard, engine.MustNot(headTold, ErrConflict, user, since))
		b.Do = append(b.Do, engine.Do(tellHead, a.engine.NewID(), user, now))
	}
	b.Quiet = true
	if err := a.engine.Write(ctx, b); !errors.Is(err, ErrConflict) { // else another process was faster
		return err
	}
	return nil
}
