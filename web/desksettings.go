package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"broadsheet/db"
	"broadsheet/templates"
)

// Bounds of the desk's settings.
const (
	maxHideAfter  = 1000 // weight of reports
	maxCloseAfter = 3650 // days
	maxEraseAfter = 3650 // days
)

// deskSettings shows how the desk works.
func (s *Server) deskSettings(w http.ResponseWriter, r *request) error {
	d, err := s.cfg.Archive.Desk(r.Context())
	if err != nil {
		return err
	}
	page := templates.DeskSettings{
		Version: d.Version, HideAfter: decimal(d.HideAfter), SecondShare: strconv.Itoa(d.SecondShare), MailHead: d.MailHead,
		CloseAfter: strconv.Itoa(d.CloseAfter), EraseAfter: strconv.Itoa(d.EraseAfter), Done: r.FormValue("done") == "applied",
	}
	return s.showDeskSettings(w, r, page, http.StatusOK)
}

// showDeskSettings adds the earlier versions to the page.
func (s *Server) showDeskSettings(w http.ResponseWriter, r *request, page templates.DeskSettings, status int) error {
	history, err := s.cfg.Archive.DeskHistory(r.Context(), historyRows)
	if err != nil {
		return err
	}
	for _, d := range history {
		page.History = append(page.History, templates.DeskVersion{
			Version: d.Version, At: d.Applied, By: d.Name, HideAfter: decimal(d.HideAfter), SecondShare: d.SecondShare, MailHead: d.MailHead,
			CloseAfter: d.CloseAfter, EraseAfter: d.EraseAfter,
		})
	}
	return render(w, s.pages.DeskSettings, s.frame(r, s.title(r, "title.desk_settings")), page, status)
}

// applyDeskSettings puts the form's settings in force.
func (s *Server) applyDeskSettings(w http.ResponseWriter, r *request) error {
	if !r.PostForm.Has("second_share") { // no form of this page: nothing in it must not mean the defaults
		return fail(http.StatusBadRequest)
	}
	page := templates.DeskSettings{
		Version: int(number(r.PostFormValue("base"))), HideAfter: r.PostFormValue("hide_after"), SecondShare: r.PostFormValue("second_share"),
		MailHead: r.PostFormValue("mail_head") == "1", CloseAfter: r.PostFormValue("close_after"),
		EraseAfter: r.PostFormValue("erase_after"),
	}
	refuse := func(p templates.Problem, status int) error {
		if wantsJSON(r.Request) {
			return s.serveProblem(w, r, status, p)
		}
		page.Problems = append(page.Problems, p)
		return s.showDeskSettings(w, r, page, status)
	}
	set, problem := readDeskSettings(page)
	if problem != nil {
		return refuse(*problem, http.StatusUnprocessableEntity)
	}
	err := s.cfg.Archive.SetDesk(r.Context(), page.Version, set, r.User.ID)
	if errors.Is(err, db.ErrConflict) {
		return refuse(templates.Problem{Message: "desksettings.conflict"}, http.StatusConflict)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, "/admin/desk?done=applied")
}

// readDeskSettings reads the form; a field that is left empty is 0.
func readDeskSettings(page templates.DeskSettings) (set db.DeskSettings, problem *templates.Problem) {
	set.MailHead = page.MailHead
	read := func(field, text string, most float64, whole bool) float64 {
		text = strings.TrimSpace(text)
		if text == "" {
			return 0
		}
		v, err := strconv.ParseFloat(text, 64)
		if !(err == nil && v >= 0 && v <= most && (!whole || v == float64(int(v)))) && problem == nil {
			message := "desksettings.number"
			if whole {
				message = "desksettings.whole"
			}
			problem = &templates.Problem{Field: field, Label: "desksettings." + field, Message: message, Args: map[string]any{"Most": decimal(most)}}
		}
		return v
	}
	set.HideAfter = read("hide_after", page.HideAfter, maxHideAfter, false)
	set.SecondShare = int(read("second_share", page.SecondShare, 100, true))
	set.CloseAfter = int(read("close_after", page.CloseAfter, maxCloseAfter, true))
	set.EraseAfter = int(read("erase_after", page.EraseAfter, maxEraseAfter, true))
	return set, problem
}
