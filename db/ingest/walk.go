package ingest

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Limits on what one import may unpack. A newspaper page is far below each of them.
const (
	maxDocument = 32 << 20  // bytes of one document, unpacked
	maxEntries  = 200_000   // entries of one archive
	maxRatio    = 200       // unpacked bytes for each packed byte of a whole archive …
	freeBytes   = 32 << 20  // … above these
	maxStdin    = 512 << 20 // bytes of an archive on stdin
	maxDepth    = 3         // .gz in .zip in .gz
	maxKept     = 1 << 20   // bytes kept of what cannot be opened
)

// Walk yields every document under the paths, in order: files, folders (sorted, recursive, hidden
// names left out), "-" for stdin; .gz and .zip are opened. What cannot be read or would break a
// limit comes as a Document with Err, and the rest go on. Links that lead out of a folder are not
// followed.
func Walk(paths []string, stdin io.Reader) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for _, path := range paths {
			if !walkPath(path, stdin, yield) {
				return
			}
		}
	}
}

func walkPath(path string, stdin io.Reader, yield func(Document) bool) bool {
	if path == "-" {
		data, err := readAtMost(stdin, maxStdin)
		if err != nil {
			return yield(Document{Name: path, Err: err})
		}
		return unpack(path, bytes.NewReader(data), int64(len(data)), yield)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return yield(Document{Name: path, Err: plain(err)})
	case info.IsDir():
		return walkFolder(path, yield)
	case !info.Mode().IsRegular(): // a pipe: cannot be read in place
		return walkPipe(path, yield)
	}
	f, err := os.Open(path)
	if err != nil {
		return yield(Document{Name: path, Err: plain(err)})
	}
	return expandFile(path, f, yield)
}

// walkFolder reads through os.Root, which refuses every name that would leave the folder.
func walkFolder(dir string, yield func(Document) bool) bool {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return yield(Document{Name: dir, Err: plain(err)})
	}
	defer root.Close()
	more := true
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if name != "." && hidden(name) {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err != nil {
			more = yield(Document{Name: full, Err: plain(err)})
		} else if !d.IsDir() {
			more = walkEntry(root, name, full, yield)
		}
		if !more {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil && more {
		return yield(Document{Name: dir, Err: plain(err)})
	}
	return more
}

func walkEntry(root *os.Root, name, full string, yield func(Document) bool) bool {
	info, err := root.Stat(filepath.FromSlash(name))
	switch {
	case err != nil:
		return yield(Document{Name: full, Err: &problem{"not_followed", "not followed", plain(err)}})
	case info.IsDir(): // a link to a folder inside: its files come under their own names
		return true
	case !info.Mode().IsRegular():
		return yield(Document{Name: full, Err: problemf("not_regular", "not a regular file")})
	}
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return yield(Document{Name: full, Err: plain(err)})
	}
	return expandFile(full, f, yield)
}

// expandFile owns f. A zip is read in place, so that its size does not matter.
func expandFile(name string, f *os.File, yield func(Document) bool) bool {
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return yield(Document{Name: name, Err: plain(err)})
	}
	return unpack(name, f, info.Size(), yield)
}

func walkPipe(path string, yield func(Document) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return yield(Document{Name: path, Err: plain(err)})
	}
	defer f.Close()
	data, err := readAtMost(f, maxStdin)
	if err != nil {
		return yield(Document{Name: path, Err: plain(err)})
	}
	return unpack(path, bytes.NewReader(data), int64(len(data)), yield)
}

// hidden says whether a part of a slash path is hidden, or is the resource folder of a Mac archive.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return true
		}
	}
	return false
}

// plain takes the path out of a file error: the locator already says it. nil stays nil.
func plain(err error) error {
	var pe *fs.PathError
	switch {
	case err == nil || ReasonID(err) != "":
		return err
	case errors.As(err, &pe):
		return &problem{"unreadable", "cannot be read", pe.Err}
	}
	return &problem{id: "unreadable", err: err}
}

// readAtMost reads everything, or fails when there is more than limit bytes.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, plain(err)
	}
	if int64(len(data)) > limit {
		return nil, problemf("too_large", "larger than %d MiB", limit>>20)
	}
	return data, nil
}
