package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"broadsheet/db"
	"broadsheet/moderation"
)

// queueForm is the desk's filter as it stands in an address, so that it can be kept and passed on. Unknown queues, orders,
// clauses and checks are refused: nothing of it ever becomes SQL.
type queueForm struct {
	queue db.QueueName
	order db.Order
	db.Filter
	mine  bool // only what this moderator holds
	after *db.Cursor
}

// maxArticles is how many articles a filter may name.
const maxArticles = 100

// readQueue reads the filter of the desk from the fields of an address. A clause of earlier standards is still one, and so is
// the other reason for which reports hide a comment.
func (s *Server) readQueue(r *request, q url.Values) (queueForm, error) {
	f, err := parseQueue(q)
	if err != nil || f.Clause == "" && f.Check == "" {
		return f, err
	}
	known := f.Clause == "" || f.Clause == otherReason
	if !known {
		if known, err = s.cfg.Archive.HadClause(r.Context(), f.Clause); err != nil {
			return f, err
		}
	}
	if !known || f.Check != "" && !slices.Contains(s.checks(), f.Check) {
		return f, fail(http.StatusBadRequest)
	}
	return f, nil
}

// checks are the names of all that may have found something in a comment.
func (s *Server) checks() (names []string) {
	for _, k := range s.learner.kinds() {
		names = append(names, k.Name)
	}
	return append(names, moderation.ReasonRepeat)
}

// parseQueue reads the fields one by one. The language of the comments is "language", for "lang" is that of the page.
func parseQueue(q url.Values) (queueForm, error) {
	f := queueForm{queue: db.QueuePending, mine: q.Get("mine") == "1", Filter: db.Filter{
		Section: q.Get("section"), Clause: q.Get("clause"), Check: q.Get("check"), Language: q.Get("language"),
		Reader: strings.TrimSpace(q.Get("reader")), Text: strings.TrimSpace(moderation.Normalize(q.Get("q"))),
	}}
	for _, a := range q["article"] {
		if a != "" && !slices.Contains(f.Articles, a) {
			f.Articles = append(f.Articles, a)
		}
	}
	if v := q.Get("queue"); v != "" {
		f.queue = db.QueueName(v)
	}
	f.order = f.queue.Orders()[0]
	if v := db.Order(q.Get("order")); slices.Contains(f.queue.Orders(), v) {
		f.order = v
	} else if v != "" && !slices.Contains([]db.Order{db.Oldest, db.Newest, db.Risk, db.Deadline}, v) {
		return f, fail(http.StatusBadRequest)
	}
	if v := q.Get("after"); v != "" {
		key, tie, _ := strings.Cut(v, "~")
		k, err1 := strconv.ParseFloat(key, 64)
		t, err2 := strconv.ParseInt(tie, 10, 64)
		if err1 != nil || err2 != nil {
			return f, fail(http.StatusBadRequest)
		}
		f.after = &db.Cursor{Key: k, Tie: t}
	}
	if !slices.Contains(db.Queues(), f.queue) || len(f.Articles) > maxArticles {
		return f, fail(http.StatusBadRequest)
	}
	for _, v := range q["only"] {
		f.Only = append(f.Only, number(v))
	}
	if len(f.Only) > maxLeases {
		return f, fail(http.StatusBadRequest)
	}
	return f, nil
}

// values are the fields of the address, without the place in the queue.
func (f queueForm) values() url.Values {
	v := url.Values{}
	set := func(k, val string) {
		if val != "" {
			v.Set(k, val)
		}
	}
	set("queue", string(f.queue))
	if f.order != f.queue.Orders()[0] {
		set("order", string(f.order))
	}
	set("section", f.Section)
	for _, a := range f.Articles {
		v.Add("article", a)
	}
	set("clause", f.Clause)
	set("check", f.Check)
	set("reader", f.Reader)
	set("language", f.Language)
	set("q", f.Text)
	if f.mine {
		v.Set("mine", "1")
	}
	return v
}

// path is the address of this queue after a place in it.
func (f queueForm) path(after *db.Cursor) string {
	v := f.values()
	if after != nil {
		v.Set("after", placeText(*after))
	}
	return "/desk?" + v.Encode()
}

// placeText is a place in a queue as an address and a row have it.
func placeText(c db.Cursor) string {
	return strconv.FormatFloat(c.Key, 'g', -1, 64) + "~" + itoa(c.Tie)
}

// filtered reports whether anything is filtered.
func (f queueForm) filtered() bool { return !f.Empty() || f.mine }
