package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// reason is the word and the kept bytes of the first thing that fails in a file.
func reason(t *testing.T, name string, data []byte) (string, []byte) {
	t.Helper()
	for doc := range Expand(name, bytes.NewReader(data), int64(len(data))) {
		if len(doc.Data) > 16<<20 { // good, and only there to use the budget up
			continue
		}
		for it := range Parse(doc, Options{Zone: seoul(t)}) {
			if it.Err != nil {
				return ReasonID(it.Err), it.Raw
			}
		}
	}
	t.Fatalf("%s: nothing fails", name)
	return "", nil
}

// flagged sets a bit in the flags of every entry of a zip.
func flagged(data []byte, bit byte) []byte {
	data = bytes.Clone(data)
	for sig, at := range map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8} {
		for i := range data {
			if bytes.HasPrefix(data[i:], []byte(sig)) {
				data[i+at] |= bit
			}
		}
	}
	return data
}

// damagedZip has one stored entry whose text is not what its checksum says.
func damagedZip(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "a.txt", Method: zip.Store})
	if err == nil {
		_, err = w.Write([]byte("the text of the entry"))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(b.Bytes(), []byte("the text"), []byte("THE TEXT"), 1)
}

func manyEntries(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range maxEntries + 1 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReasonID(t *testing.T) {
	big := strings.Repeat("\x00", maxDocument+1)
	nested := []byte("x")
	for range maxDepth + 1 {
		nested = gz(t, nested)
	}
	for name, c := range map[string]struct {
		want string
		data []byte
	}{
		"empty.txt":     {"empty_file", nil},
		"nul.txt":       {"nul", []byte("A headline\nText\x00with a NUL in it\n")},
		"nul16.txt":     {"nul", []byte("\xff\xfea\x00\n\x00\x00\x00b\x00")},
		"odd.txt":       {"encoding", []byte("\x81\x8d\x8f\x90\x9d\xff\xfe\x80\x81\x9d\x8d")},
		"feed.xml":      {"format", []byte("<rss version=\"2.0\"></rss>")},
		"photo.html":    {"not_an_article", []byte("\x89PNG\r\n\x1a\n")},
		"nested.gz":     {"nested", nested},
		"broken.gz":     {"broken_archive", []byte("\x1f\x8bxxxx")},
		"broken.zip":    {"broken_archive", []byte("PK\x03\x04 nothing more")},
		"damaged.zip":   {"broken_archive", damagedZip(t)},
		"large.gz":      {"too_large", gz(t, []byte(big))},
		"large.txt":     {"too_large", []byte(big)},
		"large.html":    {"too_large", []byte("<html><p>" + strings.Repeat("text ", maxPage/5+1))},
		"bombs.zip":     {"bomb", gz(t, []byte(zipped(t, "a.txt", strings.Repeat("a", 20<<20), "b.txt", strings.Repeat("a", 30<<20))))},
		"many.zip":      {"too_many", manyEntries(t)},
		"traversal.zip": {"traversal", zipped(t, "../up.txt", "x")},
		"encrypted.zip": {"encrypted", flagged(zipped(t, "a.txt", "x"), 1)},
		"title.txt":     {"no_text", []byte("A headline and nothing else\n")},
		"only.html":     {"no_text", []byte("<html><body><nav><a href=/>Home</a></nav></body></html>")},
		"date.txt":      {"no_headline", []byte("Published: 26 Jun. 2024, 14:02\nA paragraph.\n")},
	} {
		if got, _ := reason(t, name, c.data); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if ReasonID(nil) != "" || ReasonID(errors.New("the file is empty")) != "" {
		t.Error("an unknown error has a reason")
	}
}

func TestReasonOfFiles(t *testing.T) {
	dir := t.TempDir()
	secret := write(t, t.TempDir(), "secret.txt", []byte("secret"))
	want := map[string]string{"link.txt": "not_followed", "missing.txt": "unreadable"}
	if err := os.Symlink(secret, filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" {
		want["null"] = "not_regular"
		if l, err := net.Listen("unix", filepath.Join(dir, "null")); err == nil {
			defer l.Close()
		} else {
			delete(want, "null")
		}
	}
	for doc := range Walk([]string{dir, filepath.Join(dir, "missing.txt"), "-"}, iotest.ErrReader(errors.New("the pipe broke"))) {
		name := filepath.Base(doc.Name)
		if w := want[name]; name != "-" && ReasonID(doc.Err) != w {
			t.Errorf("%s: %v %q, want %q", name, doc.Err, ReasonID(doc.Err), w)
		} else if name == "-" && (ReasonID(doc.Err) != "unreadable" || doc.Err.Error() != "the pipe broke") {
			t.Error(doc.Err)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not seen: %v", want)
	}
}

func TestTextOfAProblem(t *testing.T) {
	for err, want := range map[error]string{
		problemf("a", "text %d", 1):                 "text 1",
		&problem{"a", "text", errors.New("cause")}:  "text: cause",
		&problem{id: "a", err: errors.New("cause")}: "cause",
	} {
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

func TestRawOfWhatCannotBeOpened(t *testing.T) {
	noise := make([]byte, 3<<20)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	cut := gz(t, []byte(strings.Repeat("text ", 9999)))[:40]
	long := gz(t, noise)[:2<<20]
	for name, c := range map[string]struct{ data, want []byte }{
		"cut.gz":      {cut, cut},
		"long.gz":     {long, long[:maxKept]},
		"broken.gz":   {[]byte("\x1f\x8bxxxx"), []byte("\x1f\x8bxxxx")},
		"broken.zip":  {[]byte("PK\x03\x04 nothing more"), []byte("PK\x03\x04 nothing more")},
		"damaged.zip": {damagedZip(t), []byte("THE TEXT of the entry")},
		"cut-in.zip":  {zipped(t, "a.gz", string(cut)), cut},
		"photo.html":  {[]byte("\x89PNG\r\n\x1a\n"), []byte("\x89PNG\r\n\x1a\n")},
	} {
		if _, raw := reason(t, name, c.data); !bytes.Equal(raw, c.want) {
			t.Errorf("%s: %d bytes kept, want %d", name, len(raw), len(c.want))
		}
	}
	if _, raw := reason(t, "encrypted.zip", flagged(zipped(t, "a.txt", "x"), 1)); len(raw) == 0 {
		t.Error("nothing is kept of an encrypted entry")
	}
}

// TestNoErrorWithoutAReason reads the package: every error is made as a problem.
func TestNoErrorWithoutAReason(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || !slices.Contains(files, "problem.go") {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || name == "run.go" {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, maker := range []string{"fmt.Errorf(", "errors.New("} {
			if bytes.Contains(source, []byte(maker)) {
				t.Errorf("%s makes an error with %s", name, maker)
			}
		}
	}
}
