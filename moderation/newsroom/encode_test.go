package newsroom

import (
	"bytes"
	"errors"
	"testing"

	"broadsheet/moderation/classifier"
)

func TestRoundTrip(t *testing.T) {
	m := shipped(t)
	labels := made(1, 500)
	l, r := Refit(m, Layer{}, labels)
	if !r.Promoted {
		t.Fatal(r.Why)
	}
	b := l.Encode()
	back, err := Decode(b)
	if err != nil || back.Version() != l.Version() || !back.Until().Equal(l.Until()) || back.Threshold() != l.Threshold() {
		t.Fatalf("%v: %s, %s", err, back.Version(), l.Version())
	}
	for _, label := range labels {
		fs := classifier.Features(label.Text)
		v := look(m, fs)
		if back.Score(m, fs) != l.Score(m, fs) || back.clause(v) != l.clause(v) {
			t.Fatalf("%q differs", label.Text)
		}
	}
	if !bytes.Equal(back.Encode(), b) {
		t.Error("encoded again it differs")
	}
	if len(b) > 100_000 {
		t.Errorf("%d bytes", len(b))
	}
	learned := l.Learn(m, made(2, 50))
	if !bytes.Equal(learned.Encode(), b) {
		t.Error("the online part is stored")
	}
	next, _ := Decode(learned.Encode())
	if next.Learn(m, made(2, 50)).Version() != learned.Version() {
		t.Error("folded again it differs")
	}
	for i := range len(b) {
		if i%97 == 0 || i < 200 {
			if _, err := Decode(b[:i]); err == nil && i > 0 {
				t.Fatalf("%d of %d bytes are taken", i, len(b))
			}
		}
	}
	if _, err := Decode(append([]byte("BSN1"), b[len(magic):]...)); !errors.Is(err, ErrLayer) {
		t.Errorf("of the format before: %v", err)
	}
	if _, err := Decode(append(b, 0)); err == nil {
		t.Error("a byte too many is taken")
	}
}

func TestNothingFittedIsNoBytes(t *testing.T) {
	for _, l := range []Layer{{}, Layer{}.Learn(shipped(t), made(1, 3))} {
		if b := l.Encode(); b != nil || !l.Until().IsZero() {
			t.Errorf("%d bytes, until %v", len(b), l.Until())
		}
	}
	if l, err := Decode(nil); err != nil || l.Version() != "" {
		t.Errorf("%q %v", l.Version(), err)
	}
}

func FuzzDecode(f *testing.F) {
	m := shipped(f)
	f.Add([]byte(nil))
	f.Add([]byte(magic))
	f.Add(fit(m, readAll(m, made(1, 2)), 0.5).encode())
	fs := classifier.Features("오늘 아침에 버스 노선이 궁금합니다 you stupid bitch")
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := Decode(b)
		if err != nil {
			if l.Version() != "" {
				t.Error("an error and a layer")
			}
			return
		}
		if again, err := Decode(l.Encode()); err != nil || again.Version() != l.Version() {
			t.Errorf("encoded again: %v", err)
		}
		l.model = m.Version()
		if p := l.Score(m, fs); !(p >= 0 && p <= 1) {
			t.Errorf("score %v", p)
		}
	})
}
