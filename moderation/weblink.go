package moderation

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// link matches what may be a web or an e-mail address; webAddress tells which of them are. Go's regexp takes
// linear time.
var link = regexp.MustCompile(`(?i)\b(?:https?|hxxps?|ftp)://(?:\p{Hangul}+\.)*(?:[a-z0-9\[][!-~]*|\p{Hangul}+)` +
	`|\bwww\.(?:\p{Hangul}+\.)*[a-z0-9][!-~]*` +
	`|\b[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+` +
	`|(?:(?:\b[a-z0-9-]+|\p{Hangul}+)\.)+[a-z][a-z0-9-]+(?::[0-9]+)?(?:[/?#][!-~]*)?`)

// linkSpans returns the byte spans of the addresses in a text, web and e-mail, from left to right. What is
// written so that no program takes it for an address is left to hiddenLinks.
func linkSpans(text string) [][]int {
	for i := 1; i+1 < len(text); i++ {
		dot := text[i] == '.' && isWordByte(text[i+1]) && (isWordByte(text[i-1]) || text[i-1] >= utf8.RuneSelf)
		if dot || text[i] == ':' && text[i+1] == '/' {
			return addresses(text)
		}
	}
	return nil // the common case, found in a fiftieth of the time
}

func addresses(text string) (spans [][]int) {
	hangul := strings.ContainsFunc(text, inHangul)
	for _, m := range link.FindAllStringIndex(text, -1) {
		m[1] = m[0] + len(strings.TrimRight(text[m[0]:m[1]], `.,;:!?'")]}>`))
		if a := text[m[0]:m[1]]; isEmail(a) || webAddress(a, hangul) {
			spans = append(spans, m)
		}
	}
	return spans
}

func isWordByte(b byte) bool {
	return b == '-' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// isEmail tells the two kinds of addresses apart.
func isEmail(address string) bool {
	at := strings.IndexByte(address, '@')
	return at > 0 && !strings.ContainsAny(address[:at], "/:")
}

// webAddress says whether something with dots is meant as an address, not a decimal, an abbreviation, a file or
// two sentences without a blank. One with a scheme or "www." is. Else its end must be a top-level domain; one that
// is also a word or the ending of a file ("top", "sh") must have more to it: a path, a digit or hyphen, a third
// part, or Korean around it.
func webAddress(address string, hangul bool) bool {
	host, path := splitAddress(address)
	if strings.Contains(address, "://") || strings.HasPrefix(host, "www.") {
		return strings.Trim(host, ".-") != "" && host != "www."
	}
	dot := strings.LastIndexByte(host, '.')
	name, top := host[:dot], host[dot+1:]
	last := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case shortHosts[host]:
		return true
	case address[dot+1] < 'a' && address[dot+2] >= 'a':
		return false // "Dr.No", a sentence that begins
	case len(last) < 2 || len(last) < 3 && strings.Trim(last, "0123456789") == "":
		return false // "M.net", "2.it"
	case strings.HasPrefix(top, "xn--") || topDomains[top]:
		return true
	case !wordDomains[top] || strings.HasSuffix(address[:len(host)], strings.ToUpper(top)):
		return false
	}
	return len(path) > 1 || strings.ContainsAny(name, ".0123456789-") || hangul && strings.Trim(last, "abcdefghijklmnopqrstuvwxyz") == "" && !files[top]
}

// splitAddress returns the host of a web address in lower case, without scheme, user and port, and what follows.
func splitAddress(address string) (host, path string) {
	if i := strings.Index(address, "://"); i >= 0 {
		address = address[i+3:]
	}
	host = address
	if i := strings.IndexAny(address, "/?#"); i >= 0 {
		host, path = address[:i], address[i:]
	}
	host = host[strings.LastIndexByte(host, '@')+1:]
	host, _, _ = strings.Cut(host, ":")
	return strings.ToLower(host), path
}

// maxHost is the greatest length of a domain name, in bytes (RFC 1035, 2.3.4: 255 with the lengths of its labels).
const maxHost = 253

// hostOf returns the host of a web address in lower case. Of one that is too long to be a domain name only the last labels are
// left: whoever looks at each of its parents takes a bounded time.
func hostOf(address string) string {
	host, _ := splitAddress(address)
	for len(host) > maxHost {
		_, parent, _ := strings.Cut(host, ".")
		if parent == "" {
			break
		}
		host = parent
	}
	return host
}

func inHangul(r rune) bool { return r >= hangulFirst && r <= hangulLast || isJamo(r) }

// wordSet makes a set of the words of a text.
func wordSet(text string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		out[w] = true
	}
	return out
}

// Hosts and top-level domains, of IANA's root zone. Those in wordDomains are words, too, or the endings of files.
var (
	shortHosts = wordSet(`t.me x.com t.co g.co v.gd`)
	topDomains = wordSet(`com net org edu gov mil int info biz asia mobi jobs tel cat coop museum aero post xxx
		xyz icu vip wiki online website shop store porn sexy casino bingo loans click ltd llc gmbh
		kr jp cn tw hk sg vn th my ph mn kz uz eu uk ie de fr es pt nl ch dk se fi pl cz sk hu ro bg gr ru ua
		su tr il ae sa ir pk bd lk np mm kh la au nz ca mx br ar cl pe ve co io gg ly cc ws nu tk ml ga cf gq fm
		ac ag ai gl gd gy je lc li lt lv lu ms mu nf pw re sc sx vc vg xn`)
	wordDomains = wordSet(`me us im it is in to so tv do st pm am as by id my no be at la sh py rs md app bet best cam cash club fun
		game games group guru help host life link live lol love men money news one page party pet pics pink pizza place
		plus press pro promo pub red review rocks run sale show site sites space studio style support team tech tips
		today top tours town toys trade video wang win wine work works world zone zip mov bar beer biz blog blue buzz
		camp care center chat city cloud cool date day dev digital direct dog download email events express farm fit
		flights gift global gold golf green ink kim land law limited mobile network ninja photo poker racing rent
		school science search security sex social stream surf tube uno watch web wtf yoga`)
	files = wordSet(`sh py rs md zip mov`)
)
