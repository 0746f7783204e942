package db

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"broadsheet/moderation"
)

var seoul = time.FixedZone("KST", 9*3600)

// day is a small archive with known figures: what came, and was decided, on 2 November 2026 in Seoul.
type day struct {
	newsroom
	Period
}

func (d day) at(hour, minute int) time.Time {
	return d.From.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

func (d day) comes(t testing.TB, at time.Time, author int64) int64 {
	t.Helper()
	return d.submit(t, author, fmt.Sprint("Words of ", at.Format(time.RFC3339Nano), author), func(c *NewComment) { c.At = at })
}

func (d day) decides(t testing.TB, v Verb) int64 {
	t.Helper()
	if v.Version == 0 {
		v.Version = 1
	}
	if v.Action.NeedsClause() && v.Clause == "" {
		v.Clause = "respect"
	}
	must(t, d.rule(v))
	last, err := d.LastDecision(d.ctx, v.Comment)
	must(t, err)
	return last.ID
}

func newDay(t testing.TB) day {
	from := time.Date(2026, 11, 2, 0, 0, 0, 0, seoul)
	return day{newNewsroom(t), Period{From: from, To: from.AddDate(0, 0, 1), Zone: seoul}}
}

func TestFiguresOfADay(t *testing.T) {
	d := newDay(t)
	before := d.comes(t, d.at(-2, 0), d.kim) // the day before, decided on it
	fast := d.comes(t, d.at(9, 0), d.kim)
	slow := d.comes(t, d.at(9, 30), d.lee)
	d.comes(t, d.at(20, 0), d.lee)          // waits still
	later := d.comes(t, d.at(23, 0), d.kim) // decided the day after
	own := d.comes(t, d.at(23, 30), d.kim)  // taken back by its author
	next := d.comes(t, d.at(24, 0), d.kim)  // the day after
	_ = next
	d.decides(t, Verb{Comment: before, By: d.desk, Action: moderation.Reject, At: d.at(1, 0)})
	d.decides(t, Verb{Comment: fast, By: d.desk, Action: moderation.Approve, At: d.at(9, 10)})
	slip := d.decides(t, Verb{Comment: slow, By: d.night, Action: moderation.Approve, At: d.at(11, 30)})
	must(t, d.takeBack(Verb{Comment: slow, Version: 1, After: slip, By: d.night, At: d.at(11, 31)}))
	d.decides(t, Verb{Comment: slow, By: d.night, Action: moderation.Reject, At: d.at(11, 32)})
	d.decides(t, Verb{Comment: later, By: d.desk, Action: moderation.Approve, At: d.at(24, 30)})
	must(t, d.Withdraw(d.ctx, own, d.kim, d.at(23, 40)))

	f, err := d.Figures(d.ctx, d.Period)
	must(t, err)
	received := map[string]int{}
	for _, r := range f.Received {
		received[fmt.Sprint(r.Hour.Hour(), " ", r.State)] += r.N
	}
	if got, want := fmt.Sprint(received), fmt.Sprint(map[string]int{"9 published": 1, "9 rejected": 1, "20 pending": 1, "23 published": 1, "23 withdrawn": 1}); got != want {
		t.Errorf("received %s, want %s", got, want)
	}
	decided := map[string]int{}
	for _, c := range f.Decided {
		decided[fmt.Sprint(c.Hour.Hour(), " ", c.Name, " ", c.Action, c.Clause)] += c.N
	}
	if got, want := fmt.Sprint(decided), fmt.Sprint(map[string]int{"1 desk rejectrespect": 1, "9 desk approve": 1, "11 night approve": 1, "11 night rejectrespect": 1}); got != want {
		t.Errorf("decided %s, want %s", got, want)
	}
	if len(f.TakenBack) != 1 || f.TakenBack[d.night] != 1 {
		t.Errorf("taken back: %v", f.TakenBack)
	}
	var waits []string
	for _, w := range f.Waits {
		waits = append(waits, fmt.Sprint(w.Until.Sub(w.Since), w.Action))
	}
	if got, want := fmt.Sprint(waits), "[3h0m0sreject 10m0sapprove 2h0m0sapprove 10m0swithdraw]"; got != want {
		t.Errorf("waits %s, want %s", got, want)
	}
	for _, tc := range []struct {
		at     time.Time
		n      int
		oldest time.Time
	}{{d.at(0, 0), 1, d.at(-2, 0)}, {d.at(9, 5), 1, d.at(9, 0)}, {d.at(10, 0), 1, d.at(9, 30)}, {d.at(12, 0), 0, time.Time{}}, {d.at(23, 35), 3, d.at(20, 0)}, {d.at(24, 0), 2, d.at(20, 0)}} {
		if n, oldest := f.WaitingAt(tc.at); n != tc.n || !oldest.Equal(tc.oldest) {
			t.Errorf("at %s %d wait since %s, want %d since %s", tc.at, n, oldest, tc.n, tc.oldest)
		}
	}
	none := d.Period
	none.Section = "sport"
	if f, err := d.Figures(d.ctx, none); err != nil || len(f.Received)+len(f.Decided)+len(f.Waits)+len(f.Later) != 0 {
		t.Errorf("a section without articles: %+v %v", f, err)
	}
	some := d.Period
	some.Section = "economy-trade"
	if g, err := d.Figures(d.ctx, some); err != nil || len(g.Waits) != len(f.Waits) || len(g.Received) != len(f.Received) {
		t.Errorf("the only section: %+v %v", g, err)
	}
	d.sound(t)
}

// Words that were edited wait from then on, and those before from when they were sent.
func TestWaitsAreOfTheWordsDecidedOn(t *testing.T) {
	d := newDay(t)
	id := d.comes(t, d.at(9, 0), d.kim)
	d.decides(t, Verb{Comment: id, By: d.desk, Action: moderation.Approve, At: d.at(9, 2)})
	must(t, d.Edit(d.ctx, id, d.kim, 1, "en", verdict("Other words"), d.at(9, 4)))
	d.decides(t, Verb{Comment: id, Version: 2, By: d.night, Action: moderation.Reject, At: d.at(9, 9)})
	f, err := d.Figures(d.ctx, d.Period)
	must(t, err)
	if len(f.Waits) != 2 || f.Waits[0].Until.Sub(f.Waits[0].Since) != 2*time.Minute || f.Waits[1].Until.Sub(f.Waits[1].Since) != 5*time.Minute {
		t.Errorf("%+v", f.Waits)
	}
}

func TestFiguresOfNothing(t *testing.T) {
	d := newDay(t)
	f, err := d.Figures(d.ctx, d.Period)
	if n, _ := f.WaitingAt(d.To); err != nil || n != 0 || len(f.Decided) != 0 {
		t.Errorf("%+v %v", f, err)
	}
	if c, err := d.Cases(d.ctx, d.Period); err != nil || len(c.Reports)+len(c.Own)+len(c.Blocks) != 0 {
		t.Errorf("%+v %v", c, err)
	}
	if s, n, err := d.NextSecond(d.ctx, 100, d.night, d.To); err != nil || s != nil || n != 0 {
		t.Errorf("%v %d %v", s, n, err)
	}
}

// insert puts rows of the other tables in as those who write them do.
func (d day) insert(t testing.TB, query string, args ...any) {
	t.Helper()
	raw, err := sql.Open("sqlite", d.path)
	must(t, err)
	defer raw.Close()
	_, err = raw.Exec(query, args...)
	must(t, err)
}

func TestCasesOfADay(t *testing.T) {
	d := newDay(t)
	down := d.comes(t, d.at(8, 0), d.kim)
	up := d.comes(t, d.at(8, 1), d.kim)
	timed := d.comes(t, d.at(8, 2), d.kim)
	first := d.decides(t, Verb{Comment: down, By: d.desk, Action: moderation.Approve, At: d.at(9, 0)})
	d.decides(t, Verb{Comment: up, By: d.desk, Action: moderation.Approve, At: d.at(9, 0)})
	shown := d.decides(t, Verb{Comment: timed, By: d.desk, Action: moderation.Approve, At: d.at(9, 0)})
	report := func(comment int64, hour int) {
		must(t, d.Report(d.ctx, NewReport{Comment: comment, By: d.lee, Reason: "respect", At: d.at(hour, 0)}))
	}
	report(down, 10)
	slip := d.decides(t, Verb{Comment: down, After: first, By: d.desk, Action: moderation.Block, At: d.at(10, 30)}) // is taken back: answers nothing
	must(t, d.takeBack(Verb{Comment: down, Version: 1, After: slip, By: d.desk, At: d.at(10, 31)}))
	again, err := d.LastDecision(d.ctx, down)
	must(t, err)
	rejected := d.decides(t, Verb{Comment: down, After: again.ID, By: d.desk, Action: moderation.Reject, At: d.at(11, 0)})
	report(up, 12)
	id, number := d.NewCase()
	must(t, d.AddNotice(d.ctx, Notice{ID: id, Number: number, Law: LawKorea, Comment: timed, Language: "ko", Ground: "defamation", Text: "why", Token: []byte{0}, At: d.at(13, 0)}, "192.0.2.1"))
	blocked := d.decides(t, Verb{Comment: timed, After: shown, By: d.desk, Action: moderation.Block, Until: d.at(24*30, 0), At: d.at(15, 0)})
	d.decides(t, Verb{Comment: timed, After: blocked, Action: moderation.Restore, At: d.at(24*30, 0)})
	must(t, d.Appeal(d.ctx, down, d.kim, "why", d.at(16, 0)))
	d.decides(t, Verb{Comment: down, After: rejected, By: d.night, Action: moderation.Restore, At: d.at(20, 0)})

	c, err := d.Cases(d.ctx, d.Period)
	must(t, err)
	if len(c.Reports) != 2 || !c.Reports[0].Down() || c.Reports[0].Answered.Sub(c.Reports[0].At) != time.Hour || !c.Reports[1].Open() {
		t.Errorf("reports: %+v", c.Reports)
	}
	if len(c.Notices) != 1 || c.Notices[0].Kind != "kr" || c.Notices[0].Action != moderation.Block || c.Notices[0].Answered.Sub(c.Notices[0].At) != 2*time.Hour {
		t.Errorf("notices: %+v", c.Notices)
	}
	if len(c.Appeals) != 1 || !c.Appeals[0].Up() || c.Appeals[0].Reason != "respect" || c.Appeals[0].Kind != "reject" {
		t.Errorf("appeals: %+v", c.Appeals)
	}
	if len(c.Own) != 1 || c.Own[0] != (Measure{Action: moderation.Reject, Clause: "respect", Reported: true, N: 1}) {
		t.Errorf("at the desk's own initiative: %+v", c.Own)
	}
	if len(c.Blocks) != 1 || c.Blocks[0].By != 0 || c.Blocks[0].Action != moderation.Restore {
		t.Errorf("blocks for a time: %+v", c.Blocks)
	}
	d.sound(t)
}

// What its author withdrew, or put other words in the place of, is answered then, unless the desk was faster.
func TestCasesThatTheAuthorAnswered(t *testing.T) {
	d := newDay(t)
	gone, edited, late := d.comes(t, d.at(7, 59), d.kim), d.comes(t, d.at(8, 0), d.kim), d.comes(t, d.at(8, 0), d.night)
	for _, c := range []int64{gone, edited, late} {
		d.decides(t, Verb{Comment: c, By: d.desk, Action: moderation.Approve, At: d.at(8, 0)})
		must(t, d.Report(d.ctx, NewReport{Comment: c, By: d.lee, Reason: "respect", At: d.at(8, 1)}))
		id, number := d.NewCase()
		must(t, d.AddNotice(d.ctx, Notice{ID: id, Number: number, Law: LawDSA, Comment: c, Language: "en", Ground: "hate", Text: "why", Token: []byte{0}, At: d.at(8, 1)}, "192.0.2.1"))
	}
	must(t, d.Withdraw(d.ctx, gone, d.kim, d.at(8, 9)))
	must(t, d.Edit(d.ctx, edited, d.kim, 1, "en", verdict("Other words"), d.at(8, 2)))
	must(t, d.Edit(d.ctx, edited, d.kim, 2, "en", verdict("Still others"), d.at(8, 3)))
	must(t, d.Withdraw(d.ctx, edited, d.kim, d.at(8, 4)))
	last, err := d.LastOn(d.ctx, late)
	must(t, err)
	d.decides(t, Verb{Comment: late, After: last, By: d.desk, Action: moderation.Approve, At: d.at(8, 2)})
	must(t, d.Edit(d.ctx, late, d.night, 1, "en", verdict("Later words"), d.at(8, 3)))

	c, err := d.Cases(d.ctx, d.Period)
	must(t, err)
	for kind, list := range map[string][]CaseRecord{"reports": c.Reports, "notices": c.Notices} {
		got := map[string]int{}
		for _, r := range list {
			got[fmt.Sprint(r.Action, " ", r.Answered.Sub(r.At), " ", r.Open(), r.ByAuthor())]++
		}
		if got, want := fmt.Sprint(got), fmt.Sprint(map[string]int{"withdraw 8m0s false true": 1, "edit 1m0s false true": 1, "approve 1m0s false false": 1}); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
	d.sound(t)
}

func TestSecondReadingsAreBlindAndChangeNothing(t *testing.T) {
	d := newDay(t)
	first := d.comes(t, d.at(8, 0), d.kim)
	byStaff := d.comes(t, d.at(8, 1), d.night)
	changed := d.comes(t, d.at(8, 2), d.kim)
	d.decides(t, Verb{Comment: first, By: d.desk, Action: moderation.Approve, At: d.at(9, 0)})
	d.decides(t, Verb{Comment: byStaff, By: d.desk, Action: moderation.Approve, At: d.at(9, 1)})
	slip := d.decides(t, Verb{Comment: changed, By: d.desk, Action: moderation.Approve, At: d.at(9, 2)})
	must(t, d.takeBack(Verb{Comment: changed, Version: 1, After: slip, By: d.desk, At: d.at(9, 3)}))
	due := func(share int, by int64) (comment int64, n int) {
		t.Helper()
		s, n, err := d.NextSecond(d.ctx, share, by, d.at(10, 0))
		must(t, err)
		if s == nil {
			return 0, n
		}
		return s.Comment, n
	}
	for _, tc := range []struct {
		who     string
		by      int64
		comment int64
		n       int
	}{{"the one who decided", d.desk, 0, 0}, {"the author of one", d.night, first, 1}, {"another", d.adm, first, 2}} {
		if c, n := due(100, tc.by); c != tc.comment || n != tc.n {
			t.Errorf("%s: comment %d of %d, want %d of %d", tc.who, c, n, tc.comment, tc.n)
		}
	}
	if c, _ := due(0, d.adm); c != 0 {
		t.Error("a share of 0 brings one up")
	}
	if s, _, err := d.NextSecond(d.ctx, 100, d.adm, d.at(9, 0).Add(2*SecondWindow)); s != nil || err != nil {
		t.Error("an old decision comes up")
	}
	s, _, err := d.NextSecond(d.ctx, 100, d.night, d.at(10, 0))
	must(t, err)
	answer := Answer{Action: moderation.Reject, Clause: "respect", By: d.night, At: d.at(10, 0)}
	must(t, d.Answer(d.ctx, 100, s.Decision, answer))
	for what, err := range map[string]error{"twice": d.Answer(d.ctx, 100, s.Decision, answer), "by the first": d.Answer(d.ctx, 100, slip, Answer{Action: moderation.Approve, By: d.desk, At: d.at(10, 0)})} {
		if err != ErrConflict {
			t.Errorf("%s: %v", what, err)
		}
	}
	if st := d.state(t, first); st != moderation.Published {
		t.Errorf("a second reading made the comment %s", st)
	}
	list, err := d.Readings(d.ctx, d.Period)
	if err != nil || len(list) != 1 || list[0].Same() || list[0].First.Name != "desk" || list[0].Second.Name != "night" || list[0].Second.Clause != "respect" {
		t.Errorf("%+v %v", list, err)
	}
	d.sound(t)
	for what, query := range map[string]string{
		"another answer": `UPDATE reading SET action = 'approve', clause = ''`, "no answer": `DELETE FROM reading`, "another time": `UPDATE reading SET at = at + 1`,
	} {
		d.insert(t, `CREATE TABLE kept AS SELECT * FROM reading`)
		d.insert(t, query)
		if r, err := d.Verify(d.ctx, nil); err != nil || len(r.Broken) == 0 {
			t.Errorf("%s: not found (%v)", what, err)
		}
		d.insert(t, `DELETE FROM reading`)
		d.insert(t, `INSERT INTO reading SELECT * FROM kept`)
		d.insert(t, `DROP TABLE kept`)
	}
	d.sound(t)
}

// The share that comes up is near the one that is set, and the same whenever it is asked for.
func TestSecondShareIsAShare(t *testing.T) {
	d := newDay(t)
	const all = 400
	for i := range all {
		c := d.comes(t, d.at(8, 0).Add(time.Duration(i)*time.Second), d.kim)
		d.decides(t, Verb{Comment: c, By: d.desk, Action: moderation.Approve, At: d.at(9, 0)})
	}
	for _, tc := range []struct{ share, least, most int }{{10, 10, 70}, {50, 150, 250}, {100, all, all}} { // five standard deviations
		_, n, err := d.NextSecond(d.ctx, tc.share, d.night, d.at(10, 0))
		must(t, err)
		if n < tc.least || n > tc.most {
			t.Errorf("%d %% of %d: %d", tc.share, all, n)
		}
	}
}

const (
	benchMonths   = 12
	benchPerMonth = 25_000
)

// fill puts a year of decisions in, as many each month.
func (d day) fill(b *testing.B) {
	raw, err := sql.Open("sqlite", d.path)
	must(b, err)
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	tx, err := raw.Begin()
	must(b, err)
	run := func(query string, args ...any) {
		_, err := tx.Exec(query, args...)
		must(b, err)
	}
	for i := range benchMonths * benchPerMonth {
		at := d.From.Add(time.Duration(i) * (30 * 24 * time.Hour / benchPerMonth)).UnixMilli()
		id := int64(1)<<40 + int64(i)*1000
		state, action, clause := "published", "approve", ""
		if i%7 == 0 {
			state, action, clause = "rejected", "reject", "respect"
		}
		run(`INSERT INTO comment (id, article_id, author_id, body, characters, language, state, risk, submitted)
VALUES (?, ?, ?, 'some words that stand for a comment of a usual length', 52, 'en', ?, 0.2, ?)`, id, d.article.ID, d.kim, state, at)
		run(`INSERT INTO verdict (comment_id, version, outcome, reason, risk, findings, standards, model, at) VALUES (?, 1, 'hold', '', 0.2, '[]', 't1', '', ?)`, id, at)
		run(`INSERT INTO decision (id, comment_id, version, user_id, action, clause, standards, at) VALUES (?, ?, 1, ?, ?, ?, 't1', ?)`,
			id+500, id, d.desk, action, clause, at+int64(i%600)*1000)
	}
	must(b, tx.Commit())
}

// BenchmarkFigures asks for the last month of an archive with a year of decisions.
func BenchmarkFigures(b *testing.B) {
	d := newDay(b)
	d.fill(b)
	p := Period{From: d.From.AddDate(0, 0, 30*(benchMonths-1)), To: d.From.AddDate(0, 0, 30*benchMonths), Zone: seoul}
	for name, ask := range map[string]func() error{
		"figures": func() error { _, err := d.Figures(d.ctx, p); return err },
		"cases":   func() error { _, err := d.Cases(d.ctx, p); return err },
		"second":  func() error { _, _, err := d.NextSecond(d.ctx, 5, d.night, p.To); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, ask())
			}
		})
	}
}
