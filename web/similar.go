package web

import (
	"slices"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// From where on comments count as alike, and how many are shown.
const (
	alikeLeast = 0.4
	alikeShown = 5
)

// alike shows the decided comments that are like one, and how they were decided.
func (s *Server) alike(r *request, c db.Waiting, standards moderation.Standards) (templates.Alike, error) {
	list, err := s.earlier.Like(r.Context(), c.ID, c.Body, alikeLeast)
	if err != nil {
		return templates.Alike{}, err
	}
	out := templates.Alike{Total: len(list), Tally: outcomes(list, standards, r.Lang)}
	for _, p := range list[:min(len(list), alikeShown)] {
		out.Rows = append(out.Rows, templates.Precedent{
			ID: p.ID, Body: p.Body, Lang: p.Language, Alike: p.Alike,
			Decision: templates.Decision{Action: string(p.Action), At: p.At, Clause: clauseRef(standards, p.Clause, r.Lang)},
		})
	}
	return out, nil
}

// outcomes counts decisions that are the same, the most frequent first.
func outcomes(list []db.Precedent, standards moderation.Standards, lang string) (out []templates.Outcome) {
	for _, p := range list {
		ref := clauseRef(standards, p.Clause, lang)
		i := slices.IndexFunc(out, func(o templates.Outcome) bool {
			return o.Action == string(p.Action) && (o.Clause == nil) == (ref == nil) && (ref == nil || o.Clause.ID == ref.ID)
		})
		if i < 0 {
			i, out = len(out), append(out, templates.Outcome{Action: string(p.Action), Clause: ref})
		}
		out[i].N++
	}
	slices.SortStableFunc(out, func(a, b templates.Outcome) int { return b.N - a.N })
	return out
}
