package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// stamp is a date as read from a source. The zero stamp is no date.
type stamp struct {
	at        time.Time
	raw       string // as it stood in the source
	precision precision
}

// precision says how much of an instant the source told: the higher, the better.
type precision int

const (
	noDate  precision = iota
	dayOnly           // 2024-06-26
	noZone            // 2024-06-26 14:02
	exact             // 2024-06-26T14:02:00+09:00
)

func (s stamp) assumed() bool { return s.precision == dayOnly || s.precision == noZone }

// better is the more precise of two dates, the first when they are alike.
func better(a, b stamp) stamp {
	if b.precision > a.precision {
		return b
	}
	return a
}

// The parts of every layout. hm is a clock time with what may stand around it: 14:02,
// 14:02:59.120, 2:02 PM KST, 오후 2:02, 오후 2시 2분, and ISO's T and offset.
const (
	monthName = `(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`
	weekday   = `(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?`
	ampm      = `[ap]\.?\s?m\b\.?`
	zoneName  = `(?P<zone>(?:utc|gmt)\s?[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}(?::?\d{2})?|\(?(?-i:Z|UTC|GMT|WES?T|BST|CES?T|EES?T|MSK|[KJ]ST|HKT|SGT|PHT|ICT|WIB|A[CEW][SD]T|NZ[SD]T|[ECMP][SD]?T|AK[SD]T|HST|IST)\b\)?)`
	clockTime = `(?P<before>오전|오후|새벽|밤|낮|` + ampm + `)?\s?(?P<h>\d{1,2})(?:\s?시(?:\s?(?P<kmin>\d{1,2})\s?분)?|\s?[:.](?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?)(?:\s?(?P<after>` + ampm + `))?(?:\s?` + zoneName + `)?`
	thenTime  = `(?:(?:\s*(?:[,|·]|\bat\b|[-–]\s)\s*|\s*t|\s+)` + clockTime + `)?`
)

// layouts are tried in this order, each at the start of the string.
var layouts = compile(
	`(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})`+thenTime,                                                        // ISO 8601, RFC 3339, "2024-06-26 오후 2:02"
	`(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:t(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?`+zoneName+`?)?(?:[^\d]|$)`,  // NITF, ISO 8601 basic
	`(?P<y>\d{4})\s?년\s?(?P<m>\d{1,2})\s?월\s?(?P<d>\d{1,2})\s?일(?:\s?\(?[월화수목금토일](?:요일)?\)?)?`+thenTime,          // 2024년 6월 26일 (수) 오후 2시 2분
	`(?P<y>\d{4})\s?[./]\s?(?P<m>\d{1,2})\s?[./]\s?(?P<d>\d{1,2})\.?(?:\s?\([월화수목금토일]\))?`+thenTime,              // 2024.06.26. 오후 2:02, 2024/6/26
	weekday+`(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+`+monthName+`,?[\s-]+(?P<y>\d{4})\b`+thenTime,         // 26 Jun. 2024, 14:02; RFC 1123
	weekday+monthName+`\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b`+thenTime,                            // June 26, 2024 2:02 PM KST
	weekday+monthName+`\s+(?P<d>\d{1,2})\s+`+clockTime+`\s+(?P<y>\d{4})\b`,                                       // ANSI C, Unix date
	clockTime+`\s*(?:[,|·-]|on)?\s+`+weekday+monthName+`\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b`,    // 2:02 PM EDT, Wed June 26, 2024
	clockTime+`\s*(?:[,|·-]|on)?\s+`+weekday+`(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+`+monthName+`,?\s+(?P<y>\d{4})\b`, // 14:02 BST, 26 June 2024
	`(?P<d>1[3-9]|2\d|3[01])\s?[./]\s?(?P<m>1[0-2]|0?[1-9])\s?[./]\s?(?P<y>\d{4})\b`+thenTime,                    // 26/06/2024, 26.06.2024: only unambiguous ones
	`(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])/(?P<y>\d{4})`+thenTime,                                        // 06/26/2024
)

func compile(patterns ...string) (res []*regexp.Regexp) {
	for _, p := range patterns {
		res = append(res, regexp.MustCompile(`(?i)^(?:`+p+`)`))
	}
	return res
}

var dateLabel = regexp.MustCompile(`(?i)^(?:[|·▶◇\[(<]\s*)?(?:(?:first\s+|last\s+)?(?:published|posted|updated|modified|date|created|revised)(?:\s+(?:on|at|date))?|(?:기사|최초|최종)?\s?(?:입력|수정|등록|승인|게재|발행|송고|작성|업데이트)(?:일시|시간|시각|일)?)\s*[:：\])>]?\s*`)

// readDate reads a date in any of the layouts, with or without a label ("Published:", "입력") in
// front. The zero stamp comes back for anything else, and for impossible dates. The zone of a date
// that names none is zone, the midnight of a date without a time is that zone's.
func readDate(s string, zone *time.Location) stamp {
	st, _ := datePrefix(s, zone)
	return st
}

// datePrefix also gives what follows the date.
func datePrefix(s string, zone *time.Location) (stamp, string) {
	s = strings.TrimSpace(s)
	if loc := dateLabel.FindStringIndex(s); loc != nil {
		s = s[loc[1]:]
	}
	for _, re := range layouts {
		m := re.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		if st, ok := build(re, s, m, zone); ok {
			st.raw = strings.TrimRight(s[:m[1]], " ,|")
			return st, s[m[1]:]
		}
	}
	return stamp{}, s
}

func build(re *regexp.Regexp, s string, m []int, zone *time.Location) (stamp, bool) {
	get := func(name string) string {
		if i := re.SubexpIndex(name); i >= 0 && m[2*i] >= 0 {
			return strings.ToLower(s[m[2*i]:m[2*i+1]])
		}
		return ""
	}
	num := func(name string) int { n, _ := strconv.Atoi(get(name)); return n }
	year, month, day := num("y"), num("m"), num("d")
	if name := get("mon"); name != "" {
		month = 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", name[:3])/3
	}
	hour, minute, second := num("h"), num("min")+num("kmin"), min(num("s"), 59)
	hour = noon(hour, get("before")+get("after"))
	if year < 1600 || year > 2200 || hour > 23 || minute > 59 {
		return stamp{}, false
	}
	prec := dayOnly
	if get("h") != "" {
		prec = noZone
	}
	if z := readZone(get("zone"), year, month, day); z != nil {
		zone, prec = z, exact
	}
	at := time.Date(year, time.Month(month), day, hour, minute, second, 0, zone)
	if at.Day() != day || at.Month() != time.Month(month) || prec == exact && at.Unix() == 0 {
		return stamp{}, false // 31 June; the zero of a clock that was never set
	}
	return stamp{at: at, precision: prec}, true
}

// noon puts a twelve-hour time on the twenty-four-hour clock.
func noon(hour int, half string) int {
	late := strings.HasPrefix(half, "p") || half == "오후" || half == "밤" || half == "낮" && hour < 6
	switch {
	case late && hour < 12:
		return hour + 12
	case half != "" && !late && hour == 12 && half != "낮":
		return 0
	}
	return hour
}
