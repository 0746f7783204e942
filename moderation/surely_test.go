package moderation

import (
	"strings"
	"testing"
)

// TestSurely: a disguise that ordinary writing has not is found inside a word, too; any other only where a word begins.
func TestSurely(t *testing.T) {
	c := check(t, "", "")
	for text, want := range map[string]string{
		// after a number, glued or not
		"3 미2친놈들": "미2친놈", "제2 지1랄": "지1랄", "갤럭시24 병@신": "병@신", "2026년 5월 3 씨🔥발": "씨🔥발", "20씨1발": "씨1발", "7 씨.발": "씨.발", "3미틴놈": "미틴놈",
		// after a sign that follows a letter
		"됐거든,지1랄": "지1랄", "아이고/미1친놈아": "미1친놈", "싫다~빙.신": "빙.신", "야구-씹.새끼": "씹.새끼",
		// after a syllable
		"저놈개1새끼": "개1새끼", "감독병♥신": "병♥신", "너무쪽1바리같다": "쪽1바리", "투수ㅂ1ㅅ": "ㅂ1ㅅ", "사장놈븅ㅋ신": "븅ㅋ신", "얼짱ㅋㅋ개웃김": "", "10미.친.놈": "미.친.놈", "3 병-신": "병-신", "6 시.발표": "", "1 시팔": "시팔", "그지.랄 좀": "지.랄", "왜씨.발": "씨.발",
		"아저놈병-신": "병-신", "국장씹.새끼": "씹.새끼",
		// what ordinary writing has
		"질병·신체 정보": "", "표시.발급": "", "오후 3시-발표": "", "결빙.신고": "",
		"오전 7시.발차": "", "3시 1발": "", "저녁 6시, 발인": "", "도·시·발전": "", "감염병.신규 확진": "", "9시30발 열차": "", "수원시/발전소": "", "8등신": "",
		// exceptions hold across what is skipped
		"역시😂발연기": "", "혹시ㅋㅋ발표": "", "다시1발": "", "질병♥신고": "", "합창🎵녀": "",
	} {
		if got := strings.Join(hits(t, c, text), "|"); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

// TestSpelled: letters apart, and what stands before them.
func TestSpelled(t *testing.T) {
	c := check(t, "", "")
	for text, want := range map[string]string{
		"O b i t c h please": "b i t c h", "x c.u.n.t": "c.u.n.t", "k.y.s u r": "k.y.s", "és.l.u.t": "s.l.u.t", "ökill yourself": "kill yourself", "éb1tch": "b1tch",
		"*c*nt* off": "c*nt*", "#sh*t this": "sh*t", "그래@sshole": "@sshole", "참b1tch": "b1tch", "ㅎ5hit": "5hit",
		"s k i l l s": "", "g r a p e": "", "S c u n t h o r p e": "", "M*A*S*H": "", "the *A*S*S*E*T*S": "", "c l a s s": "", "노스텍사스대(UNT)": "", "신세계@ssg": "",
		"a Ésex b": "", "k******": "",
	} {
		if got := strings.Join(hits(t, c, text), "|"); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

// TestLineBreak: a line break is no more than a blank.
func TestLineBreak(t *testing.T) {
	c := check(t, "", "")
	for text, want := range map[string]string{
		"병\n신 뭐라냐": "병\n신", "씨\n\n발": "씨\n\n발", "개\n새\n끼": "개\n새\n끼", "s\nh\ni\nt": "s\nh\ni\nt", "bi\ntch please": "bi\ntch", "kill\nyourself": "kill\nyourself",
		"죽일\n놈": "죽일\n놈", "ㅅ\nㅂ": "ㅅ\nㅂ",
		"서울시\n발표": "", "다시\n발표했다": "", "오늘 당시\n발": "", "pass\nit": "", "as\nshore": "", "b\na\ns\ns": "", "f\nck": "f\nck", "mass\nhit": "",
		"우리\n새끼": "", "저녁 8\n시\n발": "", "a chink\nin the armour": "",
		"시https://example.com/발": "", "시 https://example.com 발": "",
	} {
		if got := strings.Join(hits(t, c, text), "|"); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

// TestApart: letters apart that were one word, keys of a Korean keyboard too, and what looks like a jamo between two syllables.
func TestApart(t *testing.T) {
	c := check(t, "", "")
	for text, want := range map[string]string{
		"q u d t l s 같은": "q u d t l s", "wlf.kf 하네": "wlf.kf", "U.S.A.F. and N.A.T.O.": "", "go-do-rk": "", "tlqkf-now": "tlqkf",
		"ㅅ ㅂ야": "ㅅ ㅂ", "ㅋㅋ씨 발 뭐": "씨 발", "ㅋㅋ이 시 발표": "",
		"ᄉᆡ발롬": "ᄉᆡ발", "병己신": "병己신", "c1bal아": "c1bal", "5h17": "5h17", "c117": "", "a33f49": "", "ьitch": "ьitch", "f u c k yourself": "f u c k",
		"d i e hard": "", "st*pid": "st*pid", "stupid": "", "씨/발/새/끼": "씨/발/새/끼", "지/랄/새/끼": "지/랄|새/끼", "양/새/끼니": "", "후레 아들": "후레 아들", "홍.어": "홍.어", "홍어": "", "웃겨 죽어ㅋㅋ진짜": "", "홍어ㅋㅋ맛있다": "",
	} {
		if got := strings.Join(hits(t, c, text), "|"); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}

// TestBrackets: a bracket that goes on after the word opens a remark, where an exception stands over it; a comma in a place
// name breaks no exception.
func TestBrackets(t *testing.T) {
	c := check(t, "", "")
	for text, want := range map[string]string{
		"그의 시(발표 당시)를 읽다": "", "이 시[발행]는 길다": "", "시(발)놈": "시(발)놈", "씨(발) 뭐야": "씨(발", "시(발 놈)아": "시(발 놈",
		"Dildo, Newfoundland": "", "in Moron, Argentina": "", "moron, idiot": "moron|idiot", "허병신 박사": "", "이병신 교수": "병신", "허병신아": "병신", "Hans Kuntz": "", "a niggardly sum": "",
	} {
		if got := strings.Join(hits(t, c, text), "|"); got != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
}
