package classifier

import (
	"testing"
)

var harmless = []string{"좋은 기사 잘 읽었습니다. 고맙습니다", "This is a fine article, thank you for it."}
var abusive = []string{"이 병신같은 새끼야 꺼져라", "you stupid bitch, shut the fuck up"}

func TestShippedModelRanksPlainCases(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for i := range harmless {
		if a, b := m.Score(harmless[i])[Abuse], m.Score(abusive[i])[Abuse]; a > 0.3 || b < 0.7 {
			t.Errorf("%q %.2f, %q %.2f", harmless[i], a, abusive[i], b)
		}
	}
}

func BenchmarkScore33(b *testing.B) {
	m, _ := Default()
	b.ReportAllocs()
	for b.Loop() {
		m.Score("이 배우는 정말 연기를 잘하는데 왜 욕하는지 모르겠네요 정말")
	}
}

func BenchmarkFeatures250(b *testing.B) {
	text := ""
	for range 8 {
		text += "이 배우는 정말 연기를 잘하는데 왜 욕하는지 모르겠네"
	}
	b.ReportAllocs()
	for b.Loop() {
		Features(text)
	}
}
