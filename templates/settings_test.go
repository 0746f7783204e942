package templates

import (
	"bytes"
	"strings"
	"testing"
)

// The form of the review settings and those beside it, as the handlers read them.
func TestSettingsForms(t *testing.T) {
	p := load(t)
	data := Settings{
		Version: 3, Mode: "hold-new",
		Checks: []CheckRow{
			{Name: "words", Then: "hold", Usual: "refuse", Choices: []string{"off", "hold"}, Nudge: true, Changed: true, Numbers: []NumberRow{{Name: "from", Value: "2", Default: "1"}}},
			{Name: "flood", Author: true, Then: "off", Choices: []string{"off", "hold"}},
		},
		Lists:    []ListRow{{Name: "words", Own: "\nfool"}},
		History:  []RulesVersion{{Version: 4, InForce: true, Changes: []RulesChange{{What: "list", List: "words", From: "gone", To: "come"}}}, {Version: 1}},
		Learning: Learning{On: true, Weeks: "M0 9", Curve: "M0 8", Agreement: []Agreement{{AUC: "0.9"}}, Refits: []RefitRow{{ID: 7, Usable: true}, {ID: 6, InForce: true, Usable: true}, {ID: 5}}},
	}
	for _, lang := range Languages() {
		text := settingsPage(t, p, lang, data)
		for _, want := range []string{
			`name="base" value="3"`, `name="mode" value="hold-new" checked`, `type="number" name="words.from" value="2"`, `<select name="words.then"`,
			`<option value="hold" selected>`, `name="words.nudge" value="1" checked`, ">\n\nfool</textarea>", `name="do" value="try"`, `name="do" value="apply"`,
			`action="/admin/settings/restore"><input type="hidden" name="base" value="4"><button name="version" value="1"`, `<button name="version" value="0"`,
			`<ins>come</ins>`, `<del>gone</del>`, `d="M0 9"`, `d="M0 8"`, `name="refit" value="7"`, `name="refit" value="0"`, `name="do" value="refit"`,
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %s is missing", lang, want)
			}
		}
		for _, not := range []string{`name="version" value="4"`, `name="refit" value="6"`, `name="refit" value="5"`, `form="rules"`} {
			if strings.Contains(text, not) {
				t.Errorf("%s: %s must not be there", lang, not)
			}
		}
		if words, flood := strings.Index(text, `id="check-words"`), strings.Index(text, `id="check-flood"`); words > flood || strings.Count(text, `<tr class="group">`) != 2 {
			t.Errorf("%s: the checks are not in their groups", lang)
		}
	}
}

// A trial that would change nothing says so, and can be put in force from where it is read.
func TestTrialWithoutChange(t *testing.T) {
	text := settingsPage(t, load(t), "en", Settings{Trial: &Trial{Days: 30, Comments: 2}})
	for _, want := range []string{"Of 2 comments", "No comment would have been treated otherwise", `<button form="rules" name="do" value="apply">`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func settingsPage(t *testing.T, p *Pages, lang string, data Settings) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Settings.Render(&b, Frame{Lang: lang, Viewer: &Viewer{Role: "admin"}}, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Only an admin can take back a false hit, and only of what can be allowed.
func TestAllow(t *testing.T) {
	p := load(t)
	data := DeskComment{Back: "/desk?q=x", Row: DeskRow{ID: 3, Findings: []Finding{{Why: "link", Term: "x"}, {Why: "word", Term: "시1발", Entry: "시발", Allow: 2}}}}
	for role, forms := range map[string]int{"admin": 1, "moderator": 0} {
		var b bytes.Buffer
		if err := p.DeskComment.Render(&b, Frame{Lang: "en", Viewer: &Viewer{Role: role}}, data); err != nil {
			t.Fatal(err)
		}
		const form = `action="/admin/settings/allow"><input type="hidden" name="comment" value="3"><input type="hidden" name="finding" value="1"><input type="hidden" name="next" value="/desk/comments/3?done=allowed&amp;next=%2Fdesk%3Fq%3Dx">`
		if n := strings.Count(b.String(), form); n != forms || !strings.Contains(b.String(), "matches 시발") {
			t.Errorf("%s: %d forms, want %d", role, n, forms)
		}
	}
}

// A comment that is handed back for its wording is no mistake: it is shown with its marks, and both ways on.
func TestWarning(t *testing.T) {
	p := load(t)
	form := CommentForm{Body: "you fool", Anyway: true, Problem: &Problem{Field: "body", Message: "comment.wording"},
		Warning: &Warning{Lang: "en", Text: []Mark{{Text: "you "}, {Text: "fool", Why: "word"}}, Clauses: []ClauseRef{{ID: "respect", Number: 1}}}}
	for _, lang := range Languages() {
		var b bytes.Buffer
		if err := p.Discussion.Render(&b, lang, Discussion{Open: true, SignedIn: true, Form: form}); err != nil {
			t.Fatal(err)
		}
		for want, n := range map[string]int{`role="alert" id="problem-body"`: 1, `tabindex="-1" autofocus>`: 1, ">fool</mark>": 1, `href="/standards#clause-respect"`: 1,
			`name="anyway" value="1"`: 1, "aria-invalid": 0, `class="error"`: 0} {
			if strings.Count(b.String(), want) != n {
				t.Errorf("%s: %d of %s, want %d", lang, strings.Count(b.String(), want), want, n)
			}
		}
	}
}
