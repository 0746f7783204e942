package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// How many characters a moderator may write.
const (
	maxNote   = 500  // for the staff
	maxAnswer = 1000 // for the author
)

// blockLongest is how long a comment may be blocked, and is unless less is said (Network Act, article 44-2).
const blockLongest = 30 * 24 * time.Hour

// verb is a decision as the desk's forms send it. What is wrong with it is said in the problem.
type verb struct {
	db.Verb
	undo    bool // takes the decision After back
	problem *templates.Problem
}

// readVerb reads a decision of a form on one comment.
func (s *Server) readVerb(r *request, comment, version, after string) (verb, error) {
	v := verb{Verb: db.Verb{
		Comment: number(comment), Version: int(number(version)), After: number(after), By: r.User.ID, At: r.Now,
		Action: moderation.Action(r.PostFormValue("action")), Appeal: number(r.PostFormValue("appeal")),
		Note: moderation.Normalize(r.PostFormValue("note")), Answer: moderation.Normalize(r.PostFormValue("answer")),
	}}
	switch {
	case moderation.Count(v.Note) > maxNote:
		v.problem = &templates.Problem{Field: "note", Message: "desk.note_long", Args: map[string]any{"Limit": maxNote}}
		return v, nil
	case moderation.Count(v.Answer) > maxAnswer:
		v.problem = &templates.Problem{Field: "answer", Message: "decide.answer_long", Args: map[string]any{"Limit": maxAnswer}}
		return v, nil
	}
	switch v.Action {
	case moderation.Approve, moderation.Restore:
	case moderation.Reject, moderation.Block:
		standards, err := s.cfg.Archive.Standards(r.Context())
		if err != nil {
			return v, err
		}
		v.Clause = r.PostFormValue("clause")
		if _, _, ok := standards.Clause(v.Clause); !ok {
			v.problem = &templates.Problem{Field: "clause", Message: "desk.clause_needed"}
		} else if v.Action == moderation.Block {
			v.Until, v.problem = blockUntil(r.PostFormValue("until"), r.Now)
		}
	case "undo":
		v.undo = true
	default:
		v.problem = &templates.Problem{Message: "desk.action_unknown"}
	}
	return v, nil
}

// blockUntil reads when a block ends: a time (RFC 3339), or how long it lasts ("7d", "12h"); "" for the longest.
func blockUntil(text string, now time.Time) (time.Time, *templates.Problem) {
	end := now.Add(blockLongest)
	if text == "" {
		return end, nil
	}
	until, err := time.Parse(time.RFC3339, text)
	if err != nil {
		unit, days := time.Hour, strings.TrimSuffix(text, "d")
		if days != text {
			unit = 24 * time.Hour
		}
		until = now.Add(time.Duration(min(number(strings.TrimSuffix(days, "h")), 1000)) * unit)
	}
	if !until.After(now) || until.After(end) {
		return end, &templates.Problem{Field: "until", Message: "decide.until_wrong"}
	}
	return until, nil
}

// take takes a decision, or says why not: whoever is too late hears that before what is wrong with the form.
func (s *Server) take(ctx context.Context, v verb) (after int64, err error) {
	if v.problem != nil {
		if err := s.cfg.Archive.Decidable(ctx, v.Verb); err != nil && !errors.Is(err, db.ErrAction) && !errors.Is(err, db.ErrRenewed) {
			return 0, err
		}
		return 0, problemError{*v.problem}
	}
	if v.undo {
		return s.cfg.Archive.Undo(ctx, v.Verb)
	}
	after, err = s.cfg.Archive.Decide(ctx, v.Verb)
	if errors.Is(err, db.ErrAction) {
		err = problemError{templates.Problem{Message: "decide.cannot." + string(v.Action)}}
	}
	if errors.Is(err, db.ErrRenewed) {
		err = problemError{templates.Problem{Message: "decide.renewed"}}
	}
	return after, err
}

// learn tells the learner of a decision that was taken.
func (s *Server) learn(v verb) {
	if v.undo || v.Appeal != 0 {
		s.learner.undone()
		return
	}
	s.learner.decided()
}

// problemError is a form that cannot be accepted as it is.
type problemError struct{ templates.Problem }

func (p problemError) Error() string { return p.Message }

// refusal is how a decision that was not taken is answered.
func refusal(err error) *failure {
	var p problemError
	switch {
	case errors.Is(err, db.ErrOwn):
		return &failure{Status: http.StatusForbidden, Message: "desk.own", Back: "/desk"}
	case errors.As(err, &p):
		return &failure{Status: http.StatusUnprocessableEntity, Message: p.Message}
	}
	return asFailure(err)
}
