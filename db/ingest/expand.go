package ingest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/korean"
)

// Expand yields the documents of one uploaded file: the file itself, or what its .gz or .zip
// holds, under the same limits as Walk. The reader must stay open while the sequence is used.
func Expand(name string, r io.ReaderAt, size int64) iter.Seq[Document] {
	return func(yield func(Document) bool) { unpack(name, r, size, yield) }
}

// unpacker opens one file. All that is unpacked from it, nested archives and overlapping entries
// included, is paid from one budget. Its methods return false when the consumer has enough.
type unpacker struct {
	yield  func(Document) bool
	budget int64 // bytes that may still be unpacked
}

func unpack(name string, r io.ReaderAt, size int64, yield func(Document) bool) bool {
	u := &unpacker{yield: yield, budget: freeBytes + size*maxRatio}
	return u.open(name, r, size, 0)
}

// fail reports what cannot be opened, with what is at hand of its bytes.
func (u *unpacker) fail(name string, raw []byte, err error) bool {
	return u.yield(Document{Name: name, Err: err, Raw: bytes.Clone(raw[:min(len(raw), maxKept)])})
}

// keep reads the beginning of what cannot be opened. It is paid from the budget, because entries
// may overlap; nil comes back when that is spent.
func (u *unpacker) keep(r io.Reader) []byte {
	if u.budget <= 0 {
		return nil
	}
	raw, _ := io.ReadAll(io.LimitReader(r, min(maxKept, u.budget))) // the little there is will do
	u.budget -= int64(len(raw))
	return raw
}

func (u *unpacker) open(name string, r io.ReaderAt, size int64, depth int) bool {
	var magic [4]byte
	n, err := r.ReadAt(magic[:], 0)
	if err != nil && err != io.EOF {
		return u.yield(Document{Name: name, Err: plain(err)})
	}
	isZip := bytes.HasPrefix(magic[:n], []byte("PK\x03\x04")) || bytes.HasPrefix(magic[:n], []byte("PK\x05\x06"))
	isGzip := bytes.HasPrefix(magic[:n], []byte("\x1f\x8b"))
	switch {
	case (isZip || isGzip) && depth >= maxDepth:
		return u.fail(name, u.keep(io.NewSectionReader(r, 0, size)), problemf("nested", "archives are nested too deeply: unpack it first"))
	case isZip:
		return u.zip(name, r, size, depth)
	case isGzip:
		return u.gzip(name, r, size, depth)
	}
	data, err := readAtMost(io.NewSectionReader(r, 0, size), maxDocument)
	return u.yield(Document{Name: name, Data: data, Err: plain(err)})
}

func (u *unpacker) openBytes(name string, data []byte, depth int) bool {
	return u.open(name, bytes.NewReader(data), int64(len(data)), depth)
}

func (u *unpacker) gzip(name string, r io.ReaderAt, size int64, depth int) bool {
	z, err := gzip.NewReader(io.NewSectionReader(r, 0, size))
	if err != nil {
		return u.fail(name, u.keep(io.NewSectionReader(r, 0, size)), unopened("broken gzip", err))
	}
	data, err := u.read(z)
	if err != nil {
		return u.fail(name, u.keep(io.NewSectionReader(r, 0, size)), unopened("gzip not opened", err))
	}
	return u.openBytes(name, data, depth+1)
}

// read unpacks one stream within the limits and pays for it, also when it fails: what a damaged
// stream gave comes back with the error.
func (u *unpacker) read(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, min(maxDocument, u.budget)+1))
	u.budget -= int64(len(data))
	switch {
	case err != nil:
		return data, err
	case len(data) > maxDocument:
		return nil, problemf("too_large", "unpacks to more than %d MiB", maxDocument>>20)
	case u.budget < 0:
		return nil, problemf("bomb", "unpacks to far more than its size")
	}
	return data, nil
}

func (u *unpacker) zip(name string, r io.ReaderAt, size int64, depth int) bool {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return u.fail(name, u.keep(io.NewSectionReader(r, 0, size)), unopened("broken zip", err))
	}
	if len(z.File) > maxEntries {
		return u.fail(name, nil, problemf("too_many", "the zip has %d entries, more than %d: split it", len(z.File), maxEntries))
	}
	for _, f := range z.File {
		inner := zipName(f)
		full := name + "!/" + inner
		switch {
		case u.budget < 0:
			return u.fail(name, nil, problemf("bomb", "the zip unpacks to far more than its size: the rest was not opened"))
		case !local(inner):
			if !u.fail(full, nil, problemf("traversal", "the name leads out of the archive: not opened")) {
				return false
			}
		case strings.HasSuffix(inner, "/"), hidden(inner):
		case !u.entry(full, f, depth):
			return false
		}
	}
	return true
}

func (u *unpacker) entry(full string, f *zip.File, depth int) bool {
	if f.Flags&1 != 0 {
		return u.fail(full, u.packed(f), problemf("encrypted", "encrypted: unpack it with its password first"))
	}
	r, err := f.Open()
	if err != nil {
		return u.fail(full, u.packed(f), unopened("zip entry not opened", err))
	}
	defer r.Close()
	data, err := u.read(r)
	if err != nil && len(data) == 0 {
		data = u.packed(f)
	}
	if err != nil {
		return u.fail(full, data, unopened("zip entry not opened", err))
	}
	return u.openBytes(full, data, depth+1)
}

// packed are an entry's own bytes as the archive holds them.
func (u *unpacker) packed(f *zip.File) []byte {
	r, err := f.OpenRaw()
	if err != nil {
		return nil
	}
	return u.keep(r)
}

// local says whether the entry stays inside the archive's own tree on every system.
func local(name string) bool {
	name = strings.TrimSuffix(name, "/")
	drive := len(name) > 1 && name[1] == ':'
	return filepath.IsLocal(name) && !drive && !strings.ContainsAny(name, "\\\x00")
}

// zipName is the entry's name; old Korean archives write it in CP949.
func zipName(f *zip.File) string {
	if utf8.ValidString(f.Name) {
		return strings.TrimPrefix(f.Name, "./")
	}
	if s, err := korean.EUCKR.NewDecoder().String(f.Name); err == nil {
		return s
	}
	return strings.ToValidUTF8(f.Name, "\ufffd")
}
