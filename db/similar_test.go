package db

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"broadsheet/moderation"
)

// like are the comments like a text, as far as they are found.
func (n newsroom) like(t testing.TB, p *Precedents, text string) []Precedent {
	t.Helper()
	list, err := p.Like(n.ctx, 0, text, .4)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPrecedents(t *testing.T) {
	n := newNewsroom(t)
	p := n.Precedents()
	for i := range 60 { // what is not like them
		n.acts(t, n.submit(t, n.lee, fmt.Sprintf("%d%s: the harbour, the ferry and the price of fish on day %d", i, strings.Repeat("q", i), i)), n.night, moderation.Approve)
	}
	rejected := n.submit(t, n.kim, "Cheap watches, cheap bags: write to the shop at the corner")
	n.acts(t, rejected, n.desk, moderation.Reject)
	approved := n.submit(t, n.lee, "싼 시계와 가방을 팔던 모퉁이 가게가 문을 닫았다고 합니다")
	last := n.acts(t, approved, n.desk, moderation.Approve)
	n.submit(t, n.kim, "Cheap watches, cheap bags: this one still waits")

	list := n.like(t, p, "CHEAP watches + cheap bags!! write to the shop round the corner")
	if len(list) != 1 || list[0].ID != rejected || list[0].Action != moderation.Reject || list[0].Clause != "respect" || list[0].Alike < .7 {
		t.Errorf("like a rejected one: %+v", list)
	}
	if list = n.like(t, p, "싼 시계와 가방을 팔던 모퉁이 가게가 문을 닫았다네요"); len(list) != 1 || list[0].ID != approved || list[0].Action != moderation.Approve {
		t.Errorf("like an approved one: %+v", list)
	}
	if list = n.like(t, p, "Nothing of the kind was ever said in this house before"); len(list) != 0 {
		t.Errorf("like nothing: %+v", list)
	}
	if list, err := p.Like(n.ctx, rejected, "Cheap watches, cheap bags: write to the shop at the corner", .4); err != nil || len(list) != 0 {
		t.Errorf("a comment is like itself: %+v %v", list, err)
	}
	if err := n.undo(approved, last, n.desk); err != nil {
		t.Fatal(err)
	}
	if list = n.like(t, p, "싼 시계와 가방을 팔던 모퉁이 가게가 문을 닫았다네요"); len(list) != 0 {
		t.Errorf("like one that was taken back: %+v", list)
	}
	n.acts(t, approved, n.night, moderation.Reject)
	if list = n.like(t, n.Precedents(), "싼 시계와 가방을 팔던 모퉁이 가게가 문을 닫았다네요"); len(list) != 1 || list[0].Action != moderation.Reject {
		t.Errorf("like one that was decided again: %+v", list)
	}
}

// fill stores comments that were all approved, straight into the file.
func (n newsroom) fill(b *testing.B, texts []string) {
	b.Helper()
	raw, err := sql.Open("sqlite", n.path)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	tx, err := raw.Begin()
	if err != nil {
		b.Fatal(err)
	}
	for i, text := range texts {
		_, err = tx.Exec(`INSERT INTO comment (id, article_id, author_id, body, characters, language, state, risk, submitted) VALUES (?, ?, ?, ?, 1, 'en', 'published', 0, 0)`, i+1, n.article.ID, n.kim, text)
		if err == nil {
			_, err = tx.Exec(`INSERT INTO decision (id, comment_id, version, user_id, action, standards, at) VALUES (?1, ?1, 1, ?2, 'approve', 't1', 0)`, i+1, n.desk)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkPrecedents looks for what is like a comment among 100,000 decided ones, some of them alike.
func BenchmarkPrecedents(b *testing.B) {
	n := newNewsroom(b)
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 4000)
	for i := range words {
		for range 2 + r.IntN(7) {
			words[i] += string(rune('a' + r.IntN(26)))
		}
	}
	text := func() string {
		var out []string
		for range 15 + r.IntN(15) {
			out = append(out, words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())])
		}
		return strings.Join(out, " ")
	}
	p := n.Precedents()
	var texts []string
	for i := range 100_000 {
		s := text()
		if i%100 == 1 {
			s = texts[len(texts)-1] + " " + s[:20]
		}
		texts = append(texts, s)
	}
	n.fill(b, texts)
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			p = n.Precedents()
			if err := p.Follow(n.ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("like", func(b *testing.B) {
		found := len(n.like(b, p, texts[0]))
		b.ResetTimer()
		for i := 0; b.Loop(); i++ {
			found += len(n.like(b, p, texts[(i*7919)%len(texts)]))
		}
		b.ReportMetric(float64(found)/float64(b.N), "found/op")
	})
}
