package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func gz(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipped is an archive of name, content, name, content …
func zipped(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: pairs[i], Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(w, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// list says what came: "name=content" or "name!reason", relative to dir.
func list(dir string, docs []Document) (out []string) {
	for _, d := range docs {
		name := strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(d.Name, dir)), "/")
		if d.Err != nil {
			out = append(out, name+"!"+d.Err.Error())
		} else {
			out = append(out, name+"="+string(d.Data))
		}
	}
	return out
}

func TestWalkFolder(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	secret := write(t, outside, "secret.txt", []byte("secret"))
	write(t, dir, "b.txt", []byte("B"))
	write(t, dir, "a/z.txt.gz", gz(t, []byte("Z")))
	write(t, dir, "a/two.zip", zipped(t, "x/one.txt", "1", "two.txt.gz", string(gz(t, []byte("2"))), "x/", "", ".hidden", "h", "__MACOSX/y", "m"))
	write(t, dir, ".hidden/c.txt", []byte("C"))
	write(t, dir, ".DS_Store", []byte("D"))
	if err := os.Symlink(secret, filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "linkdir")); err != nil {
		t.Fatal(err)
	}
	got := list(dir, slices.Collect(Walk([]string{dir, filepath.Join(dir, "missing.txt"), "-"}, strings.NewReader("stdin"))))
	want := []string{"a/two.zip!/x/one.txt=1", "a/two.zip!/two.txt.gz=2", "a/z.txt.gz=Z", "b.txt=B",
		"link.txt!not followed", "linkdir!not followed", "missing.txt!cannot be read: no such file or directory", "-=stdin"}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %q, want %q", got[i], want[i])
		}
	}
	for d := range Walk([]string{dir}, nil) {
		if strings.Contains(string(d.Data), "secret") {
			t.Error("a link out of the folder was followed")
		}
		break // stopping early must not panic
	}
}

func expand(name string, data []byte) []string {
	return list("", slices.Collect(Expand(name, bytes.NewReader(data), int64(len(data)))))
}

func TestTraversingZip(t *testing.T) {
	got := expand("u.zip", zipped(t, "../up.txt", "x", "/abs.txt", "x", "a/../../up.txt", "x", `..\win.txt`, "x", "C:/win.txt", "x", "good.txt", "ok"))
	if len(got) != 6 || got[5] != "u.zip!/good.txt=ok" {
		t.Fatalf("%q", got)
	}
	for _, g := range got[:5] {
		if !strings.Contains(g, "leads out of the archive") {
			t.Error(g)
		}
	}
}

func TestBombs(t *testing.T) {
	big := strings.Repeat("\x00", maxDocument+1)
	for name, data := range map[string][]byte{
		"one large entry":   zipped(t, "bomb.txt", big, "good.txt", "ok"),
		"gzip":              gz(t, []byte(big)),
		"gzip in gzip":      gz(t, gz(t, []byte(big))),
		"gzip in zip":       zipped(t, "bomb.txt.gz", string(gz(t, []byte(big))), "good.txt", "ok"),
		"nested too deep":   zipped(t, "a.zip", string(zipped(t, "b.zip", string(zipped(t, "c.zip", string(zipped(t, "d.txt", "x"))))))),
		"broken gzip":       []byte("\x1f\x8bxxxx"),
		"cut-off gzip":      gz(t, []byte(strings.Repeat("text ", 9999)))[:40],
		"broken zip":        []byte("PK\x03\x04 nothing more"),
		"too many in total": manyBombs(t),
	} {
		failed, rest := 0, false
		for d := range Expand("u", bytes.NewReader(data), int64(len(data))) {
			if d.Err != nil {
				failed++
			}
			rest = rest || string(d.Data) == "ok"
		}
		if failed == 0 {
			t.Errorf("%s: nothing is reported", name)
		}
		if bytes.Contains(data, []byte("good.txt")) && !rest {
			t.Errorf("%s: the rest did not come", name)
		}
	}
}

// manyBombs stays below the limit of a document in each entry and far above the ratio in all.
func manyBombs(t testing.TB) []byte {
	var pairs []string
	for i := range 4 {
		pairs = append(pairs, fmt.Sprintf("%d.txt", i), strings.Repeat("a", maxDocument-1))
	}
	return zipped(t, pairs...)
}

func TestTotalBudget(t *testing.T) {
	data := manyBombs(t)
	docs := slices.Collect(Expand("u.zip", bytes.NewReader(data), int64(len(data))))
	total := 0
	for _, d := range docs {
		total += len(d.Data)
	}
	if allowed := freeBytes + len(data)*maxRatio; total > allowed {
		t.Errorf("%d bytes unpacked from %d, allowed %d", total, len(data), allowed)
	}
	if docs[len(docs)-1].Err == nil {
		t.Error("the end is not reported")
	}
}

func TestOneBadFileInAThousand(t *testing.T) {
	dir := t.TempDir()
	for i := range 1000 {
		write(t, dir, fmt.Sprintf("%04d.txt", i), fmt.Appendf(nil, "Headline %d\nPublished: 14 Mar. 2023, 09:05\nThe paragraph of the article.\n", i))
	}
	write(t, dir, "0500.txt", []byte("\x89PNG\r\n\x1a\n"))
	good, bad := 0, []string(nil)
	for doc := range Walk([]string{dir}, nil) {
		for it := range Parse(doc, Options{}) {
			if it.Err != nil {
				bad = append(bad, filepath.Base(it.Locator))
			} else {
				good++
			}
		}
	}
	if good != 999 || !slices.Equal(bad, []string{"0500.txt"}) {
		t.Error(good, bad)
	}
}

func TestParseNeverPanics(t *testing.T) {
	for it := range Parse(Document{Name: "a", Err: fmt.Errorf("unreadable")}, Options{}) {
		if it.Err == nil || it.Locator != "a" {
			t.Errorf("%+v", it)
		}
	}
}

func FuzzExpand(f *testing.F) {
	f.Add(zipped(f, "a.txt", "A", "../b", "B"))
	f.Add(gz(f, []byte("text")))
	f.Fuzz(func(t *testing.T, data []byte) {
		for d := range Expand("f", bytes.NewReader(data), int64(len(data))) {
			if d.Err != nil && d.Data != nil {
				t.Error("both data and an error")
			}
		}
	})
}
