package moderation

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Language returns the language of a text, "ko" or "en", and "" when it cannot be told: too little of it, another
// script, or another language in Latin letters, as far as its accents and its lack of small English words tell.
func Language(text string) string {
	switch l := languageOf(text); l {
	case "ko", "en":
		return l
	}
	return ""
}

const (
	otherLanguage   = "other"
	syllableWeight  = 5  // letters that a Hangul syllable stands for, when the two scripts are weighed
	accentPercent   = 4  // from so many accented letters on it is not English
	wordsForEnglish = 12 // so many words without a small English one are not English
)

// languageOf is Language, with otherLanguage for a text that is surely neither Korean nor English.
func languageOf(text string) string {
	if spans := linkSpans(text); spans != nil {
		text = without(text, spans)
	}
	hangul, latin, accents, other := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				latin++
			}
		case inHangul(r):
			hangul++
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin++
			accents++
		default:
			other++
		}
	}
	switch {
	case hangul > 0 && hangul >= other && hangul*syllableWeight >= latin:
		return "ko"
	case other*syllableWeight > latin && other > 1:
		return otherLanguage
	case latin < 2:
		return ""
	case looksEnglish(text, accents*100 >= accentPercent*latin && accents > 1):
		return "en"
	}
	return otherLanguage
}

// without returns a text with a blank for each of the spans, which are sorted.
func without(text string, spans [][]int) string {
	var b strings.Builder
	from := 0
	for _, s := range spans {
		b.WriteString(text[from:s[0]])
		b.WriteByte(' ')
		from = s[1]
	}
	b.WriteString(text[from:])
	return b.String()
}

// looksEnglish says whether a text in Latin letters may be English: it has one of the small words, or is short and
// has no accents.
func looksEnglish(text string, accents bool) bool {
	words := 0
	for w := range strings.FieldsSeq(text) {
		w = strings.ToUpper(strings.Trim(w, `.,;:!?'"()`))
		if commonEnglish[w] {
			return true
		}
		if words++; words > 4*wordsForEnglish {
			break
		}
	}
	return words < wordsForEnglish && !accents
}

// commonEnglish are smallWords that the other languages of Europe have not.
var commonEnglish = wordSet(`THE AND NOT YOU YOUR MY HIS HER THEY THEM THIS THAT THESE ARE WERE BEEN HAVE HAS HAD WILL OF TO FOR FROM WITH IT IS
	IT'S DON'T CAN'T I'M AIN'T THAT'S WHAT WHY HOW WHEN WHERE WHO WOULD SHOULD COULD THERE THEIR OUR BUT WE SHE HIM BE BY UP OUT OFF GET GOT
	GO JUST LIKE THAN ALL AFTER BEFORE SOME ANY MORE GOOD NEED SEE KNOW ONE NOW THINK LET LOOK MAKE TAKE GIVE SAY SAID ABOUT OVER`)

// WhyOtherLanguage is that of a comment in another language than its article's.
const WhyOtherLanguage = "other_language"

const languageScore = 0.2

// language is the check for comments in another language than the article's.
type language struct{}

// languageKind is the check for the language, as an admin sets it.
func languageKind() Kind {
	return Kind{
		Name: "language", Default: Rule{Then: ThenNote}, Whys: []string{WhyOtherLanguage},
		New: func(Setting) (Check, error) { return language{}, nil },
	}
}

// Check compares the two languages when both are known.
func (language) Check(s Submission) (Evidence, error) {
	if s.Article.Language == "" {
		return Evidence{}, nil
	}
	article, _, _ := strings.Cut(s.Article.Language, "-")
	article = strings.ToLower(article)
	is := languageOf(s.Text)
	if is == "" || is == article || is == otherLanguage && article != "ko" && article != "en" {
		return Evidence{}, nil
	}
	return Evidence{Findings: []Finding{{Score: languageScore, Why: WhyOtherLanguage}}}, nil
}
