package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

const maxPenalty = 10 * 365 * 24 * time.Hour // longest time of a sanction that ends by itself

// penaltyTimes are how long a sanction may be made to last by one word.
var penaltyTimes = map[string]time.Duration{
	"1h": time.Hour, "3h": 3 * time.Hour, "24h": 24 * time.Hour, "7d": 7 * 24 * time.Hour, "30d": 30 * 24 * time.Hour,
}

// ownTime is the word for an end that stands in the field "until_at" instead, in the newspaper's zone.
const ownTime = "at"

// sanction takes a measure on an account. The order of its refusals is that of a decision: 403, 404, 409, 422.
func (s *Server) sanction(w http.ResponseWriter, r *request) error {
	user := number(r.PathValue("id"))
	p, problem, err := s.readPenalty(r, user)
	if err != nil {
		return err
	}
	if problem != nil {
		err = s.cfg.Archive.Sanctionable(r.Context(), p)
	} else {
		err = s.cfg.Archive.Sanction(r.Context(), p)
	}
	switch {
	case errors.Is(err, db.ErrNothing):
		problem = &templates.Problem{Field: "action", Message: "sanction.nothing"}
	case errors.Is(err, db.ErrConflict):
		return s.showPenalty(w, r, user, templates.Problem{Message: "sanction.conflict"}, http.StatusConflict)
	case err != nil:
		return forbiddenPenalty(err, user)
	}
	if problem != nil {
		return s.showPenalty(w, r, user, *problem, http.StatusUnprocessableEntity)
	}
	if p.Purge {
		s.learner.decided()
	}
	return redirect(w, r, "/desk/users/"+itoa(user)+"?done="+string(p.Action))
}

// forbiddenPenalty says whose account or measure it is, where that is why it may not be done.
func forbiddenPenalty(err error, user int64) error {
	f := &failure{Status: http.StatusForbidden, Back: "/desk/users/" + itoa(user)}
	switch {
	case errors.Is(err, db.ErrOwn):
		f.Message, f.Back = "sanction.own", "/desk"
	case errors.Is(err, db.ErrStaff):
		f.Message = "sanction.staff"
	case errors.Is(err, db.ErrOwnSanction):
		f.Message = "sanction.own_objection"
	case errors.Is(err, db.ErrOwnRuling):
		f.Message = "sanction.own_appeal"
	default:
		return err
	}
	return f
}

// showPenalty answers a form of a sanction that was not taken: the account's page, with what was typed.
func (s *Server) showPenalty(w http.ResponseWriter, r *request, user int64, p templates.Problem, status int) error {
	if wantsJSON(r.Request) {
		return s.serveProblem(w, r, status, p)
	}
	if status == http.StatusConflict {
		return s.showUser(w, r, user, s.penaltyForm(r), nil, true, status)
	}
	return s.showUser(w, r, user, s.penaltyForm(r), &p, false, status)
}

// penaltyForm is the form of a sanction as it came. An end that it knows no word for goes into the field for one's own.
func (s *Server) penaltyForm(r *request) templates.SanctionForm {
	f := templates.SanctionForm{
		Action: r.PostFormValue("action"), Until: r.PostFormValue("until"), At: r.PostFormValue("until_at"), Clause: r.PostFormValue("clause"),
		Note: formText(r, "note"), Answer: formText(r, "answer"), Purge: r.PostFormValue("purge") == "1",
	}
	if t, err := time.Parse(time.RFC3339, f.Until); err == nil {
		f.At = t.In(s.cfg.Zone).Format(fieldTime)
	}
	if penaltyTimes[f.Until] == 0 && f.At != "" {
		f.Until = ownTime
	}
	return f
}

// readPenalty reads the form of a sanction. What is wrong with it is said in the problem.
func (s *Server) readPenalty(r *request, user int64) (db.Penalty, *templates.Problem, error) {
	f := s.penaltyForm(r)
	p := db.Penalty{User: user, By: r.User.ID, Last: number(r.PostFormValue("version")), Action: moderation.Sanction(f.Action),
		Note: moderation.Normalize(f.Note), Answer: moderation.Normalize(f.Answer), Purge: f.Purge, At: r.Now}
	wrong := func(field, message string) (db.Penalty, *templates.Problem, error) {
		return p, &templates.Problem{Field: field, Message: message, Args: map[string]any{"Limit": maxAnswer}}, nil
	}
	switch {
	case !p.Action.Valid():
		return wrong("action", "sanction.action_unknown")
	case p.Purge && p.Action != moderation.Ban && p.Action != moderation.Lift:
		return wrong("action", "sanction.purge_wrong")
	case moderation.Count(p.Note) > maxAnswer:
		return wrong("note", "sanction.text_long")
	case moderation.Count(p.Answer) > maxAnswer:
		return wrong("answer", "sanction.text_long")
	}
	if p.Action == moderation.Uphold {
		if p.Objects = number(r.PostFormValue("objection")); p.Answer == "" {
			return wrong("answer", "sanction.answer_needed")
		}
	}
	if p.Action.NeedsClause() {
		standards, err := s.cfg.Archive.Standards(r.Context())
		if err != nil {
			return p, nil, err
		}
		if _, _, ok := standards.Clause(f.Clause); !ok {
			return wrong("clause", "sanction.clause_needed")
		}
		p.Clause = f.Clause
	}
	if message := s.readEnd(&p, r.PostFormValue("until"), r.PostFormValue("until_at")); message != "" {
		return wrong("until", message)
	}
	return p, nil, nil
}

// readEnd reads until when a sanction is imposed, and says what is wrong with that, "" for nothing.
func (s *Server) readEnd(p *db.Penalty, until, at string) (wrong string) {
	if until = strings.TrimSpace(until); until == "" && at != "" {
		until = ownTime
	}
	switch {
	case !p.Action.MayEnd(), until == "" && !p.Action.NeedsEnd():
		return ""
	case until == "", until == ownTime && at == "":
		return "sanction.until_needed"
	}
	var ok bool
	if p.Until, ok = s.endOf(until, at, p.At); !ok {
		return "sanction.until_wrong"
	}
	return ""
}

// endOf reads when a sanction ends: a word for how long, or an instant to come, at most ten years away, as RFC 3339
// or in the field for one's own.
func (s *Server) endOf(until, at string, now time.Time) (end time.Time, ok bool) {
	if lasts := penaltyTimes[until]; lasts != 0 {
		return now.Add(lasts), true
	}
	var err error
	if until == ownTime {
		end, err = time.ParseInLocation(fieldTime, at, s.cfg.Zone)
	} else {
		end, err = time.Parse(time.RFC3339, until)
	}
	return end, err == nil && end.After(now) && end.Before(now.Add(maxPenalty))
}

// sanctionsView shows what was done to an account, with the form for more.
func (s *Server) sanctionsView(r *request, u db.User, list []db.Sanctioned, standards moderation.Standards) templates.Sanctions {
	v := templates.Sanctions{
		User: u.ID, Clauses: clauseRefs(standards, r.Lang), Zone: s.cfg.Zone.String(),
		Allowed: u.ID != r.User.ID && (!u.Role.Staff() || r.User.Role == db.Admin),
	}
	if len(list) > 0 {
		v.Last = list[0].ID
	}
	for _, one := range list {
		row := sanctionView(one, standards, r)
		if u.ID != r.User.ID {
			row.Note, row.By = one.Note, one.Name
		}
		if row.Objection != nil {
			row.Objection.Own = one.By == r.User.ID
		}
		v.InForce = v.InForce || one.Open && one.Action.Forbids()
		if one.Open && one.Action == moderation.Ban {
			v.Purged += one.Comments
		}
		v.List = append(v.List, row)
	}
	return v
}

// sanctionView shows one sanction as its reader may see it.
func sanctionView(one db.Sanctioned, standards moderation.Standards, r *request) templates.Sanction {
	v := templates.Sanction{ID: one.ID, Action: string(one.Action), At: one.At, Until: one.Until, Clause: clauseRef(standards, one.Clause, r.Lang),
		Answer: one.Answer, Comments: one.Comments, InForce: one.InForce(r.Now)}
	if o := one.Objection; o.ID != 0 {
		v.Objection = &templates.Objection{ID: o.ID, Text: o.Text, At: o.At, Open: o.Open}
	}
	return v
}
