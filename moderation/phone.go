package moderation

import "strings"

const phoneSigns = " -.()"

// phoneNumber looks for a telephone number at the first numeral.
func phoneNumber(ns []numeral) (int, float64) {
	for _, rule := range []func([]numeral) (int, float64){internationalPhone, mobilePhone, fixedPhone, americanPhone, companyPhone} {
		if n, score := rule(ns); n > 0 {
			return n, score
		}
	}
	return 0, 0
}

// spread returns how many numerals, six at most, make exactly that many digits, 0 when none do.
func spread(ns []numeral, digits int) int {
	total := 0
	for i, n := range ns[:min(len(ns), 6)] {
		if i > 0 && strings.IndexByte(phoneSigns, n.before) < 0 || n.before == ',' {
			return 0
		}
		switch total += len(n.digits); {
		case total == digits:
			return i + 1
		case total > digits || n.before == 0 && i > 0:
			return 0
		}
	}
	return 0
}

// internationalPhone is "+" and 10 to 15 digits (E.164), or 82 10 for a Korean mobile.
func internationalPhone(ns []numeral) (int, float64) {
	if d := shaped(ns, phoneSigns, 2, 2, 4, 4); strings.HasPrefix(d, "8210") {
		return 4, 0.7
	}
	if ns[0].before != '+' || len(ns[0].digits) > 3 && len(ns[0].digits) < 10 {
		return 0, 0
	}
	best, total := 0, 0
	for i, n := range ns[:min(len(ns), 7)] {
		if i > 0 && (n.before == 0 || strings.IndexByte(phoneSigns, n.before) < 0) {
			break
		}
		if total += len(n.digits); total >= 10 && total <= 15 {
			best = i + 1
		}
	}
	return best, 0.6
}

// mobilePhone is 010 and eight digits, however they are parted, or one of the old prefixes and seven or eight.
func mobilePhone(ns []numeral) (int, float64) {
	first := ns[0].digits
	if strings.HasPrefix("010", first) || strings.HasPrefix(first, "010") {
		if n := spread(ns, 11); n > 0 && strings.HasPrefix(joined(ns[:n]), "010") {
			return n, 0.7
		}
	}
	for _, lengths := range [][]int{{3, 4, 4}, {3, 3, 4}, {11}, {10}, {3, 8}, {3, 7}} {
		if d := shaped(ns, phoneSigns, lengths...); len(d) > 2 && d[:2] == "01" && strings.IndexByte("016789", d[2]) >= 0 {
			return len(lengths), 0.7
		}
	}
	return 0, 0
}

// fixedPhone is a Korean area code (02, 031–064), 070 or 050x, and seven or eight digits; in one row it is weaker
// evidence.
func fixedPhone(ns []numeral) (int, float64) {
	for _, lengths := range [][]int{{2, 3, 4}, {2, 4, 4}, {3, 3, 4}, {3, 4, 4}, {4, 3, 4}, {4, 4, 4}} {
		if d := shaped(ns, phoneSigns, lengths...); d != "" && areaCode(ns[0].digits) {
			return 3, 0.6
		}
	}
	if d := ns[0].digits; (len(d) == 10 || len(d) == 11) && areaCode(d[:3]) && ns[0].before != ',' {
		return 1, 0.4
	}
	return 0, 0
}

func areaCode(d string) bool {
	switch len(d) {
	case 2:
		return d == "02"
	case 3:
		return d == "070" || d[0] == '0' && d[1] >= '3' && d[1] <= '6' && d[2] >= '1' && d[2] <= '5'
	case 4:
		return d[:3] == "050"
	}
	return false
}

// americanPhone is three, three and four digits; neither group of three begins with 0 or 1 (the North American
// Numbering Plan). Blanks alone do not make one.
func americanPhone(ns []numeral) (int, float64) {
	n := 3
	d := shaped(ns, "-.) ", 3, 3, 4)
	if d == "" {
		if d = shaped(ns, "-.() ", 1, 3, 3, 4); len(d) != 11 || d[0] != '1' {
			return 0, 0
		}
		d, n = d[1:], 4
	}
	if d[0] < '2' || d[3] < '2' || ns[n-1].before == ' ' && ns[n-2].before == ' ' {
		return 0, 0
	}
	return n, 0.6
}

// companyPhone is 15xx-, 16xx- or 18xx-xxxx, which only companies and offices have: a note. 1592-1598 are years.
func companyPhone(ns []numeral) (int, float64) {
	d := shaped(ns, "-", 4, 4)
	if d == "" || d[0] != '1' || strings.IndexByte("568", d[1]) < 0 || d[4:] >= d[:4] && d[4:] <= "2100" {
		return 0, 0
	}
	return 2, 0
}
