package ingest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

const prose = `<p>The harbour board and the owners of the island ferries accused each other on Tuesday of printing a timetable that sent several hundred travellers to an empty quay.</p>
<p>We hope the owners will read their own posters, the deputy head of the board said, adding that no ship had been due before noon on that day.</p>
<p>By Friday the two sides want to agree on one printed sheet, and on the question of who is to pay for it.</p>`

// htmlPage is a page with the head and body given around a plain article.
func htmlPage(head, body string) []byte {
	return []byte("<!doctype html><html lang=en><head>" + head + "</head><body><article>" + body + prose + "</article></body></html>")
}

func ld(s string) string { return `<script type="application/ld+json">` + s + `</script>` }

func names(it Item) (out []string) {
	for _, a := range it.Content.Authors {
		out = append(out, a.Name)
	}
	return out
}

func TestJSONLDShapes(t *testing.T) {
	const rest = `"headline":"Ferry owners trade blame","datePublished":"2023-03-14T09:05:00+09:00"`
	for name, c := range map[string]struct {
		json string
		want []string
	}{
		"string":            {`{"@type":"NewsArticle","author":"Ana Bell",` + rest + `}`, []string{"Ana Bell"}},
		"string of two":     {`{"@type":"NewsArticle","author":"By Ana Bell and Carl Dunn",` + rest + `}`, []string{"Ana Bell", "Carl Dunn"}},
		"object":            {`{"@type":"NewsArticle","author":{"@type":"Person","name":"Ana Bell"},` + rest + `}`, []string{"Ana Bell"}},
		"name is a list":    {`{"@type":"NewsArticle","author":{"@type":"Person","name":["Ana Bell","Carl Dunn"]},` + rest + `}`, []string{"Ana Bell", "Carl Dunn"}},
		"array":             {`{"@type":"NewsArticle","author":[{"name":"Ana Bell"},{"name":"Carl Dunn"}],` + rest + `}`, []string{"Ana Bell", "Carl Dunn"}},
		"array of strings":  {`{"@type":"NewsArticle","author":["Ana Bell","ANA BELL","Carl Dunn"],` + rest + `}`, []string{"Ana Bell", "Carl Dunn"}},
		"list":              {`{"@type":"NewsArticle","author":{"@list":[{"name":"Ana Bell"}]},` + rest + `}`, []string{"Ana Bell"}},
		"given and family":  {`{"@type":"NewsArticle","author":{"givenName":"Ana","familyName":"Bell"},` + rest + `}`, []string{"Ana Bell"}},
		"upper case":        {`{"@type":"NewsArticle","author":"SEO MIN-JAE",` + rest + `}`, []string{"Seo Min-jae"}},
		"type is a list":    {`{"@type":["Article","NewsArticle"],"author":"Ana Bell",` + rest + `}`, []string{"Ana Bell"}},
		"type is a URL":     {`{"@type":"https://schema.org/NewsArticle","author":"Ana Bell",` + rest + `}`, []string{"Ana Bell"}},
		"top-level array":   {`[{"@type":"WebSite","name":"Isle"},{"@type":"NewsArticle","author":"Ana Bell",` + rest + `}]`, []string{"Ana Bell"}},
		"graph, reference":  {`{"@graph":[{"@id":"#a","@type":"Person","name":"Ana Bell"},{"@type":"NewsArticle","author":{"@id":"#a"},` + rest + `}]}`, []string{"Ana Bell"}},
		"nested mainEntity": {`{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","author":"Ana Bell",` + rest + `}}`, []string{"Ana Bell"}},
		"paper and person":  {`{"@type":"NewsArticle","publisher":{"name":"The Isle"},"author":[{"@type":"Organization","name":"Isle"},{"name":"Ana Bell"}],` + rest + `}`, []string{"Ana Bell"}},
		"only the paper":    {`{"@type":"NewsArticle","publisher":{"name":"The Isle"},"author":"Isle",` + rest + `}`, []string{"Isle"}},
		"inverted":          {`{"@type":"NewsArticle","author":{"name":"Bell, Ana"},` + rest + `}`, []string{"Bell, Ana"}},
		"organisation":      {`{"@type":"NewsArticle","author":{"@type":"Organization","name":"Sea & Land Desk"},` + rest + `}`, []string{"Sea & Land Desk"}},
		"addresses":         {`{"@type":"NewsArticle","author":["https://example.com/ana","Ana Bell"],` + rest + `}`, []string{"Ana Bell"}},
		"others beside it":  {`{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Another","author":"Eve Frost","datePublished":"2020-01-01"}]}</script><script type="application/ld+json">{"@type":"NewsArticle","author":"Ana Bell",` + rest + `}`, []string{"Ana Bell"}},
		"control character": {"{\"@type\":\"NewsArticle\",\"description\":\"a\nb\tc\",\"author\":\"Ana Bell\"," + rest + `}`, []string{"Ana Bell"}},
		"trailing commas":   {`{"@type":"NewsArticle","author":["Ana Bell",],` + rest + `,}`, []string{"Ana Bell"}},
		"comments":          {"<!-- /* x */ {\"@type\":\"NewsArticle\", // who\n\"author\":\"Ana Bell\"," + rest + `} -->`, []string{"Ana Bell"}},
		"CDATA":             {"//<![CDATA[\n{\"@type\":\"NewsArticle\",\"author\":\"Ana Bell\"," + rest + "}\n//]]>", []string{"Ana Bell"}},
		"entities":          {`{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;author&quot;:&quot;Ana Bell&quot;,` + strings.ReplaceAll(rest, `"`, "&quot;") + `}`, []string{"Ana Bell"}},
		"inner quotes":      {`{"@type":"NewsArticle","description":"He said "no" to it","author":"Ana Bell",` + rest + `}`, []string{"Ana Bell"}},
		"cut off":           {`{"@type":"NewsArticle","author":"Ana Bell",` + rest + `,"image":["https://exam`, []string{"Ana Bell"}},
	} {
		t.Run(name, func(t *testing.T) {
			it := parse(t, htmlPage(ld(c.json), "<h1>Ferry owners trade blame</h1>"), "a.html")
			if it.Err != nil || it.Content.Headline != "Ferry owners trade blame" || !slices.Equal(names(it), c.want) ||
				it.Content.Published.Format(time.RFC3339) != "2023-03-14T09:05:00+09:00" {
				t.Errorf("%q %v %v %v", it.Content.Headline, names(it), it.Content.Published, it.Err)
			}
		})
	}
}

func TestHeadline(t *testing.T) {
	for name, c := range map[string]struct{ head, body, want string }{
		"site name":           {`<meta property="og:title" content="Ferry owners trade blame - Isle Post"><meta property="og:site_name" content="Isle Post">`, "", "Ferry owners trade blame"},
		"longer than h1":      {`<title>Ferry owners trade blame | News | Isle</title>`, `<h1>Ferry owners trade blame</h1>`, "Ferry owners trade blame"},
		"a dash of its own":   {`<meta property="og:title" content="Ferry owners - and the board - trade blame">`, "", "Ferry owners - and the board - trade blame"},
		"an ellipsis":         {ld(`{"@type":"NewsArticle","headline":"Ferry owners trade…"}`), `<h1>Ferry owners trade blame</h1>`, "Ferry owners trade blame"},
		"entities":            {ld(`{"@type":"NewsArticle","headline":"Board &amp;quot;trades&amp;quot; <i>blame</i>"}`), "", `Board "trades" blame`},
		"JSON-LD is longer":   {`<meta property="og:title" content="Ferry owners">` + ld(`{"@type":"NewsArticle","headline":"Ferry owners – and the board"}`), "", "Ferry owners – and the board"},
		"JSON-LD, site name":  {ld(`{"@type":"NewsArticle","headline":"Ferry owners | Isle News","publisher":{"name":"Isle"}}`), "", "Ferry owners"},
		"Dublin Core":         {`<meta name="DC.title" content="Ferry owners trade blame">`, "", "Ferry owners trade blame"},
		"JSON-LD goes before": {`<meta property="og:title" content="Short">` + ld(`{"@type":"NewsArticle","headline":"Ferry owners trade blame"}`), `<h1>Other</h1>`, "Ferry owners trade blame"},
	} {
		if it := parse(t, htmlPage(c.head, c.body), "a.html"); it.Content.Headline != c.want {
			t.Errorf("%s: %q, want %q", name, it.Content.Headline, c.want)
		}
	}
}

func TestFieldsWithoutJSONLD(t *testing.T) {
	it := parse(t, htmlPage(`<link rel=canonical href="https://isle.example.com/ferry"><meta property="og:site_name" content="Isle">
		<meta property="article:author" content="https://example.com/ana"><meta name=author content="Isle"><meta name="DC.creator" content="Ana Bell">
		<meta property="article:published_time" content="2023-03-14"><meta name="sailthru.date" content="2023-03-14T09:05:00Z">
		<meta property="article:section" content="Sea"><meta property="article:tag" content="ferries"><meta property="article:tag" content="quays">`,
		`<h1>Ferry owners trade blame</h1>`), "a.html")
	c := it.Content
	got := fmt.Sprint(c.URL, c.Section, c.Keywords, c.Language, names(it), c.Published.Format(time.RFC3339), c.ZoneAssumed)
	if want := "https://isle.example.com/ferrySea[ferries quays]en[Ana Bell]2023-03-14T09:05:00Zfalse"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestVisibleFields(t *testing.T) {
	korean := strings.Repeat("<br>항만청과 여객선 선주들이 14일 존재하지 않는 시간표를 두고 <b>서로</b> 책임을 떠넘겼다.<br><br>항만청 관계자는 <a href=/p>정오</a> 이전에 예정된 배편은 없었다고 말했다.", 2)
	it := parse(t, []byte(`<html lang=en><body><h1>섬 여객선 시간표 공방</h1><div class="info_date">기사입력 2023.03.14. 오전 9:05 | 수정 2023.03.15. 오후 1:30</div>
		<div class="reporter_name">홍길동 기자</div><div id=articleBody>`+korean+`<br><br>홍길동 기자 hong@example.com<br>ⓒ 섬신문 무단전재 및 재배포 금지</div></body></html>`), "a.html")
	c := it.Content
	if len(c.Authors) != 1 || c.Authors[0].Name != "홍길동" || c.Authors[0].Email != "hong@example.com" {
		t.Errorf("%+v", c.Authors)
	}
	if c.Published.Format(time.RFC3339) != "2023-03-14T09:05:00+09:00" || !c.ZoneAssumed || c.Language != "ko" {
		t.Error(c.Published, c.ZoneAssumed, c.Language)
	}
	if lines := strings.Split(c.BodyText, "\n"); len(lines) < 2 || lines[0] != "항만청과 여객선 선주들이 14일 존재하지 않는 시간표를 두고 서로 책임을 떠넘겼다." || strings.Contains(c.BodyText, "무단전재") || strings.Contains(c.BodyText, "홍길동 기자") {
		t.Errorf("%q", c.BodyText)
	}
}

func TestBodyIsSafeAndWhole(t *testing.T) {
	it := parse(t, htmlPage(`<link rel=canonical href="https://isle.example.com/a/ferry">`, `<h1>Ferry owners trade blame</h1>
		<figure><img src="/quay.jpg" onerror="alert(1)"><figcaption>The empty quay at dawn on Tuesday. (AP Photo/Someone)</figcaption></figure>
		<p onclick="x()">The <b>board</b> met in the <a href="/town" onclick="y()">town hall</a> and the <a href="javascript:alert(1)">owners</a> in the inn, as one of them <script>alert(2)</script>said.</p>`), "a.html")
	c := it.Content
	for _, bad := range []string{"onclick", "javascript", "alert", "<img", "<script", "onerror", "style="} {
		if strings.Contains(c.BodyHTML, bad) {
			t.Errorf("%s in %s", bad, c.BodyHTML)
		}
	}
	if !strings.Contains(c.BodyHTML, `<a href="https://isle.example.com/town"`) || !strings.Contains(c.BodyHTML, "</p>") {
		t.Error(c.BodyHTML)
	}
	if !strings.HasPrefix(c.BodyText, "The board met in the town hall and the owners in the inn, as one of them said.\n") {
		t.Errorf("%q", c.BodyText)
	}
	if len(c.Images) != 1 || c.Images[0].URL != "https://isle.example.com/quay.jpg" || c.Images[0].Caption != "The empty quay at dawn on Tuesday." || c.Images[0].Credit != "AP Photo/Someone" {
		t.Errorf("%+v", c.Images)
	}
}

// render is the last gate: whatever a walker lets through, it does not.
func TestRenderSanitises(t *testing.T) {
	got, _ := render([]block{{"p", "x", `x<script>alert(1)</script><img src=x onerror=y><a href="javascript:z">a</a><b onclick="q">b</b><iframe src=//e></iframe>`}})
	if want := "<p>xa<b>b</b></p>\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestScriptPayloads(t *testing.T) {
	text := strings.NewReplacer("<p>", "", "</p>", "").Replace(prose)
	quoted, _ := json.Marshal(text)
	markup, _ := json.Marshal(prose)
	var parts []map[string]string
	for p := range strings.SplitSeq(text, "\n") {
		parts = append(parts, map[string]string{"type": "text", "content": p})
	}
	list, _ := json.Marshal(parts)
	flight, _ := json.Marshal(`1:{"article":{"body":` + string(markup) + "}}\n")
	for name, script := range map[string]string{
		"articleBody":   ld(`{"@type":"NewsArticle","headline":"Ferry owners trade blame","articleBody":` + string(quoted) + `}`),
		"__NEXT_DATA__": `<script id="__NEXT_DATA__" type="application/json">{"props":{"story":{"body":` + string(markup) + `}}}</script>`,
		"elements":      `<script>window.__STATE__ = {"story":{"content_elements":` + string(list) + `}};</script>`,
		"__next_f":      `<script>self.__next_f.push([1,` + string(flight[:len(flight)/2]) + `"])</script><script>self.__next_f.push([1,"` + string(flight[len(flight)/2:]) + `])</script>`,
	} {
		if name == "__next_f" { // two pushes of one string, cut where no escape is split
			cut := strings.Index(string(flight), "harbour")
			script = `<script>self.__next_f.push([1,` + string(flight[:cut]) + `"])</script><script>self.__next_f.push([1,"` + string(flight[cut:]) + `])</script>`
		}
		it := parse(t, []byte(`<html><head><meta property="og:title" content="Ferry owners trade blame">`+script+`</head><body><div id=app></div></body></html>`), "a.html")
		if it.Err != nil || it.Content.BodyText != text {
			t.Errorf("%s: %v %q", name, it.Err, it.Content.BodyText)
		}
	}
}

func TestBrokenHTML(t *testing.T) {
	it := parse(t, []byte("<html><head><title>Ferry owners trade blame</titel><body><article><h1>Ferry owners trade blame</h1>"+strings.ReplaceAll(prose, "</p>", "</div></b>")), "a.html")
	if it.Err == nil && it.Content.BodyText == "" {
		t.Error("an empty article")
	}
	deep := parse(t, []byte("<html><body>"+strings.Repeat("<div>", 100_000)+prose), "a.html")
	if deep.Err == nil {
		t.Error("a page of 100,000 nested elements was read")
	}
	for name, body := range map[string]string{
		"script only": "<noscript>You need to enable JavaScript to run this app.</noscript><p>You need to enable JavaScript to run this app.</p>",
		"links only":  `<ul><li><a href=/a>Home</a><li><a href=/b>World news</a><li><a href=/c>Sports</a></ul>`,
		"no words":    `<p> </p><p>&nbsp;</p>`,
	} {
		if it := parse(t, []byte("<html><head><title>A title</title></head><body>"+body+"</body></html>"), "a.html"); it.Err == nil {
			t.Errorf("%s: an article %q", name, it.Content.BodyText)
		}
	}
}

func TestReadJSON(t *testing.T) {
	for in, want := range map[string]any{
		`{"a":1}`:                             map[string]any{"a": 1.0},
		`{a:'b', "c" : [1,2,],}`:              map[string]any{"a": "b", "c": []any{1.0, 2.0}},
		`{"a":"x\u00e9\ud83d\ude00\/"}`:       map[string]any{"a": "xé😀/"},
		"{\"a\":\"x\ny\",}":                   map[string]any{"a": "x\ny"},
		`{"a":"he said "no", really","b":2,}`: map[string]any{"a": `he said "no", really`, "b": 2.0},
		`[true,null,undefined,]`:              []any{true, nil, nil},
	} {
		got := readJSON(in)
		if len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%s: %#v", in, got)
		}
	}
	if got := readJSON(`{"a":1}{"b":2};`); len(got) != 2 {
		t.Errorf("%#v", got)
	}
	if got := readJSON("no json"); got != nil {
		t.Errorf("%#v", got)
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, s := range []string{`{"a":[1,{"b":"c\u00e9"}],}`, `<!--{a:'b'}-->`, `{&quot;a&quot;:1}`, `[[[[`, `{"a":"\ud83d`, `{:}`, `{"a" "b`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var strict any
		got := readJSON(s)
		if json.Unmarshal([]byte(s), &strict) == nil && (len(got) != 1 || !reflect.DeepEqual(got[0], strict)) {
			t.Errorf("%q: %#v, by the book %#v", s, got, strict)
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add(htmlPage(ld(`{"@type":"NewsArticle","author":["Ana Bell",],"headline":"x"}`), "<h1>x</h1>"))
	f.Add([]byte("<html><table><tr><td>a<td>b<tr><td>c<td>d</table><svg><title>x</title>"))
	f.Add([]byte("<p>a<br>b<br>c<b>d<p>e"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for it := range Parse(Document{Name: "f.html", Data: data}, Options{Format: "html"}) {
			if it.Err == nil && (it.Content.Headline == "" || strings.TrimSpace(it.Content.BodyText) == "") {
				t.Errorf("an empty article: %+v", it.Content)
			}
			if strings.Contains(strings.ToLower(it.Content.BodyHTML), "<script") {
				t.Error(it.Content.BodyHTML)
			}
		}
	})
}
