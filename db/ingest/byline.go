package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/db"
)

var (
	mailRE    = regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+`)
	hiddenRE  = regexp.MustCompile(`(?i)[\[(]*\[?email[\s\x{a0}]+protected\]?[\])]*`) // what Cloudflare leaves of an address
	bracketRE = regexp.MustCompile(`[\[(<【][^\])>】]*[\])>】]`)
	byRE      = regexp.MustCompile(`(?i)^(?:(?:written|words|story|reported|reporting)\s+)?by[\s:]+`)
	jobRE     = regexp.MustCompile(`(?i)[\s,]*\b((?:(?:senior|chief|contributing|intern|special|deputy|assistant|managing|sports|business|political|national|news|staff|guest)\s+)*(?:staff\s+(?:writers?|reporters?)|writers?|reporters?|correspondents?|columnists?|photographers?|editors?|contributors?|interns?|critics?))$`)
	koJobRE   = regexp.MustCompile(`\s*((?:[가-힣]{2,4}전문|사진|인턴|선임|수습|전문|객원|시민|디지털|영상)?\s?기자|특파원|논설위원|논설실장|칼럼니스트|편집위원|편집국장|에디터|앵커|아나운서|PD|리포터|작가|교수|통신원)$`)
	koDeskRE  = regexp.MustCompile(`^(글|사진|그래픽|영상|정리|취재|촬영|일러스트|[가-힣]{2,8})\s?[=:]\s?`)
	agencyRE  = regexp.MustCompile(`^[(\[【]\s*[가-힣A-Za-z·, ]+=[^)\]】]*[)\]】]\s*`) // (서울=연합뉴스)
	placeRE   = regexp.MustCompile(`\s+in\s+[A-Z][\p{L}.\-]+(?:[ ,]+[A-Z][\p{L}.\-]+)*$`)
	suffixRE  = regexp.MustCompile(`(?i)^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?$`)
	splitRE   = regexp.MustCompile(`(?i)\s*[;·ㆍ・、|]\s*|\s+(?:and|&)\s+|,\s*(?:and\s+)?|\s+/\s+`)
)

// readByline reads the names of a credit line in their order: "BY A, B [mail]", "By A and B",
// "홍길동·김철수 기자 mail", "글=홍길동, 사진=김철수 기자". An address goes only to the name it clearly
// belongs to; a hidden one ("[email protected]") to nobody. ok is false when a part of the line is no
// name, so that a sentence is not taken for a byline.
func readByline(line string) (authors []db.Author, ok bool) {
	s := strings.TrimSpace(hiddenRE.ReplaceAllString(line, " "))
	s = agencyRE.ReplaceAllString(s, "")
	if inner, found := enclosed(s); found {
		s = inner
	}
	s = byRE.ReplaceAllString(s, "")
	ok = true
	mailsAt := map[int][]string{} // addresses by the name they stand behind
	for _, part := range splitOutside(s) {
		mails := mailRE.FindAllString(part, -1)
		name, role := splitJob(mailRE.ReplaceAllString(bracketRE.ReplaceAllString(part, " "), " "))
		last := len(authors) - 1
		switch {
		case name == "" && last >= 0: // "A, Staff Writer" or "A, [mail]"
			if role != "" {
				authors[last].Role = roleOf(role)
			}
		case name == "":
			ok = ok && len(mails) == 0
			continue
		case last >= 0 && suffixRE.MatchString(name):
			authors[last].Name += ", " + name
			authors[last].Raw += ", " + name
		default:
			authors = append(authors, db.Author{Name: displayName(name), Raw: name, Role: roleOf(role)})
			last++
			ok = ok && looksLikeName(name)
		}
		mailsAt[last] = append(mailsAt[last], mails...)
	}
	first := 0
	for i := range authors {
		if len(mailsAt[i]) > 0 {
			giveMails(authors[first:i+1], mailsAt[i])
			first = i + 1
		}
	}
	return authors, ok && len(authors) > 0
}

// giveMails hands one address to the last name, which it stands behind, as many addresses as names
// to the names in order, and any others only to the names that they spell.
func giveMails(authors []db.Author, mails []string) {
	for i, mail := range mails {
		at := len(authors) - 1
		switch {
		case len(mails) == len(authors):
			at = i
		case len(mails) > 1:
			at = spelt(authors, mail)
		}
		if at >= 0 && authors[at].Email == "" {
			authors[at].Email = mail
		}
	}
}

// spelt is the one author of whose name a part stands in the address, -1 when it is none or several.
func spelt(authors []db.Author, mail string) int {
	local, _, _ := strings.Cut(strings.ToLower(mail), "@")
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	found := -1
	for i, a := range authors {
		if slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(a.Name), notLetter), func(part string) bool {
			return slices.ContainsFunc(strings.FieldsFunc(local, notLetter), func(word string) bool { return spells(word, part) })
		}) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// spells: the shorter a part of a name, the less of an address may stand around it.
func spells(word, part string) bool {
	switch n := utf8.RuneCountInString(part); {
	case n >= 4:
		return strings.Contains(word, part)
	case n == 3:
		return strings.HasPrefix(word, part) || strings.HasSuffix(word, part)
	}
	return word == part && len(word) > 1
}

// splitOutside cuts at commas, "and", "·" …, but not inside brackets.
func splitOutside(s string) (parts []string) {
	masked := bracketRE.ReplaceAllStringFunc(s, func(b string) string { return strings.Repeat("x", len(b)) })
	start := 0
	for _, loc := range splitRE.FindAllStringIndex(masked, -1) {
		parts = append(parts, s[start:loc[0]])
		start = loc[1]
	}
	return append(parts, s[start:])
}

// enclosed gives what stands inside one pair of brackets around the whole line.
func enclosed(s string) (string, bool) {
	r, n := utf8.DecodeRuneInString(s)
	i := strings.IndexRune("[(【<", r)
	if i < 0 {
		return s, false
	}
	closing := map[rune]string{'[': "]", '(': ")", '【': "】", '<': ">"}[r]
	inner, found := strings.CutSuffix(s[n:], closing)
	return strings.TrimSpace(inner), found && !strings.Contains(inner, closing)
}

// splitJob takes the job behind a name and the desk in front of it: "Hong Gil-dong Staff Writer",
// "사진=홍길동 기자", "A in Paris". A single word keeps its job: "Guardian staff reporter" is no name.
func splitJob(s string) (name, role string) {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " ,-–—|=/")
	if word := s[strings.LastIndex(s, " ")+1:]; len(word) > 4 && strings.Count(word, ".") == 1 {
		s = strings.TrimSuffix(s, ".") // the end of a sentence, not Jr. or J.K.
	}
	if m := koDeskRE.FindStringSubmatch(s); m != nil {
		role, s = m[1], s[len(m[0]):]
	}
	if loc := koJobRE.FindStringSubmatchIndex(s); loc != nil {
		if role == "" || roleOf(role) == "" {
			role = s[loc[2]:loc[3]]
		}
		return strings.TrimSpace(s[:loc[0]]), role
	}
	s = placeRE.ReplaceAllString(s, "")
	if loc := jobRE.FindStringSubmatchIndex(s); loc != nil {
		if rest := strings.TrimSpace(s[:loc[0]]); rest == "" || strings.Contains(rest, " ") {
			return rest, s[loc[2]:loc[3]]
		}
	}
	return s, role
}

// roleOf names the role of anyone who is not simply the writer, "" for the writer.
func roleOf(job string) string {
	job = strings.ToLower(job)
	for _, r := range []struct{ word, role string }{
		{"photo", "photographer"}, {"사진", "photographer"}, {"촬영", "photographer"}, {"editor", "editor"}, {"편집", "editor"}, {"에디터", "editor"},
		{"columnist", "columnist"}, {"칼럼", "columnist"}, {"논설", "columnist"}, {"correspondent", "correspondent"}, {"특파원", "correspondent"},
		{"그래픽", "graphics"}, {"일러스트", "illustrator"}, {"영상", "video"},
	} {
		if strings.Contains(job, r.word) {
			return r.role
		}
	}
	return ""
}

var koName = regexp.MustCompile(`^(?:[가-힣]{2,4}|[가-힣]{1,2} [가-힣]{1,2})$`)

// looksLikeName is true for one to six words that start like names and hold nothing else.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || utf8.RuneCountInString(s) > 60 || strings.ContainsAny(s, "0123456789!?:;\"“”/@#%*=_…") {
		return false
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
		return koName.MatchString(s)
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.Is(unicode.Han, r) && !(i > 0 && particles[strings.ToLower(w)]) && !strings.HasPrefix(w, "d'") && !strings.HasPrefix(w, "al-") {
			return false
		}
	}
	return true
}

// isCredit says whether a line of its own is a credit line: "BY A, B [mail]", "홍길동 기자 mail".
func isCredit(line string) bool {
	if utf8.RuneCountInString(line) > 200 {
		return false
	}
	authors, ok := readByline(line)
	if !ok {
		return false
	}
	if byRE.MatchString(line) {
		for _, a := range authors {
			if !strings.Contains(a.Raw, " ") && !koName.MatchString(a.Raw) && strings.ToUpper(a.Raw) != a.Raw && a.Email == "" {
				return false // "By Monday"
			}
		}
		return true
	}
	return koCredit(line, authors)
}

// koCredit: Korean lines have no "by"; the job or the address makes them credit lines.
func koCredit(line string, authors []db.Author) bool {
	for _, a := range authors {
		if !koName.MatchString(a.Raw) {
			return false
		}
	}
	bare := strings.Trim(mailRE.ReplaceAllString(hiddenRE.ReplaceAllString(line, ""), ""), "[]()<>【】 ·,=/|")
	return koJobRE.MatchString(bare) || mailRE.MatchString(line) || koJobRE.MatchString(bracketRE.ReplaceAllString(bare, ""))
}
