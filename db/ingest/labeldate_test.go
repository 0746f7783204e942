package ingest

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDatesWithoutAMark(t *testing.T) {
	for markup, want := range map[string][2]string{
		`<p>입력 : 2024.06.26 오후 2:02</p><p>수정 : 2024.06.26 오후 3:05</p>`:         {"2024-06-26T14:02:00+09:00", "2024-06-26T15:05:00+09:00"},
		`<span>입력 2024-06-26 14:02</span> <span>수정 2024-06-27 09:00</span>`:    {"2024-06-26T14:02:00+09:00", "2024-06-27T09:00:00+09:00"},
		`<span>승인 2024.06.26 14:02</span>`:                                     {"2024-06-26T14:02:00+09:00", ""},
		`<div>입력 2024.06.26 14:02 | 수정 2024.06.26 15:00</div>`:                 {"2024-06-26T14:02:00+09:00", "2024-06-26T15:00:00+09:00"},
		`<div>입력 : 2024.06.26 오후 2:02 수정 : 2024.06.26 오후 3:05</div>`:           {"2024-06-26T14:02:00+09:00", "2024-06-26T15:05:00+09:00"},
		`<div><b>입력</b> <i>2024.06.26 14:02</i></div>`:                         {"2024-06-26T14:02:00+09:00", ""},
		`<p>Published: June 26, 2024 2:02 PM KST</p>`:                          {"2024-06-26T14:02:00+09:00", ""},
		`<p>Updated: June 27, 2024 2:02 PM KST</p>`:                            {"", ""},
		`<p>Published June 26, 2024, the sheet named no ship at all.</p>`:      {"", ""},
		`<aside><p>입력 2024.06.26 14:02</p></aside>`:                            {"", ""},
		`<ul class="comment-list"><li>등록 2024.06.26 14:02</li></ul>`:           {"", ""},
		`<p>입력하신 내용 2024.06.26 14:02</p>`:                                      {"", ""},
		`<p>입력 2024.06.26 14:02</p><time datetime="2024-06-01T01:00Z"></time>`: {"2024-06-01T01:00:00Z", ""},
	} {
		for place, page := range map[string]string{
			"above":  "<header><h1>Ferry owners trade blame</h1>" + markup + "</header><article>" + prose + "</article>",
			"inside": "<article><h1>Ferry owners trade blame</h1>" + markup + prose + "</article>",
			"below":  "<article><h1>Ferry owners trade blame</h1>" + prose + markup + "</article>",
		} {
			it := parse(t, []byte("<html><head><meta charset=utf-8><title>x</title></head><body>"+page+"</body></html>"), "a.html")
			var got [2]string
			for i, at := range []time.Time{it.Content.Published, it.Content.Modified} {
				if !at.IsZero() {
					got[i] = at.Format(time.RFC3339)
				}
			}
			if got != want {
				t.Errorf("%s, %s: got %q, want %q", place, markup, got, want)
			}
			torn := place == "below" && strings.Contains(markup, "<b>") // the extractor gives two lines
			if want[0] != "" && !torn && strings.Contains(it.Content.BodyText, "2024") {
				t.Errorf("%s, %s: the date stands in the body: %s", place, markup, it.Content.BodyText)
			}
		}
	}
}

func TestUnreadDateLine(t *testing.T) {
	for line, raw := range map[string]string{
		"Published: 31 Feb. 2024, 14:02":   "31 Feb. 2024, 14:02",
		"Published: 05/06/2024 2:02 PM":    "05/06/2024 2:02 PM",
		"입력 2024.13.41 14:02":              "2024.13.41 14:02",
		"Posted 3 hours ago":               "3 hours ago",
		"Published: the letters of a king": "",
		"Published 12 letters of a king":   "",
	} {
		it := parse(t, []byte("A headline\nA deck under it\n"+line+"\nA paragraph of the article that goes on.\n"), "a.txt")
		c := it.Content
		if !c.Published.IsZero() || c.PublishedRaw != raw {
			t.Errorf("%s: %v %q", line, c.Published, c.PublishedRaw)
		}
		dropped := slices.Contains(it.Dropped, Dropped{line, "date line that cannot be read"})
		warned := slices.ContainsFunc(it.Warnings, func(w string) bool { return raw != "" && strings.Contains(w, raw) })
		if in := strings.Contains(c.BodyText, line); in != (raw == "") || dropped == in || warned == in || (c.Deck != "") == in {
			t.Errorf("%s: body %q dropped %v warnings %q deck %q", line, c.BodyText, it.Dropped, it.Warnings, c.Deck)
		}
	}
}

func TestDashInAFlatTitle(t *testing.T) {
	const tail = " Published: 17 Jun. 2007, 21:47 The mill will open. By Monday --- or later --- the plans will be shown. By Hong Gil-dong Staff Writer [[email protected]] with the Island Gazette"
	for title, in := range map[string]string{
		"A --- in a title":      "--- title: A --- in a title date: 2007-06-17 --- A --- in a title" + tail,
		"A --- A thing":         "--- title: A --- A thing date: 2007-06-17 --- A --- A thing" + tail,
		"A mill":                "--- title: A mill date: 2007-06-17 --- A mill" + tail,
		"A mill --- not quoted": "--- title: A mill --- not quoted date: June 17, 2007 ---" + tail,
	} {
		it := parse(t, []byte(in), "a.txt")
		c := it.Content
		if c.Headline != title || c.Published.Format(time.RFC3339) != "2007-06-17T21:47:00+09:00" ||
			c.BodyText != "The mill will open. By Monday --- or later --- the plans will be shown." || !slices.Equal(names(it), []string{"Hong Gil-dong"}) {
			t.Errorf("%s: %s", title, summary(it))
		}
	}
}

func TestAddressUnderTheName(t *testing.T) {
	const para = "The old mill by the river will open as a school next spring, the council said.\n"
	for in, want := range map[string]string{
		"---\ntitle: T\ndate: 2007-06-17\n---\n\n" + para + "\nBy Hong Gil-dong\nStaff Writer [hong@example.com]\n": "Hong Gil-dong hong@example.com",
		"T\nBy Hong Gil-dong\nStaff Writer [hong@example.com]\n" + para:                                             "Hong Gil-dong hong@example.com",
		"T\n" + para + "By Hong Gil-dong\n\nStaff Writer\n\nhong@example.com\n":                                     "Hong Gil-dong hong@example.com",
		"T\n" + para + "By Hong Gil-dong\nStaff Writer [[email protected]]\n":                                       "Hong Gil-dong ",
	} {
		it := parse(t, []byte(in), "a.txt")
		if len(it.Content.Authors) != 1 || it.Content.Authors[0].Name+" "+it.Content.Authors[0].Email != want || it.Content.BodyText+"\n" != para {
			t.Errorf("%q: %s", in, summary(it))
		}
	}
}
