package templates

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"broadsheet/moderation"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	i18ntemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed locales/*.json
var locales embed.FS

// Languages are the languages of the pages, as BCP 47 tags; the first is the one to fall back on.
func Languages() []string { return moderation.Languages() }

// known gives lang back when the pages speak it, else the first language.
func known(lang string) string {
	if slices.Contains(Languages(), lang) {
		return lang
	}
	return Languages()[0]
}

// catalogues are the texts of the pages by language.
type catalogues map[string]*i18n.Localizer

// loadCatalogues reads locales/active.LANG.json: flat ids to texts, or to an object of plural forms.
// Each language has a bundle of its own, so that a missing text is an error and never English.
func loadCatalogues() (catalogues, error) {
	c := catalogues{}
	for _, lang := range Languages() {
		tag, err := language.Parse(lang)
		if err != nil {
			return nil, fmt.Errorf("language %q: %w", lang, err)
		}
		bundle := i18n.NewBundle(tag)
		bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
		if _, err := bundle.LoadMessageFileFS(locales, "locales/active."+lang+".json"); err != nil {
			return nil, fmt.Errorf("read catalogue %s: %w", lang, err)
		}
		c[lang] = i18n.NewLocalizer(bundle, lang)
	}
	return c, nil
}

// text is one text of a catalogue, an error when it is missing or an argument is. Its plural form goes
// by the argument Count, else by Wait.
func (c catalogues) text(lang, id string, args map[string]any) (string, error) {
	cfg := &i18n.LocalizeConfig{MessageID: id, TemplateData: args, TemplateParser: strict()}
	for _, name := range []string{"Count", "Wait"} {
		switch n := args[name].(type) {
		case int, int64:
			cfg.PluralCount = n
			return c[lang].Localize(cfg)
		}
	}
	return c[lang].Localize(cfg)
}

// has reports whether the catalogue knows an id.
func (c catalogues) has(lang, id string) bool {
	_, err := c[lang].Localize(&i18n.LocalizeConfig{MessageID: id, TemplateParser: strict()})
	var missing *i18n.MessageNotFoundErr
	return !errors.As(err, &missing)
}

// strict makes a missing argument an error.
func strict() i18ntemplate.Parser { return &i18ntemplate.TextParser{Option: "missingkey=error"} }
