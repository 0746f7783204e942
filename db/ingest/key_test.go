package ingest

import (
	"strings"
	"testing"
	"time"

	"broadsheet/db"
)

func TestKey(t *testing.T) {
	day := time.Date(2023, 3, 14, 9, 5, 0, 0, time.UTC)
	base := db.Content{Headline: "Ferry owners, board", Published: day, Language: "en", BodyText: "One.\nTwo."}
	with := func(change func(*db.Content)) db.Content { c := base; change(&c); return c }
	url := func(u string) db.Content { return with(func(c *db.Content) { c.URL = u }) }
	for name, c := range map[string]struct {
		a, b db.Content
		same bool
	}{
		"the body changed":         {base, with(func(c *db.Content) { c.BodyText = "Three." }), true},
		"punctuation and case":     {base, with(func(c *db.Content) { c.Headline = "FERRY OWNERS – Board" }), true},
		"a later hour":             {base, with(func(c *db.Content) { c.Published = day.Add(time.Hour) }), true},
		"another day":              {base, with(func(c *db.Content) { c.Published = day.AddDate(0, 0, 1) }), false},
		"another headline":         {base, with(func(c *db.Content) { c.Headline = "Else" }), false},
		"another language":         {base, with(func(c *db.Content) { c.Language = "ko" }), false},
		"one address":              {url("https://www.example.com/a/?utm_source=x#top"), url("http://example.com/a"), true},
		"two addresses":            {url("https://example.com/a?id=1"), url("https://example.com/a?id=2"), false},
		"address, other headline":  {url("https://example.com/a"), with(func(c *db.Content) { c.URL, c.Headline = "https://example.com/a", "Else" }), true},
		"two undated of one title": {with(func(c *db.Content) { c.Published = time.Time{} }), with(func(c *db.Content) { c.Published, c.BodyText = time.Time{}, "Else." }), false},
		"one id":                   {with(func(c *db.Content) { c.SourceID = "7" }), with(func(c *db.Content) { c.SourceID, c.Headline = "7", "Else" }), true},
	} {
		if got := Key(c.a) == Key(c.b); got != c.same {
			t.Errorf("%s: same %v", name, got)
		}
	}
}

func TestHash(t *testing.T) {
	c := db.Content{Headline: "A", BodyText: "B", Published: time.Unix(1e9, 0)}
	d := c
	d.Published = time.Unix(1e9, 0).In(time.FixedZone("", 9*3600))
	if Hash(c) != Hash(d) {
		t.Error("the zone of the same instant changes the hash")
	}
	d.BodyText = "C"
	if Hash(c) == Hash(d) {
		t.Error("another body has the same hash")
	}
}

func TestSlug(t *testing.T) {
	day := time.Date(2024, 6, 26, 14, 2, 0, 0, time.FixedZone("", 9*3600))
	for in, want := range map[string]string{
		"Harbour board, ferry owners trade blame": "2024-06-26-harbour-board-ferry-owners-trade-blame",
		"The board’s “ghost” timetable":           "2024-06-26-the-boards-ghost-timetable",
		"Café Öz re-opens":                        "2024-06-26-cafe-oz-re-opens",
		"섬 여객선 KTX 시간표":                           "2024-06-26-ktx",
		"섬 여객선 시간표":                               "",
		"“…”":                                     "",
		strings.Repeat("word ", 40):               "2024-06-26" + strings.Repeat("-word", 14),
		strings.Repeat("x", 200):                  "",
	} {
		if got := Slug(db.Content{Headline: in, Published: day}); got != want || len(got) > slugLength {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := Slug(db.Content{Headline: "Ferry owners"}); got != "ferry-owners" {
		t.Error(got)
	}
}
