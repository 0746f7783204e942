package web

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"broadsheet/db"
	"broadsheet/templates"
)

// maxMany is how many comments can be decided with one form.
const maxMany = 500

// report is what became of one of many decisions.
type report struct {
	Comment string `json:"comment"`
	Status  int    `json:"status"`            // 303 when it was taken
	After   string `json:"after,omitempty"`   // the decision that now stands on the words, "0" for none: takes it back, or goes with the next
	Message string `json:"message,omitempty"` // why it was not taken
}

// picked is one comment of a form, with its version and the last decision that was seen on it.
type picked struct{ comment, version, after string }

// readPicked reads the fields comment, version and, if any, after, all repeated alike, or the ticked boxes of the
// queue, each with all three. It returns nil when they do not fit together.
func readPicked(r *request) (out []picked) {
	comments, versions, after := r.PostForm["comment"], r.PostForm["version"], r.PostForm["after"]
	if len(comments) != len(versions) || len(after) > 0 && len(after) != len(comments) {
		return nil
	}
	for i := range comments {
		c := picked{comments[i], versions[i], ""}
		if len(after) > 0 {
			c.after = after[i]
		}
		out = append(out, c)
	}
	for _, pick := range r.PostForm["pick"] {
		p := strings.Split(pick, "-")
		if len(p) != 3 {
			return nil
		}
		out = append(out, picked{p[0], p[1], p[2]})
	}
	return out
}

// decideMany takes the same decision on many comments, each for itself, and says what became of
// each: 303 back to the queue when all were taken, else the first refusal's status with the list.
func (s *Server) decideMany(w http.ResponseWriter, r *request) error {
	list := readPicked(r)
	if len(list) == 0 || len(list) > maxMany {
		return &failure{Status: http.StatusBadRequest, Message: "decide.none_chosen", Back: "/desk"}
	}
	status := http.StatusSeeOther
	reports := make([]report, len(list))
	var v verb
	var after int64
	for i, c := range list {
		v, after, reports[i] = s.decideOne(r, c)
		if status == http.StatusSeeOther {
			status = reports[i].Status
		}
	}
	s.learn(v)
	switch {
	case wantsJSON(r.Request):
		if status == http.StatusSeeOther {
			status = http.StatusOK
		}
		serveJSON(w, status, map[string]any{"decisions": reports})
		return nil
	case status != http.StatusSeeOther:
		return s.showDesk(w, r, refusedOnes(reports), status)
	case len(list) > 1:
		after = 0 // one button cannot take them all back
	}
	return s.decided(w, r, nextOf(r), v, after)
}

// decideOne takes one of many decisions and reports on it.
func (s *Server) decideOne(r *request, c picked) (v verb, after int64, told report) {
	v, err := s.readVerb(r, c.comment, c.version, c.after)
	if err == nil {
		after, err = s.take(r.Context(), v)
	}
	if err == nil {
		return v, after, report{c.comment, http.StatusSeeOther, itoa(after), ""}
	}
	f := refusal(err)
	text := ""
	switch {
	case errors.Is(err, db.ErrConflict):
		if _, text, err = s.lastDecided(r, v.Comment); err != nil {
			f = refusal(err)
		}
	case f.Status >= http.StatusInternalServerError && r.Context().Err() == nil: // else nobody waits for it any more
		s.cfg.Log.Error("decision failed", "comment", v.Comment, "err", err)
	}
	if text == "" {
		message := cmp.Or(f.Message, "error."+itoa(f.Status)+".text")
		text = s.pages.Text(r.Lang, message, problemArgs(err))
	}
	return v, 0, report{c.comment, f.Status, "", text}
}

// problemArgs are the values in the text of a refusal.
func problemArgs(err error) map[string]any {
	var p problemError
	errors.As(err, &p)
	return p.Args
}

// refusedOnes tells a moderator which of many decisions were not taken, and why.
func refusedOnes(reports []report) (out []templates.Refused) {
	for _, one := range reports {
		if one.Status != http.StatusSeeOther {
			out = append(out, templates.Refused{ID: number(one.Comment), Why: one.Message})
		}
	}
	return out
}
