package ingest

import (
	"strconv"
	"strings"
	"time"
)

// zoneHours are the abbreviations that newspapers print and that mean one offset there, in hours
// from UTC. Ambiguous ones (IST, CST of China, AST) are read the way English-language agencies
// use them or left out: a date with an unknown one gets the zone of the import.
var zoneHours = map[string]float64{
	"z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
	"kst": 9, "jst": 9, "hkt": 8, "sgt": 8, "pht": 8, "ict": 7, "wib": 7,
	"awst": 8, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}

// zonePlaces are the American abbreviations that follow the season.
var zonePlaces = map[string]string{
	"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
}

// readZone reads "+09:00", "+0900", "+09", "Z", "UTC+9", "KST", "(KST)", "ET" in lower case; nil when
// it is none of them. The day decides the season of "ET".
func readZone(s string, year, month, day int) *time.Location {
	s = strings.Trim(s, "() ")
	if place, ok := zonePlaces[s]; ok {
		loc, err := time.LoadLocation(place)
		if err != nil {
			return nil
		}
		_, offset := time.Date(year, time.Month(month), day, 12, 0, 0, 0, loc).Zone()
		return time.FixedZone("", offset)
	}
	if hours, ok := zoneHours[s]; ok {
		return fixed(int(hours * 3600))
	}
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "utc"), "gmt"))
	if len(s) < 2 || s[0] != '+' && s[0] != '-' {
		return nil
	}
	digits := strings.ReplaceAll(s[1:], ":", "")
	if len(digits) <= 2 {
		digits += "00"
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n/100 > 14 || n%100 > 59 {
		return nil
	}
	seconds := (n/100*60 + n%100) * 60
	if s[0] == '-' {
		seconds = -seconds
	}
	return fixed(seconds)
}

func fixed(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}
