package training

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/moderation/classifier"
)

// fixture is a little of every set, put together from a few words.
func fixture() (d Data) {
	rnd := random(1)
	good := []string{"오늘", "방송", "정말", "좋아요", "기사", "응원합니다", "재미있게", "봤어요", "배우", "연기"}
	bad := []string{"바보", "멍청이", "꺼져", "쓰레기", "한심한", "놈들"}
	fine, foul := []string{"the", "report", "is", "good", "and", "clear", "thanks"}, []string{"stupid", "fool", "trash", "shut", "up"}
	say := func(lists ...[]string) string {
		var words []string
		for range 4 + rnd.below(5) {
			words = append(words, rnd.pick(lists[rnd.below(len(lists))]))
		}
		return strings.Join(words, " ")
	}
	for i := range 60 {
		class := Class(i % 3)
		text := say(good)
		if class != None {
			text = say(good, bad) + " " + bad[class]
		}
		d.BEEP = append(d.BEEP, Comment{Text: text, Class: class, Gender: i%4 == 1})
		d.KMHaS = append(d.KMHaS, Labelled{Text: say(good)}, Labelled{Text: say(bad, good) + " 바보", Labels: [8]bool{3: true}})
		d.Curse = append(d.Curse, Rated{Text: say(good), Abuse: 0}, Rated{Text: say(bad), Abuse: 1})
		d.Davidson = append(d.Davidson, Rated{Text: say(fine)}, Rated{Text: say(foul, fine) + " fool", Abuse: 1})
		d.Unlabelled = append(d.Unlabelled, say(good, bad))
	}
	return d
}

// TestTrainIsExact: the same rows give the same bits, here and on every other machine.
func TestTrainIsExact(t *testing.T) {
	b := classifier.Encode(Train(fixture(), Options{Networks: 1}))
	const want = "bd3444ac129d1769"
	if got := fmt.Sprintf("%x", sha256.Sum256(b))[:16]; got != want {
		t.Errorf("weights %s, want %s: say so in the model card when the recipe has changed", got, want)
	}
}

func TestTrainedModelRanks(t *testing.T) {
	for name, c := range map[string]struct {
		options Options
		change  func(*Data)
	}{
		"all":              {Options{Networks: 1}, func(*Data) {}},
		"without K-MHaS":   {Options{}, func(d *Data) { d.KMHaS = nil }},
		"Korean only":      {Options{}, func(d *Data) { d.Davidson = nil }},
		"BEEP by itself":   {Options{}, func(d *Data) { *d = Data{BEEP: d.BEEP} }},
		"nothing unjudged": {Options{Networks: 1}, func(d *Data) { d.Unlabelled = nil }},
	} {
		d := fixture()
		c.change(&d)
		m, err := classifier.Load(classifier.Encode(Train(d, c.options)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		low, high := m.Score("오늘 방송 좋아요")["abuse"], m.Score("멍청이 바보 놈들 꺼져")["abuse"]
		if !(low < 0.5 && high > 0.5) {
			t.Errorf("%s: %.2f, %.2f", name, low, high)
		}
	}
	if m, err := classifier.Load(classifier.Encode(Train(Data{}, Options{Networks: 1}))); err != nil || m.Score("바보")["abuse"] > 0.01 {
		t.Error("no rows must give a model that knows nothing", err)
	}
}

func TestEvaluate(t *testing.T) {
	d := fixture()
	d.Dev, d.BEEP = d.BEEP[:9], d.BEEP[9:]
	d.Headlines, d.SMS = []string{"오늘 비가 온다"}, []Rated{{Text: "win cash now", Spam: 1}, {Text: "see you at ten"}}
	m, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	var tables []string
	Evaluate(d, Options{}, m, func(table string) { tables = append(tables, table) })
	all := strings.Join(tables, "\n")
	for _, want := range []string{"| + stack | 0.", "| abuse_ko | BEEP | ", "| abuse_en | Davidson | 120 | ", "headlines, abuse", "SMS-spam: AUC", "BEEP dev, 9 comments"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if strings.Contains(all, "NaN") {
		t.Error(all)
	}
}

// TestStackFoldsExactly: the folded model says what the stacked one says.
func TestStackFoldsExactly(t *testing.T) {
	d := fixture()
	g, others := beepGroup(d.BEEP), kmhasGroup(d.KMHaS)
	p := newPupil(&g, settings{rate: rate}, others.opinions(1, nil, 0))
	l := fit(p.group.examples(isNone), p.by, len(p.stack.models), 1)
	folded := p.stack.fold(l)
	for i, fs := range p.group.texts {
		if a, b := l.Score(fs), folded.Score(g.texts[i]); math.Abs(a-b) > 1e-5 {
			t.Fatalf("%v stacked, %v folded", a, b)
		}
	}
}

// TestNetworkReadsOrder: two texts of the same words in another order get different answers.
func TestNetworkReadsOrder(t *testing.T) {
	var texts []string
	var rows []Rated
	rnd := random(4)
	for range 300 {
		a, b := rnd.pick([]string{"개가", "소가", "말이"}), rnd.pick([]string{"사람을", "기자를", "배우를"})
		rows = append(rows, Rated{Text: a + " " + b + " 물었다", Abuse: 1}, Rated{Text: b + " " + a + " 물었다"})
		texts = append(texts, a+" "+b)
	}
	te := newTeacher(texts, 1)
	n := te.learn(newKorean(Data{Curse: rows}))[0]
	for _, r := range rows[:12] {
		if z := n.judge(te.lexicon.read(r.Text))[questions-1]; z > 0 != (r.Abuse > 0.5) {
			t.Errorf("%q: log-odds %.2f, abuse %.0f", r.Text, z, r.Abuse)
		}
	}
}

func TestRowsAreSplitByLetters(t *testing.T) {
	d := distinct(Data{
		Dev:        []Comment{{Text: "가나다"}},
		BEEP:       []Comment{{Text: "가 나 다!"}, {Text: "라마"}, {Text: "..."}},
		Unlabelled: []string{"라.마", "바사", "바 사"},
	})
	if len(d.BEEP) != 1 || len(d.Unlabelled) != 1 {
		t.Errorf("%v", d)
	}
	if foldOf("라마 Ab") != foldOf("라.마aB!") {
		t.Error("the same letters are in two parts")
	}
	for fold := range folds {
		rest, held := fixture().split(fold)
		if len(rest.BEEP)+len(held.BEEP) != 60 || len(held.KMHaS) == 0 {
			t.Error(len(rest.BEEP), len(held.BEEP), len(held.KMHaS))
		}
	}
}

func TestMeasures(t *testing.T) {
	z, yes := []float64{1, 2, 2, 3}, []bool{false, false, true, true}
	if got := auc(z, yes); got != 0.875 {
		t.Errorf("AUC %v", got)
	}
	if got := recallAt(z, yes, 0); got != 0.5 {
		t.Errorf("recall %v", got)
	}
	truth, guess := []Class{None, None, Offensive, Hateful}, []Class{None, Offensive, Offensive, Hateful}
	if got := macroF1(truth, guess); math.Abs(got-(2.0/3+2.0/3+1)/3) > 1e-12 {
		t.Errorf("F1 %v", got)
	}
	if lo, hi := interval(truth, guess); lo > hi || hi > 1 {
		t.Errorf("%v to %v", lo, hi)
	}
}

func TestCalibrate(t *testing.T) {
	rnd := random(5)
	s := scored{}
	for range 20000 { // true log-odds are 2z - 1, of which z is shown
		z := float64(rnd.unit())*6 - 3
		s.put(z, float64(rnd.unit()) < 1/(1+math.Exp(1-2*z)))
	}
	c := calibrate([]scored{s})
	yes := 0
	for _, y := range s.yes {
		if y {
			yes++
		}
	}
	shift := math.Log(float64(len(s.yes)-yes) / float64(yes)) // both answers weigh half
	if math.Abs(c.a-2) > 0.15 || math.Abs(c.b-(-1+shift)) > 0.15 {
		t.Errorf("%+v, want 2 and %v", c, -1+shift)
	}
}

func TestParsersRefuse(t *testing.T) {
	check := func(name string, err error) {
		t.Helper()
		if !errors.Is(err, ErrData) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := ParseBEEP("h\na\tTrue\tnone")
	check("BEEP", err)
	_, err = ParseKMHaS("h\na\t9")
	check("K-MHaS", err)
	_, err = ParseCurse("a|2")
	check("Curse", err)
	_, err = ParseDavidson("a,b\n1,2")
	check("Davidson", err)
	_, err = ParseStormfront("1\tmaybe\ta")
	check("Stormfront", err)
	_, err = ParseSMS("h\neggs\ta")
	check("SMS", err)
}

func TestParsersRead(t *testing.T) {
	if rows, err := ParseKMHaS("h\n가\t2,3\n나\t8\n"); err != nil || !rows[0].Labels[2] || !rows[0].Labels[3] || rows[1].Any() {
		t.Error(rows, err)
	}
	if rows, err := ParseCurse("가|나|1\n"); err != nil || rows[0].Text != "가|나" || rows[0].Abuse != 1 {
		t.Error(rows, err)
	}
	if rows, err := ParseDavidson(",count,hate_speech,offensive_language,neither,class,tweet\n1,4,1,2,1,1,\"RT @x: a &amp; b http://c.d\"\n"); err != nil || rows[0] != (Rated{"a & b", 0.75, 0}) {
		t.Error(rows, err)
	}
}

func FuzzParsers(f *testing.F) {
	f.Add("h\na\tTrue\tothers\thate\n")
	f.Add("가|1\n")
	f.Add("1\thate\tx\n")
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = ParseBEEP(s)
		_, _ = ParseKMHaS(s)
		_, _ = ParseCurse(s)
		_, _ = ParseDavidson(s)
		_, _ = ParseStormfront(s)
		_, _ = ParseSMS(s)
		_ = ParseLines(s)
	})
}

func TestAdverts(t *testing.T) {
	a, b := adverts([]int{0}, 1), adverts([]int{0}, 1)
	if !slices.Equal(a, b) || len(a) != 2*adsOfKind {
		t.Error("not the same twice")
	}
	for _, s := range a {
		if strings.ContainsAny(s, "#") {
			t.Errorf("%q is not filled in", s)
		}
	}
}

// TestShippedModelOnDev is a floor under the committed weights, where the data are.
func TestShippedModelOnDev(t *testing.T) {
	b, err := os.ReadFile("../../../../shared/data/comments/beep/dev.tsv")
	if err != nil {
		t.Skip("no ../shared here")
	}
	rows, err := ParseBEEP(string(b))
	if err != nil {
		t.Fatal(err)
	}
	m, err := classifier.Default()
	if err != nil {
		t.Fatal(err)
	}
	var s scored
	for _, r := range rows {
		s.put(m.Logits(classifier.Features(r.Text))[0], r.Class != None)
	}
	if got := auc(s.z, s.yes); got < 0.84 {
		t.Errorf("AUC %.3f", got)
	}
}

// TestNothingIsFused: on a machine that can fuse a product with a sum, the compiler finds no place to do so, here and
// in what these packages call of their own. So the weights are the same there.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for another machine")
	}
	cmd := exec.Command("go", "build", "-gcflags=broadsheet/moderation/classifier/...=-S", "broadsheet/moderation/classifier/...")
	cmd.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "FMULD") {
		t.Fatal("no listing")
	}
	fused := regexp.MustCompile(`\sFN?M(ADD|SUB)[DS]\s`)
	for line := range strings.Lines(string(out)) {
		if fused.MatchString(line) {
			t.Error(strings.TrimSpace(line))
		}
	}
}
