package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// parse is the one item of a document.
func parse(t testing.TB, data []byte, name string) Item {
	t.Helper()
	for it := range Parse(Document{Name: name, Data: data}, Options{Format: "auto", Zone: seoul(t)}) {
		return it
	}
	t.Fatal("no item")
	return Item{}
}

// summary is what a test compares of an article.
func summary(it Item) string {
	c := it.Content
	var b strings.Builder
	fmt.Fprintf(&b, "headline: %s\ndeck: %s\n", c.Headline, c.Deck)
	for _, a := range c.Authors {
		fmt.Fprintf(&b, "author: %s <%s> %s\n", a.Name, a.Email, a.Role)
	}
	fmt.Fprintf(&b, "published: %s (%s) assumed %v\n", c.Published.Format(time.RFC3339), c.PublishedRaw, c.ZoneAssumed)
	if !c.Modified.IsZero() {
		fmt.Fprintf(&b, "modified: %s\n", c.Modified.Format(time.RFC3339))
	}
	fmt.Fprintf(&b, "language: %s\ncredit: %s\ndateline: %s\nbody:\n%s\n", c.Language, c.Credit, c.Dateline, c.BodyText)
	for _, d := range it.Dropped {
		fmt.Fprintf(&b, "dropped: %s (%s)\n", d.Text, d.Why)
	}
	for _, w := range it.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	if it.Err != nil {
		fmt.Fprintf(&b, "error: %v\n", it.Err)
	}
	return b.String()
}

// variants are the same text as other machines save it.
func variants(t testing.TB, text []byte) map[string][]byte {
	t.Helper()
	cp949, err := korean.EUCKR.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	crlf := bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"as it is": text, "CRLF and BOM": append([]byte("\xef\xbb\xbf"), crlf...), "CP949": cp949, "CP949, CRLF": bytes.ReplaceAll(cp949, []byte("\n"), []byte("\r\n")),
		"NFD": norm.NFD.Bytes(text), "UTF-16": utf16, "UTF-16 without a BOM": utf16[2:], "CR": bytes.ReplaceAll(text, []byte("\n"), []byte("\r")),
	}
}

func TestTextForms(t *testing.T) {
	for _, name := range []string{"capture", "front", "flat", "korean"} {
		for variant, data := range variants(t, fixture(t, name+".txt")) {
			t.Run(name+"/"+variant, func(t *testing.T) {
				it := parse(t, data, name+".txt")
				want := string(fixture(t, name+".want"))
				if got := summary(it); got != want {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
				if base := parse(t, fixture(t, name+".txt"), "x"); Key(base.Content) != Key(it.Content) || Hash(base.Content) != Hash(it.Content) {
					t.Error("another key or hash than the plain form")
				}
			})
		}
	}
}

func TestTextEdges(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"no date": {"A headline\nA paragraph of the article that goes on.\n",
			"headline: A headline\ndeck: \npublished: 0001-01-01T00:00:00Z () assumed false\nlanguage: en\ncredit: \ndateline: \nbody:\nA paragraph of the article that goes on.\nwarning: no readable date: the article is undated\n"},
		"flat, two writers": {"--- title: Ferry: a date: with fate date: June 17, 2007 --- Ferry: a date: with fate Published: 17 Jun. 2007, 21:47 - SEO MIN-JAE - minjae@example.com A paragraph of the article. By Seo Min-jae, Kang Da-won [[email protected]] with the Island Gazette To write comments, please log in to one of the accounts. Standards Board Policy (0/250자)",
			"headline: Ferry: a date: with fate\ndeck: \nauthor: Seo Min-jae <minjae@example.com> \nauthor: Kang Da-won <> \npublished: 2007-06-17T21:47:00+09:00 (17 Jun. 2007, 21:47) assumed true\nlanguage: en\ncredit: By Seo Min-jae, Kang Da-won [[email protected]]\ndateline: \nbody:\nA paragraph of the article.\ndropped: To write comments, please log in to one of the accounts. Standards Board Policy (0/250자) (comment form of the page)\ndropped: with the Island Gazette (partner line of the page)\n"},
		"deck, no time": {"A headline\nA deck under it\n26 Jun. 2024\nSEOUL, July 2 (Gana) -- The first of the paragraphs.",
			"headline: A headline\ndeck: A deck under it\npublished: 2024-06-26T00:00:00+09:00 (26 Jun. 2024) assumed true\nlanguage: en\ncredit: \ndateline: SEOUL, July 2 (Gana)\nbody:\nSEOUL, July 2 (Gana) -- The first of the paragraphs.\nwarning: the source gives a day and no time\n"},
	} {
		if got := summary(parse(t, []byte(c.in), "x.txt")); got != c.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, got, c.want)
		}
	}
}

func TestSetAside(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty.txt":    {nil, "empty"},
		"blank.html":   {[]byte(" \r\n\t "), "empty"},
		"photo.html":   {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "an image (image/png)"},
		"photo.htm":    {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "an image (image/jpeg)"},
		"book.html":    {[]byte("%PDF-1.7\n"), "application/pdf"},
		"nul.txt":      {[]byte("A headline\nText\x00with a NUL in it\n"), "NUL"},
		"title.txt":    {[]byte("A headline and nothing else\n"), "no article text"},
		"date.txt":     {[]byte("Published: 26 Jun. 2024, 14:02\nA paragraph.\n"), "no headline"},
		"feed.xml":     {[]byte("<?xml version=\"1.0\"?>\n<rss version=\"2.0\"></rss>"), "format rss is not read yet"},
		"posts.json":   {[]byte(`{"posts":[]}`), "format jsonl is not read yet"},
		"only.html":    {[]byte("<html><body><nav><a href=/>Home</a> <a href=/x>News</a></nav></body></html>"), "no article text"},
		"no-head.html": {[]byte("<p>"), "no article text"},
	} {
		it := parse(t, c.data, name)
		if it.Err == nil || !strings.Contains(it.Err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, it.Err, c.want)
		}
	}
}

func TestMorePreciseDateWins(t *testing.T) {
	for _, in := range []string{
		"---\ntitle: T\ndate: 2007-06-17 21:47\n---\nPublished: 18 Jun. 2007\nThe paragraph.\n",
		"---\ntitle: T\ndate: 2007-06-18\n---\nPublished: 17 Jun. 2007, 21:47\nThe paragraph.\n",
	} {
		if c := parse(t, []byte(in), "t.txt").Content; c.Published.Format(time.RFC3339) != "2007-06-17T21:47:00+09:00" {
			t.Errorf("%q: %v", in, c.Published)
		}
	}
}

func TestFormatAskedFor(t *testing.T) {
	for it := range Parse(Document{Name: "a.txt", Data: []byte("x")}, Options{Format: "wxr"}) {
		if it.Err == nil || it.Err.Error() != "format wxr is not read yet" {
			t.Error(it.Err)
		}
	}
}

func TestLine(t *testing.T) {
	b, err := Line(parse(t, fixture(t, "capture.txt"), "c.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var l map[string]any
	if err := json.Unmarshal(b, &l); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"source_format", "source_id", "url", "headline", "deck", "authors", "section", "keywords", "language", "published", "modified",
		"published_raw", "zone_assumed", "dateline", "credit", "body_html", "body_text", "images", "status", "dropped", "warnings", "error"} {
		if _, ok := l[k]; !ok {
			t.Errorf("%s is missing", k)
		}
	}
	if l["published"] != "2023-03-14T09:05:00+09:00" || l["error"] != nil || bytes.ContainsAny(b, "\n") {
		t.Errorf("%s", b)
	}
	b, _ = Line(Item{Locator: "a.html", Err: fmt.Errorf("broken")})
	if !bytes.Contains(b, []byte(`"published":null`)) || !bytes.Contains(b, []byte(`"error":"a.html: broken"`)) || !bytes.Contains(b, []byte(`"authors":[]`)) {
		t.Errorf("%s", b)
	}
}

func FuzzText(f *testing.F) {
	for _, name := range []string{"capture", "front", "flat", "korean"} {
		f.Add(fixture(f, name+".txt"))
	}
	f.Add([]byte("---\ntitle: [a,\n- b\n---"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for it := range Parse(Document{Name: "f.txt", Data: data}, Options{Format: "text"}) {
			if it.Err == nil && (it.Content.Headline == "" || strings.TrimSpace(it.Content.BodyText) == "") {
				t.Errorf("an empty article: %+v", it.Content)
			}
			if it.Err != nil && strings.Contains(it.Err.Error(), "parser failed") {
				t.Error(it.Err)
			}
		}
	})
}

func TestEachReporterHasALine(t *testing.T) {
	it := parse(t, []byte("종탑에 불이 켜졌다\n입력 2026.11.20. 오전 9:30\n저녁 여섯 시, 종탑에 불이 켜지자 골목에 모여 있던 주민들이 박수를 쳤다. 열두 해 만의 일이다.\n"+
		"서민재 기자 seo.minjae@example.com\n나도현 기자 na.dohyun@example.com\n"), "")
	var got []string
	for _, a := range it.Content.Authors {
		got = append(got, a.Name+" "+a.Email)
	}
	if want := []string{"서민재 seo.minjae@example.com", "나도현 na.dohyun@example.com"}; !slices.Equal(got, want) {
		t.Errorf("authors %q, want %q", got, want)
	}
	if strings.Contains(it.Content.BodyText, "기자") {
		t.Errorf("a byline stands in the body: %q", it.Content.BodyText)
	}
}
