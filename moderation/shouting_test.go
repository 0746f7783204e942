package moderation

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShouting(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"WHY DOES NOBODY EVER LISTEN TO US", "shouting:WHY DOES NOBODY EVER LISTEN TO US"},
		{"«STOP THIS MADNESS RIGHT NOW!!»", "shouting:STOP THIS MADNESS RIGHT NOW"},
		{"ПОЧЕМУ НИКТО НЕ СЛУШАЕТ НАС", "shouting:ПОЧЕМУ НИКТО НЕ СЛУШАЕТ НАС"},
		{"Well, I SAY NOBODY EVER LISTENS TO US ALL", "shouting:SAY NOBODY EVER LISTENS TO US ALL"},
		{"STOP THIS NOW", ""}, // too short
		{"The UNESCO list and the NATO summit were in the news.", ""},
		{"NASA FBI CIA NSA NATO UNICEF OECD IMF", ""}, {"KBS MBC SBS JTBC MBN YTN TV CHOSUN 모두 보도", ""}, {"BTS·BLACKPINK·TWICE, 美 빌보드 200 차트 동시 진입", ""},
		{"WHY 우리는 아무도 듣지 않는 걸까 정말 LISTEN TO THE PEOPLE PLEASE", ""},
		{"Why does nobody ever LISTEN to what we SAY here", ""},
		// runs
		{"정말" + strings.Repeat("!", 16), "(characters:" + strings.Repeat("!", 16) + ")"}, {"정말" + strings.Repeat("!", 15), ""},
		{strings.Repeat("ㅋ", 30) + " 웃기네", "(characters:" + strings.Repeat("ㅋ", 30) + ")"}, {strings.Repeat("😀", 16), "(characters:" + strings.Repeat("😀", 16) + ")"},
		{strings.Repeat("❤️", 16), "(characters:" + strings.Repeat("❤️", 16) + ")"}, {strings.Repeat("ㅋㅋㅋ ", 20), ""}, {"a" + strings.Repeat(" ", 40) + "b", ""},
	} {
		if got := found(t, Submission{Text: tt.text}, Rules{}, shoutingKind()); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
	if v := NewReviewer(policy(), Rules{}, shoutingKind()).Review(Submission{Text: strings.Repeat("ㅋ", 30), Mode: PublishClean}); v.Outcome != Publish {
		t.Errorf("a long laugh is held: %+v", v)
	}
}

func FuzzShouting(f *testing.F) {
	seeds(f)
	c, _ := shoutingKind().New(Setting{Numbers: map[string]float64{"percent": 10, "letters": 2, "run": 2}})
	f.Fuzz(func(t *testing.T, text string) {
		text = Normalize(text)
		e, _ := c.Check(Submission{Text: text})
		for _, x := range e.Findings {
			if x.Start < 0 || x.End <= x.Start || x.End > len(text) || !utf8.ValidString(text[x.Start:x.End]) {
				t.Errorf("%q: %+v", text, x)
			}
		}
	})
}
