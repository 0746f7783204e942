package moderation

import "strings"

// personNumber is a number that identifies or reaches somebody.
type personNumber struct {
	start, end int // bytes
	score      float64
	why        string
}

// numberRules are tried in this order at each numeral. Each returns how many numerals it takes, 0 for none, and
// what speaks for it.
var numberRules = []struct {
	why  string
	rule func(text string, ns []numeral) (int, float64)
}{
	{WhyResident, func(_ string, ns []numeral) (int, float64) { return residentNumber(ns, "1234") }},
	{WhyForeigner, func(_ string, ns []numeral) (int, float64) { return residentNumber(ns, "5678") }},
	{WhyCard, func(_ string, ns []numeral) (int, float64) { return cardNumber(ns) }},
	{WhyPhone, func(_ string, ns []numeral) (int, float64) { return phoneNumber(ns) }},
	{WhyAccount, accountNumber},
	{WhyLicence, func(_ string, ns []numeral) (int, float64) { return licenceNumber(ns) }},
}

// personNumbers returns the numbers among the numerals of a text, from left to right without overlaps.
func personNumbers(text string, ns []numeral) (found []personNumber) {
next:
	for len(ns) > 0 {
		for _, r := range numberRules {
			if n, score := r.rule(text, ns); n > 0 {
				found = append(found, personNumber{opening(text, ns[0]), ns[n-1].end, score, r.why})
				ns = ns[n:]
				continue next
			}
		}
		ns = ns[1:]
	}
	return found
}

// opening is where a number begins, with a "+" or "(" directly before it.
func opening(text string, n numeral) int {
	for _, sign := range []string{"+", "(", "＋", "（"} {
		if strings.HasSuffix(text[:n.start], sign) {
			return n.start - len(sign)
		}
	}
	return n.start
}

// shaped joins the first numerals when they have these lengths and signs between them, "" else.
func shaped(ns []numeral, signs string, lengths ...int) string {
	if len(ns) < len(lengths) || len(ns) > len(lengths) && ns[len(lengths)].before == ',' || ns[0].before == ',' {
		return ""
	}
	for i, length := range lengths {
		if len(ns[i].digits) != length || i > 0 && strings.IndexByte(signs, ns[i].before) < 0 {
			return ""
		}
	}
	return joined(ns[:len(lengths)])
}

func joined(ns []numeral) string {
	var b strings.Builder
	for _, n := range ns {
		b.WriteString(n.digits)
	}
	return b.String()
}

// residentNumber looks for yymmdd and seven digits, of which the first tells century, sex and nationality. Numbers
// given before October 2020 end in a check digit; those given since then are random and cannot be checked. So the
// day must exist, and without a check digit that fits, 13 digits in one row are weak evidence: they may be a
// number of an order, or the bar code of an article (EAN-13).
func residentNumber(ns []numeral, centuries string) (int, float64) {
	n, d := 2, shaped(ns, " -./", 6, 7)
	if d == "" {
		n, d = 1, shaped(ns, "", 13)
	}
	if d == "" || strings.IndexByte(centuries, d[6]) < 0 || !monthDay(d[2:6]) {
		return 0, 0
	}
	switch {
	case residentCheck(d):
		return n, 0.9
	case n == 2:
		return n, 0.8
	case barCode(d):
		return 0, 0
	}
	return n, 0.5
}

// monthDay says whether mmdd is a day of some year.
func monthDay(d string) bool {
	month, day := int(d[0]-'0')*10+int(d[1]-'0'), int(d[2]-'0')*10+int(d[3]-'0')
	days := [...]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month]
}

// residentCheck is the check digit of the resident registration act's rules: weights 2 to 9, then 2 to 5, modulo
// 11; for foreigners 2 more.
func residentCheck(d string) bool {
	sum := 0
	for i := range 12 {
		sum += int(d[i]-'0') * (i%8 + 2)
	}
	check := 11 - sum%11
	if d[6] >= '5' {
		check += 2
	}
	return check%10 == int(d[12]-'0')
}

// barCode says whether 13 digits are an EAN-13 of Korean goods or a book.
func barCode(d string) bool {
	if d[:3] != "880" && d[:3] != "978" && d[:3] != "979" {
		return false
	}
	sum := 0
	for i := range 13 {
		sum += int(d[i]-'0') * (i%2*2 + 1)
	}
	return sum%10 == 0
}

// cardNumber looks for 16 digits, or 15 of American Express, that pass Luhn's check (ISO/IEC 7812-1).
func cardNumber(ns []numeral) (int, float64) {
	for _, lengths := range [][]int{{4, 4, 4, 4}, {16}, {4, 6, 5}} {
		if d := shaped(ns, " -.", lengths...); d != "" && luhn(d) && strings.Trim(d, d[:1]) != "" {
			return len(lengths), 0.9
		}
	}
	return 0, 0
}

func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return sum%10 == 0
}

// licenceNumber looks for a Korean driving licence: region 11 to 28, year, six digits, two to check.
func licenceNumber(ns []numeral) (int, float64) {
	if d := shaped(ns, "-", 2, 2, 6, 2); d != "" && d[:2] >= "11" && d[:2] <= "28" {
		return 4, 0.6
	}
	return 0, 0
}

// banks are names of Korean banks and words that stand beside the number of an account. Those in commonBanks are
// everyday words too: the number must have hyphens.
var (
	banks = []string{"은행", "뱅크", "카뱅", "토뱅", "케뱅", "계좌", "농협", "신협", "수협", "새마을", "우체국", "입금", "송금", "예금주",
		"후원", "SC제일", "IBK", "account", "Account", "IBAN"}
	commonBanks = []string{"국민", "신한", "우리", "하나", "기업", "산업", "씨티", "대구", "부산", "광주", "전북", "경남", "제주", "토스", "KB", "NH"}
)

// accountNumber looks for 10 to 16 digits with the name of a bank near them.
func accountNumber(text string, ns []numeral) (int, float64) {
	n, total := 1, len(ns[0].digits)
	for n < len(ns) && n < 5 && (ns[n].before == '-' || ns[n].before == ' ' && ns[n].start-ns[n-1].end == 1) {
		total += len(ns[n].digits)
		n++
	}
	if total < 10 || total > 16 || ns[0].before == ',' {
		return 0, 0
	}
	near := around(text, ns[0].start, ns[n-1].end)
	hyphens := n >= 3 && ns[1].before == '-' && ns[2].before == '-'
	if containsAny(near, banks...) || hyphens && containsAny(near, commonBanks...) {
		return n, 0.8
	}
	return 0, 0
}

// around returns what stands up to 14 Hangul syllables before and 8 after a place, with no number in it.
func around(text string, start, end int) string {
	return text[max(0, start-42):start] + "\n" + text[end:min(len(text), end+24)]
}
