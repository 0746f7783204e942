package templates

import (
	"fmt"
	"html/template"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// words are the functions of the templates in one language.
type words struct {
	catalogues catalogues
	lang       string
	zone       *time.Location
}

// funcs are all functions that templates may call, in one language.
func (l *loader) funcs(lang string) template.FuncMap {
	w := words{l.catalogues, lang, l.zone}
	return template.FuncMap{
		"t": w.t, "tn": w.tn, "either": w.either,
		"problem": w.problem, "named": w.named, "problemFor": problemFor, "only": only,
		"action": w.action, "format": w.importFormat,
		"reply": replyAddress, "signature": w.signature, "over": over, "front": front,
		"errorTitle": w.errorTitle, "errorText": w.errorText,
		"iso": w.iso, "clock": w.clock, "date": w.date, "day": w.day,
		"number": number, "percent": percent, "dict": dict, "days": blockDays,
		"inLang": inLang, "languages": Languages, "body": imported, "asset": l.asset,
	}
}

// t is a text of the catalogue with its arguments as name, value, name, value. A missing id is an error.
func (w words) t(id string, pairs ...any) (string, error) {
	args, err := dict(pairs...)
	if err != nil {
		return "", fmt.Errorf("text %s: %w", id, err)
	}
	return w.catalogues.text(w.lang, id, args)
}

// tn is a text with a number, in the plural form that the number asks for. Its placeholder is Number.
func (w words) tn(id string, n int) (string, error) {
	return w.catalogues.text(w.lang, id, map[string]any{"Count": n, "Number": number(n)})
}

// either is the text of family.name, for names that come from outside; the text family.other when the
// catalogue does not know the name.
func (w words) either(family, name string) (string, error) {
	if id := family + "." + name; name != "" && w.catalogues.has(w.lang, id) {
		return w.t(id)
	}
	return w.t(family + ".other")
}

// problem says what is wrong with a form, in general words when the catalogue cannot be specific: a
// form must come back with what was typed, whatever happens.
func (w words) problem(p *Problem) (string, error) {
	if text, err := w.catalogues.text(w.lang, p.Message, p.Args); err == nil {
		return text, nil
	}
	return w.t("problem.other")
}

// named says what is wrong with a field, with the field's name before it where the problem has one.
func (w words) named(p *Problem) (string, error) {
	text, err := w.problem(p)
	if err != nil || !w.catalogues.has(w.lang, p.Label) {
		return text, err
	}
	label, err := w.t(p.Label)
	return label + ": " + text, err
}

// problemFor is the first problem of a field, nil when it has none.
func problemFor(problems []Problem, field string) *Problem {
	for i := range problems {
		if problems[i].Field == field {
			return &problems[i]
		}
	}
	return nil
}

// only is a form's single problem when it belongs to a field, else nil.
func only(p *Problem, field string) *Problem {
	if p != nil && p.Field == field {
		return p
	}
	return nil
}

// action is what the audit log calls a deed; one that the catalogue does not know keeps its id.
func (w words) action(id string) (string, error) { return w.orItself("action."+id, id) }

// importFormat is the name of a format of imports; one that the catalogue does not know keeps its own.
func (w words) importFormat(name string) (string, error) { return w.orItself("format."+name, name) }

func (w words) orItself(id, name string) (string, error) {
	if name == "" || !w.catalogues.has(w.lang, id) {
		return name, nil
	}
	return w.t(id)
}

// replyAddress is where a comment is answered, "" when the article takes no comments.
func replyAddress(a Article, c Comment) string {
	if !a.Open {
		return ""
	}
	return "/articles/" + url.PathEscape(a.Slug) + "?reply=" + strconv.FormatInt(c.ID, 10) + "#write"
}

// personal matches a Korean person's name: a family name and a given one, written together.
var personal = regexp.MustCompile(`^\p{Hangul}{2,4}$`)

// signature is how the i-th author of an article signs, as the language of the page has it: its first
// writer with the word for that, a writer with a Korean name with a title.
func (w words) signature(i int, by Byline) (text string, err error) {
	text = by.Name
	if by.Role == "" && personal.MatchString(by.Name) {
		if text, err = w.t("byline.reporter", "Name", text); err != nil {
			return "", err
		}
	}
	if i == 0 {
		return w.t("byline.first", "Name", text)
	}
	return text, nil
}

// over is how many characters the words of a form have too many, 0 when none.
func over(f CommentForm) int {
	if f.Limit == 0 {
		return 0
	}
	return max(0, f.Count-f.Limit)
}

// frontPage is the place of the newest articles on the front page.
type frontPage struct{ Under, Beside, Below []Card }

// front puts two of the newest articles under the lead, four beside it and the others below the
// sections; without a lead all stand together.
func front(h Home) (f frontPage) {
	if h.Lead == nil {
		return frontPage{Beside: h.Latest}
	}
	f.Under = h.Latest[:min(2, len(h.Latest))]
	rest := h.Latest[len(f.Under):]
	f.Beside = rest[:min(4, len(rest))]
	f.Below = rest[len(f.Beside):]
	return f
}

// errorTitle is the heading of an error page.
func (w words) errorTitle(e ErrorPage) (string, error) {
	if id := e.Message + ".title"; w.catalogues.has(w.lang, id) {
		return w.t(id)
	}
	return w.either("error", strconv.Itoa(e.Status)+".title")
}

// errorText says what happened and what to do: the text of the message, else that of the status.
func (w words) errorText(e ErrorPage) (string, error) {
	for _, id := range []string{e.Message + ".text", e.Message, "error." + strconv.Itoa(e.Status) + ".text"} {
		if w.catalogues.has(w.lang, id) {
			return w.t(id)
		}
	}
	return w.t("problem.other")
}

// iso is a time for machines (RFC 3339, in the newspaper's zone).
func (w words) iso(t time.Time) string { return t.In(w.zone).Format(time.RFC3339) }

// clock is a date with the time of day; May is the month that is never shortened.
func (w words) clock(t time.Time) (string, error) { return w.format("format.clock", t) }

// date is a date alone.
func (w words) date(t time.Time) (string, error) { return w.format("format.date", t) }

// day is a date with its weekday, written out.
func (w words) day(t time.Time) (string, error) {
	text, err := w.format("format.day", t)
	if err != nil {
		return "", err
	}
	weekday := t.In(w.zone).Weekday()
	name, err := w.t("weekday." + strconv.Itoa(int(weekday)))
	return strings.Replace(text, weekday.String(), name, 1), err
}

// format shows a time by a layout of the catalogue, in the form of package time.
func (w words) format(id string, t time.Time) (string, error) {
	layout, err := w.t(id)
	return strings.Replace(t.In(w.zone).Format(layout), "May.", "May", 1), err
}

// number is a whole number with a comma at the thousands, as both languages write it.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percent is a share of one, 0–1, in whole hundredths without a sign.
func percent(share float64) string { return strconv.Itoa(int(share*100 + 0.5)) }

// blockDays are how many days a block may last, the usual first.
func blockDays() []int { return []int{30, 14, 7, 3, 1} }

// dict makes a map from name, value, name, value.
func dict(pairs ...any) (map[string]any, error) {
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("argument %d is no name: %v", i, pairs[i])
		}
		m[name] = pairs[i+1]
	}
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("the name %v has no value", pairs[len(pairs)-1])
	}
	return m, nil
}

// inLang is the address of the same page in another language; that of the front page when path is
// not one of this site.
func inLang(path, lang string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		u = &url.URL{Path: "/"}
	}
	q := u.Query()
	q.Set("lang", lang)
	u.RawQuery = q.Encode()
	return u.String()
}

// imported trusts the body of an imported article, which the sanitiser has been through. It is the
// only place that makes HTML.
func imported(body string) template.HTML { return template.HTML(body) }
