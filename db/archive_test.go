package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"broadsheet/moderation"
)

var policy = moderation.Standards{Version: "t1", Clauses: []moderation.Clause{{
	ID: "respect", Title: map[string]string{"en": "Respect", "ko": "존중"}, Text: map[string]string{"en": "Be kind.", "ko": "존중하십시오."},
}}}

func open(t testing.TB, path string) *Archive {
	t.Helper()
	a, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.EnsureStandards(context.Background(), policy); err != nil {
		t.Fatal(err)
	}
	return a
}

// newsroom is an archive with an article, two readers and two moderators.
type newsroom struct {
	*Archive
	ctx              context.Context
	path             string
	article          Brief
	kim, lee         int64 // readers
	desk, night, adm int64 // staff
}

func newNewsroom(t testing.TB) newsroom {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	a := open(t, path)
	n := newsroom{Archive: a, ctx: context.Background(), path: path}
	for _, u := range []struct {
		id   *int64
		name string
		role Role
	}{{&n.kim, "kim", Reader}, {&n.lee, "lee", Reader}, {&n.desk, "desk", Moderator}, {&n.night, "night", Moderator}, {&n.adm, "adm", Admin}} {
		var err error
		*u.id, err = a.CreateUser(n.ctx, NewUser{Email: u.name + "@example.com", Name: u.name, Password: "phc-" + u.name, Role: u.role}, 0)
		if err != nil {
			t.Fatal(err)
		}
	}
	n.put(t, incoming("k1", "h1", "A headline"))
	n.article = n.newest(t)[0]
	return n
}

func incoming(key, hash, headline string) Incoming {
	return Incoming{Locator: key + ".txt", Key: key, Hash: hash, Slug: "2026-11-20-" + key, Content: Content{
		SourceFormat: "text", Headline: headline, BodyHTML: "<p>Body.</p>", BodyText: "Body.", Section: "Economy & Trade",
		Language: "en", Published: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		Authors: []Author{{Name: "Han Seo-yun", Raw: "HAN SEO-YUN", Email: "han@example.com"}},
	}}
}

func (n newsroom) put(t testing.TB, in ...Incoming) []Stored {
	t.Helper()
	job, err := n.StartJob(n.ctx, "test", 0, false)
	if err != nil {
		t.Fatal(err)
	}
	out, err := n.PutArticles(n.ctx, job, 0, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.FinishJob(n.ctx, job, 0, ""); err != nil {
		t.Fatal(err)
	}
	return out
}

func (n newsroom) newest(t testing.TB) []Brief {
	t.Helper()
	list, err := n.Newest(n.ctx, Key{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func verdict(text string) moderation.Verdict {
	return moderation.Verdict{Text: text, Characters: moderation.Count(text), Outcome: moderation.Hold, Standards: policy.Version}
}

func (n newsroom) submit(t testing.TB, author int64, text string, change ...func(*NewComment)) int64 {
	t.Helper()
	id, err := n.trySubmit(author, text, change...)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (n newsroom) trySubmit(author int64, text string, change ...func(*NewComment)) (int64, error) {
	c := NewComment{ArticleID: n.article.ID, AuthorID: author, Language: "en", Verdict: verdict(text), At: n.Now()}
	for _, f := range change {
		f(&c)
	}
	return n.Submit(n.ctx, c)
}

func (n newsroom) decide(id int64, version int, after, by int64, action moderation.Action) error {
	v := Verb{Comment: id, Version: version, After: after, By: by, Action: action, At: n.Now()}
	if action.NeedsClause() {
		v.Clause = "respect"
	}
	return n.rule(v)
}

// rule is Decide, and takeBack is Undo, without what the next decision needs.
func (n newsroom) rule(v Verb) error     { _, err := n.Decide(n.ctx, v); return err }
func (n newsroom) takeBack(v Verb) error { _, err := n.Undo(n.ctx, v); return err }

func (n newsroom) state(t testing.TB, id int64) moderation.State {
	t.Helper()
	c, err := n.Comment(n.ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return c.State
}

func (n newsroom) sound(t testing.TB) {
	t.Helper()
	r, err := n.Verify(n.ctx, nil)
	if err != nil || len(r.Broken) > 0 {
		t.Fatalf("verify: %v %v", r.Broken, err)
	}
}

func TestCommentLife(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "First words")
	if s := n.state(t, id); s != moderation.Pending {
		t.Fatalf("a new comment is %s", s)
	}
	version := func() int {
		p, err := n.ArticlePulse(n.ctx, n.article.Slug, 0)
		if err != nil {
			t.Fatal(err)
		}
		return p.Version
	}
	before := version()
	if err := n.decide(id, 1, 0, n.desk, moderation.Approve); err != nil {
		t.Fatal(err)
	}
	if n.state(t, id) != moderation.Published || version() == before {
		t.Error("approval does not publish, or does not change the page's version")
	}
	if err := n.Edit(n.ctx, id, n.kim, 1, "en", verdict("Other words"), n.Now()); err != nil {
		t.Fatal(err)
	}
	if s := n.state(t, id); s != moderation.Pending {
		t.Errorf("after an edit the old approval still counts: %s", s)
	}
	if err := n.decide(id, 1, 0, n.desk, moderation.Approve); !errors.Is(err, ErrConflict) {
		t.Errorf("a decision on the old words: %v, want ErrConflict", err)
	}
	if err := n.decide(id, 2, 0, n.desk, moderation.Reject); err != nil {
		t.Fatal(err)
	}
	c, err := n.Comment(n.ctx, id)
	if err != nil || c.State != moderation.Rejected || c.Clause != "respect" {
		t.Errorf("rejected: %+v %v", c, err)
	}
	if err := n.Withdraw(n.ctx, id, n.lee, n.Now()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("somebody else withdraws it: %v", err)
	}
	if err := n.Withdraw(n.ctx, id, n.kim, n.Now()); err != nil {
		t.Fatal(err)
	}
	if n.state(t, id) != moderation.Withdrawn {
		t.Error("not withdrawn")
	}
	if w, err := n.Wordings(n.ctx, id); err != nil || len(w) != 1 || w[0].Body != "First words" {
		t.Errorf("wordings = %v %v", w, err)
	}
	n.sound(t)
}

func TestSubmitGuards(t *testing.T) {
	n := newNewsroom(t)
	rate := func(c *NewComment) { c.Rate = moderation.Rate{N: 1, Per: 10 * time.Second} }
	n.submit(t, n.kim, "one")
	for _, tc := range []struct {
		name   string
		want   error
		text   string
		change func(*NewComment)
	}{
		{"rate", ErrRate, "two", rate},
		{"repeat", ErrRepeat, "one", func(*NewComment) {}},
		{"no such parent", ErrParent, "three", func(c *NewComment) { c.ParentID = 7 }},
		{"no such author", ErrDisabled, "four", func(c *NewComment) { c.AuthorID = 7 }},
	} {
		if _, err := n.trySubmit(n.kim, tc.text, tc.change); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	n.submit(t, n.kim, "one", func(c *NewComment) { c.Repeat = true })
	n.submit(t, n.lee, "lee is not held back by kim", rate)
	if err := n.OpenComments(n.ctx, n.article.Slug, false, n.adm, n.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := n.trySubmit(n.lee, "five"); !errors.Is(err, ErrClosed) {
		t.Errorf("closed article: %v", err)
	}
	if err := n.SetDisabled(n.ctx, n.lee, true, n.adm); err != nil {
		t.Fatal(err)
	}
	if _, err := n.trySubmit(n.lee, "six"); !errors.Is(err, ErrDisabled) {
		t.Errorf("disabled author: %v", err)
	}
	n.sound(t)
}

func TestRepliesAreOneLevelDeep(t *testing.T) {
	n := newNewsroom(t)
	head := n.submit(t, n.kim, "head")
	answer := func(c *NewComment) { c.ParentID = head }
	if _, err := n.trySubmit(n.lee, "answer to a pending one", answer); !errors.Is(err, ErrParent) {
		t.Errorf("answer to a pending comment: %v", err)
	}
	if err := n.decide(head, 1, 0, n.desk, moderation.Approve); err != nil {
		t.Fatal(err)
	}
	reply := n.submit(t, n.lee, "answer", answer)
	if err := n.decide(reply, 1, 0, n.desk, moderation.Approve); err != nil {
		t.Fatal(err)
	}
	if _, err := n.trySubmit(n.kim, "answer to an answer", func(c *NewComment) { c.ParentID = reply }); !errors.Is(err, ErrParent) {
		t.Errorf("second level: %v", err)
	}
	if err := n.Withdraw(n.ctx, head, n.kim, n.Now()); err != nil {
		t.Fatal(err)
	}
	d, err := n.Discussion(n.ctx, n.article.ID, ByNewest, Place{}, 10)
	if err != nil || d.Next != (Place{}) || d.Total != 1 || len(d.Threads) != 1 || d.Threads[0].State != moderation.Withdrawn || len(d.Threads[0].Replies) != 1 {
		t.Errorf("a thread whose head was withdrawn: %+v err=%v", d, err)
	}
}

func TestEditIsTheAuthorsForFiveMinutes(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "words", func(c *NewComment) { c.At = n.Now().Add(-4 * time.Minute) })
	late := n.submit(t, n.kim, "late words", func(c *NewComment) { c.At = n.Now().Add(-EditWindow - time.Second) })
	for _, tc := range []struct {
		name    string
		id, by  int64
		version int
		want    error
	}{
		{"somebody else", id, n.lee, 1, ErrEditExpired},
		{"too late", late, n.kim, 1, ErrEditExpired},
		{"other version", id, n.kim, 2, ErrConflict},
		{"in time", id, n.kim, 1, nil},
	} {
		if err := n.Edit(n.ctx, tc.id, tc.by, tc.version, "en", verdict("new "+tc.name), n.Now()); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
}

func TestDecideGuards(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "words")
	own := n.submit(t, n.desk, "a moderator's own")
	for _, tc := range []struct {
		name string
		got  error
		want error
	}{
		{"own", n.decide(own, 1, 0, n.desk, moderation.Approve), ErrOwn},
		{"none", n.decide(7, 1, 0, n.desk, moderation.Approve), ErrNotFound},
		{"reader", n.decide(id, 1, 0, n.lee, moderation.Approve), errNotStaff},
		{"first", n.decide(id, 1, 0, n.desk, moderation.Reject), nil},
		{"second", n.decide(id, 1, 0, n.night, moderation.Approve), ErrConflict},
	} {
		if !errors.Is(tc.got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, tc.got, tc.want)
		}
	}
	last, err := n.LastDecision(n.ctx, id)
	if err != nil || last.By != n.desk || last.Standards != policy.Version {
		t.Fatalf("last decision: %+v %v", last, err)
	}
	if err := n.decide(id, 1, last.ID, n.night, moderation.Approve); err != nil || n.state(t, id) != moderation.Published {
		t.Errorf("changing a decision that was seen: %v", err)
	}
	n.sound(t)
}

// TestTwoModerators is bar 7: both decide the same 200 comments at once.
func TestTwoModerators(t *testing.T) {
	n := newNewsroom(t)
	var ids []int64
	for i := range 200 {
		ids = append(ids, n.submit(t, n.kim, fmt.Sprint("comment ", i)))
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	won, lost := 0, 0
	for _, by := range []int64{n.desk, n.night} {
		for _, id := range ids {
			wg.Go(func() {
				err := n.decide(id, 1, 0, by, moderation.Approve)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case errors.Is(err, ErrConflict):
					lost++
				default:
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	total, _, err := n.Totals(n.ctx)
	if won != 200 || lost != 200 || total[QueuePending] != 0 || total[QueueDecided] != 200 || err != nil {
		t.Errorf("won %d, lost %d, %v %v", won, lost, total, err)
	}
	n.sound(t)
}

func TestImportIsIdempotent(t *testing.T) {
	n := newNewsroom(t)
	id := n.submit(t, n.kim, "stays")
	for _, tc := range []struct {
		name string
		in   Incoming
		want Outcome
	}{
		{"same", incoming("k1", "h1", "A headline"), Unchanged},
		{"changed", incoming("k1", "h2", "A better headline"), Updated},
		{"changed, kept", func() Incoming { i := incoming("k1", "h3", "x"); i.Keep = true; return i }(), Unchanged},
		{"set aside", Incoming{Locator: "bad.html", Reason: "no article", Raw: []byte("\x00\xff")}, Quarantined},
	} {
		if out := n.put(t, tc.in); out[0].Outcome != tc.want {
			t.Errorf("%s: %+v, want %s", tc.name, out[0], tc.want)
		}
	}
	art, err := n.Article(n.ctx, n.article.Slug)
	if err != nil || art.Revision != 2 || art.Content.Headline != "A better headline" || len(art.Content.Authors) != 1 {
		t.Errorf("revised article: %+v %v", art, err)
	}
	if c, err := n.Comment(n.ctx, id); err != nil || c.Slug != n.article.Slug {
		t.Errorf("the comment was lost over a revision: %+v %v", c, err)
	}
	jobs, err := n.Jobs(n.ctx, 10)
	if err != nil || jobs[0].Quarantined != 1 || jobs[0].State != "done" {
		t.Errorf("jobs: %+v %v", jobs, err)
	}
	if name, raw, err := n.Quarantine(n.ctx, jobs[0].ID, 0); err != nil || name != "bad.html" || string(raw) != "\x00\xff" {
		t.Errorf("quarantine: %q %q %v", name, raw, err)
	}
	n.sound(t)
}

func TestOneBadItemDoesNotStopTheOthers(t *testing.T) {
	n := newNewsroom(t)
	bad := incoming("bad", "h", "Headline")
	bad.Content.BodyText = "" // the schema refuses it
	twin := incoming("k3", "h9", "Twin")
	out := n.put(t, incoming("k3", "h", "Good"), bad, twin, incoming("k4", "h", "Good too"))
	for i, want := range []Outcome{Created, Quarantined, Quarantined, Created} {
		if out[i].Outcome != want {
			t.Errorf("item %d: %+v, want %s", i, out[i], want)
		}
	}
	same := incoming("k5", "h", "Good")
	same.Slug = "2026-11-20-k4"
	if out := n.put(t, same); out[0].Slug != "2026-11-20-k4-2" {
		t.Errorf("a taken permalink: %+v", out[0])
	}
}

func TestBrowse(t *testing.T) {
	n := newNewsroom(t)
	for i := range 5 {
		in := incoming(fmt.Sprint("x", i), "h", fmt.Sprint("Article ", i))
		in.Content.Published = in.Content.Published.AddDate(0, 0, -i)
		n.put(t, in)
	}
	var seen []int64
	for from := (Key{}); ; {
		page, err := n.Newest(n.ctx, from, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, b := range page {
			seen = append(seen, b.ID)
			from = Key{b.Sorted, b.ID}
		}
	}
	if len(seen) != 6 {
		t.Errorf("paged through %d articles, want 6", len(seen))
	}
	name, by, err := n.ByAuthor(n.ctx, "han-seo-yun", Key{}, 10)
	if err != nil || name != "Han Seo-yun" || len(by) != 6 || by[0].Authors[0].Email != "han@example.com" {
		t.Errorf("author: %q %d %v", name, len(by), err)
	}
	if _, _, err := n.ByAuthor(n.ctx, "nobody", Key{}, 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("unknown author: %v", err)
	}
	if in, err := n.InSection(n.ctx, "economy-trade", Key{}, 10); err != nil || len(in) != 6 {
		t.Errorf("section: %d %v", len(in), err)
	}
	if _, err := n.InSection(n.ctx, "none", Key{}, 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("unknown section: %v", err)
	}
	day := time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC)
	list, before, after, err := n.Span(n.ctx, day, day.AddDate(0, 0, 1), Key{}, 10)
	if err != nil || len(list) != 1 || before.Day() != 17 || after.Day() != 19 {
		t.Errorf("day: %d %v %v %v", len(list), before, after, err)
	}
}

func TestSealsFindTampering(t *testing.T) {
	n := newNewsroom(t)
	key := []byte("key")
	for i := range 3 {
		n.submit(t, n.kim, fmt.Sprint("c", i))
		if err := n.Seal(n.ctx, key); err != nil {
			t.Fatal(err)
		}
	}
	n.submit(t, n.kim, "unsealed")
	r, err := n.Verify(n.ctx, key)
	if err != nil || len(r.Broken) != 0 || r.Unsealed != 1 {
		t.Fatalf("sound log: %+v %v", r, err)
	}
	if r, _ := n.Verify(n.ctx, []byte("another")); len(r.Broken) == 0 {
		t.Error("another key proves the log")
	}
	rows, err := n.Log(n.ctx, LogFilter{}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	tamper(t, n, `UPDATE audit SET detail = 'x' WHERE seq = ?`, rows[2].Seq)
	if r, _ := n.Verify(n.ctx, key); len(r.Broken) == 0 {
		t.Errorf("altered row: %v", r.Broken)
	}
	tamper(t, n, `DELETE FROM audit WHERE seq = ?`, rows[2].Seq)
	if r, _ := n.Verify(n.ctx, nil); len(r.Broken) == 0 {
		t.Errorf("removed row: %v", r.Broken)
	}
}

func TestVerifyFindsWhatDiffers(t *testing.T) {
	for name, query := range map[string]string{
		"published by nobody":       `UPDATE comment SET state = 'published' WHERE state = 'pending'`,
		"another clause":            `UPDATE decision SET clause = 'privacy' WHERE action = 'reject'`,
		"another moderator":         `UPDATE decision SET user_id = (SELECT id FROM user WHERE name = 'night') WHERE action = 'reject'`,
		"a verdict less":            `DELETE FROM verdict WHERE comment_id IN (SELECT id FROM comment WHERE state = 'pending')`,
		"another author":            `UPDATE comment SET author_id = (SELECT id FROM user WHERE name = 'lee')  WHERE state = 'pending'`,
		"nothing named":             `UPDATE comment SET named = ''`,
		"a count":                   `UPDATE comment SET characters = 3 WHERE state = 'pending'`,
		"the seals removed":         `DELETE FROM audit_seal`,
		"the log emptied":           `DELETE FROM audit`,
		"the end of the log cut":    `DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)`,
		"a row of the log altered":  `UPDATE audit SET user_id = 7 WHERE action = 'user.create'`,
		"rules altered":             `UPDATE rules SET document = '{"mode":"publish-clean"}'`,
		"rules removed":             `DELETE FROM rules`,
		"settings altered":          `UPDATE desk_setting SET document = '{}'`,
		"settings removed":          `DELETE FROM desk_setting`,
		"a decision that never was": `UPDATE comment SET state = 'published' WHERE state = 'rejected'`,
	} {
		t.Run(name, func(t *testing.T) {
			n := newNewsroom(t)
			n.submit(t, n.kim, "pending words")
			rejected := n.submit(t, n.kim, "rejected words")
			if err := n.decide(rejected, 1, 0, n.desk, moderation.Reject); err != nil {
				t.Fatal(err)
			}
			if err := n.ApplyRules(n.ctx, 0, moderation.Rules{Mode: moderation.HoldNew}, n.adm); err != nil {
				t.Fatal(err)
			}
			if err := n.SetDesk(n.ctx, 0, DeskSettings{SecondShare: 5}, n.adm); err != nil {
				t.Fatal(err)
			}
			key := []byte("key")
			if err := n.Seal(n.ctx, key); err != nil {
				t.Fatal(err)
			}
			if r, err := n.Verify(n.ctx, key); err != nil || len(r.Broken) != 0 {
				t.Fatalf("before: %v %v", r.Broken, err)
			}
			tamper(t, n, query)
			if r, err := n.Verify(n.ctx, key); err != nil || len(r.Broken) == 0 {
				t.Errorf("not found (%v)", err)
			}
		})
	}
}

func TestSessionsEndWithRights(t *testing.T) {
	n := newNewsroom(t)
	start := func(user int64, hash string) {
		t.Helper()
		u, err := n.User(n.ctx, user)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.StartSession(n.ctx, Session{Hash: []byte(hash), UserID: user, Created: n.Now()}, "phc-"+u.Name); err != nil {
			t.Fatal(err)
		}
	}
	there := func(hash string) bool {
		_, err := n.Session(n.ctx, []byte(hash))
		return err == nil
	}
	for name, change := range map[string]func() error{
		"role":     func() error { return n.SetRole(n.ctx, n.kim, Moderator, n.adm) },
		"disable":  func() error { return n.SetDisabled(n.ctx, n.kim, true, n.adm) },
		"password": func() error { return n.SetPassword(n.ctx, n.kim, "phc-kim", nil, n.adm) },
	} {
		start(n.kim, name)
		if !there(name) {
			t.Fatalf("%s: the session did not begin", name)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if there(name) {
			t.Errorf("%s: the session goes on", name)
		}
		if err := n.SetDisabled(n.ctx, n.kim, false, n.adm); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.StartSession(n.ctx, Session{Hash: []byte("x"), UserID: n.kim, Created: n.Now()}, "an older password"); !errors.Is(err, ErrConflict) {
		t.Errorf("log-in with a password that changed meanwhile: %v", err)
	}
	if err := n.SetRole(n.ctx, n.adm, Reader, 0); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("the last admin steps down: %v", err)
	}
	if err := n.SetRole(n.ctx, 7, Reader, 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such account: %v", err)
	}
}

func TestLoginAttemptsCountFailuresOnly(t *testing.T) {
	n := newNewsroom(t)
	for range 20 {
		id, err := n.Attempt(n.ctx, "kim@example.com", "192.0.2.1")
		if err != nil {
			t.Fatal("a success counted:", err)
		}
		if err := n.Forgive(n.ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	for i := range LoginAccount {
		if _, err := n.Attempt(n.ctx, "kim@example.com", fmt.Sprint("192.0.2.", i)); err != nil {
			t.Fatal(i, err)
		}
	}
	if _, err := n.Attempt(n.ctx, "kim@example.com", "198.51.100.1"); !errors.Is(err, ErrLoginRate) {
		t.Errorf("a sixth failure of one account: %v", err)
	}
	for i := range LoginAddress {
		if _, err := n.Attempt(n.ctx, fmt.Sprint("u", i, "@example.com"), "203.0.113.1"); err != nil {
			t.Fatal(i, err)
		}
	}
	if _, err := n.Attempt(n.ctx, "lee@example.com", "203.0.113.1"); !errors.Is(err, ErrLoginRate) {
		t.Errorf("a 31st failure of one address: %v", err)
	}
}

func TestSetupIsForOnce(t *testing.T) {
	a := open(t, filepath.Join(t.TempDir(), "archive.db"))
	ctx := context.Background()
	if err := a.OfferSetup(ctx, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := a.OfferSetup(ctx, []byte("new")); err != nil {
		t.Fatal(err)
	}
	u := NewUser{Email: "a@example.com", Name: "Ann", Password: "x"}
	if _, err := a.Setup(ctx, []byte("old"), u); !errors.Is(err, ErrSetupUsed) {
		t.Errorf("an earlier link: %v", err)
	}
	if _, err := a.Setup(ctx, []byte("new"), u); err != nil {
		t.Fatal(err)
	}
	u.Email = "b@example.com"
	if _, err := a.Setup(ctx, []byte("new"), u); !errors.Is(err, ErrSetupUsed) {
		t.Errorf("the link a second time: %v", err)
	}
}

func TestStandardsKeepTheirText(t *testing.T) {
	n := newNewsroom(t)
	other := policy
	other.Clauses = append([]moderation.Clause{}, policy.Clauses...)
	other.Clauses[0].ID = "kindness"
	if err := n.ApplyStandards(n.ctx, other, 0); !errors.Is(err, ErrVersionTaken) {
		t.Errorf("another text under the same version: %v", err)
	}
	other.Version = "t2"
	if err := n.ApplyStandards(n.ctx, other, 0); err != nil {
		t.Fatal(err)
	}
	if s, err := n.Standards(n.ctx); err != nil || s.Version != "t2" {
		t.Errorf("in force: %v %v", s.Version, err)
	}
	if s, err := n.StandardsOf(n.ctx, "t1"); err != nil || s.Clauses[0].ID != "respect" {
		t.Errorf("an old version: %v %v", s, err)
	}
}

// tamper changes the file behind the archive's back.
func tamper(t *testing.T, n newsroom, query string, args ...any) {
	t.Helper()
	raw, err := sql.Open("sqlite", n.path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}
