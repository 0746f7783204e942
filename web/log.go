package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// headEvery is how often the head of the log is mailed to the admins, when they want it.
const headEvery = 24 * time.Hour

// tellHead mails the head of the log, when it is time and the settings say so.
func (s *Server) tellHead(ctx context.Context) error {
	d, err := s.cfg.Archive.Desk(ctx)
	if err != nil || !d.MailHead || s.cfg.SealKey == nil {
		return err
	}
	return s.cfg.Archive.TellHead(ctx, s.cfg.Archive.Now().Add(-headEvery))
}

// logForm is the filter of the log as it stands in an address.
type logForm struct {
	action, by, day, subject string
	db.LogFilter
}

// readLog reads the filter. What is no number, day or known word finds nothing rather than everything.
func (s *Server) readLog(r *request) (logForm, error) {
	q := r.URL.Query()
	f := logForm{action: q.Get("action"), by: q.Get("by"), day: q.Get("day"), subject: strings.TrimSpace(q.Get("subject"))}
	f.Action, f.By, f.Subject, f.Viewer = f.action, number(f.by), number(f.subject), r.User.ID
	if f.by == "program" {
		f.By = db.TheProgram
	}
	if f.day != "" {
		day, err := time.ParseInLocation(time.DateOnly, f.day, s.cfg.Zone)
		if err != nil {
			return f, fail(http.StatusBadRequest)
		}
		f.From, f.To = day, day.AddDate(0, 0, 1)
	}
	if f.by != "" && f.By == 0 || f.subject != "" && f.Subject == 0 {
		return f, fail(http.StatusBadRequest)
	}
	return f, nil
}

// path is the address of the log under this filter before one of its rows.
func (f logForm) path(before int64) string {
	v := url.Values{"before": {itoa(before)}}
	for name, value := range map[string]string{"action": f.action, "by": f.by, "day": f.day, "subject": f.subject} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return "/desk/log?" + v.Encode()
}

// auditLog is the log of what was done, newest first.
func (s *Server) auditLog(w http.ResponseWriter, r *request) error {
	f, err := s.readLog(r)
	if err != nil {
		return err
	}
	rows, err := s.cfg.Archive.Log(r.Context(), f.LogFilter, number(r.FormValue("before")), adminRows+1)
	if err != nil {
		return err
	}
	actions, staff, err := s.cfg.Archive.LogChoices(r.Context())
	if err != nil {
		return err
	}
	head, err := s.cfg.Archive.HeadAt(r.Context(), r.Now)
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	page := templates.Log{Head: head.String(), Actions: actions, Action: f.action, By: f.by, Day: f.day, Subject: f.subject}
	for _, p := range staff {
		page.Staff = append(page.Staff, templates.Link{Name: p.Name, Slug: itoa(p.ID)})
	}
	if len(rows) > adminRows {
		rows = rows[:adminRows]
		page.Older = f.path(rows[adminRows-1].Seq)
	}
	for _, l := range rows {
		page.Rows = append(page.Rows, logRow(l, standards, r.Lang))
	}
	return render(w, s.pages.Log, s.frame(r, s.title(r, "title.log")), page, http.StatusOK)
}

// logRow shows one line of the log.
func logRow(l db.AuditRow, standards moderation.Standards, lang string) templates.LogRow {
	v := templates.LogRow{Seq: l.Seq, At: l.At, Actor: l.Name, Action: l.Action, Detail: l.Detail, Sealed: l.Sealed}
	if strings.HasPrefix(l.Action, "comment.") || strings.HasPrefix(l.Action, "user.") {
		logDetail(&v, standards, lang)
	}
	switch kind, _, _ := strings.Cut(l.Action, "."); kind {
	case "comment", "reading":
		v.Subject, v.Label = "/desk/comments/"+itoa(l.Subject), itoa(l.Subject)
	case "user":
		if v.Label = itoa(l.Subject); l.Subject == 0 {
			v.Label = "" // of many accounts
		} else {
			v.Subject = "/desk/users/" + v.Label
		}
	case "import":
		v.Subject, v.Label = "/admin/import/"+itoa(l.Subject), itoa(l.Subject)
	default:
		if l.Subject != 0 {
			v.Label = itoa(l.Subject)
		}
	}
	return v
}

// logDetail reads what the log says of an act on a comment or an account: a clause, whether there are words to it, when it
// ends. What it does not know stays as it is; hashes are left out.
func logDetail(v *templates.LogRow, standards moderation.Standards, lang string) {
	var rest []string
	for i, word := range strings.Fields(v.Detail) {
		name, value, named := strings.Cut(word, ":")
		_, _, clause := standards.Clause(word)
		switch {
		case i == 0 && clause:
			v.Clause = clauseRef(standards, word, lang)
		case name == "note" || name == "answer" || name == "objection" && len(value) == 64:
			v.Noted = true
		case name == "until":
			v.Until = time.UnixMilli(number(value)).UTC()
		case named && name == "undoes": // the row is of the comment that it is about
		default:
			rest = append(rest, word)
		}
	}
	v.Detail = strings.Join(rest, " ")
}
