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

		{"GET /login", anyone, (*Server).loginForm},
		{"POST /login", anyone, (*Server).login},
		{"GET /signup", anyone, (*Server).signupForm},
		{"POST /signup", anyone, (*Server).signup},
		{"POST /logout", reader, (*Server).logout},
		{"GET /setup/{token}", anyone, (*Server).setupLink},
		{"GET /setup", anyone, (*Server).setupForm},
		{"POST /setup", anyone, (*Server).setup},

		{"GET /account", reader, (*Server).account},
		{"POST /account/language", reader, (*Server).accountLanguage},
		{"POST /account/password", reader, (*Server).accountPassword},
		{"POST /account/sessions", reader, (*Server).accountSessions},

		{"GET /desk", moderator, (*Server).desk},
		{"GET /desk/comments/{id}", moderator, (*Server).deskComment},
		{"POST /desk/comments/{id}/decision", moderator, (*Server).decide},
		{"POST /desk/decisions", moderator, (*Server).decideMany},
		{"GET /desk/events", moderator, (*Server).events},
		{"POST /desk/take", moderator, (*Server).take},
		{"POST /desk/lease", moderator, (*Server).lease},
		{"POST /desk/filters", moderator, (*Server).saveFilter},
		{"POST /desk/filters/{id}/delete", moderator, (*Server).deleteFilter},
		{"GET /desk/log", moderator, (*Server).auditLog},

		{"GET /admin/import", admin, (*Server).importForm},
		{"POST /admin/import", admin, (*Server).importUpload},
		{"GET /admin/import/{job}", admin, (*Server).importJob},
		{"GET /admin/import/{job}/items/{position}", admin, (*Server).importRaw},
		{"GET /admin/articles", admin, (*Server).adminArticles},
		{"POST /admin/articles/{slug}", admin, (*Server).adminArticle},
		{"GET /admin/users", admin, (*Server).adminUsers},
		{"POST /admin/users/{id}", admin, (*Server).adminUser},
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
