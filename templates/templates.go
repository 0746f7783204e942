// Package templates holds the newspaper's pages: each an html/template bound to its own data struct,
// in every language of the catalogues in locales.
package templates

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"time"
)

//go:embed *.html
var sources embed.FS

// Page is one page of the site, parsed once for every language. It is safe for concurrent use.
type Page[T any] struct{ sets map[string]*template.Template }

// Render writes the page around data in the language of f, English when there is none such. After an
// error what was written is worthless: the caller renders into memory first.
func (p *Page[T]) Render(w io.Writer, f Frame, data T) error {
	f.Lang = known(f.Lang)
	return p.sets[f.Lang].ExecuteTemplate(w, "layout", view[T]{f, data})
}

// view is what the layout sees.
type view[T any] struct {
	Frame Frame
	Data  T
}

// Fragment is a part of a page that is filled into another one. It is safe for concurrent use.
type Fragment[T any] struct{ sets map[string]*template.Template }

// Render writes the fragment in a language, English when there is none such. After an error what was
// written is worthless.
func (p *Fragment[T]) Render(w io.Writer, lang string, data T) error {
	return p.sets[known(lang)].ExecuteTemplate(w, "fragment", data)
}

// Pages are all pages of the site. The file of each bears its name.
type Pages struct {
	Home          *Page[Home]
	Listing       *Page[Listing]
	Article       *Page[Article]
	Discussion    *Fragment[Discussion]
	Comment       *Page[CommentPage]
	Standards     *Page[Standards]
	Login         *Page[Login]
	Signup        *Page[Signup]
	Setup         *Page[Setup]
	Account       *Page[Account]
	Reports       *Page[OwnReports]
	Notice        *Page[NoticeForm]
	NoticeCase    *Page[NoticeCase]
	Desk          *Page[Desk]
	DeskComment   *Page[DeskComment]
	DeskKeys      *Page[DeskKeys]
	Log           *Page[Log]
	AdminImport   *Page[AdminImport]
	AdminJob      *Page[AdminJob]
	AdminArticles *Page[AdminArticles]
	AdminUsers    *Page[AdminUsers]
	Control       *Page[Control]
	Settings      *Page[Settings]
	DeskSettings  *Page[DeskSettings]
	Stats         *Page[Stats]
	Transparency  *Page[Transparency]
	Second        *Page[SecondReading]
	Error         *Page[ErrorPage]
	Messages      *Page[Messages]
	Mail          *Fragment[Mail]
	Button        *Page[Button]
	Outbox        *Page[Outbox]
	OutboxMail    *Page[OutboxMail]
	User          *Page[User]

	catalogues catalogues
	zone       *time.Location
}

// Load parses the pages. Times are shown in zone, the newspaper's; asset gives the address of a file
// of web/static by its name ("app.css"). The error tells which file is broken.
func Load(zone *time.Location, asset func(name string) string) (*Pages, error) {
	c, err := loadCatalogues()
	if err != nil {
		return nil, err
	}
	l := &loader{catalogues: c, zone: zone, asset: asset}
	pages := &Pages{
		Home:          page[Home](l, "home"),
		Listing:       page[Listing](l, "listing"),
		Article:       page[Article](l, "article"),
		Discussion:    &Fragment[Discussion]{l.parse("discussion.html")},
		Comment:       page[CommentPage](l, "comment"),
		Standards:     page[Standards](l, "standards"),
		Login:         page[Login](l, "login"),
		Signup:        page[Signup](l, "signup"),
		Setup:         page[Setup](l, "setup"),
		Account:       page[Account](l, "account"),
		Reports:       page[OwnReports](l, "reports"),
		Notice:        page[NoticeForm](l, "notice"),
		NoticeCase:    page[NoticeCase](l, "notice_case"),
		Desk:          page[Desk](l, "desk"),
		DeskComment:   page[DeskComment](l, "desk_comment"),
		DeskKeys:      page[DeskKeys](l, "desk_keys"),
		Log:           page[Log](l, "log"),
		AdminImport:   page[AdminImport](l, "admin_import"),
		AdminJob:      page[AdminJob](l, "admin_job"),
		AdminArticles: page[AdminArticles](l, "admin_articles"),
		AdminUsers:    page[AdminUsers](l, "admin_users"),
		Control:       page[Control](l, "control"),
		Settings:      page[Settings](l, "admin_settings"),
		DeskSettings:  page[DeskSettings](l, "desk_settings"),
		Stats:         page[Stats](l, "stats"),
		Transparency:  page[Transparency](l, "transparency"),
		Second:        page[SecondReading](l, "second"),
		Error:         page[ErrorPage](l, "error"),
		Messages:      page[Messages](l, "messages"),
		Mail:          &Fragment[Mail]{l.parse("mail.html")},
		Button:        page[Button](l, "button"),
		Outbox:        page[Outbox](l, "outbox"),
		OutboxMail:    page[OutboxMail](l, "outbox_mail"),
		User:          page[User](l, "user"),
		catalogues:    c,
		zone:          zone,
	}
	return pages, l.err
}

// Text is a text of the catalogue: titles, and what goes to clients that take no pages. Args are the
// values of its placeholders; its plural goes by Count, else by Wait. A missing id comes back itself.
func (p *Pages) Text(lang, id string, args map[string]any) string {
	text, err := p.catalogues.text(known(lang), id, args)
	if err != nil {
		return id
	}
	return text
}

// Clock is an instant in a language, with the name of the newspaper's zone.
func (p *Pages) Clock(lang string, t time.Time) string {
	l := letter{words: words{p.catalogues, known(lang), p.zone}}
	return l.when(t)
}

// loader parses files with the functions of each language and keeps the first error.
type loader struct {
	catalogues catalogues
	zone       *time.Location
	asset      func(string) string
	err        error
}

func page[T any](l *loader, name string) *Page[T] {
	return &Page[T]{l.parse("layout.html", name+".html")}
}

// parse reads files, after the parts that all pages share, once for each language.
func (l *loader) parse(files ...string) map[string]*template.Template {
	sets := map[string]*template.Template{}
	for _, lang := range Languages() {
		set := template.New(lang).Option("missingkey=error").Funcs(l.funcs(lang))
		set, err := set.ParseFS(sources, append([]string{"parts_*.html"}, files...)...)
		if err != nil && l.err == nil {
			l.err = fmt.Errorf("parse page %s: %w", files[len(files)-1], err)
		}
		sets[lang] = set
	}
	return sets
}
