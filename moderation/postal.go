package moderation

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// postalAddresses returns the spans of postal addresses, Korean and English, as far as a house number: a road
// ("강남구 테헤란로 123", "20 High Street"), a lot ("창신동 12-3"), a flat ("101동 1203호").
func postalAddresses(text string) (spans [][]int) {
	if !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	spans = koreanHouses(text)
	if strings.Contains(text, "호") && strings.Contains(text, "동") {
		spans = append(spans, flat.FindAllStringIndex(text, -1)...)
	}
	if containsAny(text, streetWords...) {
		spans = append(spans, streets(text)...)
	}
	slices.SortFunc(spans, func(a, b []int) int { return a[0] - b[0] })
	return spans
}

var flat = regexp.MustCompile(`[0-9]{2,4}\s?동\s?[0-9]{3,4}\s?호`)

const maxPostal = 120 // bytes that are looked at before a house number

// koreanHouses looks before each number for the name of a road or place, and of a town or district before that.
func koreanHouses(text string) (spans [][]int) {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		end := i
		for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '-') {
			end++
		}
		number := strings.TrimRight(text[i:end], "-")
		if start := placeBefore(text[:i], number, text[i+len(number):]); start >= 0 && (len(spans) == 0 || spans[len(spans)-1][1] <= start) {
			spans = append(spans, []int{start, i + len(number)})
		}
		i = end - 1
	}
	return spans
}

// placeBefore returns where the address begins to which a house number belongs, -1 for none.
func placeBefore(before, number, after string) int {
	if len(number) > 9 || !houseEnds(after) {
		return -1
	}
	name := strings.TrimRight(before, " ")
	r, _ := utf8.DecodeLastRuneInString(name)
	lot := r == '동' || r == '리' || r == '가'
	if len(before)-len(name) > 2 || !lot && r != '로' && r != '길' || lot && !strings.Contains(number, "-") && !strings.HasPrefix(after, "번지") {
		return -1
	}
	words := lastWords(name)
	k := len(words) - 2 // the place before the road or lot
	if len(words) < 2 || utf8.RuneCountInString(words[k+1].text) < 2 {
		return -1
	}
	if k > 0 && !region(words[k].text) && (lot || strings.HasSuffix(words[k+1].text, "번길")) {
		k-- // a village, or the road of a side street, between
	}
	if !region(words[k].text) {
		return -1
	}
	for k > 0 && (region(words[k-1].text) || province(words[k-1].text)) {
		k--
	}
	return words[k].start
}

type placeWord struct {
	text  string
	start int
}

// lastWords returns the words in the last maxPostal bytes of a text.
func lastWords(text string) (words []placeWord) {
	begin := -1
	for i := max(0, len(text)-maxPostal); i <= len(text); i++ {
		switch blank := i == len(text) || text[i] == ' ' || text[i] == '\n'; {
		case blank && begin >= 0:
			words = append(words, placeWord{text[begin:i], begin})
			begin = -1
		case !blank && begin < 0 && utf8.RuneStart(text[i]):
			begin = i
		}
	}
	return words
}

// houseEnds says whether a house number may end before this: not before a counter ("3명", "2호선") or a fraction.
func houseEnds(after string) bool {
	if strings.HasPrefix(after, "번지") || strings.HasPrefix(after, "번 ") {
		return true
	}
	r, size := utf8.DecodeRuneInString(after)
	next, _ := utf8.DecodeRuneInString(after[size:])
	switch {
	case size == 0, r == ' ' || r == '\n':
		return true
	case r == '.' || r == ',' || r == ':':
		return !unicode.IsDigit(next)
	case inHangul(r):
		return strings.ContainsRune("에의은는이입으앞옆라인", r)
	}
	return r == ')' || r == '(' || r == '!' || r == '?'
}

// notRegion are words that end as the names of districts and towns do.
var notRegion = wordSet(`축구 야구 농구 배구 탁구 당구 족구 연구 요구 친구 가구 도구 입구 출구 지구 항구 기구 누구 욕구 인구 촉구 청구 복구 영구
	다시 역시 잠시 즉시 동시 당시 임시 표시 무시 혹시 필시 감시 지시 도시 일시 게시 몹시 접시 제시 개시 응시 행시 고시
	미군 해군 공군 육군 적군 아군 장군 국군 북한군 연합군 그러면 하면 되면 반면 측면 정면 이면 아니면 라면 장면 화면`)

// region says whether a word is the name of a town, county, district or township.
func region(word string) bool {
	r, size := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune("구군시읍면", r) && len(word) > size && !notRegion[word]
}

func province(word string) bool {
	switch word {
	case "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충북", "충남", "전북", "전남", "경북", "경남", "제주":
		return true
	}
	r, size := utf8.DecodeLastRuneInString(word)
	return r == '도' && len(word) > 2*size
}

// street matches a house number, the name and the kind of a road.
var (
	street = regexp.MustCompile(`\b[0-9]{1,5}[A-Za-z]?\s+(?:[NSEW]\.?\s+)?(?:(?:[A-Z][a-z]+|[0-9]+(?:st|nd|rd|th))\s+){1,3}` +
		`(Street|Avenue|Road|Boulevard|Lane|Drive|Terrace|Crescent|St|Ave|Rd|Blvd|Ln|Dr)\b`)
	streetWords = []string{" Street", " Avenue", " Road", " Boulevard", " Lane", " Drive", " Terrace", " Crescent", " St", " Ave", " Rd", " Blvd", " Ln", " Dr"}
	// In "in 2020 Wall Street" the number is a year.
	afterWord = regexp.MustCompile(`(?i)\b(?:in|since|of|by|from|until|before|after|during) $`)
	// The seats of governments are no private homes.
	publicStreets = []string{"10 Downing Street", "11 Downing Street", "1600 Pennsylvania Avenue"}
)

// streets returns the spans of English addresses. "St" before a capital letter is a saint.
func streets(text string) (spans [][]int) {
	for _, m := range street.FindAllStringSubmatchIndex(text, -1) {
		short := m[3]-m[2] <= 4 && text[m[2]:m[3]] != "Road" && text[m[2]:m[3]] != "Lane"
		after := strings.TrimPrefix(text[m[1]:], ".")
		saint := short && len(after) > 1 && after[0] == ' ' && after[1] >= 'A' && after[1] <= 'Z'
		year := afterWord.MatchString(text[max(0, m[0]-8):m[0]]) && m[1]-m[0] > 4 && text[m[0]+4] == ' '
		price := strings.HasSuffix(text[:m[0]], "£") || strings.HasSuffix(text[:m[0]], "$") || strings.HasSuffix(text[:m[0]], "€")
		if !saint && !year && !price && !slices.Contains(publicStreets, text[m[0]:m[1]]) {
			spans = append(spans, m[:2])
		}
	}
	return spans
}
