package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"

	"broadsheet/db/engine"
)

const (
	notePage  engine.SQL = `SELECT id, body, salt FROM note WHERE id > ? ORDER BY id LIMIT 5000`
	notesUsed engine.SQL = `SELECT note_id FROM decision WHERE note_id IS NOT NULL UNION ALL SELECT answer_id FROM decision WHERE answer_id IS NOT NULL
UNION ALL SELECT note_id FROM sanction WHERE note_id IS NOT NULL UNION ALL SELECT answer_id FROM sanction WHERE answer_id IS NOT NULL
UNION ALL SELECT note_id FROM report WHERE note_id IS NOT NULL UNION ALL SELECT note_id FROM appeal UNION ALL SELECT note_id FROM notice
UNION ALL SELECT note_id FROM objection UNION ALL SELECT note_id FROM author_note`
	hashesLogged engine.SQL = `SELECT seq, detail FROM audit WHERE seq > ? AND length(detail) >= 64 ORDER BY seq LIMIT 5000`

	standardsApplied engine.SQL = `SELECT s.version, s.document, l.detail FROM standards s JOIN audit l ON l.action = 'standards.apply'
AND substr(l.detail, 1, instr(l.detail || ' ', ' ') - 1) = s.version AND instr(l.detail, ' hash:') > 0`
)

var hash256 = regexp.MustCompile(`[0-9a-f]{64}`)

// verifyNotes compares every free text that was not erased with the hash that the log has of it, and says which texts
// belong to nothing any more; and the documents of the standards with theirs.
func (a *Archive) verifyNotes(ctx context.Context) (broken []string, err error) {
	hashes, err := a.loggedHashes(ctx)
	if err != nil {
		return nil, err
	}
	var used []int64
	var applied []struct{ Version, Document, Detail string }
	if err := a.engine.Read(ctx, engine.All(&used, notesUsed), engine.All(&applied, standardsApplied)); err != nil {
		return nil, err
	}
	for _, s := range applied {
		if hash256.FindString(s.Detail) != documentHash(s.Document) {
			broken = append(broken, fmt.Sprintf("the standards of version %s are not those that the audit log says were applied", s.Version))
		}
	}
	owned := map[int64]bool{}
	for _, id := range used {
		owned[id] = true
	}
	for last := int64(0); ; {
		var page []struct {
			ID   int64
			Body string
			Salt []byte
		}
		if err := a.engine.Read(ctx, engine.All(&page, notePage, last)); err != nil || len(page) == 0 {
			return broken, err
		}
		for _, n := range page {
			last = n.ID
			if sum := sha256.Sum256(append(n.Salt, n.Body...)); n.Body != "" && !hashes[hex.EncodeToString(sum[:])] {
				broken = append(broken, fmt.Sprintf("text %d (note) is not one that the audit log has the hash of", n.ID))
			}
			if !owned[n.ID] {
				broken = append(broken, fmt.Sprintf("text %d (note) belongs to no decision, sanction or case any more", n.ID))
			}
		}
	}
}

// loggedHashes are all the hashes that the log has.
func (a *Archive) loggedHashes(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	for last := int64(0); ; {
		var page []struct {
			Seq    int64
			Detail string
		}
		if err := a.engine.Read(ctx, engine.All(&page, hashesLogged, last)); err != nil || len(page) == 0 {
			return out, err
		}
		for _, l := range page {
			last = l.Seq
			for _, h := range hash256.FindAllString(l.Detail, -1) {
				out[h] = true
			}
		}
	}
}

// documentHash is what the log has of a policy.
func documentHash(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}
