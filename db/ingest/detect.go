package ingest

import (
	"bytes"
	"net/http"
	"path"
	"regexp"
	"strings"
)

// Detect names the format of a file from its bytes, then from its name: "text" or "html".
// "" comes back for anything else: an image, another format, nothing at all.
func Detect(data []byte, name string) string {
	if format, err := sniff(data, name); err == nil && (format == "text" || format == "html") {
		return format
	}
	return ""
}

// choose settles on the format asked for, or the one detected, and refuses what is not read.
func choose(doc Document, asked string) (string, error) {
	found, err := sniff(doc.Data, doc.Name)
	if err != nil {
		return "", err
	}
	format := asked
	if asked == "" || asked == "auto" {
		format = found
	}
	if format == "text" || format == "html" {
		return format, nil
	}
	return "", problemf("format", "format %s is not read yet", format)
}

var (
	htmlStart = regexp.MustCompile(`(?i)^(?:\s|<!--(?s:.*?)-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|title|meta|article|div|h1|p)\b`)
	htmlTag   = regexp.MustCompile(`(?i)<(?:html|head|body|article|meta|h1|p|div)[\s>]`)
	rssStart  = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.*?)-->\s*)*<(rss|feed|rdf:rdf|newsml|newsitem|newsmessage|nitf)\b`)
)

// sniff looks at the bytes first: the name only decides where the bytes say nothing.
func sniff(data []byte, name string) (string, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", problemf("empty_file", "the file is empty")
	}
	if kind := binaryKind(data); kind != "" {
		return "", problemf("not_an_article", "this is %s, not an article: remove it or save the page itself", kind)
	}
	text, _, err := decode(data[:min(len(data), 64<<10)])
	if err != nil && len(data) > 64<<10 { // the cut may have split a character
		text, _, err = decode(data)
	}
	if err != nil {
		return "", err
	}
	text = strings.TrimLeft(text, "\ufeff \t\r\n")
	ext := strings.ToLower(path.Ext(name))
	switch m := rssStart.FindStringSubmatch(text); {
	case m != nil:
		return laterXML(strings.ToLower(m[1]), text), nil
	case htmlStart.MatchString(text):
		return "html", nil
	case strings.HasPrefix(text, "WARC/1."):
		return "warc", nil
	case text != "" && (text[0] == '{' || text[0] == '[') && (ext == ".json" || ext == ".jsonl" || ext == ".ndjson"):
		return "jsonl", nil
	case ext == ".csv" || ext == ".tsv":
		return "csv", nil
	case htmlTag.MatchString(text) && strings.Contains(text, "</"):
		return "html", nil
	}
	return "text", nil
}

func laterXML(root, text string) string {
	switch root {
	case "rss", "feed", "rdf:rdf":
		if strings.Contains(text, "wordpress.org/export") {
			return "wxr"
		}
		return "rss"
	}
	return "newsml"
}

// binaryKind names what is certainly no text, "" otherwise.
func binaryKind(data []byte) string {
	kind, _, _ := strings.Cut(http.DetectContentType(data), ";")
	group, sub, _ := strings.Cut(kind, "/")
	switch {
	case group == "image" && sub != "svg+xml":
		return "an image (" + kind + ")"
	case group == "audio" || group == "video":
		return "a recording (" + kind + ")"
	case group == "font" || kind == "application/pdf" || kind == "application/zip" || kind == "application/x-gzip" ||
		kind == "application/x-rar-compressed" || kind == "application/wasm" || kind == "application/postscript":
		return "a file of type " + kind
	}
	return ""
}
