package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// sealKey reads the key that seals the audit log, from the file beside the archive, and makes it
// when it is missing. Whoever can write the archive but has not this file cannot forge the log, so
// keep a copy of it elsewhere.
func sealKey(archive string) ([]byte, error) {
	key, err := readSealKey(archive)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	key = make([]byte, 32)
	rand.Read(key) // never fails: crypto/rand aborts the program instead
	f, err := os.OpenFile(archive+".key", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) { // another process was faster
		return readSealKey(archive)
	}
	if err != nil {
		return nil, fmt.Errorf("make the key of the audit log: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	return key, errors.Join(err, f.Sync(), f.Close())
}

// readSealKey reads the key; fs.ErrNotExist when there is none.
func readSealKey(archive string) ([]byte, error) {
	b, err := os.ReadFile(archive + ".key")
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("%s.key is no key of the audit log: put the right file back", archive)
	}
	return key, nil
}
