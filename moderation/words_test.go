package moderation

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// hits returns what the built-in list finds in a text.
func hits(t testing.TB, c Check, text string) []string {
	t.Helper()
	text = Normalize(text)
	out := []string{}
	for _, f := range find(t, c, text) {
		out = append(out, text[f.Start:f.End])
	}
	return out
}

func TestWords(t *testing.T) {
	tests := []struct {
		text, want string // want: what is highlighted, joined by "|"
	}{
		// particles and endings
		{"이 바보는 누구야", "바보"}, {"바보야, 그만해", "바보"}, {"개새끼들이", "개새끼"}, {"What FUCKERS!", "FUCKERS"}, {"bitches", "bitches"},
		// separators, and the span covers them
		{"정말 씨...발이네", "씨...발"}, {"병_신", "병_신"}, {"개.새.끼야", "개.새.끼"}, {"b-i-t-c-h", "b-i-t-c-h"}, {"f u c k off", "f u c k"},
		{"이 병 신 아", "병 신"}, {"시7발", "시7발"}, {"미친 놈", "미친 놈"}, {"미친놈", "미친놈"}, {"kill   yourself", "kill   yourself"}, {"killyourself", "killyourself"},
		// jamo apart, doubled, conjoining, half width
		{"ㅅㅣㅂㅏㄹ", "ㅅㅣㅂㅏㄹ"}, {"병시ㄴ아", "병시ㄴ"}, {"씨이발", "씨이발"}, {"씨ㅣㅣㅣ발", "씨ㅣㅣㅣ발"}, {"ㅄ", "ㅄ"}, {"ﾲﾵ", "ﾲﾵ"}, {"값ㅂ", ""},
		// look-alikes and letters for letters
		{"ｂｉｔｃｈ", "ｂｉｔｃｈ"}, {"fück", "fück"}, {"ѕhіt", "ѕhіt"}, {"b1tch", "b1tch"}, {"$lut", "$lut"}, {"a$$hole", "a$$hole"}, {"sh!t", "sh!t"}, {"ⓢⓗⓘⓣ", "ⓢⓗⓘⓣ"}, {"biiiiitch", "biiiiitch"},
		{"si발", "si발"}, {"씨bal", "씨bal"}, {"Tlqkf", "Tlqkf"}, {"시b", ""},
		// nothing across words, numbers, apostrophes
		{"당시 발표", ""}, {"당시-발표", ""}, {"오전 9시(발인)", ""}, {"오후 6시 발 열차", ""}, {"who're you", ""}, {"mass hit", ""}, {"as shi tzu", ""}, {"팔등신 미녀", ""}, {"8등신", ""},
		{"다시발표했다", ""}, {"동시발생", ""}, {"아저씨발이", ""}, {"질병신고 전화", ""}, {"두 개 세 끼니", ""}, {"십년", ""}, {"썬글라스", ""},
		// exceptions drop what they cover and no more
		{"논의의 시발점", ""}, {"시발점이 뭐냐 시발", "시발"}, {"새끼손가락", ""}, {"고양이 새끼를 낳았다", ""}, {"Pussy Riot in court", ""}, {"shitakes", ""}, {"a fire retardant", ""},
		{"영향을 미친 것", ""}, {"위기가 미친 년도", ""}, {"감염병 확산", ""}, {"목을 졸라 숨지게", ""}, {"에밀 졸라의 소설", ""},
		// inside longer words
		{"Scunthorpe", ""}, {"therapist", ""}, {"shellfish", ""}, {"cockpit", ""}, {"Essex", ""}, {"sniggered", ""}, {"chinkapin", ""}, {"institution", ""},
		// addresses are no words
		{"http://fuck.example/shit", ""}, {"fuck@example.com", ""}, {"see fuck.com", ""},
		// the longest, left to right
		{"motherfucker bitch", "motherfucker|bitch"}, {"씹새끼", "씹새끼"}, {"진짜fuck이다", "fuck"},
	}
	c := check(t, "", "")
	for _, tt := range tests {
		if got := strings.Join(hits(t, c, tt.text), "|"); got != tt.want {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSharedWords(t *testing.T) {
	for _, tt := range []struct {
		file          string
		found         bool    // whether a hit is wanted
		atLeast       float64 // of the lines as wanted
		refusedAtMost int
	}{
		{"ko_evasions", true, 1, 0}, {"en_evasions", true, 1, 0}, {"ko_false_positives", false, 0.95, 0}, {"en_false_positives", false, 0.95, 0},
	} {
		data := shared(t, "cases/"+tt.file+".tsv")
		if data == nil {
			continue
		}
		lines, right := 0, 0
		r := NewReviewer(policy(), Rules{}, Kinds()...)
		for line := range strings.Lines(string(data)) {
			text, _, _ := strings.Cut(line, "\t")
			if strings.HasPrefix(line, "#") {
				continue
			}
			lines++
			v := r.Review(Submission{Text: text, Mode: PublishClean})
			if v.Outcome == Refuse {
				t.Errorf("%s: %q refused: %s", tt.file, text, v.Reason)
			}
			if (len(v.Findings) > 0) == tt.found {
				right++
			} else {
				t.Logf("%s: %q: %+v", tt.file, text, v.Findings)
			}
		}
		t.Logf("%s: %d of %d as wanted", tt.file, right, lines)
		if float64(right) < tt.atLeast*float64(lines) {
			t.Errorf("%s: only %d of %d", tt.file, right, lines)
		}
	}
}

// TestSharedHeadlines: how many harmless lines of the public material are flagged.
func TestSharedHeadlines(t *testing.T) {
	c := check(t, "", "")
	for _, tt := range []struct {
		file, sign string
		atMost     float64
	}{
		{"comments/beep/train.news_title.txt", "", 0.01},
		{"wordlists/finnbear/wordlists.csv", "-", 0.005}, // its rows with a negative number are false positives
	} {
		data := shared(t, "data/"+tt.file)
		lines, flagged := 0, 0
		for line := range strings.Lines(string(data)) {
			text, _, _ := strings.Cut(line, ",")
			if tt.sign == "" {
				text = line
			} else if !strings.Contains(line, tt.sign) {
				continue
			}
			if lines++; len(find(t, c, Normalize(text))) > 0 {
				flagged++
			}
		}
		t.Logf("%s: %d of %d flagged", tt.file, flagged, lines)
		if float64(flagged) > tt.atMost*float64(lines) {
			t.Errorf("%s: %d of %d flagged", tt.file, flagged, lines)
		}
	}
}

func TestWordsVersion(t *testing.T) {
	a, b := NewWords([]Word{{Term: "plum", Severity: 1}}, 1), NewWords([]Word{{Term: "plum", Severity: 2}}, 1)
	if a.Version() == b.Version() {
		t.Errorf("two lists are both %s", a.Version())
	}
}

func TestOwnWords(t *testing.T) {
	own := "가지 | ko | 3 | respect | 가지나물\n병신 | ko | 1 | hate\nidiot | en | 0 | respect\n~plum* | en | 2 | respect"
	c := check(t, own, "")
	for text, want := range map[string]string{
		"가지 볶음": "가지", "가지나물": "", "병신": "병신", "idiot": "", "plums": "~plum*", "pllum": "~plum*", "cunt": "~cunt*",
	} {
		found, term := find(t, c, text), ""
		if len(found) > 0 {
			term = found[0].Term
		}
		if term != want {
			t.Errorf("%q: %+v, want %q", text, found, want)
		}
		if term == "병신" && (found[0].Clause != "hate" || found[0].Score != 0.4) {
			t.Errorf("%q: %+v: the own entry does not replace the built-in one", text, found)
		}
	}
}

func TestWordsFrom(t *testing.T) {
	c := wordsKind().make(Rules{Checks: map[string]Rule{"words": {Numbers: map[string]float64{"from": 3}}}})
	for text, want := range map[string]float64{"병신": 0.9, "바보": 0, "idiot": 0} {
		if found := find(t, c, text); len(found) != 1 || found[0].Score != want {
			t.Errorf("%q: %+v, want %v", text, found, want)
		}
	}
}

func TestWordLists(t *testing.T) {
	lists := wordsKind().Lists
	for list, cases := range map[int]map[string]string{
		0: {"": "", "ab | en | 0 | b": "", "x\ny": "line 1", "ab | en | 1 | b\nc": "line 2"},
		1: {"": "", "# x\n병신 | 병신춤, 그리고 \"춤\"": "", "병신": "line 1", "a | b\n | c": "line 2", "a | b\nc |": "line 2", "a | " + strings.Repeat("가", 200): "too long"},
	} {
		for text, want := range cases {
			if err := lists[list].Check(text); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
				t.Errorf("%s: %q: %v, want %q", lists[list].Name, text, err, want)
			}
		}
	}
	if lists[0].Builtin == "" || lists[0].Check(lists[0].Builtin) != nil {
		t.Error("the built-in list is not well-formed")
	}
}

func FuzzParseWords(f *testing.F) {
	f.Add(builtinWords[:2000])
	f.Add("^* | ko | 1 | a | ^,*")
	f.Add("~~?=^*×** | ko | 1 | a | × ×")
	f.Fuzz(func(t *testing.T, text string) {
		words, err := ParseWords(text)
		if err != nil {
			return
		}
		find(t, NewWords(words, 1), Normalize(text))
	})
}

// FuzzWords: spans lie in the text, what Normalize undoes changes nothing, and a hit that is allowed is gone.
func FuzzWords(f *testing.F) {
	seeds(f)
	for _, name := range []string{"ko_evasions", "en_evasions", "ko_benign", "en_benign"} {
		for _, row := range linesOf(f, name) {
			text, _, _ := strings.Cut(row, "\t")
			f.Add(strings.NewReplacer("{", "", "}", "").Replace(text))
		}
	}
	f.Add("f!C\u0602")
	f.Add("\"시\xff발\" \xed\x95 f\xc3ck")
	all := check(f, "", "")
	f.Fuzz(func(t *testing.T, raw string) {
		find(t, all, raw) // no panic on what is not normalised
		text := Normalize(raw)
		found := find(t, all, text)
		for _, x := range found {
			if x.Start < 0 || x.End <= x.Start || x.End > len(text) || !boundary(text, x.Start) || !boundary(text, x.End) || x.Term == "" {
				t.Fatalf("%q: %+v", text, x)
			}
		}
		if again := find(t, all, Normalize(stuffed(text))); !reflect.DeepEqual(found, again) {
			t.Errorf("%q: %+v, stuffed %+v", text, found, again)
		}
		if again := find(t, all, Normalize(norm.NFD.String(text))); !reflect.DeepEqual(found, again) {
			t.Errorf("%q: %+v, in NFD %+v", text, found, again)
		}
		if len(found) == 0 {
			return
		}
		x := found[0]
		phrase := Harmless(text, x)
		if phrase == "" {
			return
		}
		words, err := ParseWords(builtinWords)
		words = slices.DeleteFunc(words, func(w Word) bool { return w.Term != x.Term })
		allowed, err2 := ParseAllowed(x.Term + " | " + phrase)
		if err != nil || err2 != nil {
			t.Fatalf("%q: %q: %v %v", text, phrase, err, err2)
		}
		for _, y := range find(t, NewWords(mergeWords(words, nil, allowed), 1), text) {
			if y.Start == x.Start && y.End == x.End {
				t.Errorf("%q: %+v is still found with %q allowed", text, x, phrase)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	c := check(b, "", "")
	for name, text := range map[string]string{
		"40":         "예산안을 다시 살펴봐야 합니다. 이번에는 정말 제대로 해야 하지 않겠습니까",
		"250":        strings.Repeat("예산안을 다시 살펴봐야 합니다. ", 14),
		"english":    strings.Repeat("The budget needs another look. ", 8),
		"hits1MB":    strings.Repeat("시.a1 ", 1<<20/7),
		"excused1MB": strings.Repeat("새끼줄", 1<<20/9),
		"drawn1MB":   strings.Repeat("시이", 1<<20/6),
		"masked1MB":  strings.Repeat("f*", 1<<19),
		"spelled1MB": strings.Repeat("f u ", 1<<18),
		"dashed1MB":  strings.Repeat("f--", 1<<20/3),
		"apart1MB":   strings.Repeat("씨.이.", 1<<20/8),
		"short1MB":   strings.Repeat("sh'", 1<<20/3),
		"sure1MB":    strings.Repeat("다시1발", 1<<20/10),
		"keys1MB":    strings.Repeat("r.k.", 1<<18),
		"broken1MB":  strings.Repeat("시\n발\n표\n", 1<<20/12),
		"quoted1MB":  strings.Repeat("\"a\" ", 1<<18),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				find(b, c, text)
			}
		})
	}
}

func BenchmarkNewWords(b *testing.B) {
	for b.Loop() {
		check(b, "", "")
	}
}

// TestExcused: what an exception covers is told to the checks that come after; a word that is found is not.
func TestExcused(t *testing.T) {
	for text, want := range map[string]string{
		"새끼손가락 걸고 약속": "새끼손가락",
		"논쟁의 시발점":     "시발점",
		"이 병신 새끼야":    "",
		"a fine day":  "",
	} {
		e, err := wordsKind().make(Rules{}).Check(Submission{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, s := range e.Excused {
			if w := text[s[0]:s[1]]; !strings.Contains(got, w) { // an exception within another is told as well
				got += w
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	after := stub(func(s Submission) ([]Finding, error) {
		if len(s.Excused) == 0 {
			return nil, errors.New("nothing was excused")
		}
		return nil, nil
	})
	v := NewReviewer(policy(), Rules{}, wordsKind(), kindOf(after)).Review(Submission{Text: "새끼손가락 걸고 약속", Mode: PublishClean})
	if v.Outcome != Publish {
		t.Errorf("%+v", v)
	}
}

// TestStrongestWordsAreKept: however many mild words stand before it, the worst of a text is found.
func TestStrongestWordsAreKept(t *testing.T) {
	words, err := ParseWords("fool | en | 1 | respect\nscum | en | 3 | respect")
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []int{1, 3} {
		text := strings.Repeat("fool ", 3*maxFindings) + "scum " + strings.Repeat("fool ", maxFindings)
		e, err := NewWords(words, from).Check(Submission{Text: text})
		if err != nil || len(e.Findings) != maxFindings {
			t.Fatalf("from %d: %d findings, %v", from, len(e.Findings), err)
		}
		if f := e.Findings[maxFindings-1]; f.Term != "scum" || text[f.Start:f.End] != "scum" || f.Score != 0.9 {
			t.Errorf("from %d: the last is %+v", from, f)
		}
	}
}
