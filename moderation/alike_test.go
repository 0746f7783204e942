package moderation

import "testing"

func TestAlike(t *testing.T) {
	for _, tc := range []struct {
		a, b  string
		least float64
		most  float64
	}{
		{"The council has sold the harbour for nothing", "the COUNCIL has sold... the harbour for nothing!!", 1, 1},
		{"The council has sold the harbour for nothing", "The council has sold the harbour, and for what", .6, .95},
		{"The council has sold the harbour for nothing", "My bus was late again this morning", 0, .1},
		{"시의회가 항구를 헐값에 팔아넘겼습니다", "시의회가 항구를 헐값에 팔아 넘겼네요", .7, .95},
		{"시의회가 항구를 헐값에 팔아넘겼습니다", "오늘 아침에도 버스가 늦게 왔어요", 0, .15},
		{"와아아아아 최고", "와아아 최고", 1, 1},
		{"ok", "OK!", 1, 1},
		{"", "", 0, 0},
		{"!!!", "???", 0, 0},
	} {
		got := PiecesOf(tc.a).Alike(PiecesOf(tc.b))
		if got < tc.least || got > tc.most {
			t.Errorf("%q and %q: %.2f, want %.2f–%.2f", tc.a, tc.b, got, tc.least, tc.most)
		}
		if back := PiecesOf(tc.b).Alike(PiecesOf(tc.a)); back != got {
			t.Errorf("%q and %q: %.2f one way, %.2f the other", tc.a, tc.b, got, back)
		}
	}
}
