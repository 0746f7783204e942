package web

import (
	"net/url"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// maxDays is the longest period that figures are made for.
const maxDays = 400

// periodForm is a period as it stands in an address.
type periodForm struct {
	db.Period
	kind  string // "day", "week", "month", or "" for days of one's own
	path  string
	wrong bool // what stood there was no period: this is the usual one
}

// readPeriod reads from and to (days, both included), or period, else the usual period. Days are the newspaper's.
func (s *Server) readPeriod(r *request, path, usual string) periodForm {
	q := r.URL.Query()
	f := periodForm{Period: db.Period{Section: q.Get("section"), Zone: s.cfg.Zone}, path: path}
	now := r.Now.In(s.cfg.Zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, s.cfg.Zone)
	if q.Has("from") || q.Has("to") {
		from, err1 := time.ParseInLocation(time.DateOnly, q.Get("from"), s.cfg.Zone)
		to, err2 := time.ParseInLocation(time.DateOnly, q.Get("to"), s.cfg.Zone)
		if err1 == nil && err2 == nil && !to.Before(from) && to.Before(from.AddDate(0, 0, maxDays)) {
			f.From, f.To = from, to.AddDate(0, 0, 1)
			return f
		}
		f.wrong = true
	}
	f.kind = q.Get("period")
	begin := map[string]time.Time{"day": today, "week": today.AddDate(0, 0, -6), "month": today.AddDate(0, 0, -29), "year": time.Date(now.Year(), 1, 1, 0, 0, 0, 0, s.cfg.Zone)}
	if begin[f.kind].IsZero() {
		f.wrong = f.wrong || f.kind != ""
		f.kind = usual
	}
	f.From, f.To = begin[f.kind], today.AddDate(0, 0, 1)
	return f
}

// last is the last day of the period.
func (f periodForm) last() time.Time { return f.To.AddDate(0, 0, -1) }

// csv is the address of a table of the period.
func (f periodForm) csv(table string) string {
	v := url.Values{"from": {f.From.Format(time.DateOnly)}, "to": {f.last().Format(time.DateOnly)}}
	if f.Section != "" {
		v.Set("section", f.Section)
	}
	return f.path + "/" + table + ".csv?" + v.Encode()
}

// view is the form of the period.
func (f periodForm) view() templates.Period {
	return templates.Period{Path: f.path, Kind: f.kind, From: f.From.Format(time.DateOnly), To: f.last().Format(time.DateOnly), Section: f.Section}
}

// steps cuts the period into hours, days, weeks or months, and says how the beginning of one is written. The last
// step ends with the period.
func (f periodForm) steps() (begins []time.Time, layout string) {
	next := func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	layout = "1/2"
	switch days := f.To.Sub(f.From).Hours() / 24; {
	case days < 2.5:
		next, layout = func(t time.Time) time.Time { return t.Add(time.Hour) }, "15:04"
	case days > 250:
		next, layout = func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }, "2006-01"
	case days > 62:
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }
	}
	for t := f.From; t.Before(f.To); t = next(t) {
		begins = append(begins, t)
	}
	return begins, layout
}
