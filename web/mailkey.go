package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// Links in mail carry a token that nobody can make without the archive's key. It is bound to what it is for, to the
// account and, where it proves an address, to that address and a time. Nothing of it is stored.

// Purposes of tokens.
const (
	forConfirm       = 'c'
	forStopDecisions = 'd'
	forStopReplies   = 'r'
)

// confirmLife is how long a link that confirms an address can be used.
const confirmLife = 7 * 24 * time.Hour

// mailKey is the key of the tokens, made from that of the log's seals; a new one for each run when there is none.
func mailKey(seal []byte) []byte {
	if seal == nil {
		key := make([]byte, 32)
		rand.Read(key) // never fails: crypto/rand aborts the program instead
		return key
	}
	return mac(seal, []byte("broadsheet: links in mail"))
}

func mac(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// tokenSize is a purpose, an account, a time and a shortened MAC.
const tokenSize = 1 + 8 + 8 + 24

// token makes a token. Bound is what it is bound to besides, nil for nothing.
func (s *Server) token(purpose byte, user int64, at time.Time, bound string) string {
	head := []byte{purpose}
	head = binary.BigEndian.AppendUint64(head, uint64(user))
	head = binary.BigEndian.AppendUint64(head, uint64(at.UnixMilli()))
	return base64.RawURLEncoding.EncodeToString(append(head, mac(s.mailKey, head, []byte(bound))[:24]...))
}

// tokenOf takes a token apart; ok is false when it is none. Only sealed says whether it is genuine.
func tokenOf(text string) (purpose byte, user int64, at time.Time, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != tokenSize {
		return 0, 0, at, false
	}
	return b[0], int64(binary.BigEndian.Uint64(b[1:])), time.UnixMilli(int64(binary.BigEndian.Uint64(b[9:]))), true
}

// sealed reports whether a token is one of ours that is bound to this.
func (s *Server) sealed(text, bound string) bool {
	purpose, user, at, ok := tokenOf(text)
	return ok && hmac.Equal([]byte(text), []byte(s.token(purpose, user, at, bound)))
}
