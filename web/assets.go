package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// assets are the style sheets, scripts and icons under addresses that change with their content,
// so that browsers may keep them for ever.
type assets struct {
	urls  map[string]string // "app.css" -> "/static/app.1a2b3c4d.css"
	files map[string]asset  // "app.1a2b3c4d.css"
}

type asset struct {
	mime string
	body []byte
}

// importRef matches the name of a module that a script imports from beside itself.
var importRef = regexp.MustCompile(`((?:from|import)\s*['"]\./[\w-]+)\.js(['"])`)

// loadAssets reads the embedded files. A script's imports are rewritten to the fingerprinted names,
// so a fingerprint is taken over all the files together.
func loadAssets() (*assets, error) {
	raw := map[string][]byte{}
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := staticFiles.ReadFile(p)
		name := strings.TrimPrefix(p, "static/")
		raw[name] = b
		sum.Write([]byte(name))
		sum.Write(b)
		return err
	})
	if err != nil {
		return nil, err
	}
	print := hex.EncodeToString(sum.Sum(nil)[:6])
	a := &assets{urls: map[string]string{}, files: map[string]asset{}}
	for name, b := range raw {
		ext := path.Ext(name)
		hashed := strings.TrimSuffix(name, ext) + "." + print + ext
		a.urls[name] = "/static/" + hashed
		if ext == ".js" {
			b = importRef.ReplaceAll(b, []byte("${1}."+print+".js${2}"))
		}
		a.files[hashed] = asset{mime.TypeByExtension(ext), b}
	}
	return a, nil
}

// url is the address of an asset by its plain name. An unknown name is its own plain address.
func (a *assets) url(name string) string {
	if u, ok := a.urls[name]; ok {
		return u
	}
	return "/static/" + name
}

func (s *Server) static(w http.ResponseWriter, r *request) error {
	f, ok := s.assets.files[r.PathValue("file")]
	if !ok {
		return fail(http.StatusNotFound)
	}
	w.Header().Set("Content-Type", f.mime)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Content-Length", itoa(len(f.body)))
	w.Write(f.body) // an error here means that the visitor has gone
	return nil
}
