package web

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/templates"
)

// From here on nothing decides anything: values of the archive become values of pages.

// card shows an article in a list.
func card(b db.Brief) templates.Card {
	c := templates.Card{
		Slug: b.Slug, Headline: b.Headline, Deck: b.Deck, Lead: excerpt(b.Lead, 180), Lang: b.Language,
		Section: templates.Link{Name: b.Section, Slug: b.SectionSlug()}, Published: b.Published, Comments: b.Comments,
	}
	for _, a := range b.Authors {
		c.Authors = append(c.Authors, templates.Link{Name: a.Name, Slug: a.Slug()})
	}
	return c
}

func cards(in []db.Brief) []templates.Card {
	out := make([]templates.Card, len(in))
	for i, b := range in {
		out[i] = card(b)
	}
	return out
}

// excerpt is the beginning of a text's first paragraph, cut at a space near n code points, with an
// ellipsis. A first paragraph of a few words is taken together with the next.
func excerpt(text string, n int) string {
	if first, _, _ := strings.Cut(text, "\n"); utf8.RuneCountInString(first) >= 40 {
		text = first
	}
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	cut := string([]rune(text)[:n])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// commentView shows a comment; the words of one that is not published are left out unless all is set.
func commentView(c db.Comment, all bool) templates.Comment {
	v := templates.Comment{ID: c.ID, Parent: c.ParentID, State: string(c.State), Submitted: c.Submitted}
	if !all && c.State != moderation.Published {
		return v
	}
	v.Author, v.Staff, v.Lang, v.Body, v.Edited = c.Author, c.Role.Staff(), c.Language, c.Body, c.Edited
	v.Recommended, v.Pinned, v.Choice = c.Marks.Recommended, c.Marks.Pinned, c.Marks.Choice
	return v
}

// Of more than manyAnswers answers to a comment the first fewAnswers are shown, the others folded.
const manyAnswers, fewAnswers = 5, 3

// threadsView shows threads as readers see them, with the muted comments folded: a first comment that has left the page
// keeps its place, without its words, for the sake of its answers.
func threadsView(in []db.Thread, muted []int64) []templates.Thread {
	view := func(c db.Comment) templates.Comment {
		v := commentView(c, false)
		v.Muted = slices.Contains(muted, c.ID)
		return v
	}
	out := make([]templates.Thread, len(in))
	for i, t := range in {
		out[i].Comment = view(t.Comment)
		for n, r := range t.Replies {
			if v := view(r); len(t.Replies) > manyAnswers && n >= fewAnswers {
				out[i].More = append(out[i].More, v)
			} else {
				out[i].Replies = append(out[i].Replies, v)
			}
		}
	}
	return out
}

// placedView shows an author their own comment, or staff anybody's.
func placedView(c db.Placed, s moderation.Standards, lang string) templates.Comment {
	v := commentView(c.Comment, true)
	if c.State == moderation.Rejected || c.State == moderation.Blocked {
		v.Clause = clauseRef(s, c.Clause, lang)
	}
	return v
}

func placedViews(in []db.Placed, s moderation.Standards, lang string) []templates.Comment {
	out := make([]templates.Comment, len(in))
	for i, c := range in {
		out[i] = placedView(c, s, lang)
	}
	return out
}

func ownViews(in []db.Placed, s moderation.Standards, lang string) []templates.OwnComment {
	out := make([]templates.OwnComment, len(in))
	for i, c := range in {
		out[i] = templates.OwnComment{Comment: placedView(c, s, lang), Headline: c.Headline, Slug: c.Slug}
	}
	return out
}

// clauseRef names a clause in a language; nil when the standards have none of that id.
func clauseRef(s moderation.Standards, id, lang string) *templates.ClauseRef {
	c, n, ok := s.Clause(id)
	if !ok {
		if id == "" {
			return nil
		}
		return &templates.ClauseRef{ID: id, Title: id} // of standards that have changed since
	}
	return &templates.ClauseRef{ID: id, Number: n, Title: c.Title[lang]}
}

// clauseRefs names all clauses, in their order.
func clauseRefs(s moderation.Standards, lang string) []templates.ClauseRef {
	out := make([]templates.ClauseRef, len(s.Clauses))
	for i, c := range s.Clauses {
		out[i] = templates.ClauseRef{ID: c.ID, Number: i + 1, Title: c.Title[lang]}
	}
	return out
}

// decisionView shows a decision; named says whether the reader may know who took it.
func decisionView(d db.Decision, s moderation.Standards, lang string, named bool) templates.Decision {
	v := templates.Decision{Action: string(d.Action), At: d.At, Until: d.Until, Clause: clauseRef(s, d.Clause, lang), Standards: d.Standards}
	if named {
		v.By, v.Note = d.Name, d.Note
	}
	return v
}

// number reads a positive id from an address or a form; 0 when it is none.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// keyText and keyOf carry a place in a list through an address: "sorted-id".
func keyText(sorted, id int64) string { return itoa(sorted) + "-" + itoa(id) }

func keyOf(text string) db.Key {
	sorted, id, _ := strings.Cut(text, "-")
	s, err1 := strconv.ParseInt(sorted, 10, 64)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if err1 != nil || err2 != nil {
		return db.Key{}
	}
	return db.Key{Sorted: s, ID: n}
}
