package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// particles stay small inside a name.
var particles = map[string]bool{
	"de": true, "la": true, "las": true, "los": true, "del": true, "da": true, "dos": true, "das": true, "do": true, "di": true, "du": true,
	"van": true, "von": true, "der": true, "den": true, "ter": true, "zu": true, "zur": true, "bin": true, "ibn": true, "bint": true, "y": true, "e": true, "al": true, "el": true,
}

// koreanSurnames, as romanised in bylines: beside one of them a hyphenated word is a given name.
var koreanSurnames = words(`kim lee yi rhee li park pak bak choi choe jung jeong chung jeon chun jun kang gang cho jo yoon yun jang chang lim im rim han oh
	seo suh shin sin kwon gwon hwang ahn an song ryu yoo yu you hong koh ko go moon mun yang son sohn bae baek paik heo hur huh nam shim sim noh roh no
	ha kwak gwak sung seong cha joo ju woo u koo ku gu ra na min jin chin ji um eom won chae cheon bang pang kong gong hyun hyeon ham byun byeon yeom
	yeo choo chu do so seok sun seol ma gil ki gi pyo wi myung ki ban wang geum ok yuk in maeng je mo tak guk eun pyeon yong`)

var (
	syllableRE = regexp.MustCompile(`^(?:kk|tt|pp|ss|jj|ch|sh|k|g|n|t|d|r|l|m|p|b|s|j|h|y|w|c)?h?(?:yae|yeo|weo|wae|you|yoo|yu|yo|ye|ya|wa|we|wi|wo|ae|eo|eu|oe|ui|ee|oo|ou|ea|ie|a|e|i|o|u)(?:ng|ck|k|g|n|t|l|m|p|b|h|r)?$`)
	innerMcRE  = regexp.MustCompile(`^(?:O'|D'|L'|O’|D’|L’|MC)`)
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// displayName shows an upper-case name in title case: SEO MIN-JAE -> Seo Min-jae, O'BRIEN ->
// O'Brien, McDONALD -> McDonald, JUAN DE LA CRUZ -> Juan de la Cruz. Other names, initials,
// numerals and the short names of agencies stay as they are.
func displayName(name string) string {
	parts := strings.Fields(name)
	if !isUpper(name) || len(parts) == 1 && utf8.RuneCountInString(name) <= 4 {
		return name
	}
	korean := false
	for _, w := range parts {
		korean = korean || koreanSurnames[strings.ToLower(w)]
	}
	for i, w := range parts {
		parts[i] = titleWord(w, i, korean)
	}
	return strings.Join(parts, " ")
}

func titleWord(w string, place int, korean bool) string {
	lower := strings.ToLower(w)
	bare := strings.Trim(lower, ".,")
	switch {
	case place > 0 && particles[lower]:
		return lower
	case bare == "ii" || bare == "iii" || bare == "iv", strings.Contains(strings.TrimSuffix(w, "."), "."), initials(bare):
		return w
	}
	pieces := strings.Split(w, "-")
	given := korean && len(pieces) == 2 && syllableRE.MatchString(strings.ToLower(pieces[0])) && syllableRE.MatchString(strings.ToLower(pieces[1]))
	for i, p := range pieces {
		if i > 0 && given {
			pieces[i] = strings.ToLower(p)
		} else {
			pieces[i] = capital(p)
		}
	}
	return strings.Join(pieces, "-")
}

// capital makes one word of a name: the first letter large, and the one after Mc, O' and D'.
func capital(w string) string {
	if n := len(innerMcRE.FindString(strings.ToUpper(w))); n > 0 && len(w) > n+1 {
		head := strings.ToLower(w[:n])
		return strings.ToUpper(head[:1]) + head[1:] + capital(w[n:])
	}
	if strings.HasPrefix(w, "Mac") && len(w) > 4 && isUpper(w[3:]) { // MacDONALD shows its own capital
		return "Mac" + capital(w[3:])
	}
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + strings.ToLower(w[n:])
}

// initials: JD, TJ, BBC, AFP: short and without a vowel, or the agencies that have one.
func initials(w string) bool {
	if koreanSurnames[w] || w == "jr" || w == "sr" || w == "ng" || w == "st" || w == "mr" || w == "dr" {
		return false
	}
	return len(w) <= 3 && !strings.ContainsAny(w, "aeiouyéöü") || w == "aj" || w == "ap" || w == "afp" || w == "upi" || w == "epa"
}

// isUpper says whether a name is set in capitals, but for the small letters of Mc and Mac.
func isUpper(name string) bool {
	s := strings.NewReplacer("Mc", "MC", "Mac", "MAC").Replace(name)
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}
