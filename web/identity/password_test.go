package identity

import (
	"strings"
	"testing"
)

func TestPassword(t *testing.T) {
	long := strings.Repeat("비밀번호", 40) // 480 bytes: bcrypt would refuse it or cut it
	for _, pw := range []string{"correct horse", long, "", "nul\x00byte"} {
		phc := HashPassword(pw)
		if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("HashPassword = %q", phc)
		}
		if !CheckPassword(phc, pw) {
			t.Errorf("the right password %q is refused", pw)
		}
		if CheckPassword(phc, pw+"x") {
			t.Errorf("a longer password than %q is accepted", pw)
		}
	}
	one, two := HashPassword("a"), HashPassword("a")
	if one == two {
		t.Error("two hashes of one password are the same: no salt")
	}
}

func TestForeignHashIsNeverRight(t *testing.T) {
	for _, phc := range []string{"", "x", "$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$2a$10$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"} {
		if CheckPassword(phc, "") {
			t.Errorf("CheckPassword(%q) is right", phc)
		}
	}
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=,t=,p=$$")
	f.Fuzz(func(t *testing.T, phc string) {
		if _, _, cost, ok := parse(phc); ok && (cost[0] > 256*1024 || cost[1] > 16) {
			t.Error("a cost beyond the bound was accepted")
		}
	})
}
