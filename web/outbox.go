package web

import (
	"net/http"

	"broadsheet/db"
	"broadsheet/templates"
)

// outbox lists the mail that waits, was sent or failed.
func (s *Server) outbox(w http.ResponseWriter, r *request) error {
	state := r.FormValue("mail")
	if state == "" {
		state = "wait"
	}
	if state != "wait" && state != "sent" && state != "failed" {
		return fail(http.StatusBadRequest)
	}
	if err := s.cfg.Archive.Look(r.Context(), db.ActUserList, 0, r.User.ID); err != nil {
		return err
	}
	list, count, err := s.cfg.Archive.Outbox(r.Context(), r.User.ID, state, number(r.FormValue("before")), adminRows+1)
	if err != nil {
		return err
	}
	page := templates.Outbox{Mail: state, Waiting: count["wait"], Sent: count["sent"], Failed: count["failed"], Server: s.cfg.Mail != nil}
	if len(list) > adminRows {
		list = list[:adminRows]
		page.Older = "/admin/outbox?mail=" + state + "&before=" + itoa(list[adminRows-1].ID)
	}
	for _, o := range list {
		page.Rows = append(page.Rows, outboxRow(o))
	}
	return render(w, s.pages.Outbox, s.frame(r, s.title(r, "title.outbox")), page, http.StatusOK)
}

func outboxRow(o db.Outgoing) templates.OutboxRow {
	return templates.OutboxRow{ID: o.ID, To: o.To, Kind: string(o.Kind), Mail: o.Mail, At: o.At, Due: o.Due, Sent: o.Sent, Tries: o.Tries, Error: o.Error}
}

// outboxMail is one mail as it is or would be sent. Reading it is logged.
func (s *Server) outboxMail(w http.ResponseWriter, r *request) error {
	o, err := s.cfg.Archive.Outgoing(r.Context(), r.User.ID, number(r.PathValue("id")))
	if err != nil {
		return err
	}
	one, err := s.compose(r.Context(), o, r.Now)
	if err != nil {
		return err
	}
	if err := s.cfg.Archive.LookMail(r.Context(), o.ID, r.User.ID, r.Now); err != nil {
		return err
	}
	page := templates.OutboxMail{Row: outboxRow(o), Subject: one.subject, Text: one.text}
	if r.FormValue("done") == "again" {
		page.Done = "again"
	}
	return render(w, s.pages.OutboxMail, s.frame(r, s.title(r, "title.outbox")), page, http.StatusOK)
}

// outboxAgain puts a mail back among those that wait.
func (s *Server) outboxAgain(w http.ResponseWriter, r *request) error {
	id := number(r.PathValue("id"))
	if err := s.cfg.Archive.SendAgain(r.Context(), id, r.User.ID, r.Now); err != nil {
		return err
	}
	return redirect(w, r, "/admin/outbox/"+itoa(id)+"?done=again")
}
