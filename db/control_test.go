package db

import (
	"errors"
	"testing"
	"time"

	"broadsheet/moderation"
)

// Comments close by the clock of the archive: at a date, so many days after publication, or as the desk has set.
func TestClosing(t *testing.T) {
	n := newNewsroom(t)
	published := n.article.Published
	days := func(d int) time.Time { return published.Add(time.Duration(d) * 24 * time.Hour) }
	n.must(t, "the desk", n.SetDesk(n.ctx, 0, DeskSettings{CloseAfter: 5}, n.adm))
	version := 0
	for _, tc := range []struct {
		name   string
		set    *Control
		closes time.Time
	}{
		{"as the desk has set", nil, days(5)},
		{"after two days", &Control{Days: 2}, days(2)},
		{"never", &Control{Days: 0}, time.Time{}},
		{"at a date", &Control{Days: -1, Closes: days(30)}, days(30)},
		{"as the desk again", &Control{Days: -1}, days(5)},
	} {
		if tc.set != nil {
			tc.set.Version = version
			n.must(t, tc.name, n.SetControl(n.ctx, n.article.Slug, *tc.set, n.desk, n.Now()))
			version++
			got, err := n.Control(n.ctx, n.article.Slug)
			if tc.set.Version++; err != nil || got != *tc.set {
				t.Errorf("%s: %+v, %v, want %+v", tc.name, got, err, *tc.set)
			}
		}
		p, err := n.ArticlePulse(n.ctx, n.article.Slug, 0)
		if err != nil || !p.Closes.Equal(tc.closes) {
			t.Errorf("%s: closes %v, %v, want %v", tc.name, p.Closes, err, tc.closes)
		}
		f, err := n.Facts(n.ctx, n.article.Slug, n.kim, n.Now())
		if err != nil || !f.Closes.Equal(tc.closes) {
			t.Errorf("%s: the review hears %v, %v", tc.name, f.Closes, err)
		}
		if tc.closes.IsZero() {
			n.submit(t, n.kim, tc.name, func(c *NewComment) { c.At = days(10_000) })
			continue
		}
		n.submit(t, n.kim, tc.name+", in time", func(c *NewComment) { c.At = tc.closes.Add(-time.Millisecond) })
		if _, err := n.trySubmit(n.kim, tc.name+", late", func(c *NewComment) { c.At = tc.closes }); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: a late comment: %v", tc.name, err)
		}
	}
	n.must(t, "opening by hand", n.OpenComments(n.ctx, n.article.Slug, true, n.desk, days(6)))
	n.submit(t, n.kim, "after it was opened again", func(c *NewComment) { c.At = days(7) })
	n.sound(t)
}

func TestControlGuards(t *testing.T) {
	n := newNewsroom(t)
	set := func(by int64, slug string, version int) error {
		return n.SetControl(n.ctx, slug, Control{Version: version, Mode: "pre", Days: -1}, by, n.Now())
	}
	for _, tc := range []struct {
		name      string
		got, want error
	}{
		{"a reader", set(n.lee, n.article.Slug, 0), errNotStaff},
		{"no such article", set(n.desk, "none", 0), ErrNotFound},
		{"first", set(n.desk, n.article.Slug, 0), nil},
		{"on what is no longer in force", set(n.night, n.article.Slug, 0), ErrConflict},
		{"on what is", set(n.night, n.article.Slug, 1), nil},
	} {
		if !errors.Is(tc.got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, tc.got, tc.want)
		}
	}
	for mode, want := range map[string]moderation.Mode{"pre": moderation.HoldAll, "post": moderation.PublishClean, "": ""} {
		c, err := n.Control(n.ctx, n.article.Slug)
		n.must(t, "reading", err)
		c.Mode = mode
		n.must(t, "setting", n.SetControl(n.ctx, n.article.Slug, c, n.desk, n.Now()))
		if f, err := n.Facts(n.ctx, n.article.Slug, n.kim, n.Now()); err != nil || f.Mode != want {
			t.Errorf("%q: the review hears %q, %v", mode, f.Mode, err)
		}
	}
}

func TestSlowMode(t *testing.T) {
	n := newNewsroom(t)
	n.put(t, incoming("k2", "h2", "Another headline"))
	n.must(t, "setting", n.SetControl(n.ctx, n.article.Slug, Control{Slow: 60, Days: -1}, n.desk, n.Now()))
	start := n.Now()
	after := func(d time.Duration) func(*NewComment) { return func(c *NewComment) { c.At = start.Add(d) } }
	n.submit(t, n.kim, "one", after(0))
	if _, err := n.trySubmit(n.kim, "two", after(time.Minute-time.Millisecond)); !errors.Is(err, ErrSlow) {
		t.Errorf("too soon: %v", err)
	}
	if at, err := n.SlowUntil(n.ctx, n.article.ID, n.kim); err != nil || !at.Equal(start.Add(time.Minute)) {
		t.Errorf("until %v, %v", at, err)
	}
	n.submit(t, n.kim, "in time", after(time.Minute))
	n.submit(t, n.lee, "another reader", after(0))
	n.submit(t, n.desk, "staff", after(0))
	n.submit(t, n.desk, "staff again", after(0))
	for _, b := range n.newest(t) {
		if b.ID != n.article.ID {
			n.submit(t, n.kim, "another article", after(0), func(c *NewComment) { c.ArticleID = b.ID })
		}
	}
}
