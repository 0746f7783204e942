package moderation

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotes are the marks that open and close a quotation.
var quotes = map[rune]rune{'“': '”', '‘': '’', '「': '」', '『': '』', '«': '»', '‹': '›', '《': '》', '„': '“', '"': '"', '\'': '\''}

// quotations returns the byte spans between quotation marks of one line, marks left out. An apostrophe opens
// only before a word and closes only after one.
func quotations(text string) (spans [][2]int) {
	open, from, previous := rune(0), 0, ' '
	for i, size := 0, 0; i < len(text); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(text[i:])
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case r == '\n':
			open = 0
		case open != 0 && r == quotes[open] && (r != '\'' && r != '’' || !unicode.In(next, unicode.Latin)):
			spans = append(spans, [2]int{from, i})
			open = 0
		case open == 0 && quotes[r] != 0 && (r != '\'' || !unicode.IsLetter(previous) && !unicode.IsSpace(next)):
			open, from = r, i+size
		}
		previous = r
	}
	return spans
}

// What stands around a word that is only mentioned: after it in Korean, before it in English.
var (
	mentionAfter = regexp.MustCompile(`^[”’"'」』»]? ?[가-힣]{0,2}?(?:` +
		`(?:이?라는|이?란) (?:[가-힣]+ ){0,2}?(?:` + koreanNaming + `)|` +
		`이?라[고며]? (?:[가-힣]+ )?(?:부르|부른|부를|불러|불렀|불리|불린|칭하|칭한|칭해|비하|조롱|폄하|놀리|놀렸|놀린|` + koreanNaming + `))`)
	mentionBefore = regexp.MustCompile(`(?i)(?:\b(?:word|words|term|slur|insult|phrase|epithet|expression)(?: like| such as| of)?|` +
		`\b(?:called|calls|calling|call)(?: (?:him|her|me|us|them|someone|people|somebody))?(?: an?| the)?|` +
		`(?:표현|단어|욕설|비속어|낱말|용어|멸칭|속어)(?:인|은|는)?)[ ,:]*["'“‘「『]?$`)
)

// koreanNaming are words for a word.
const koreanNaming = `말|단어|표현|욕|비속어|낱말|용어|멸칭|호칭|별명|낙인|비하|혐오|댓글|발언|소설|영화|노래|제목|이름|뜻`

const mentionReach = 90 // bytes

// mentioned says whether the words around text[start:end] name it rather than use it.
func mentioned(text string, start, end int) bool {
	after := strings.ToValidUTF8(text[end:min(len(text), end+mentionReach)], "")
	before := text[max(0, start-mentionReach):start]
	return mentionAfter.MatchString(after) || mentionBefore.MatchString(strings.ToValidUTF8(before, ""))
}

// within says whether text[start:end] lies in one of the spans.
func within(spans [][2]int, start, end int) bool {
	for _, s := range spans {
		if s[0] <= start && end <= s[1] {
			return true
		}
	}
	return false
}
