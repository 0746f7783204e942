package moderation

import (
	"math/bits"
	"slices"
	"strings"
	"testing"
)

const original = "예산안을 이렇게 급하게 통과시킨 이유를 시민들에게 설명해야 합니다."

func TestPrintNear(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		near bool
	}{
		{original, original, true},
		{original, "예산안을이렇게급하게통과시킨이유를시민들에게설명해야합니다!!!!! 123", true},
		{original, "예산안을 이렇게 급하게 통과시킨 이유를 시민에게 설명해야 합니다.", true},
		{original, "예산안을 이렇게 급하게 통과시킨 까닭을 시민들에게 설명해야 합니다ㅋㅋㅋㅋㅋㅋㅋ", true},
		{original, "시민들에게 설명해야 합니다. 예산안을 이렇게 급하게 통과시킨 이유를", true},
		{original, "교통 대책을 이렇게 늦게 내놓은 사정을 주민들께 밝혀야 합니다.", false},
		{original, "오늘 경기는 정말 재미있었습니다. 선수들 모두 수고했어요.", false},
		{"This budget was rushed through without a debate", "THIS BUDGET WAS RUSHED THROUGH WITHOUT ANY DEBATE!!!", true},
		{"This budget was rushed through without a debate", "ＴＨＩＳ budget was rushed through without a debate", true},
		{"This budget was rushed through without a debate", "The mayor owes the city an answer about the bridge", false},
		{"동감입니다", "동감입니다", false}, // too short
		{"ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ", "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ", false},
		{"1234567890 1234567890", "1234567890 1234567890", false},
	} {
		a, b := PrintOf(Normalize(tt.a)), PrintOf(Normalize(tt.b))
		if near := a != 0 && b != 0 && a.near(b); near != tt.near || a.near(b) != b.near(a) {
			t.Errorf("%q and %q: near %v, %d bits", tt.a, tt.b, !tt.near, bits.OnesCount64(uint64(a^b)))
		}
	}
}

// The texts of the fixtures of this package, so far as they are long enough, are told apart.
func TestPrintTellsApart(t *testing.T) {
	subject := strings.Fields("예산안 교통대책 연금개혁 방송법 선거구 전기요금 의대정원 재개발 수도이전 반도체법")
	said := []string{"%은 시민의 뜻을 물어 다시 정해야 한다", "기자님, %에 대한 반대 의견도 함께 실어 주세요", "이번 % 논의는 숫자부터 틀렸다고 생각합니다",
		"누가 책임지는가. %을 밀어붙인 사람은 아무도 없다", "해외에서는 %을 어떻게 풀었는지 궁금합니다"}
	var prints []Print
	for _, x := range subject {
		for _, s := range said {
			prints = append(prints, PrintOf(strings.ReplaceAll(s, "%", x)))
		}
	}
	for i := range prints {
		for k := range i {
			if i%len(said) != k%len(said) && prints[i].near(prints[k]) {
				t.Errorf("%d and %d are near", i, k)
			}
		}
	}
}

func TestRepeats(t *testing.T) {
	others := append(append(sentBy(1, original, 600), sentBy(2, original+" 맞습니다", 500)...), sentBy(3, original, 3)...)
	tests := []struct {
		name string
		s    Submission
		want string
	}{
		{"own", Submission{Text: original + "!!", Author: trustedAuthor, Sent: sentBy(9, original, 59)}, "repeat_near:"},
		{"own, long ago", Submission{Text: original, Author: trustedAuthor, Sent: sentBy(9, original, 60)}, ""},
		{"another subject", Submission{Text: "오늘 경기는 정말 재미있었습니다", Author: trustedAuthor, Sent: sentBy(9, original, 5)}, ""},
		{"three others", Submission{Text: original, Author: trustedAuthor, Sent: others}, "repeat_others:"},
		{"two others", Submission{Text: original, Author: trustedAuthor, Sent: others[1:]}, ""},
		{"one other, thrice", Submission{Text: original, Author: trustedAuthor, Sent: sentBy(1, original, 3, 2, 1)}, ""},
		{"others, yesterday", Submission{Text: original, Author: trustedAuthor, Sent: append(sentBy(4, original, 1440), others[1:]...)}, ""},
		{"nobody", Submission{Text: original, Sent: sentBy(0, original, 3)}, ""},
		{"too short", Submission{Text: "동감입니다", Author: trustedAuthor, Sent: sentBy(9, "동감입니다", 3)}, ""},
		{"the same at once is the Reviewer's", Submission{Text: original, Author: trustedAuthor, Anyway: true, Sent: sentBy(9, original, 3),
			Recent: []Recent{{Text: original, At: noon.Add(-3), SameArticle: true, State: Pending}}}, "repeat:" + original},
	}
	for _, tt := range tests {
		tt.s.At = noon
		if got := found(t, tt.s, Rules{}, repeatsKind()); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// What was too short to be compared is near to nothing.
func TestRepeatsOfNothing(t *testing.T) {
	r := repeated{minutes(60), minutes(60), 1}
	own, others := r.count(Submission{Author: trustedAuthor, At: noon, Sent: append(sentBy(9, "", 1), sentBy(8, "", 1)...)}, 1)
	if own || others {
		t.Errorf("own %v, others %v", own, others)
	}
}

func FuzzPrintOf(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = Normalize(text)
		p := PrintOf(text)
		if q := PrintOf(Normalize("1 " + text + " !")); p != q {
			t.Errorf("%q: %x, with signs %x", text, p, q)
		}
		if !p.near(p) {
			t.Errorf("%q: %x", text, p)
		}
	})
}

func BenchmarkRepeats(b *testing.B) {
	var sent []Sent
	for i := range 4096 {
		sent = append(sent, Sent{Author: int64(i + 100), At: noon, Print: Print(scramble(uint64(i)))})
	}
	same := sentBy(7, original, make([]int, 4096)...)
	r := repeated{minutes(60), minutes(1440), 3}
	for name, sent := range map[string][]Sent{"4096": sent, "4096same": same} {
		s, p := Submission{Text: original, Author: trustedAuthor, At: noon, Sent: sent}, PrintOf(original)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.count(s, p)
			}
		})
	}
	b.Run("PrintOf", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			PrintOf(original)
		}
	})
}

// TestPrintOnNews measures nearBits on comments of a news site: which of them are near to each other, and which
// edits of them are still near. They are told apart in all but a few of a million pairs.
func TestPrintOnNews(t *testing.T) {
	data := shared(t, "data/comments/beep/unlabeled.txt")
	if data == nil {
		t.Skip("no shared data")
	}
	var texts []string
	var prints []Print
	seen := map[Print]bool{0: true}
	for line := range strings.Lines(string(data)) {
		text := Normalize(line)
		if p := PrintOf(text); !seen[p] && len(prints) < 3000 {
			seen[p] = true
			texts, prints = append(texts, text), append(prints, p)
		}
	}
	pairs, near := len(prints)*(len(prints)-1)/2, 0
	for i := range prints {
		for k := range i {
			if prints[i].near(prints[k]) {
				near++
			}
		}
	}
	edits := map[string]func(words []string, i int) []string{
		"signs":            func(w []string, i int) []string { return append(w, "!!!! 777 ^^") },
		"sentences turned": func(w []string, i int) []string { return append(slices.Clone(w[len(w)/2:]), w[:len(w)/2]...) },
		"two words more":   func(w []string, i int) []string { return append(w, "여러분", "진짜로") },
		"one word other":   func(w []string, i int) []string { w[i%len(w)] = "어쩌면"; return w },
	}
	wanted := map[string]float64{"signs": 1, "sentences turned": 0.98, "two words more": 0.9, "one word other": 0.75}
	for name, edit := range edits {
		found := 0
		for i, text := range texts {
			if PrintOf(strings.Join(edit(strings.Fields(text), i), " ")).near(prints[i]) {
				found++
			}
		}
		recall := float64(found) / float64(len(texts))
		t.Logf("%s: %.3f of %d found", name, recall, len(texts))
		if recall < wanted[name] {
			t.Errorf("%s: only %.3f found", name, recall)
		}
	}
	t.Logf("%d of %d pairs of others are near", near, pairs)
	if near*100000 > pairs {
		t.Errorf("%d of %d pairs are near", near, pairs)
	}
}
