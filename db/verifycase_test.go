package db

import (
	"database/sql"
	"strings"
	"testing"
)

// Whoever alters, removes or puts in a report, an appeal or a notice is found.
func TestVerifyFindsAlteredCases(t *testing.T) {
	for _, change := range []string{
		`DELETE FROM report`, `UPDATE report SET reason = 'respect'`, `UPDATE report SET at = at + 1`, `UPDATE report SET user_id = (SELECT id FROM user WHERE name = 'adm')`,
		`INSERT INTO report (id, comment_id, version, user_id, reason, at) SELECT 1, comment_id, version, (SELECT id FROM user WHERE name = 'adm'), reason, at FROM report`,
		`DELETE FROM appeal`, `UPDATE appeal SET id = id + 1`, `UPDATE appeal SET at = at - 1`,
		`DELETE FROM message; DELETE FROM notice`, `UPDATE notice SET ground = 'privacy'`, `UPDATE notice SET law = 'kr'`, `UPDATE notice SET number = 'AAAA-BBBB-CCCC'`, `UPDATE notice SET user_id = NULL`,
		`DELETE FROM audit WHERE action = 'comment.report'`, `UPDATE audit SET detail = 'dsa hate' WHERE action = 'comment.notice'`,
	} {
		n := newNewsroom(t)
		shown, gone := n.stands(t, "Stands"), n.rejected(t, "Rejected")
		n.report(t, shown, n.lee, "other")
		n.appeal(t, gone)
		if _, err := n.notice(shown, n.lee, LawDSA, "hate", n.Now(), "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		n.sound(t)
		raw, err := sql.Open("sqlite", n.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Exec(change); err != nil {
			t.Fatalf("%s: %v", change, err)
		}
		raw.Close()
		r, err := n.Verify(n.ctx, nil)
		if err != nil || !strings.Contains(strings.Join(r.Broken, "\n"), "report, appeal or notice") {
			t.Errorf("%s: %v %v", change, r.Broken, err)
		}
	}
}
