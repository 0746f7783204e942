package ingest

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/unicode/norm"
)

var errEncoding = problemf("encoding", "the encoding was not recognised: convert the file to UTF-8 and import it again")

// decode turns bytes into NFC text. In order: byte order mark; UTF-16 by its NULs; valid UTF-8;
// every declared label that decodes cleanly; EUC-KR (CP949) when clean and Hangul; detection.
// The warning tells of characters that could not be read; NUL characters are an error.
func decode(data []byte) (text, warning string, err error) {
	text, warning, err = decodeRaw(data)
	if err != nil {
		return "", "", err
	}
	if strings.ContainsRune(text, 0) {
		return "", "", problemf("nul", "the file holds NUL characters: it is not text")
	}
	return norm.NFC.String(strings.TrimPrefix(text, "\ufeff")), warning, nil
}

func decodeRaw(data []byte) (text, warning string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16Text(data[2:], false), "", nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data[2:], true), "", nil
	case bytes.IndexByte(data, 0) >= 0:
		return bareUTF16(data)
	}
	if utf8.Valid(data) {
		return string(data), "", nil
	}
	if mostlyUTF8(data) {
		return damaged(strings.ToValidUTF8(string(data), "\ufffd"))
	}
	korean, isKorean := cleanKorean(data)
	for _, enc := range declared(data) {
		if isKorean && singleByte(enc) {
			continue // Latin labels decode anything; Hangul pairs do not come by chance
		}
		if s, err := enc.NewDecoder().Bytes(data); err == nil && clean(string(s)) {
			return string(s), "", nil
		}
	}
	if isKorean {
		return korean, "", nil
	}
	return detected(data)
}

// cleanKorean decodes CP949 and says whether nothing was lost and most of the foreign letters are Hangul.
func cleanKorean(data []byte) (string, bool) {
	b, err := korean.EUCKR.NewDecoder().Bytes(data)
	s := string(b)
	if err != nil || !clean(s) {
		return "", false
	}
	foreign, hangul := 0, 0
	for _, r := range s {
		if r > unicode.MaxASCII && unicode.IsLetter(r) {
			foreign++
			if unicode.Is(unicode.Hangul, r) {
				hangul++
			}
		}
	}
	// A Korean page is Hangul; an English one in CP949 has quotation marks and no letters at all.
	return s, hangul*10 >= foreign*8
}

// clean says whether a decoding left no replacement character and no C1 control.
func clean(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || r >= 0x80 && r < 0xa0 })
}

var (
	metaTag    = regexp.MustCompile(`(?i)<(?:meta\s|\?xml\s)[^>]*>`)
	labelInTag = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.\-]+)`)
)

// declared lists the encodings a page names in its meta tags or XML declaration, wherever they stand.
func declared(data []byte) (encs []encoding.Encoding) {
	for _, tag := range metaTag.FindAll(data, -1) {
		m := labelInTag.FindSubmatch(tag)
		if m == nil {
			continue
		}
		if enc := byLabel(string(m[1])); enc != nil {
			encs = append(encs, enc)
		}
	}
	return encs
}

// byLabel knows the WHATWG labels and the Korean aliases they lack; nil for any other, and for
// UTF-8, which was tried before.
func byLabel(label string) encoding.Encoding {
	switch l := strings.NewReplacer("-", "", "_", "", ".", "", ":", "").Replace(strings.ToLower(label)); l {
	case "euckr", "cp949", "ms949", "xwindows949", "windows949", "uhc", "ksc5601", "ksc56011987", "ksc56011992", "ksc56011989",
		"korean", "ksx1001", "iso2022kr8bit", "949", "cseuckr", "isoir149", "johabuhc":
		return korean.EUCKR
	case "utf8", "unicode11utf8", "utf16", "utf16le", "utf16be":
		return nil
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	return enc
}

func singleByte(enc encoding.Encoding) bool {
	name, err := htmlindex.Name(enc)
	return err == nil && (strings.HasPrefix(name, "iso-8859") || strings.HasPrefix(name, "windows-") || name == "macintosh")
}

// detected asks chardet, and accepts its answer when nearly everything decodes.
func detected(data []byte) (text, warning string, err error) {
	enc := byLabel(chardet.Detect(data).Encoding)
	if enc == nil {
		return "", "", errEncoding
	}
	b, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", errEncoding
	}
	s := string(b)
	if bad := strings.Count(s, "\ufffd"); bad*50 > utf8.RuneCountInString(s) {
		return "", "", errEncoding
	}
	return damaged(s)
}

func damaged(s string) (text, warning string, err error) {
	if bad := strings.Count(s, "\ufffd"); bad > 0 {
		warning = fmt.Sprintf("%d characters could not be decoded", bad)
	}
	return s, warning, nil
}

// mostlyUTF8 says whether at most one in a hundred of the multi-byte characters is damaged.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 0 && bad*100 <= good
}

func utf16Text(data []byte, big bool) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		lo, hi := uint16(data[2*i]), uint16(data[2*i+1])
		if big {
			lo, hi = hi, lo
		}
		units[i] = hi<<8 | lo
	}
	return string(utf16.Decode(units))
}

// bareUTF16 reads UTF-16 without a byte order mark: the byte order under which the text makes sense.
func bareUTF16(data []byte) (text, warning string, err error) {
	for _, big := range []bool{false, true} {
		s := utf16Text(data, big)
		odd, all := 0, 0
		for _, r := range s {
			all++
			plain := r >= ' ' && r < 0x7f || r == '\n' || r == '\r' || r == '\t' || unicode.Is(unicode.Hangul, r) ||
				unicode.Is(unicode.Latin, r) || r >= 0x2010 && r <= 0x2030
			if !plain {
				odd++
			}
		}
		if all > 1 && odd*20 <= all {
			return s, "", nil
		}
	}
	return "", "", problemf("nul", "the file holds NUL bytes: it is not text")
}
