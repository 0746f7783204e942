package web

import (
	"crypto/subtle"
	"encoding/base64"
	"io/fs"
	"net/http"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// noticeCookie carries a requester's key from their link to the page of the case, so that no page with sub-resources has
// it in its address.
const noticeCookie = "notice"

func (s *Server) setNoticeKey(w http.ResponseWriter, number string, key []byte) {
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: base64.RawURLEncoding.EncodeToString(key), Path: "/notices/" + number, MaxAge: 24 * 3600,
		HttpOnly: true, Secure: s.store.secure, SameSite: http.SameSiteLaxMode})
}

// opens reports whether a text is the key of a notice.
func opens(n db.Notice, text string) ([]byte, bool) {
	key, err := base64.RawURLEncoding.DecodeString(text)
	return key, err == nil && subtle.ConstantTimeCompare(keyHash(key), n.Token) == 1
}

// noticeCase shows where a notice stands to whom it concerns: its requester, the comment's author and the staff. To everybody
// else it is not there.
func (s *Server) noticeCase(w http.ResponseWriter, r *request) error {
	n, err := s.cfg.Archive.Notice(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if text := r.URL.Query().Get("key"); text != "" {
		key, ok := opens(n, text)
		if !ok {
			return fs.ErrNotExist
		}
		s.setNoticeKey(w, n.Number, key)
		return redirect(w, r, "/notices/"+n.Number)
	}
	c, err := s.cfg.Archive.Comment(r.Context(), n.Comment)
	if err != nil {
		return err
	}
	became, err := s.cfg.Archive.Became(r.Context(), n.ID)
	if err != nil {
		return err
	}
	page := templates.NoticeCase{CaseNotice: noticeView(n, became), Comment: n.Comment, Days: db.MeasureDays, Done: r.FormValue("done") == "1"}
	if !s.concern(r, n, c, len(became) > 0, &page) {
		return fs.ErrNotExist
	}
	there := c.State == moderation.Published && n.Replaced.IsZero()
	if there && (r.User != nil || s.cfg.Public) || (page.Author || page.Staff) && c.State != moderation.Withdrawn {
		v := commentView(c.Comment, true)
		v.Body, v.Lang = n.Words, textLanguage(n.Words)
		page.Shown = &v
	}
	if page.Staff {
		if err := s.cfg.Archive.ViewNotice(r.Context(), n, r.User.ID, r.Now); err != nil {
			return err
		}
	}
	if page.Steps, err = s.noticeSteps(r, n, became); err != nil {
		return err
	}
	return render(w, s.pages.NoticeCase, s.frame(r, s.title(r, "title.notice")), page, http.StatusOK)
}

// noticeSteps shows what became of the words that a notice speaks of, without who decided.
func (s *Server) noticeSteps(r *request, n db.Notice, became []db.Decision) (out []templates.NoticeStep, err error) {
	standards, err := s.cfg.Archive.Standards(r.Context())
	for _, d := range became {
		out = append(out, templates.NoticeStep{
			Action: string(d.Action), At: d.At, Until: d.Until, Clause: clauseRef(standards, d.Clause, r.Lang), Clock: d.By == 0 && d.Action == moderation.Restore,
		})
	}
	if !n.Replaced.IsZero() {
		out = append(out, templates.NoticeStep{Action: "edit", At: n.Replaced})
	}
	return out, err
}

// concern fills in what the viewer may see of a notice, and reports whether it concerns them at all. The author of the comment
// never learns who gave it, nor in which words.
func (s *Server) concern(r *request, n db.Notice, c db.Placed, decided bool, page *templates.NoticeCase) bool {
	if cookie, err := r.Cookie(noticeCookie); err == nil {
		if _, ok := opens(n, cookie.Value); ok {
			page.Requester, page.Link = true, s.cfg.BaseURL.JoinPath("notices", n.Number).String()+"?key="+cookie.Value
		}
	}
	if r.User != nil {
		page.Requester = page.Requester || n.By == r.User.ID
		page.Author = c.AuthorID == r.User.ID && (n.Ground != db.GroundMinors || decided)
		page.Staff = r.User.Role.Staff() && c.AuthorID != r.User.ID
	}
	if page.Requester || page.Staff {
		page.Name, page.Email = n.Name, n.Email
	} else {
		page.Text = ""
	}
	return page.Requester || page.Author || page.Staff
}

// noticeView shows a notice in short, with what was decided of its words.
func noticeView(n db.Notice, became []db.Decision) templates.CaseNotice {
	return templates.CaseNotice{Number: n.Number, Law: string(n.Law), Ground: n.Ground, Relation: n.Relation, Text: n.Text, At: n.At,
		Open: len(became) == 0 && n.Replaced.IsZero()}
}
