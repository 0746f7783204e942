package ingest

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadByline(t *testing.T) {
	for in, want := range map[string]string{
		"BY SEO MIN-JAE, KANG DA-WON [dawon@example.com]":  "Seo Min-jae; Kang Da-won <dawon@example.com>",
		"BY SEO MIN-JAE [minjae@example.com], KANG DA-WON": "Seo Min-jae <minjae@example.com>; Kang Da-won",
		"By Hong Gil-dong": "Hong Gil-dong",
		"By Hong Gil-dong Staff Writer [[email protected]]":                                     "Hong Gil-dong",
		"By Hong Gil-dong, Staff Reporter":                                                      "Hong Gil-dong",
		"By Ana Bell and Carl Dunn":                                                             "Ana Bell; Carl Dunn",
		"By Ana Bell, Carl Dunn and Eve Frost in Geneva":                                        "Ana Bell; Carl Dunn; Eve Frost",
		"By Ana Bell, Jr. and Carl Dunn III":                                                    "Ana Bell, Jr.; Carl Dunn III",
		"BY ANA BELL, CARL DUNN [ana@example.com, carl@example.com]":                            "Ana Bell <ana@example.com>; Carl Dunn <carl@example.com>",
		"By Ana Bell [a@example.com, b@example.com]":                                            "Ana Bell",
		"BY SEO HYUN-JOO, LIM DA-WON AND CARL LEE [a@example.com, lim@example.com]":             "Seo Hyun-joo; Lim Da-won <lim@example.com>; Carl Lee",
		"BY LIM HYUN-JOO, LIM DA-WON AND CARL LEE [a@example.com, lim@example.com]":             "Lim Hyun-joo; Lim Da-won; Carl Lee",
		"By Ana Bell and Carl Dunn [desk@example.com, ana.bell@example.com, x@example.com]":     "Ana Bell <ana.bell@example.com>; Carl Dunn",
		"By Ana Bell [ana@example.com], Eve Frost and Carl Dunn [e@example.com, c@example.com]": "Ana Bell <ana@example.com>; Eve Frost <e@example.com>; Carl Dunn <c@example.com>",
		"홍길동·김하늘 기자 gildong@example.com, haneul@example.com":                                    "홍길동 <gildong@example.com>; 김하늘 <haneul@example.com>",
		"Photos by Ana Bell":                                          "?",
		"홍길동 기자 hong@example.com":                                     "홍길동 <hong@example.com>",
		"[홍길동 기자 hong@example.com]":                                   "홍길동 <hong@example.com>",
		"홍길동·김하늘 기자":                                                  "홍길동; 김하늘",
		"홍길동 기자, 김하늘 인턴기자 haneul@example.com":                         "홍길동; 김하늘 <haneul@example.com>",
		"글=홍길동 기자, 사진=김하늘 기자":                                         "홍길동; 김하늘 (photographer)",
		"서울=홍길동 특파원":                                                  "홍길동 (correspondent)",
		"(서울=가나통신) 홍길동 기자 = ":                                         "홍길동",
		"홍길동 기자(hong@example.com)":                                    "홍길동 <hong@example.com>",
		"By early Monday the water had reached the doors of the mill": "?",
		"": "?",
	} {
		t.Run(in, func(t *testing.T) {
			authors, ok := readByline(in)
			var parts []string
			for _, a := range authors {
				s := a.Name
				if a.Email != "" {
					s += " <" + a.Email + ">"
				}
				if a.Role != "" {
					s += " (" + a.Role + ")"
				}
				parts = append(parts, s)
			}
			got := strings.Join(parts, "; ")
			if !ok {
				got = "?"
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestRawNameIsKept(t *testing.T) {
	authors, _ := readByline("BY SEO MIN-JAE")
	if fmt.Sprint(authors[0].Name, "|", authors[0].Raw) != "Seo Min-jae|SEO MIN-JAE" {
		t.Errorf("%+v", authors)
	}
}

func TestDisplayName(t *testing.T) {
	for in, want := range map[string]string{
		"SEO MIN-JAE":       "Seo Min-jae",
		"MIN-JAE SEO":       "Min-jae Seo",
		"NAMGUNG MIN":       "Namgung Min",
		"ANNE-MARIE SMITH":  "Anne-Marie Smith",
		"JANE SMITH-JONES":  "Jane Smith-Jones",
		"KATE O'BRIEN":      "Kate O'Brien",
		"KATE O’BRIEN":      "Kate O’Brien",
		"RON McDONALD":      "Ron McDonald",
		"RON MCDONALD":      "Ron McDonald",
		"RON MacDONALD":     "Ron MacDonald",
		"RON MACKEY":        "Ron Mackey",
		"JUAN DE LA CRUZ":   "Juan de la Cruz",
		"LUDO VAN DER BERG": "Ludo van der Berg",
		"J.K. STONE":        "J.K. Stone",
		"J. P. STONE":       "J. P. Stone",
		"TJ STONE III":      "TJ Stone III",
		"SAM STONE JR.":     "Sam Stone Jr.",
		"NG WEI":            "Ng Wei",
		"ÉMILE ÖZ":          "Émile Öz",
		"AFP":               "AFP",
		"YONHAP":            "Yonhap",
		"Ana Bell":          "Ana Bell",
		"홍길동":               "홍길동",
	} {
		if got := displayName(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

func TestIsCredit(t *testing.T) {
	for in, want := range map[string]bool{
		"BY SEO MIN-JAE [minjae@example.com]": true,
		"By Ana Bell":                         true,
		"By YONHAP":                           true,
		"홍길동 기자 hong@example.com":             true,
		"홍길동 hong@example.com":                true,
		"홍길동 기자":                              true,
		"By Monday":                           false,
		"By the time the ferry came, nobody was left on the quay.": false,
		"By Ana Bell, who has written about rivers for a decade":   false,
		"홍길동 기자는 어제 부산에서 만났다.":                                     false,
		"Ana Bell":    false,
		"정부 관계자":      false,
		"가나다라 마바사 기자": false,
	} {
		if got := isCredit(in); got != want {
			t.Errorf("%q: got %v", in, got)
		}
	}
}

func FuzzReadByline(f *testing.F) {
	for _, s := range []string{"BY SEO MIN-JAE, KANG DA-WON [d@example.com]", "홍길동·김하늘 기자 a@example.com", "[[email protected]]", "By , and [ ( <"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		authors, ok := readByline(s)
		if ok && len(authors) == 0 {
			t.Error("a byline without names")
		}
		for _, a := range authors {
			if a.Name == "" || a.Email != "" && !strings.Contains(s, a.Email) {
				t.Errorf("%q: %+v", s, a)
			}
		}
		isCredit(s)
	})
}
