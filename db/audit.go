package db

import (
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
	ActCommentReport   = "comment.report"
	ActCommentAppeal   = "comment.appeal"
	ActCommentNotice   = "comment.notice"
	ActNoticeView      = "notice.view"
	ActNoticeErase     = "notice.erase"
	ActUserCreate      = "user.create"
	ActUserSignup      = "user.signup"
	ActUserRole        = "user.role"
	ActUserPassword    = "user.password"
	ActUserDisable     = "user.disable"
	ActUserEnable      = "user.enable"
	ActUserVerify      = "user.verify"
	ActUserView        = "user.view"
	ActUserWarn        = "user.warn"
	ActUserPremoderate = "user.premoderate"
	ActUserSuspend     = "user.suspend"
	ActUserBan         = "user.ban"
	ActUserLift        = "user.lift"
	ActUserObject      = "user.object"
	ActUserUphold      = "user.uphold"
	ActMailSend        = "mail.send"
	ActMailView        = "mail.view"
	ActUserNote        = "user.note"
	ActUserUnnote      = "user.unnote"
	ActUserKeys        = "user.keys"
	ActSessionEnd      = "session.end"
	ActArticleOpen     = "article.open"
	ActArticleClose    = "article.close"
	ActArticleControl  = "article.control"
	ActCommentPick     = "comment.pick"
	ActCommentUnpick   = "comment.unpick"
	ActImportStart     = "import.start"
	ActImportFinish    = "import.finish"
	ActStandardsApply  = "standards.apply"
	ActRulesApply      = "rules.apply"
	ActModelRefit      = "model.refit"
	ActModelUse        = "model.use"
	ActDeskApply       = "desk.apply"
	ActUserList        = "user.list"  // somebody of the staff was shown addresses of accounts
	ActImportRaw       = "import.raw" // or what was set aside of an import, as it came
	ActReadingGive     = "reading.give"
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
