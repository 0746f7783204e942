package ingest

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// squeeze makes one line: runs of white space, no-break spaces included, become one space, and
// invisible characters go.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.Map(visible, s)), " ")
}

// visible makes every white space a plain one and drops characters without width and controls.
func visible(r rune) rune {
	switch {
	case r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == '\u2060':
		return -1
	case r == heldSpace, unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// fold keeps the letters and digits of a text, in lower case: for comparing, never for showing.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// sameWords says whether two texts differ at most in case, spaces and punctuation. Nothing equals "".
func sameWords(a, b string) bool {
	a, b = fold(a), fold(b)
	return a != "" && a == b
}

// absolute is a http(s) address in its own words, "" for anything else.
func absolute(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// langTag is the primary language of a tag ("ko-KR", "en_US"), "" when it is none.
func langTag(s string) string {
	tag, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
	if err != nil {
		return ""
	}
	base, _ := tag.Base()
	if base.String() == "und" {
		return ""
	}
	return base.String()
}

// detectLanguage gives the tag the source declares, unless the letters contradict it: a text of a third of Hangul
// is Korean, and one almost without any is not. Undeclared Latin text is English only when it has
// the commonest English words.
func detectLanguage(declared, text string) string {
	hangul, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Hangul, r) {
				hangul++
			}
		}
	}
	switch {
	case letters > 0 && hangul*3 >= letters:
		return "ko"
	case declared != "" && !(declared == "ko" && hangul*20 < letters):
		return declared
	case len(englishRE.FindAllString(text, 200))*12 >= min(200, len(strings.Fields(text))):
		return "en"
	}
	return ""
}

var englishRE = regexp.MustCompile(`(?i)\b(?:the|of|and|to|in|that|is|was|for|with|on)\b`)

var (
	latinDateline  = regexp.MustCompile(`^((\p{Lu}[\p{Lu}.'’\-]+(?:[ /]\p{Lu}[\p{Lu}.'’\-]+)*)((?:, \p{Lu}[\pL.]*(?: \p{Lu}[\pL.]*)*)*(?:, \p{Lu}[a-z]+\.? \d{1,2})?(?: ?\([\p{Lu}][\pL /·.\-]{1,40}\))?)) ?(?:--|—|–|-|―) ?([“"‘'\p{Lu}\d])`)
	koreanDateline = regexp.MustCompile(`^[(\[【][가-힣A-Za-z·, ]{1,30}=[^)\]】]{2,40}[)\]】]`)
)

// dateline is the place and agency in front of the first paragraph: "SEOUL, July 2 (Yonhap)",
// "MEXICO CITY (AP)", "(서울=연합뉴스)". A bare word in capitals counts when it is no short acronym.
func dateline(first string) string {
	if s := koreanDateline.FindString(first); s != "" {
		return s
	}
	m := latinDateline.FindStringSubmatch(first)
	if m == nil || m[3] == "" && len(m[2]) < 5 {
		return ""
	}
	return m[1]
}
