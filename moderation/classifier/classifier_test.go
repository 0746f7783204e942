package classifier

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func shippedModel(t testing.TB) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestShippedModelRanksPlainCases(t *testing.T) {
	m := shippedModel(t)
	for _, c := range []struct{ head, harmless, broken string }{
		{Abuse, "좋은 기사 잘 읽었습니다. 다음 기사도 기대할게요", "이 병신같은 새끼야 아가리 닥치고 꺼져라"},
		{Abuse, "비가 와서 경기가 취소되었다니 아쉽네요", "미친년이 지랄하고 자빠졌네"},
		{Abuse, "This is a fine article, thank you for it.", "you stupid bitch, shut the fuck up"},
		{Abuse, "The council should publish the report.", "fuck off you dumb faggot"},
		{Hate, "오늘 방송 정말 재미있었어요", "한국 여자들은 다 김치년이다 죽어라"},
		{Spam, "기사에 나온 식당이 어디인가요", "온라인 카지노 첫충 보너스 30% 카톡 lucky77 문의주세요"},
		{Spam, "The mayor answered every question.", "Earn $500 a day from home! WhatsApp +1 555 010 0000"},
	} {
		if low, high := m.Score(c.harmless)[c.head], m.Score(c.broken)[c.head]; low > 0.5 || high < 0.6 {
			t.Errorf("%s: %q %.2f, %q %.2f", c.head, c.harmless, low, c.broken, high)
		}
	}
}

// TestSizesOfNGrams: explanations go through the n-grams as hash does, and those with Hangul are shorter.
func TestSizesOfNGrams(t *testing.T) {
	var rd reader
	rd.read("가a나 abcde 바보야ab hello!! ㅋㅋ 값 12")
	units := letters(nil, rd.units, nil)
	keys, k := hash(nil, units, &letterSizes, 1), 0
	letterSizes.each(units, func(i, n int) {
		lo, hi := 3, 5
		if slices.ContainsFunc(units[i:i+n], func(u unit) bool { return u&hangul != 0 }) {
			lo, hi = 2, 4
		}
		if n < lo || n > hi {
			t.Errorf("%d units at %d", n, i)
		}
		if k < len(keys) && !slices.Contains(hash(nil, units[i:i+n], &letterSizes, 1), keys[k]) {
			t.Errorf("n-gram %d is not the one of %d units at %d", k, n, i)
		}
		k++
	})
	if k != len(keys) {
		t.Errorf("%d n-grams, %d buckets", k, len(keys))
	}
}

func TestScoreOfTextsWithoutLetters(t *testing.T) {
	m := shippedModel(t)
	for _, text := range []string{"", " ", "12345", "!!! ^^ :-)", "\xff\xfe", "漢字", "привет"} {
		for head, p := range m.Score(text) {
			if p > 0.001 {
				t.Errorf("%q: %s %.3f", text, head, p)
			}
		}
	}
	if fs := Features("12345 !!!"); fs != nil {
		t.Errorf("features of no letters: %v", fs)
	}
}

// TestGreetingsAreNoSpam: a short text has little to be judged by, and is not suspect for that.
func TestGreetingsAreNoSpam(t *testing.T) {
	m := shippedModel(t)
	for _, text := range []string{"안녕", "안녕하세요 반갑습니다", "기사 잘 봤습니다", "ok", "Yes", "I agree", "Nice article!", "漢字"} {
		if p := m.Score(text)[Spam]; p > 0.3 {
			t.Errorf("%q %.2f", text, p)
		}
	}
}

// TestLatinInKorean: a name in Latin letters does not bring the English tables to speak.
func TestLatinInKorean(t *testing.T) {
	m := shippedModel(t)
	plain, named := m.Score("이번 방송 재미있게 봤어요 다음 주도 기대합니다"), m.Score("이번 KBS 방송 재미있게 봤어요 다음 주도 기대합니다")
	if named[Abuse] > plain[Abuse]+0.2 {
		t.Errorf("%.2f, with a name %.2f", plain[Abuse], named[Abuse])
	}
}

func TestSizeOfWeights(t *testing.T) {
	if n := len(shipped); n < 500<<10 || n > 4<<20 {
		t.Errorf("%d bytes", n)
	}
}

func TestHeadsAndLogitsAgree(t *testing.T) {
	m := shippedModel(t)
	text := "이 병신아 shut up"
	logits, scores := m.Logits(Features(text)), m.Score(text)
	if len(logits) != len(m.Heads()) || len(scores) != len(logits) {
		t.Fatal(logits, scores)
	}
	for i, h := range m.Heads() {
		if p := 1 / (1 + math.Exp(-logits[i])); math.Abs(p-scores[h]) > 1e-12 {
			t.Errorf("%s: %v, %v", h, p, scores[h])
		}
	}
}

func TestFeatures(t *testing.T) {
	fs := Features("가나다 가나다")
	sum := 0.0
	for i, f := range fs {
		sum += float64(f.Value) * float64(f.Value)
		if i > 0 && fs[i-1].Bucket >= f.Bucket {
			t.Fatal("not ascending")
		}
	}
	if math.Abs(sum-1) > 1e-5 {
		t.Errorf("length %v", sum)
	}
	same := func(a, b string) {
		t.Helper()
		if !slices.Equal(Features(a), Features(b)) {
			t.Errorf("%q and %q differ", a, b)
		}
	}
	same("ㅋㅋ", "ㅋㅋㅋㅋㅋㅋㅋ")
	same("바보야", "바.보*야")
	same("Hello", "hello")
	same("ｈｅｌｌｏ", "hello")
	same("바보", "바\u200b보")
	same("안녕 하세요", "안녕   하세요 ")
	if slices.Equal(Features("안녕 하세요"), Features("안녕하세요")) {
		t.Error("a blank is lost")
	}
}

// TestLongText: what is beyond the limit is not read.
func TestLongText(t *testing.T) {
	long := strings.Repeat("가나다라 마바사 ", 1<<16)
	if !slices.Equal(Features(long), Features(long[:len(long)/2])) {
		t.Error("the limit does not hold")
	}
}

func TestExplain(t *testing.T) {
	m := shippedModel(t)
	for _, text := range []string{
		"오늘 방송을 보고 느낀 점이 많았습니다 그런데 저 병신새끼는 왜 나오나요",
		norm.NFD.String("오늘 방송을 보고 느낀 점이 많았습니다 그런데 저 병신새끼는 왜 나오나요"),
	} {
		spans := m.Explain(text, Abuse, 3)
		if len(spans) == 0 || len(spans) > 3 {
			t.Fatal(spans)
		}
		if part := norm.NFC.String(text[spans[0].Start:spans[0].End]); !strings.Contains(part, "병신") || len(part) > len("저 병신새끼는") {
			t.Errorf("%q", part)
		}
	}
	if s := m.Explain("병신", "no such head", 3); s != nil {
		t.Error(s)
	}
}

// TestSpansDoNotShareCharacters: a letter and the marks on it, which NFC leaves apart, are in one part, and so is a word
// in Latin letters.
func TestSpansDoNotShareCharacters(t *testing.T) {
	rd := reader{track: true}
	rd.read("나가\u0334\u0335다 bad")
	for lo := range rd.units {
		from, to := rd.whole(lo, lo+1)
		if r := rd.units[lo] &^ scripts; r == 0x0334 && to-from != 3 || r == 'b' && to-from != 3 || r == '다' && to-from != 1 {
			t.Errorf("%x: %d units", r, to-from)
		}
	}
}

func TestLoadRefusesWhatIsNoModel(t *testing.T) {
	good := Encode([]Table{{Name: "abuse_ko", Weights: make([]int8, 100), Scale: 1}})
	if _, err := Load(good); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"nothing":      nil,
		"cut":          good[:len(good)-1],
		"too long":     append(slices.Clone(good), 0),
		"other magic":  append([]byte("XXXX"), good[4:]...),
		"twice":        Encode([]Table{{Name: "spam"}, {Name: "spam"}}),
		"unknown head": Encode([]Table{{Name: "joy_ko"}}),
		"no number":    Encode([]Table{{Name: "spam", Bias: math.NaN()}}),
		"too large":    Encode([]Table{{Name: "spam", First: Buckets - 1, Weights: make([]int8, 2)}}),
	} {
		if _, err := Load(b); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "바보야", "ᄇ\u1161보", "a\u0301b", "you fool", "\xff가", "ㅂㅅ 새끼", "e\u0301\u0302 가", "가\u0301나", "ＦＵＬＬ", "ㅤ\u115f\u1160"} {
		f.Add(s)
	}
	m := shippedModel(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !slices.Equal(Features(text), Features(norm.NFD.String(text))) && utf8.RuneCountInString(text) < 1000 {
			t.Error("NFD differs")
		}
		for head, p := range m.Score(text) {
			if !(p >= 0 && p <= 1) {
				t.Errorf("%s %v", head, p)
			}
			checkSpans(t, text, m.Explain(text, head, 4))
		}
	})
}

func checkSpans(t *testing.T, text string, spans []Span) {
	t.Helper()
	if len(spans) > 4 {
		t.Errorf("%d spans", len(spans))
	}
	for i, s := range spans {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End || !(s.Share > 0 && s.Share <= 1) {
			t.Fatalf("%+v of %d bytes", s, len(text))
		}
		for _, at := range []int{s.Start, s.End} {
			if at < len(text) && !utf8.RuneStart(text[at]) && utf8.ValidString(text) {
				t.Errorf("%d is within a rune", at)
			}
		}
		for _, o := range spans[:i] {
			if s.Start < o.End && o.Start < s.End {
				t.Errorf("%+v and %+v overlap", o, s)
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(Encode([]Table{{Name: "abuse_ko", Weights: []int8{1, 2}, Scale: 1}, {Name: "spam", First: 7}}))
	f.Add([]byte(magic + "\x02"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := Load(b); err == nil {
			if got := Encode(m.tables); string(got) != string(b) {
				t.Error("what was loaded is encoded in another way")
			}
		}
	})
}

const (
	text33  = "이 배우는 정말 연기를 잘하는데 왜 욕하는지 모르겠네요"
	text250 = text33 + " " + text33 + " " + text33 + " " + text33 + " " + text33 + " " + text33 + " " + text33 + " " + text33
)

func BenchmarkScore(b *testing.B) {
	m := shippedModel(b)
	for name, text := range map[string]string{"33": text33, "250": text250} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Score(text)
			}
		})
	}
}

func BenchmarkFeatures(b *testing.B) {
	for name, text := range map[string]string{"33": text33, "250": text250} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Features(text)
			}
		})
	}
}

func BenchmarkExplain250(b *testing.B) {
	m := shippedModel(b)
	b.ReportAllocs()
	for b.Loop() {
		m.Explain(text250, Abuse, 3)
	}
}
