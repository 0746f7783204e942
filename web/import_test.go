package web

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"
)

const capturedPage = `Harbour lights return after the storm
Published: 20 Nov. 2026, 09:30
- NAM JI-HO
- nam.jiho@example.com
The harbour lights came back on Friday evening, two days after the storm had put them out.
Fishermen said that they had steered by the church tower.
BY NAM JI-HO [nam.jiho@example.com]
To write comments, please log in to one of the accounts.
Standards Board Policy (0/250자)
`

// finished waits for the job that an upload began, and returns its page.
func (v *visitor) finished(r reply) string {
	v.t.Helper()
	if r.Status != 303 || !strings.HasPrefix(r.location(), "/admin/import/") {
		v.t.Fatalf("upload: %d to %q\n%s", r.Status, r.location(), r.Body)
	}
	v.header.Set("Accept", "application/json")
	for deadline := time.Now().Add(time.Minute); strings.Contains(v.get(r.location()).Body, `"running"`); {
		if time.Now().After(deadline) {
			v.t.Fatal("the import does not end")
		}
	}
	v.header.Del("Accept")
	return v.get(r.location()).Body
}

func TestImportByUpload(t *testing.T) {
	s := newSite(t)
	v := s.as(t, "editor")
	page := v.finished(v.upload("capture.txt", capturedPage, "format", "auto"))
	slug := attr(t, page, `href="/articles/([^"]+)"`)
	contains(t, "the article", v.get("/articles/"+slug).Body, "Harbour lights return", "Nam Ji-ho", "church tower")
	lacks(t, "the article", v.get("/articles/"+slug).Body, "log in to one of the accounts")

	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range map[string]string{
		"good.txt":     strings.ReplaceAll(capturedPage, "Harbour lights", "Market lamps"),
		"picture.html": "\x89PNG\r\n\x1a\n\x00\x00", "../escape.txt": capturedPage, "empty.txt": "",
	} {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(body))
	}
	z.Close()
	page = v.finished(v.upload("papers.zip", b.String()))
	contains(t, "the report", page, "Market lamps", "picture.html", "escape.txt", "empty.txt")
	raw := attr(t, page, `href="(/admin/import/\d+/items/\d+)"`)
	if r := v.get(raw); r.Status != 200 || r.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("what was set aside: %d %v", r.Status, r.Header)
	}
	v.header.Set("Accept", "application/json")
	last := attr(t, page, `href="/admin/import/(\d+)/items`)
	contains(t, "the counts", v.get("/admin/import/"+last).Body, `"created":1`, `"quarantined":3`, `"state":"done"`)
	v.header.Del("Accept")

	v.finished(v.upload("again.txt", strings.ReplaceAll(capturedPage, "Harbour lights", "Church bells"), "dry_run", "1"))
	lacks(t, "the front page after a dry run", v.get("/").Body, "Church bells")
	for what, fields := range map[string][]string{"zone": {"tz", "Mars/Base"}, "format": {"format", "pdf"}} {
		want(t, "a wrong "+what, v.upload("x.txt", capturedPage, fields...).Status, 422)
	}
	want(t, "an empty file", v.upload("x.txt", "").Status, 422)
	want(t, "no file at all", v.post("/admin/import", "format", "auto").Status, 422)
	contains(t, "the list of imports", v.get("/admin/import").Body, "capture.txt", "papers.zip", "editor")
}
