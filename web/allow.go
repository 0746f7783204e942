package web

import (
	"net/http"
	"strings"

	"broadsheet/moderation"
)

// allowHit takes back a false hit of the word list by one click: the harmless word around it becomes an exception
// of the entry, in a new version of the rules.
func (s *Server) allowHit(w http.ResponseWriter, r *request) error {
	c, err := s.cfg.Archive.Evidence(r.Context(), number(r.PostFormValue("comment")))
	if err != nil {
		return err
	}
	i := int(number(r.PostFormValue("finding")))
	if i >= len(c.Findings) || c.Findings[i].Term == "" {
		return fail(http.StatusBadRequest)
	}
	f := c.Findings[i]
	harmless := moderation.Harmless(c.Body, f)
	if harmless == "" {
		return fail(http.StatusBadRequest)
	}
	rules, err := s.cfg.Archive.Rules(r.Context())
	if err != nil {
		return err
	}
	kinds := s.learner.kinds()
	next := rules.Rules.WithLine("allowed", f.Term+" | "+harmless)
	if err := next.Check(kinds); err != nil {
		return err
	}
	if rules.Rules.Version() != next.Version() {
		if err := s.cfg.Archive.ApplyRules(r.Context(), rules.Version, next, r.User.ID); err != nil {
			return err
		}
	}
	back := "/desk/comments/" + itoa(c.ID)
	if next := r.PostFormValue("next"); strings.HasPrefix(next, "/desk") {
		back = localPath(next)
	}
	return redirect(w, r, back)
}
