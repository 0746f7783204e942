package moderation

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// hiddenDot matches what is typed for the dot of an address: "[.]", "(dot)", " dot ", "점" and, before the most
// usual endings, a dot with a blank beside it.
const hiddenDot = `(?:\s*[\[({<]\s*(?:\.|dot|점|닷)\s*[\])}>]\s*|\s+dot\s+|\s*(?:점|닷)\s*)`

var (
	hiddenAddress = regexp.MustCompile(`(?i)(?:\b[a-z0-9-]{2,}|\p{Hangul}{2,})(?:(?:\.|` + hiddenDot + `)[a-z0-9-]{2,})*` +
		hiddenDot + `[a-z]{2,}\b(?:/[!-~]*)?|\b[a-z0-9-]{3,}(?:\s+\.\s*|\.\s+)(?:com|net|kr|co\.kr|org)\b(?:/[!-~]*)?`)
	hiddenDots = regexp.MustCompile(`(?i)` + hiddenDot + `|\s*\.\s*`)
	// An account of a messenger: its name, then "@" or a word for identifier, or letters with digits.
	messengerID = regexp.MustCompile(`(?:카카오톡|카톡|텔레그램|텔레|텔그|위챗|telegram|kakao ?talk|kakao|whats ?app|wechat)\s*` +
		`(?:(?:아이디|id)(?:는|은)?\s*[:=]?\s*@?|[:=]?\s*@)\s*[a-z0-9_.]{4,}` +
		`|(?:카카오톡|카톡|텔레그램|텔레|텔그|위챗|telegram|kakao ?talk|whats ?app|wechat)\s*[:=]?\s*(?:[a-z_]+[0-9][a-z0-9_]*)`)
)

// address is a web address in a text, or what is meant as one.
type address struct {
	start, end int
	host       string // lower case, maxHost bytes at most; "" for an account of a messenger
}

// webAddresses returns the web addresses of a text, hidden ones and accounts of messengers included, from left to
// right without overlaps.
func webAddresses(text string) []address {
	found := plainAddresses(nil, text)
	if letters(text) < 2 {
		return found
	}
	if v := plainView(text); v.text != text {
		for _, a := range plainAddresses(nil, v.text) {
			found = append(found, address{v.at[a.start], v.at[a.end], a.host})
		}
	}
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // a letter whose small form has another size: the spans would not fit
		lower = text
	}
	found = append(hiddenAddresses(found, lower), messengerAccounts(lower)...)
	slices.SortStableFunc(found, func(a, b address) int { return a.start - b.start })
	end := 0
	return slices.DeleteFunc(found, func(a address) bool {
		overlaps := a.start < end
		end = max(end, a.end)
		return overlaps
	})
}

func plainAddresses(found []address, text string) []address {
	for _, span := range linkSpans(text) {
		if a := text[span[0]:span[1]]; !isEmail(a) {
			found = append(found, address{span[0], span[1], hostOf(a)})
		}
	}
	return found
}

func hiddenAddresses(found []address, lower string) []address {
	if !mayHideDot(lower) {
		return found
	}
	for _, m := range hiddenAddress.FindAllStringIndex(lower, -1) {
		host := hostOf(hiddenDots.ReplaceAllString(lower[m[0]:m[1]], "."))
		top := host[strings.LastIndexByte(host, '.')+1:]
		first, _ := utf8.DecodeRuneInString(lower[m[0]:])
		switch {
		case inHangul(first) && !hangulTops[top]: // "백화점 vip"
		case topDomains[top], wordDomains[top] && len(top) > 2:
			found = append(found, address{m[0], m[1], host})
		}
	}
	return found
}

// hangulTops are the top-level domains that are looked for after a Hangul name and "점", the end of many a word.
var hangulTops = wordSet("com net org kr")

// mayHideDot is a cheap test for what hiddenAddress needs.
func mayHideDot(lower string) bool {
	for _, dot := range []string{"점", "닷"} {
		for rest := lower; ; {
			_, after, there := strings.Cut(rest, dot)
			if !there {
				break
			}
			if next := strings.TrimLeft(after, " ])}>"); next != "" && isWordByte(next[0]) {
				return true
			}
			rest = after
		}
	}
	return containsAny(lower, "dot)", "dot]", "dot ", "dot}", ".]", ".)", ".}", ".>", " .com", " .net", " .kr", " .co", " .org", ". com", ". net", ". kr", ". co", ". org", ". ]", ". )")
}

func messengerAccounts(lower string) (found []address) {
	if !containsAny(lower, "톡", "텔레", "텔그", "위챗", "telegram", "kakao", "whats", "wechat") {
		return nil
	}
	for _, m := range messengerID.FindAllStringIndex(lower, -1) {
		found = append(found, address{m[0], m[1], ""})
	}
	return found
}

// letters counts the Latin letters of a text, full width too.
func letters(text string) (n int) {
	for i := 0; i < len(text); i++ {
		if b := text[i] | 0x20; b >= 'a' && b <= 'z' || text[i] == 0xEF {
			n++
		}
	}
	return n
}

func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// view is a text in plain signs, and where each of its bytes stood.
type view struct {
	text string
	at   []int // byte of the source for each byte of text, and for its end
}

// plainView writes full-width letters and signs in ASCII, any full stop as ".", and drops joiners.
func plainView(text string) view {
	i := 0
	for i < len(text) && text[i] < utf8.RuneSelf || i < len(text) && text[i] != 0xEF && text[i] != 0xE2 && text[i] != 0xE3 {
		i++
	}
	if i == len(text) {
		return view{text: text}
	}
	v := view{at: make([]int, 0, len(text)+1)}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '。' || r == '․' || r == '‧' || r == '｡':
			r = '.'
		case r == 0x200C || r == 0x200D:
			continue
		}
		for range utf8.RuneLen(r) {
			v.at = append(v.at, i)
		}
		b.WriteRune(r)
	}
	v.text, v.at = b.String(), append(v.at, len(text))
	return v
}
