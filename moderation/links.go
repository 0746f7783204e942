package moderation

import (
	"fmt"
	"strings"
)

// The Why of a web address, under the clause "spam".
const (
	WhyLink      = "link"       // to a domain of the newspaper's list: a note
	WhyNewDomain = "new_domain" // to any other
	WhyShortener = "shortener"  // to a service that hides where it leads
	WhyMessenger = "messenger"  // to a chat, or the name of an account there
)

var linkScores = map[string]float64{WhyNewDomain: 0.5, WhyShortener: 0.6, WhyMessenger: 0.7}

// links is the check for web addresses, also those that are written so that no program should see them. A reader
// may post so many of them; when there are more, each one counts. Those to known domains count nothing.
type links struct {
	free, trusted int
	known         map[string]bool
}

// linksKind is the check for web addresses, as an admin sets it. No domain is known at first: which sources a
// newspaper trusts is for it to say.
func linksKind() Kind {
	return Kind{
		Name: "links", Default: Rule{Then: ThenHold}, Whys: []string{WhyLink, WhyNewDomain, WhyShortener, WhyMessenger},
		Params: []Param{
			{Name: "free", Default: 0, Min: 0, Max: 20, Unit: UnitCount},
			{Name: "trusted", Default: 2, Min: 0, Max: 20, Unit: UnitCount},
		},
		Lists: []List{{Name: "domains", Check: checkDomains}},
		New: func(s Setting) (Check, error) {
			known, err := parseDomains(s.Lists["domains"])
			return links{int(s.Numbers["free"]), int(s.Numbers["trusted"]), known}, err
		},
	}
}

// Check finds every web address.
func (l links) Check(s Submission) (Evidence, error) {
	var found []Finding
	counted := 0
	for _, a := range webAddresses(s.Text) {
		why := l.why(a.host)
		if why != WhyLink {
			counted++
		}
		found = append(found, Finding{Clause: "spam", Start: a.start, End: a.end, Why: why})
	}
	allowed := l.free
	if s.Author.Trusted() {
		allowed = max(l.free, l.trusted)
	}
	for i := range found {
		if counted > allowed {
			found[i].Score = linkScores[found[i].Why]
		}
	}
	return Evidence{Findings: found}, nil
}

func (l links) why(host string) string {
	switch {
	case inDomains(l.known, host):
		return WhyLink
	case host == "" || inDomains(messengers, host):
		return WhyMessenger
	case inDomains(shorteners, host):
		return WhyShortener
	}
	return WhyNewDomain
}

var (
	messengers = wordSet(`t.me telegram.me telegram.dog open.kakao.com pf.kakao.com qr.kakao.com wa.me chat.whatsapp.com api.whatsapp.com
		discord.gg line.me lin.ee m.me signal.me weixin.qq.com u.wechat.com viber.me`)
	shorteners = wordSet(`bit.ly bitly.com tinyurl.com t.co goo.gl is.gd v.gd ow.ly buff.ly cutt.ly rb.gy shorturl.at rebrand.ly t.ly tiny.cc
		s.id adf.ly me2.do me2.kr han.gl vo.la url.kr buly.kr c11.kr abit.ly zrr.kr lrl.kr tuney.kr muz.so reurl.kr`)
)

// inDomains says whether a host is one of the domains or under one of them.
func inDomains(domains map[string]bool, host string) bool {
	for host != "" {
		if domains[host] {
			return true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return false
}

// parseDomains reads a list of domains, one a line; empty lines and those beginning with # are skipped. Errors
// name the line.
func parseDomains(text string) (map[string]bool, error) {
	domains := map[string]bool{}
	i := 0
	for line := range strings.Lines(text) {
		i++
		line = strings.ToLower(strings.TrimSpace(line))
		if line == "" || line[0] == '#' {
			continue
		}
		if strings.ContainsAny(line, "/:@*, \t") || !strings.Contains(line, ".") || strings.Contains("."+line+".", "..") {
			return nil, placed(fault("domain", fmt.Sprintf("%q: write a domain such as example.com; its subdomains are meant, too", line), "Value", line), "", "", i)
		}
		domains[line] = true
	}
	return domains, nil
}

func checkDomains(text string) error {
	_, err := parseDomains(text)
	return err
}
