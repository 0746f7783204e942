package moderation

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPrivate(t *testing.T) {
	tests := []struct{ text, want string }{
		// resident registration: 900101-1234568 has the right check digit, 900101-1234567 has not
		{"900101-1234568", "resident_number:900101-1234568"}, {"제 번호 900101-1234567이에요", "resident_number:900101-1234567"},
		{"9001011234568", "resident_number:9001011234568"}, {"9001011234567", "resident_number:9001011234567"},
		{"900101 - 1234568", "resident_number:900101 - 1234568"}, {"９００１０１－１２３４５６８", "resident_number:９００１０１－１２３４５６８"},
		{"9 0 0 1 0 1 - 1 2 3 4 5 6 8", "resident_number:9 0 0 1 0 1 - 1 2 3 4 5 6 8"},
		{"구공공일공일-일이삼사오육팔", "resident_number:구공공일공일-일이삼사오육팔"},
		{"211015-3123456", "resident_number:211015-3123456"}, {"900101-5234567", "foreigner_number:900101-5234567"},
		{"901301-1234567 900101-9234567 900230-1234567", ""}, {"8801012345675", ""}, {"1700000000000", ""},
		{"901301-1234567 900101-2234567", "resident_number:900101-2234567"},
		// telephones
		{"제 번호는 010-1234-5678입니다", "phone:010-1234-5678"}, {"010-1234-5678이 내 번호", "phone:010-1234-5678"}, {"01012345678", "phone:01012345678"},
		{"010 12 34 56 78", "phone:010 12 34 56 78"}, {"010.1234.5678로", "phone:010.1234.5678"}, {"010)1234-5678", "phone:010)1234-5678"},
		{"0 1 0 1 2 3 4 5 6 7 8", "phone:0 1 0 1 2 3 4 5 6 7 8"}, {"0l0-I234-5678", "phone:0l0-I234-5678"}, {"O1O 1234 5678", "phone:O1O 1234 5678"},
		{"공일공 일이삼사 오육칠팔", "phone:공일공 일이삼사 오육칠팔"}, {"공일공-1234-5678 연락", "phone:공일공-1234-5678"}, {"공일공일이삼사오육칠팔", "phone:공일공일이삼사오육칠팔"},
		{"０１０－１２３４－５６７８", "phone:０１０－１２３４－５６７８"}, {"010 - 1234 - 5678", "phone:010 - 1234 - 5678"}, {"011-234-5678", "phone:011-234-5678"},
		{"공1공-1234-5678", "phone:공1공-1234-5678"}, {"01공-1234 56칠8로", "phone:01공-1234 56칠8"}, {"0️⃣1️⃣0️⃣1234-5678️⃣", "phone:0️⃣1️⃣0️⃣1234-5678️⃣"}, {"010\u200d-12\u200d34-5678", "phone:010\u200d-12\u200d34-5678"}, {"⓪①⓪-①②③④-⑤⑥⑦⑧", "phone:⓪①⓪-①②③④-⑤⑥⑦⑧"}, {"010-1234-오육칠팔", "phone:010-1234-오육칠팔"},
		{"ㅇ1ㅇ-1234-5678", "phone:ㅇ1ㅇ-1234-5678"}, {"공일공에 일이삼사에 오육칠팔", "phone:공일공에 일이삼사에 오육칠팔"},
		{"010-1234-5678OK", "phone:010-1234-5678"}, {"(02) 555-0123", "phone:(02) 555-0123"}, {"031-555-0123, 070-5555-0123", "phone:031-555-0123|phone:070-5555-0123"},
		{"call (212) 555-0123 or +82 10-1234-5678", "phone:(212) 555-0123|phone:+82 10-1234-5678"}, {"212.555.0123", "phone:212.555.0123"}, {"1-212-555-0123", "phone:1-212-555-0123"},
		{"+44 20 7946 0123", "phone:+44 20 7946 0123"}, {"+44 20 7946 0123이 번호", "phone:+44 20 7946 0123"}, {"+821012345678", "phone:+821012345678"}, {"82-10-1234-5678", "phone:82-10-1234-5678"},
		{"1588-1234로 신고", "(phone:1588-1234)"}, {"0505-123-4567", "phone:0505-123-4567"},
		// accounts, cards, documents
		{"국민은행 123456-04-123456 홍길동", "account:123456-04-123456"}, {"카카오뱅크 3333-01-1234567", "account:3333-01-1234567"}, {"농협 302-1234-5678-91로 입금", "account:302-1234-5678-91"},
		{"계좌 11012345678901", "account:11012345678901"}, {"신한 110-123-456789", "account:110-123-456789"}, {"my account number is 1234567890", "account:1234567890"},
		{"4111 1111 1111 1111", "card:4111 1111 1111 1111"}, {"4111-1111-1111-1111", "card:4111-1111-1111-1111"}, {"4111-1111-1111-1112", ""}, {"378282246310005", ""}, {"3782 822463 10005", "card:3782 822463 10005"},
		{"여권번호 M12345678", "passport:M12345678"}, {"passport no. M123A4567", "passport:M123A4567"}, {"면허 11-24-123456-01", "driver_licence:11-24-123456-01"},
		// e-mail
		{"write to kim.minseo@example.co.kr please", "email:kim.minseo@example.co.kr"}, {"plum77골뱅이네이버", "email:plum77골뱅이네이버"}, {"plum77 골뱅이 naver 점 com", "email:plum77 골뱅이 naver 점 com"},
		{"plum at example dot com", "email:plum at example dot com"}, {"plum(at)example.com", "email:plum(at)example.com"}, {"plum77@naver", "email:plum77@naver"}, {"ｐｌｕｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "email:ｐｌｕｍ＠ｅｘａｍｐｌｅ．ｃｏｍ"}, {"plum [at] example [dot] com", "email:plum [at] example [dot] com"},
		// addresses
		{"서울 강남구 테헤란로 123에 산다", "address:서울 강남구 테헤란로 123"}, {"부산광역시 해운대구 달맞이길 12-3", "address:부산광역시 해운대구 달맞이길 12-3"},
		{"종로구 창신동 23-2번지", "address:종로구 창신동 23-2"}, {"양평군 강하면 전수리 123-4", "address:양평군 강하면 전수리 123-4"}, {"분당구 판교로 255번길 35", "address:분당구 판교로 255번길 35"}, {"경기도 성남시 분당구 판교역로 166에", "address:경기도 성남시 분당구 판교역로 166"}, {"강남구 테헤란로12길 34", "address:강남구 테헤란로12길 34"},
		{"행복아파트 101동 1203호", "address:101동 1203호"}, {"She lives at 20 High Street", "address:20 High Street"}, {"221 W 34th St, New York", "address:221 W 34th St"}, {"5 Elm Rd.", "address:5 Elm Rd"},
	}
	for _, tt := range tests {
		if got := found(t, Submission{Text: tt.text}, Rules{}, privateKind()); got != tt.want {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A number that can be checked weighs more.
func TestResidentScores(t *testing.T) {
	for text, want := range map[string]float64{"900101-1234568": 0.9, "9001011234568": 0.9, "900101-1234567": 0.8, "9001011234567": 0.5} {
		e, _ := Private{}.Check(Submission{Text: text})
		if len(e.Findings) != 1 || e.Findings[0].Score != want {
			t.Errorf("%s: %+v, want %v", text, e.Findings, want)
		}
	}
}

func TestNotPrivate(t *testing.T) {
	for _, text := range []string{
		"2024-06-26 14:02, 1,234,567원, 12345678901234", "2026년 11월 24일 2026.11.24 2026-11-24T10:20:30", "112, 119, 1393, 1366, 109로 전화하세요",
		"찬성 123,456표 반대 98,765표", "2010-2020 2015-2025년", "1592-1598년 임진왜란", "제44조의2 제1항", "한국 3-2 일본, 5-0 6-1 7-6", "statute 44-2, 18 U.S.C. 1030",
		"https://plum.example/article/0101234567801012345678", "기사 번호 20261124000123", "지수가 2,456.78에서 2,501.12로", "이사 사이 일이 오육 구구단 이이 사",
		"육이오 전쟁과 일이삼 사오", "사이사이 이구동성 삼일절 팔일오", "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8", "1 2 3 4 5 6 7 8 9 10", "1234567890", "국민 1234만 5678명 2026",
		"우리 2026-11-24 하나", "부산 2030 엑스포 2026 11 24", "여권 2026 대통령", "종로 3가에서", "서울시 전국으로 3곳", "강남구청으로 3명 보냈다", "축구 이동 3-2 승", "경기도로 2명",
		"세종대로 1인 시위", "위로 3번 봤다", "지하철 2호선 3번 출구", "친구 앞으로 10 보냈다", "101동 화재", "10 Downing Street", "In 2020 Wall Street fell", "5 New St. Louis stores", "100 Main roads",
		"look at naver.com", "videos @ sms.shop1", "videos @ sms.plumx", "https://plum.example/010-1234-5678/900101-1234568", "Win a £100 High Street prize", "arrive at 10 dot", "@plum 님 말씀", "e@", "meet me at home (at noon)", "ISBN 978-89-546-1234-5", "사업자 123-45-67890", "10,000,000,000,000원", "비율은 3.14159265358979",
		"+10.5% +20.3% +30.1%", "300 400 5000", "Section 230 of 47 U.S.C.", "1월 2일 3월 4일 5월 6일 7월 8일 9월 10일", "①②③④⑤⑥⑦⑧⑨",
	} {
		if got := found(t, Submission{Text: text}, Rules{}, privateKind()); got != "" {
			t.Errorf("%q: found %q", text, got)
		}
	}
}

func FuzzPrivate(f *testing.F) {
	seeds(f)
	for _, text := range []string{"공일공-1234-5678이", "0l0-I234-5678OK", "강남구  테헤란로12길 34-5", "①① 　＋82", "20 High St. Louis", "여권 M12345678", "a골뱅이b점com"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = Normalize(text)
		end := 0
		for _, n := range numerals(text) {
			if n.start < end || n.end <= n.start || n.end > len(text) || strings.Trim(n.digits, "0123456789") != "" || n.digits == "" {
				t.Errorf("%q: %+v", text, n)
			}
			end = n.end
		}
		e, err := Private{}.Check(Submission{Text: text})
		for _, x := range e.Findings {
			if x.Start < 0 || x.End <= x.Start || x.End > len(text) || !utf8.ValidString(text[x.Start:x.End]) {
				t.Errorf("%q: %+v", text, x)
			}
		}
		if err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkPrivate(b *testing.B) {
	for name, text := range map[string]string{
		"korean": strings.Repeat("예산안을 다시 살펴봐야 합니다. ", 3), "english": strings.Repeat("The budget needs another look. ", 8),
		"numbers": "2026년 11월 24일 제44조, 1,234,567원 010-1234-5678", "1MB": strings.Repeat("1-2공0 ", 1<<20/8), "1MBwords": strings.Repeat("이l", 1<<20/4),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Private{}.Check(Submission{Text: text})
			}
		})
	}
}
