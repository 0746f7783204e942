package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// Limits of a notice, in characters.
const (
	maxNotice     = 2000
	maxNoticeName = 100
)

// noticeGrounds are what a notice can rest on under each law.
func noticeGrounds(law db.Law) []string {
	if law == db.LawKorea {
		return []string{"privacy", "defamation"}
	}
	return []string{"hate", "threat", "defamation", "privacy", db.GroundMinors, "copyright", "fraud", "other"}
}

// commentAddress finds a comment's id in its address, in a link to it under its article, or alone.
var commentAddress = regexp.MustCompile(`(?:/comments/|#comment-|^)(\d{1,19})/?(?:[?#].*)?$`)

// commentOf is the id of the comment that somebody names by its address or number, 0 when it is neither.
func commentOf(text string) int64 {
	m := commentAddress.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0
	}
	return number(m[1])
}

// noticeForm asks for a notice of a comment.
func (s *Server) noticeForm(w http.ResponseWriter, r *request) error {
	page := s.readNotice(r)
	status := http.StatusOK
	if page.Comment != "" {
		c, err := s.noticed(r, &page)
		if err != nil {
			return err
		}
		if c == 0 {
			status = http.StatusNotFound
		}
	}
	return s.showNotice(w, r, page, status)
}

// readNotice reads the form of a notice, from an address or as it was sent.
func (s *Server) readNotice(r *request) templates.NoticeForm {
	page := templates.NoticeForm{
		Law: r.FormValue("law"), Comment: strings.TrimSpace(r.FormValue("comment")), Ground: r.PostFormValue("ground"), Relation: r.PostFormValue("relation"),
		Text: formText(r, "text"), Name: moderation.Normalize(r.PostFormValue("name")), Email: cleanEmail(r.PostFormValue("email")),
		Faith: r.PostFormValue("faith") == "1", Limit: maxNotice, Days: db.MeasureDays,
	}
	if page.Law != string(db.LawKorea) && page.Law != string(db.LawDSA) {
		page.Law = string(db.LawDSA)
		if r.Lang == "ko" {
			page.Law = string(db.LawKorea)
		}
	}
	page.Grounds, page.Example = noticeGrounds(db.Law(page.Law)), s.cfg.BaseURL.JoinPath("comments", "123").String()
	return page
}

// noticed finds the published comment that a form names, 0 with a problem when there is none. One that is not published
// is not there, whoever asks. Its words are shown to whom the newspaper shows them.
func (s *Server) noticed(r *request, page *templates.NoticeForm) (int64, error) {
	c, err := s.cfg.Archive.Comment(r.Context(), commentOf(page.Comment))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	if err != nil || c.State != moderation.Published {
		page.Problems = append(page.Problems, templates.Problem{Field: "comment", Message: "notice.no_comment"})
		return 0, nil
	}
	page.Known, page.Comment = true, itoa(c.ID)
	if r.User != nil || s.cfg.Public {
		v := commentView(c.Comment, false)
		page.Shown = &v
	}
	return c.ID, nil
}

func (s *Server) showNotice(w http.ResponseWriter, r *request, page templates.NoticeForm, status int) error {
	if wantsJSON(r.Request) && len(page.Problems) > 0 {
		return s.serveProblem(w, r, status, page.Problems[0])
	}
	desk, err := s.cfg.Archive.Desk(r.Context())
	if err != nil {
		return err
	}
	page.Keep = desk.EraseAfter
	return render(w, s.pages.Notice, s.frame(r, s.title(r, "title.notice")), page, status)
}

// notice takes a notice from anybody.
func (s *Server) notice(w http.ResponseWriter, r *request) error {
	page := s.readNotice(r)
	comment, err := s.noticed(r, &page)
	if err != nil {
		return err
	}
	page.Problems = append(page.Problems, noticeProblems(page)...)
	if len(page.Problems) > 0 {
		return s.showNotice(w, r, page, http.StatusUnprocessableEntity)
	}
	n := db.Notice{
		Law: db.Law(page.Law), Comment: comment, Name: page.Name, Email: page.Email, Language: r.Lang, Ground: page.Ground, Relation: page.Relation,
		Text: moderation.Normalize(page.Text), At: r.Now,
	}
	if r.User != nil {
		n.By = r.User.ID
	}
	key := s.newCase(&n)
	err = s.cfg.Archive.AddNotice(r.Context(), n, clientNetwork(r.Request, s.cfg.Proxies))
	if errors.Is(err, db.ErrConflict) { // decided on between the two lines above, and hardly ever twice
		key = s.newCase(&n)
		err = s.cfg.Archive.AddNotice(r.Context(), n, clientNetwork(r.Request, s.cfg.Proxies))
	}
	refuse := func(message string, status int) error {
		page.Problems = []templates.Problem{{Message: message}}
		return s.showNotice(w, r, page, status)
	}
	switch {
	case errors.Is(err, db.ErrRate):
		return refuse("notice.rate", http.StatusTooManyRequests)
	case errors.Is(err, db.ErrConflict):
		return refuse("error.409.text", http.StatusConflict)
	case errors.Is(err, fs.ErrNotExist): // taken down meanwhile
		return refuse("notice.no_comment", http.StatusConflict)
	case db.Unavailable(err):
		return s.keepText(w, r, err, func(p *templates.Problem) error { return refuse(p.Message, http.StatusServiceUnavailable) })
	case err != nil:
		return err
	}
	s.setNoticeKey(w, n.Number, key)
	return redirect(w, r, "/notices/"+n.Number+"?done=1")
}

// noticeProblems says what is wrong with the fields of a notice.
func noticeProblems(page templates.NoticeForm) (out []templates.Problem) {
	add := func(wrong bool, field, message string) {
		if wrong {
			out = append(out, templates.Problem{Field: field, Message: message})
		}
	}
	korean, nameless := page.Law == string(db.LawKorea), page.Ground == db.GroundMinors
	add(!slices.Contains(page.Grounds, page.Ground), "ground", "notice.ground_needed")
	add(korean && page.Relation != "self" && page.Relation != "agent", "relation", "notice.relation_needed")
	if p := textProblem(moderation.Normalize(page.Text), maxNotice, "notice.empty", "notice.long"); p != nil {
		out = append(out, *p)
	}
	n := moderation.Count(page.Name)
	add((n == 0 && !nameless) || n > maxNoticeName || strings.Contains(page.Name, "\n"), "name", "notice.name_needed")
	add(!(ValidEmail(page.Email) || page.Email == "" && nameless), "email", "signup.email_invalid")
	add(!page.Faith, "faith", "notice.faith_needed")
	return out
}

// newCase gives a notice its number, and returns the secret of its requester's link.
func (s *Server) newCase(n *db.Notice) []byte {
	n.ID, n.Number = s.cfg.Archive.NewCase()
	key := s.noticeKey(n.Number)
	n.Token = keyHash(key)
	return key
}

// noticeKey is the secret of a requester's link. It can be made again for their mail; without the newspaper's key it is
// random and known to the requester alone.
func (s *Server) noticeKey(number string) []byte {
	if s.cfg.SealKey == nil {
		key := make([]byte, sha256.Size)
		rand.Read(key)
		return key
	}
	h := hmac.New(sha256.New, s.cfg.SealKey)
	h.Write([]byte("notice " + number))
	return h.Sum(nil)
}

// noticeLink is the address at which a requester comes back to a case.
func (s *Server) noticeLink(number string) string {
	path := "/notices/" + number
	if s.cfg.SealKey == nil {
		return path
	}
	return path + "?key=" + base64.RawURLEncoding.EncodeToString(s.noticeKey(number))
}

func keyHash(key []byte) []byte {
	sum := sha256.Sum256(key)
	return sum[:]
}
