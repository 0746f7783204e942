package db

import (
	"context"
	"math"
	"time"

	"broadsheet/db/engine"
)

// What the audit log can say was done. The subject is the id of a comment, user, article or job.
const (
	ActCommentSubmit   = "comment.submit"
	ActCommentEdit     = "comment.edit"
	ActCommentWithdraw = "comment.withdraw"
	ActCommentApprove  = "comment.approve"
	ActCommentReject   = "comment.reject"
	ActCommentBlock    = "comment.block"
	ActCommentRestore  = "comment.restore"
	ActCommentReopen   = "comment.reopen"
	ActUserCreate      = "user.create"
	ActUserSignup      = "user.signup"
	ActUserRole        = "user.role"
	ActUserPassword    = "user.password"
	ActUserDisable     = "user.disable"
	ActUserEnable      = "user.enable"
	ActUserNote        = "user.note"
	ActUserUnnote      = "user.unnote"
	ActUserKeys        = "user.keys"
	ActSessionEnd      = "session.end"
	ActArticleOpen     = "article.open"
	ActArticleClose    = "article.close"
	ActImportStart     = "import.start"
	ActImportFinish    = "import.finish"
	ActStandardsApply  = "standards.apply"
	ActRulesApply      = "rules.apply"
	ActModelRefit      = "model.refit"
	ActModelUse        = "model.use"
	ActDeskApply       = "desk.apply"
)

const insertAudit engine.SQL = `INSERT INTO audit (at, user_id, action, subject, detail) VALUES (?, ?, ?, ?, ?)`

// audit is the log's row of an action, to stand in the same batch. Nobody (0) is the program.
func audit(at time.Time, by int64, action string, subject int64, detail string) engine.Stmt {
	return engine.Do(insertAudit, at, id(by), action, subject, detail)
}

// id turns "none" into NULL.
func id(v int64) any {
	if v == 0 {
		return nil
	}
	return v
}

const auditPage engine.SQL = `SELECT l.seq, l.at, coalesce(l.user_id, 0), coalesce(u.name, ''), l.action, l.subject, l.detail,
  l.seq <= coalesce((SELECT max(last) FROM audit_seal), 0)
FROM audit l LEFT JOIN user u ON u.id = l.user_id
WHERE l.seq < ? ORDER BY l.seq DESC LIMIT ?`

// AuditRow is one line of the log.
type AuditRow struct {
	Seq     int64
	At      time.Time
	By      int64 // 0: the program or the command line
	Name    string
	Action  string
	Subject int64
	Detail  string
	Sealed  bool
}

// Log lists the audit log before a sequence number (0: from its end), newest first, at most n.
func (a *Archive) Log(ctx context.Context, before int64, n int) ([]AuditRow, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var out []AuditRow
	err := a.engine.Read(ctx, engine.All(&out, auditPage, before, n))
	return out, err
}
