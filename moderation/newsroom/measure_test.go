package newsroom

import "testing"

func TestMeasure(t *testing.T) {
	f, curve := Measure([]float64{0, 0.2, 0.4, 0.9, 1}, []bool{false, false, true, true, true})
	if f.AUC != 1 || f.Recall != 1 || len(curve) == 0 {
		t.Errorf("%+v %v", f, curve)
	}
	for _, p := range curve {
		if p.Threshold > 0.41 && p.Threshold < 0.89 && (p.Alarms != 0 || p.Recall < 0.66 || p.Recall > 0.67) {
			t.Errorf("%+v", p)
		}
	}
	if f, _ := Measure([]float64{0.9, 0.9, 0.1, 0.1}, []bool{false, true, false, true}); f.AUC != 0.5 {
		t.Errorf("no better than chance: %+v", f)
	}
	for _, rejected := range [][]bool{nil, {true}, {false}} {
		if f, curve := Measure(make([]float64, len(rejected)), rejected); f != (Figures{}) || curve != nil {
			t.Errorf("of one kind: %+v %v", f, curve)
		}
	}
}
