package web

import (
	"errors"
	"net/http"
	"strconv"

	"broadsheet/db"
)

// pick pins a comment or makes it the editors' choice (pick=pinned, pick=choice), or ends that (unpick=…). Any member
// of the staff may, but not with a comment of their own.
func (s *Server) pick(w http.ResponseWriter, r *request) error {
	id := number(r.PathValue("id"))
	kind, ends := db.PickKind(r.PostFormValue("pick")), db.PickKind(r.PostFormValue("unpick"))
	var err error
	switch version, bad := strconv.Atoi(r.PostFormValue("version")); {
	case kind.Valid() && bad == nil:
		err = s.cfg.Archive.Pick(r.Context(), id, version, kind, r.User.ID, r.Now)
	case ends.Valid():
		err = s.cfg.Archive.Unpick(r.Context(), id, ends, r.User.ID, r.Now)
	default:
		return fail(http.StatusBadRequest)
	}
	back := "/comments/" + itoa(id) + "#pick"
	switch {
	case errors.Is(err, db.ErrOwnPick):
		return &failure{Status: http.StatusForbidden, Message: "pick.own", Back: back}
	case errors.Is(err, db.ErrPinAnswer):
		return &failure{Status: http.StatusUnprocessableEntity, Message: "pick.answer", Back: back}
	case errors.Is(err, db.ErrPins):
		return &failure{Status: http.StatusConflict, Message: "pick.full", Back: back}
	case err != nil:
		return err
	}
	return redirect(w, r, back)
}
