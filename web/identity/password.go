// Package identity proves who somebody is, as pure functions of values: no HTML, no SQL.
package identity

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The cost of a password hash: argon2id with 19 MiB and two passes, OWASP's second choice of equal
// strength. One takes about 30 ms of a core.
const (
	memory  = 19 * 1024 // KiB
	passes  = 2
	lanes   = 1
	saltLen = 16
	keyLen  = 32
)

// HashPassword returns the PHC string of a password: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
// A password of any length counts whole.
func HashPassword(password string) string {
	salt := make([]byte, saltLen)
	rand.Read(salt) // never fails: crypto/rand aborts the program instead
	key := argon2.IDKey([]byte(password), salt, passes, memory, lanes, keyLen)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// CheckPassword reports whether a PHC string is that of the password. An empty or foreign string
// takes as long as a real one and is never right, so that an unknown account answers like a known.
func CheckPassword(phc, password string) bool {
	salt, want, cost, ok := parse(phc)
	if !ok {
		salt, want, cost = make([]byte, saltLen), make([]byte, keyLen), [3]uint32{memory, passes, lanes}
	}
	got := argon2.IDKey([]byte(password), salt, cost[1], cost[0], uint8(cost[2]), uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && ok
}

// parse reads a PHC string of argon2id. Costs beyond 256 MiB or 16 passes are refused.
func parse(phc string) (salt, key []byte, cost [3]uint32, ok bool) {
	part := strings.Split(phc, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return nil, nil, cost, false
	}
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &cost[0], &cost[1], &cost[2]); err != nil {
		return nil, nil, cost, false
	}
	if cost[0] < 8 || cost[0] > 256*1024 || cost[1] < 1 || cost[1] > 16 || cost[2] < 1 || cost[2] > 16 {
		return nil, nil, cost, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(part[4])
	key, err2 := base64.RawStdEncoding.DecodeString(part[5])
	return salt, key, cost, err1 == nil && err2 == nil && len(salt) >= 8 && len(key) >= 16 && len(key) <= 64
}
