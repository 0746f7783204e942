package web

import "net/http"

// Who may use a route.
type access int

const (
	anyone    access = iota
	reading          // readers; everybody when the newspaper is public
	reader           // signed in
	moderator        // staff
	admin
)

// route is one line of the table: method and path, who may, and what answers.
type route struct {
	Pattern string
	Who     access
	Handler func(*Server, http.ResponseWriter, *request) error
}

// routes is the whole surface of the site.
func routes() []route {
	return []route{
		{"GET /{$}", reading, (*Server).home},
		{"GET /articles/{slug}", reading, (*Server).article},
		{"GET /sections/{section}", reading, (*Server).section},
		{"GET /authors/{author}", reading, (*Server).author},
		{"GET /archive/{year}/{month}/{day}", reading, (*Server).day},
		{"GET /comments/{id}", reading, (*Server).comment},
		{"GET /standards", anyone, (*Server).standards},

		{"POST /articles/{slug}/comments", anyone, (*Server).submit}, // a session that ended gets its text back
		{"POST /comments/{id}/edit", anyone, (*Server).edit},         // likewise
		{"POST /comments/{id}/delete", reader, (*Server).withdraw},
		{"POST /comments/{id}/report", anyone, (*Server).report}, // likewise
		{"POST /comments/{id}/appeal", anyone, (*Server).appeal}, // likewise
		{"GET /notices/new", anyone, (*Server).noticeForm},
		{"POST /notices/new", anyone, (*Server).notice},
		{"GET /notices/{number}", anyone, (*Server).noticeCase}, // to whom it concerns
		{"POST /comments/{id}/react", reader, (*Server).react},
		{"POST /comments/{id}/pick", moderator, (*Server).pick},

		{"GET /login", anyone, (*Server).loginForm},
		{"POST /login", anyone, (*Server).login},
		{"GET /signup", anyone, (*Server).signupForm},
		{"POST /signup", anyone, (*Server).signup},
		{"POST /logout", reader, (*Server).logout},
		{"GET /setup/{token}", anyone, (*Server).setupLink},
		{"GET /setup", anyone, (*Server).setupForm},
		{"POST /setup", anyone, (*Server).setup},

		{"GET /account", reader, (*Server).account},
		{"GET /account/reports", reader, (*Server).ownReports},
		{"POST /account/language", reader, (*Server).accountLanguage},
		{"POST /account/password", reader, (*Server).accountPassword},
		{"POST /account/sessions", reader, (*Server).accountSessions},
		{"GET /account/messages", reader, (*Server).messages},
		{"POST /account/mail", reader, (*Server).accountMail},
		{"POST /account/confirm", reader, (*Server).accountConfirm},
		{"POST /account/objection", reader, (*Server).object},
		{"GET /account/confirm/{token}", anyone, (*Server).confirmPage}, // by a link in a mail
		{"POST /account/confirm/{token}", anyone, (*Server).confirm},
		{"GET /unsubscribe/{token}", anyone, (*Server).stopPage}, // likewise
		{"POST /unsubscribe/{token}", anyone, (*Server).stop},
		{"POST /account/mutes", reader, (*Server).mutes},

		{"GET /desk", moderator, (*Server).desk},
		{"GET /desk/comments/{id}", moderator, (*Server).deskComment},
		{"POST /desk/comments/{id}/decision", moderator, (*Server).decide},
		{"POST /desk/decisions", moderator, (*Server).decideMany},
		{"GET /desk/articles/{slug}", moderator, (*Server).articleControl},
		{"POST /desk/articles/{slug}", moderator, (*Server).setArticleControl},
		{"POST /desk/comments/{id}/notes", moderator, (*Server).noteAuthor},
		{"POST /desk/notes/{id}/erase", moderator, (*Server).eraseNote},
		{"GET /desk/keys", moderator, (*Server).deskKeys},
		{"POST /desk/keys", moderator, (*Server).saveKeys},
		{"GET /desk/events", moderator, (*Server).events},
		{"POST /desk/take", moderator, (*Server).takeNext},
		{"POST /desk/lease", moderator, (*Server).lease},
		{"POST /desk/filters", moderator, (*Server).saveFilter},
		{"POST /desk/filters/{id}/delete", moderator, (*Server).deleteFilter},
		{"GET /desk/log", moderator, (*Server).auditLog},
		{"GET /desk/users/{id}", moderator, (*Server).user},
		{"POST /desk/users/{id}/sanction", moderator, (*Server).sanction},
		{"GET /desk/stats", moderator, (*Server).stats},
		{"GET /desk/stats/{table}", moderator, (*Server).statsCSV},
		{"GET /desk/transparency", moderator, (*Server).transparency},
		{"GET /desk/transparency/{table}", moderator, (*Server).transparencyCSV},
		{"GET /desk/second", moderator, (*Server).second},
		{"POST /desk/second", moderator, (*Server).answerSecond},

		{"GET /admin/import", admin, (*Server).importForm},
		{"POST /admin/import", admin, (*Server).importUpload},
		{"GET /admin/import/{job}", admin, (*Server).importJob},
		{"GET /admin/import/{job}/items/{position}", admin, (*Server).importRaw},
		{"GET /admin/articles", admin, (*Server).adminArticles},
		{"POST /admin/articles/{slug}", admin, (*Server).adminArticle},
		{"GET /admin/users", admin, (*Server).adminUsers},
		{"POST /admin/users/{id}", admin, (*Server).adminUser},
		{"GET /admin/outbox", admin, (*Server).outbox},
		{"GET /admin/outbox/{id}", admin, (*Server).outboxMail},
		{"POST /admin/outbox/{id}", admin, (*Server).outboxAgain},
		{"GET /admin/desk", admin, (*Server).deskSettings},
		{"POST /admin/desk", admin, (*Server).applyDeskSettings},
		{"GET /admin/settings", admin, (*Server).settings},
		{"POST /admin/settings", admin, (*Server).applySettings},
		{"POST /admin/settings/restore", admin, (*Server).restoreSettings},
		{"POST /admin/settings/allow", admin, (*Server).allowHit},
		{"POST /admin/settings/model", admin, (*Server).settingsModel},

		{"GET /static/{file...}", anyone, (*Server).static},
		{"GET /robots.txt", anyone, (*Server).robots},
		{"GET /healthz", anyone, (*Server).health},
	}
}
