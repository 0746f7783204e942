package web

import (
	"net/http"
	"unicode"

	"golang.org/x/text/language"
)

// langCookie keeps the language a visitor without a choice of their account asked for.
const langCookie = "lang"

// pageLanguages are the languages of the pages; the first is that of visitors who want neither.
var pageLanguages = []string{"en", "ko"}

// pageLanguage is the wish as a language of the pages, "" when it is none.
func pageLanguage(wish string) string {
	for _, l := range pageLanguages {
		if wish == l {
			return l
		}
	}
	return ""
}

// wantedLanguage finds the language of the answer: ?lang= (kept in a cookie of its own), that cookie,
// Accept-Language. The choice of an account goes before all of them.
func wantedLanguage(w http.ResponseWriter, r *request) string {
	if l := pageLanguage(r.URL.Query().Get("lang")); l != "" {
		http.SetCookie(w, &http.Cookie{Name: langCookie, Value: l, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		return l
	}
	if c, err := r.Cookie(langCookie); err == nil && pageLanguage(c.Value) != "" {
		return c.Value
	}
	return accepted(r.Header.Get("Accept-Language"))
}

// accepted is the language of the pages that an Accept-Language header likes best.
func accepted(header string) string {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return pageLanguages[0]
	}
	for _, t := range tags {
		base, _ := t.Base()
		if l := pageLanguage(base.String()); l != "" {
			return l
		}
	}
	return pageLanguages[0]
}

// textLanguage is the language of a comment, for readers' software: Korean when any Hangul stands
// in it, else English.
func textLanguage(text string) string {
	for _, r := range text {
		if unicode.Is(unicode.Hangul, r) {
			return "ko"
		}
	}
	return "en"
}
