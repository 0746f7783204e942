package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// fieldTime is how a field of a date and time writes it.
const fieldTime = "2006-01-02T15:04"

// maxCloseDays is after how many days at most comments may be set to close.
const maxCloseDays = 3650

// articleControl is the page where the staff set the discussion of an article.
func (s *Server) articleControl(w http.ResponseWriter, r *request) error {
	set, err := s.cfg.Archive.Control(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	return s.showControl(w, r, s.controlForm(set), http.StatusOK)
}

// setArticleControl opens or closes the comments (comments=open, comments=closed), or takes the form of the other
// settings. Any member of the staff may; the log says who.
func (s *Server) setArticleControl(w http.ResponseWriter, r *request) error {
	slug := r.PathValue("slug")
	back := "/desk/articles/" + slug + "?done="
	if state := r.PostFormValue("comments"); state == "open" || state == "closed" {
		if err := s.cfg.Archive.OpenComments(r.Context(), slug, state == "open", r.User.ID, r.Now); err != nil {
			return err
		}
		return redirect(w, r, back+state)
	}
	form := templates.Control{
		Version: int(number(r.PostFormValue("version"))), Mode: r.PostFormValue("mode"), Slow: r.PostFormValue("slow"),
		Closing: r.PostFormValue("closing"), Days: r.PostFormValue("days"), Date: r.PostFormValue("date"),
	}
	set, ok := s.readControl(r, &form)
	if !ok {
		return fail(http.StatusBadRequest)
	}
	if len(form.Problems) > 0 {
		return s.showControl(w, r, form, http.StatusUnprocessableEntity)
	}
	err := s.cfg.Archive.SetControl(r.Context(), slug, set, r.User.ID, r.Now)
	if errors.Is(err, db.ErrConflict) {
		now, err := s.cfg.Archive.Control(r.Context(), slug)
		if err != nil {
			return err
		}
		form.Version, form.Problems = now.Version, []templates.Problem{{Message: "control.conflict"}}
		return s.showControl(w, r, form, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, back+"saved")
}

// readControl reads the settings of a form and adds what is wrong with its fields to it; false when it is none of ours.
func (s *Server) readControl(r *request, form *templates.Control) (c db.Control, ok bool) {
	c = db.Control{Version: form.Version, Mode: form.Mode, Days: -1}
	wrong := func(field, message string) {
		form.Problems = append(form.Problems, templates.Problem{Field: field, Message: message})
	}
	var err error
	if c.Slow, err = strconv.Atoi(form.Slow); form.Slow != "" && err != nil || c.Slow < 0 || c.Slow > db.MaxSlow {
		wrong("slow", "control.bad_slow")
	}
	switch form.Closing {
	case "desk":
	case "never":
		c.Days = 0
	case "days":
		if c.Days, err = strconv.Atoi(form.Days); err != nil || c.Days < 1 || c.Days > maxCloseDays {
			wrong("days", "control.bad_days")
		}
	case "date":
		c.Closes, err = time.ParseInLocation(fieldTime, form.Date, s.cfg.Zone)
		switch {
		case err != nil:
			wrong("date", "control.bad_date")
		case !c.Closes.After(r.Now):
			wrong("date", "control.past_date")
		}
	default:
		return c, false
	}
	return c, form.Mode == "" || form.Mode == "pre" || form.Mode == "post"
}

// controlForm shows what is set as a form.
func (s *Server) controlForm(c db.Control) templates.Control {
	form := templates.Control{Version: c.Version, Mode: c.Mode, Slow: strconv.Itoa(c.Slow), Closing: "desk"}
	switch {
	case !c.Closes.IsZero():
		form.Closing, form.Date = "date", c.Closes.In(s.cfg.Zone).Format(fieldTime)
	case c.Days == 0:
		form.Closing = "never"
	case c.Days > 0:
		form.Closing, form.Days = "days", strconv.Itoa(c.Days)
	}
	return form
}

// showControl answers with the page, around a form.
func (s *Server) showControl(w http.ResponseWriter, r *request, form templates.Control, status int) error {
	if wantsJSON(r.Request) && len(form.Problems) > 0 {
		return s.serveProblem(w, r, status, form.Problems[0])
	}
	art, err := s.cfg.Archive.Article(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	pulse, err := s.cfg.Archive.ArticlePulse(r.Context(), art.Slug, 0)
	if err != nil {
		return err
	}
	desk, err := s.cfg.Archive.Desk(r.Context())
	if err != nil {
		return err
	}
	form.Slug, form.Headline, form.Lang = art.Slug, art.Content.Headline, art.Content.Language
	form.Open, form.ByHand, form.Closes = pulse.OpenAt(r.Now), !pulse.Open, pulse.Closes
	form.DeskDays, form.Zone = desk.CloseAfter, s.cfg.Zone.String()
	switch d := r.URL.Query().Get("done"); d {
	case "open", "closed", "saved":
		form.Done = d
	}
	return render(w, s.pages.Control, s.frame(r, s.title(r, "title.control")), form, status)
}
