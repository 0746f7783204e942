package moderation

import "testing"

func TestWhy(t *testing.T) {
	c := check(t, "", "")
	for text, want := range map[string]string{
		// as it stands: case, particles, endings, encoding
		"병신": WhyWord, "이 병신아": WhyWord, "BITCH": WhyWord, "bitches!": WhyWord, "\u1107\u1167\u11bc\u1109\u1175\u11ab": WhyWord, "미친 놈": WhyWord, "미친놈들": WhyWord,
		"fucking hell": WhyWord, "kill yourself": WhyWord, "it's his, bitch": WhyWord,
		// after something was undone
		"병.신": WhyDisguised, "ㅂㅕㅇ신": WhyDisguised, "b1tch": WhyDisguised, "f u c k": WhyDisguised, "fuuuck": WhyDisguised, "qudtls": WhyDisguised, "씨벌": WhyDisguised,
		"сunt": WhyDisguised, "ｆｕｃｋ": WhyDisguised, "fück": WhyDisguised, "f\u200buck": WhyWord, "미친놈아": WhyWord, "f\u200cuck": WhyDisguised,
		// quoted or named
		"그가 “병신”이라고 했다": WhyQuoted, "'병신'이라는 말": WhyQuoted, "「병신」": WhyQuoted, "『병신』": WhyQuoted, "«bitch»": WhyQuoted, "he said \"you bitch\" to her": WhyQuoted,
		"병신이라는 말을 썼다": WhyQuoted, "바보라고 부르는 사람": WhyQuoted, "병신이란 단어": WhyQuoted, "병신 이라는 욕": WhyQuoted, "바보라고 놀렸다": WhyQuoted, "너 병신이라는 거야": WhyWord, "병신이라는 표현은 쓰지 말자": WhyQuoted,
		"the word bitch is rude": WhyQuoted, "she was called a bitch": WhyQuoted, "the slur nigger": WhyQuoted, "words like cunt": WhyQuoted, "they called him a 'retard'": WhyQuoted,
		// a quotation elsewhere does not count
		"“좋은 글”이라는 병신": WhyWord, "don't be a bitch, don't": WhyWord, "\"no\" bitch \"yes\"": WhyWord, "“a\nbitch”": WhyWord, "병신이라고": WhyWord,
	} {
		found := find(t, c, Normalize(text))
		if len(found) != 1 || found[0].Why != want {
			t.Errorf("%q: %+v, want %s", text, found, want)
		}
	}
}

func TestQuotedKeepsItsScore(t *testing.T) {
	c := check(t, "", "")
	if a, b := find(t, c, "병신"), find(t, c, "“병신”"); a[0].Score != b[0].Score || a[0].Score != unmistakableScore {
		t.Errorf("%+v %+v", a, b)
	}
}
