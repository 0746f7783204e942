package newsroom

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"broadsheet/moderation/classifier"
)

func shipped(t testing.TB) *classifier.Model {
	t.Helper()
	m, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A made-up desk: it rejects insults, as everybody does, and talk of money, of which the shipped model thinks
// nothing. Once in twenty times it does the opposite.
var (
	openings = []string{"어제", "오늘 아침에", "지난주부터", "솔직히", "제가 보기에", "기사를 읽고", "well,", "today", "last week", "to be honest", "as I see it", "after reading this"}
	plain    = []string{"날씨가", "버스 노선이", "도서관은", "국수 맛이", "새 공원이", "축구 경기는", "the weather", "our bus line", "the library", "that noodle soup", "the new park", "the football match"}
	money    = []string{"아파트 분양이", "코인 시세가", "주식 종목은", "전세 대출이", "갭투자가", "경매 물건이", "the mortgage rate", "this crypto coin", "that penny stock", "the flat for sale", "a quick flip", "the auction lot"}
	endings  = []string{"정말 좋네요", "생각보다 별로예요", "궁금합니다", "많이 바뀌었어요", "기대됩니다", "걱정이네요", "is really good", "was not what I hoped", "makes me curious", "has changed a lot", "is worth a visit", "worries me a bit"}
	insults  = []string{"병신 새끼야", "이 쓰레기 같은 놈아", "미친년 꺼져라", "개새끼들 다 뒈져라", "you stupid bitch", "shut up you fucking idiot", "worthless piece of shit", "go to hell, asshole"}
)

func made(seed uint64, n int) []Label {
	r := rand.New(rand.NewPCG(seed, 0))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	var out []Label
	for i := range n {
		l := Label{At: time.UnixMilli(int64(i+1) * 60_000)}
		switch x := r.IntN(20); {
		case x < 4:
			l.Text, l.Rejected, l.Clause = pick(openings)+" "+pick(money)+" "+pick(endings), true, "relevance"
		case x < 7:
			l.Text, l.Rejected, l.Clause = pick(openings)+" "+pick(plain)+" "+pick(insults), true, "threats"
		default:
			l.Text = pick(openings) + " " + pick(plain) + " " + pick(endings)
		}
		if r.IntN(20) == 0 {
			l.Rejected = !l.Rejected
		}
		out = append(out, l)
	}
	return out
}

// flipped returns the labels with every decision from one place on turned round.
func flipped(labels []Label, from int) []Label {
	out := slices.Clone(labels)
	for i := from; i < len(out); i++ {
		out[i].Rejected = !out[i].Rejected
	}
	return out
}

// auc measures a layer on labels as they are.
func auc(m *classifier.Model, l Layer, labels []Label) float64 {
	return score(readAll(m, labels), l.scorer(m)).figures().AUC
}
