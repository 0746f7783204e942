package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"unicode"

	"broadsheet/db"

	"golang.org/x/text/unicode/norm"
)

// Key makes two imports the same article. It is, in this order, the canonical URL (without scheme,
// "www.", fragment, tracking parameters and final slash), the format's own id, or headline,
// published day and language; an undated article without either adds its first paragraph. It is
// built from decoded NFC text, so the encoding, line endings and form of a capture do not matter.
func Key(c db.Content) string {
	if u, err := url.Parse(c.URL); err == nil && u.Host != "" {
		return "url:" + canonical(u)
	}
	if c.SourceID != "" {
		return "id:" + c.SourceFormat + ":" + c.SourceID
	}
	day := "undated"
	if !c.Published.IsZero() {
		day = c.Published.Format("2006-01-02")
	} else {
		first, _, _ := strings.Cut(c.BodyText, "\n")
		day += ":" + fold(first)
	}
	return "text:" + digest(fold(norm.NFC.String(c.Headline)), day, c.Language)
}

func canonical(u *url.URL) string {
	query := u.Query()
	for k := range query {
		if l := strings.ToLower(k); strings.HasPrefix(l, "utm_") || l == "fbclid" || l == "gclid" || l == "ref" || l == "cmpid" {
			query.Del(k)
		}
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	s := host + strings.TrimSuffix(u.EscapedPath(), "/")
	if len(query) > 0 {
		s += "?" + query.Encode() // sorted by key
	}
	return s
}

// Hash is the same for the same content and differs when anything a reader sees has changed.
func Hash(c db.Content) string {
	c.Published, c.Modified = c.Published.UTC(), c.Modified.UTC()
	b, err := json.Marshal(c)
	if err != nil { // a year beyond 9999: still a content of its own
		return digest(err.Error(), c.Headline, c.BodyText)
	}
	return digest(string(b))
}

// digest is 128 bits of SHA-256 over the parts, each closed by a NUL, in hex.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00") + "\x00"))
	return hex.EncodeToString(sum[:16])
}

// slugLength bounds a slug, in bytes; it ends with a whole word.
const slugLength = 80

// Slug proposes a permalink: the published day and the ASCII words of the headline,
// "2024-06-26-harbour-board-ferry-owners". "" comes back for a headline without ASCII words:
// the caller then uses the article's id.
func Slug(c db.Content) string {
	s := ""
	if !c.Published.IsZero() {
		s = c.Published.Format("2006-01-02")
	}
	found := false
	for _, w := range asciiWords(c.Headline) {
		if len(s)+1+len(w) > slugLength {
			break
		}
		if s != "" {
			s += "-"
		}
		s += w
		found = true
	}
	if !found {
		return ""
	}
	return s
}

// asciiWords are the words of a headline in lower-case ASCII: accents go, apostrophes close up, a
// word with any other letter is left out.
func asciiWords(headline string) (words []string) {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(headline))
	for _, w := range strings.Fields(plain) {
		if !strings.ContainsFunc(w, func(r rune) bool { return r > unicode.MaxASCII }) && len(w) < 40 {
			words = append(words, w)
		}
	}
	return words
}
