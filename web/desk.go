package web

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"slices"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// deskPage is what the queue says beside itself.
type deskPage struct {
	refused    []templates.Refused // of many decisions, those that were not taken
	problem    *templates.Problem  // with the name of a filter
	filterName string              // as it was typed
	status     int
}

// desk is the moderators' queue.
func (s *Server) desk(w http.ResponseWriter, r *request) error {
	return s.showDesk(w, r, nil, http.StatusOK)
}

// showDesk answers with the queue, and with which of many decisions were not taken.
func (s *Server) showDesk(w http.ResponseWriter, r *request, refused []templates.Refused, status int) error {
	f, err := s.readQueue(r, r.URL.Query())
	if err != nil {
		return err
	}
	return s.showQueue(w, r, f, deskPage{refused: refused, status: status})
}

// showQueue answers with a part of a queue.
func (s *Server) showQueue(w http.ResponseWriter, r *request, f queueForm, p deskPage) error {
	part, err := s.part(r, f)
	if err != nil {
		return err
	}
	standards, err := s.cfg.Archive.Standards(r.Context())
	if err != nil {
		return err
	}
	page := templates.Desk{
		Queue: string(f.queue), Order: string(f.order), Section: f.Section, Clause: f.Clause, Check: f.Check, Reader: f.Reader, Language: f.Language,
		Query: f.Text, Mine: f.mine, Filtered: f.filtered(), Address: f.values().Encode(), Far: part.Far, Reach: db.Reach, Head: part.Head,
		Count: part.Count, More: part.More, Clauses: clauseRefs(standards, r.Lang), Done: s.decisionDone(r), Refused: p.refused, Keys: s.keysOf(r),
		FilterName: p.filterName, FilterProblem: p.problem,
	}
	if part.Next != nil {
		page.Next = f.path(part.Next)
	}
	if page.Rows, err = s.deskRows(r, part.Rows, standards); err != nil {
		return err
	}
	if err := s.deskTools(r, f, &page); err != nil {
		return err
	}
	return render(w, s.pages.Desk, s.frame(r, s.title(r, "title.desk")), page, p.status)
}

// part reads the rows that are shown. When only some comments are asked for, the count is still that of all.
func (s *Server) part(r *request, f queueForm) (db.QueuePage, error) {
	ask := db.Ask{Queue: f.queue, Order: f.order, Filter: f.Filter, After: f.after, N: queueRows}
	if f.queue == db.QueueReported { // that something is said of a comment is not for its author
		ask.NotBy = r.User.ID
	}
	var mine []int64
	if f.mine {
		mine = s.leases.mine(r.User.ID, r.Now)
		ask.Only = within(mine, f.Only)
	}
	part, err := s.cfg.Archive.Queue(r.Context(), ask)
	if err != nil || f.Only == nil {
		return part, err
	}
	ask.Only, ask.After, ask.N = mine, nil, 1
	all, err := s.cfg.Archive.Queue(r.Context(), ask)
	part.Count, part.More = all.Count, all.More
	return part, err
}

// within are the ids of a list that also stand in another one, all when that is nil.
func within(ids, other []int64) []int64 {
	if other == nil {
		return ids
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return !slices.Contains(other, id) })
}

// deskTools fills in what stands around the rows: the queues with their counts, and what can be filtered by.
func (s *Server) deskTools(r *request, f queueForm, page *templates.Desk) error {
	totals, err := s.totals.get(struct{}{}, s.cfg.Archive.Commits(), func() (db.Totals, error) {
		t, _, err := s.cfg.Archive.Totals(r.Context())
		return t, err
	})
	if err != nil {
		return err
	}
	for _, q := range db.Queues() {
		page.Queues = append(page.Queues, templates.QueueTab{Name: string(q), Count: min(totals[q], db.CountLimit), More: totals[q] > db.CountLimit})
	}
	for _, o := range f.queue.Orders() {
		page.Orders = append(page.Orders, string(o))
	}
	page.Checks = s.checks()
	sections, err := s.cfg.Archive.Sections(r.Context())
	if err != nil {
		return err
	}
	for _, sec := range sections {
		page.Sections = append(page.Sections, templates.Link{Name: sec.Name, Slug: sec.Slug})
	}
	headlines, err := s.cfg.Archive.Headlines(r.Context(), f.Articles)
	if err != nil {
		return err
	}
	for i, slug := range f.Articles {
		without := f
		without.Articles = slices.Delete(slices.Clone(f.Articles), i, i+1)
		page.Articles = append(page.Articles, templates.Chip{Slug: slug, Name: cmp.Or(headlines[slug], slug), Without: without.path(nil)})
	}
	saved, err := s.cfg.Archive.Filters(r.Context(), r.User.ID)
	for _, sf := range saved {
		page.Saved = append(page.Saved, templates.SavedFilter{ID: sf.ID, Name: sf.Name, Address: "/desk?" + sf.Query, Everybody: sf.Everybody,
			Deletable: sf.By == r.User.ID || r.User.Role == db.Admin, Current: sf.Query == page.Address})
	}
	return err
}

// deskRows shows comments with what waits for an answer on them and who else reads them.
func (s *Server) deskRows(r *request, list []db.Waiting, standards moderation.Standards) ([]templates.DeskRow, error) {
	ids := make([]int64, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	cases, err := s.cfg.Archive.OpenCases(r.Context(), ids)
	if err != nil {
		return nil, err
	}
	readers := s.leases.others(r.User.ID, r.Now)
	rows := make([]templates.DeskRow, len(list))
	for i, c := range list {
		if rows[i], err = s.deskRow(r, c, standards); err != nil {
			return nil, err
		}
		rows[i].Place = placeText(c.Place)
		rows[i].Readers = readers[c.ID]
		rows[i].Cases = caseViews(cases[c.ID], r, standards, rows[i])
	}
	return rows, nil
}

// caseViews shows what waits for an answer on a comment: reports together, in the order of the clauses they name. Its author
// sees neither those nor notices.
func caseViews(cases []db.Case, r *request, standards moderation.Standards, row templates.DeskRow) templates.OpenCases {
	var v templates.OpenCases
	reasons := map[string]int{}
	for _, c := range cases {
		if row.Own && c.FromOthers() {
			continue
		}
		one := templates.OpenCase{ID: c.ID, Text: c.Text, At: c.At, Number: c.Number, Law: c.Law, Ground: c.Reason}
		switch c.Kind {
		case "report":
			v.Reports++
			v.Weight += c.Weight
			reasons[c.Reason]++
		case "notice":
			v.Notices = append(v.Notices, one)
		case "appeal":
			one.NotYours = row.Barred && c.Decider == r.User.ID
			v.Appeals = append(v.Appeals, one)
		case "block":
			v.Blocked, v.Until = true, c.Deadline
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reasons)) {
		v.Reasons = append(v.Reasons, templates.Reason{Clause: clauseOnly(standards, id, r.Lang), Count: reasons[id]})
	}
	return v
}

// clauseOnly names a clause; nil when the id is none of the standards'.
func clauseOnly(standards moderation.Standards, id, lang string) *templates.ClauseRef {
	if _, _, ok := standards.Clause(id); !ok {
		return nil
	}
	return clauseRef(standards, id, lang)
}

// deskRow shows a comment with the evidence on it, and what it answers.
func (s *Server) deskRow(r *request, c db.Waiting, standards moderation.Standards) (templates.DeskRow, error) {
	row := templates.DeskRow{
		ID: c.ID, Version: c.Version, Risk: c.Risk, Chars: c.Characters, Lang: c.Language, State: string(c.State),
		Author: c.Author, Own: c.AuthorID == r.User.ID, Headline: c.Headline, Slug: c.Slug,
		Section:   templates.Link{Name: c.Section, Slug: db.Content{Section: c.Section}.SectionSlug()},
		Submitted: c.Submitted, Edited: c.Edited,
		Text: marks(c.Body, c.Findings, standards, r.Lang), After: c.Last,
	}
	for i, f := range c.Findings {
		v := findingView(c.Body, f, standards, r.Lang)
		if f.Term != "" && moderation.Harmless(c.Body, f) != "" {
			v.Allow = i + 1
		}
		row.Findings = append(row.Findings, v)
	}
	if c.Last != 0 {
		d, err := s.cfg.Archive.LastDecision(r.Context(), c.ID)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return row, err
		}
		v := decisionView(d, standards, r.Lang, !row.Own)
		row.Decision, row.Undo = &v, d.By == r.User.ID && d.Undoes == 0
		_, may, err := s.cfg.Archive.AppealOpen(r.Context(), c.ID, r.User.ID)
		if err != nil {
			return row, err
		}
		row.Barred = !may
	}
	if c.ParentID != 0 {
		p, err := s.cfg.Archive.Comment(r.Context(), c.ParentID)
		if err != nil {
			return row, err
		}
		v := commentView(p.Comment, true)
		row.Parent = &v
	}
	return row, nil
}
