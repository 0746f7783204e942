package web

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
	"broadsheet/moderation/newsroom"
)

// learner keeps what the classifier has learned from the desk: the layer of the fit in force, and on it one step for
// each decision since. That part is not stored: it is made again from the decisions at each start, so
// that no decision pays for it.
type learner struct {
	archive *db.Archive
	model   *classifier.Model // nil: there is no classifier and nothing to learn
	base    []moderation.Kind
	zone    *time.Location
	log     *slog.Logger

	wake    chan struct{} // a decision was taken
	stale   atomic.Bool   // one that was followed was taken back
	mu      sync.Mutex    // one learns at a time
	current atomic.Pointer[learned]
	tried   time.Time // when a fit was last tried, under mu
}

// learned is what the review uses; it never changes.
type learned struct {
	layer newsroom.Layer
	refit db.Refit          // in force; the zero Refit for none
	last  int64             // the last decision that was followed
	since int               // decisions followed since the last fit
	kinds []moderation.Kind // all there are, the classifier's last
}

const (
	labelRows   = 500
	fitLabels   = 50_000 // the latest decisions, which a fit looks at
	refitHour   = 3      // of the night, in the newspaper's zone
	learnAnyway = time.Minute
)

func newLearner(ctx context.Context, cfg Config) (*learner, error) {
	l := &learner{archive: cfg.Archive, model: cfg.Model, base: cfg.Kinds, zone: cfg.Zone, log: cfg.Log, wake: make(chan struct{}, 1)}
	l.use(learned{})
	return l, l.load(ctx)
}

// Kinds are the kinds of checks that a server's review goes by now: those given, and the classifier with what it has learned
// from the desk of the archive.
func Kinds(ctx context.Context, a *db.Archive, kinds []moderation.Kind, m *classifier.Model) ([]moderation.Kind, error) {
	l, err := newLearner(ctx, Config{Archive: a, Kinds: kinds, Model: m, Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = l.follow(ctx)
	}
	if err != nil {
		return nil, err
	}
	return l.kinds(), nil
}

// use makes v what the review goes by.
func (l *learner) use(v learned) {
	v.kinds = l.base
	if l.model != nil {
		v.kinds = append(v.kinds[:len(v.kinds):len(v.kinds)], newsroom.Kind(l.model, v.layer))
	}
	l.current.Store(&v)
}

// kinds are the checks there are.
func (l *learner) kinds() []moderation.Kind { return l.current.Load().kinds }

// decided tells the learner that a decision was taken. It never waits.
func (l *learner) decided() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// undone tells the learner that a decision was taken back, or overturned: what was learned since the last fit is learned
// anew without it. It never waits.
func (l *learner) undone() {
	l.stale.Store(true)
	l.decided()
}

// run follows the decisions and fits to all of them at night, until the context ends.
func (l *learner) run(ctx context.Context) {
	tick := time.NewTicker(learnAnyway)
	defer tick.Stop()
	for {
		err := l.follow(ctx)
		if err == nil {
			if at := l.archive.Now(); l.due(ctx, at) {
				_, err = l.fit(ctx, at)
			}
		}
		if err != nil && ctx.Err() == nil {
			l.log.Warn("learning from the desk failed, tried again later", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		case <-tick.C:
		}
	}
}

// load takes the layer of the fit in force. One that was made on another model is left out.
func (l *learner) load(ctx context.Context) error {
	if l.model == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var v learned
	refit, doc, err := l.archive.RefitInForce(ctx)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case refit.Model != l.model.Version():
		l.log.Warn("what was learned stands on another model, and is left out until the next fit", "model", refit.Model)
	default:
		layer, err := newsroom.Decode(doc)
		if err != nil { // the newspaper goes on with the model as it was shipped
			l.log.Error("what was learned cannot be read, and is left out until the next fit", "fit", refit.ID, "err", err)
			break
		}
		v.layer, v.refit, v.last = layer, refit, refit.Last
	}
	if v.last, err = l.trusted(ctx, v.last); err != nil {
		return err
	}
	l.use(v)
	return nil
}

// chosen is why a listed fit is none: an admin went back to another.
const chosen = "chosen"

// trusted is the decision after which the online part begins: the last that the fit in force has seen, or the last
// before a later fit found that decisions contradict what nobody doubts, or before an admin went back.
func (l *learner) trusted(ctx context.Context, last int64) (int64, error) {
	fit, err := l.archive.LastRefit(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return last, nil
	}
	var report newsroom.Report
	if err == nil {
		err = json.Unmarshal([]byte(fit.Report), &report)
	}
	if err == nil && (report.Why == newsroom.Inconsistent || report.Why == chosen) {
		last = max(last, fit.Last)
	}
	return last, err
}

// follow learns the decisions since the last that was learned, one step each.
func (l *learner) follow(ctx context.Context) error {
	if l.model == nil {
		return nil
	}
	if l.stale.Swap(false) {
		if err := l.load(ctx); err != nil {
			l.stale.Store(true)
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for {
		v := *l.current.Load()
		page, err := l.archive.Labels(ctx, v.last, labelRows)
		if err != nil || len(page) == 0 {
			return err
		}
		v.layer = v.layer.Learn(l.model, labels(page))
		v.last = page[len(page)-1].ID
		v.since += len(page)
		l.use(v)
	}
}

// labels are the archive's labels as the classifier learns them.
func labels(in []db.Label) []newsroom.Label {
	out := make([]newsroom.Label, len(in))
	for i, d := range in {
		out[i] = newsroom.Label{Text: d.Text, Rejected: d.Rejected, Clause: d.Clause, At: d.At}
	}
	return out
}

// due says whether the night's fit is still to be made: something was decided since the last, which was made before
// the latest three o'clock.
func (l *learner) due(ctx context.Context, now time.Time) bool {
	if l.model == nil || l.current.Load().since == 0 {
		return false
	}
	l.mu.Lock()
	tried := l.tried
	l.mu.Unlock()
	if last, err := l.archive.LastRefit(ctx); err == nil && last.At.After(tried) {
		tried = last.At
	}
	return tried.Before(lastNight(now.In(l.zone)))
}

// lastNight is the latest three o'clock before a time, in its zone.
func lastNight(now time.Time) time.Time {
	night := time.Date(now.Year(), now.Month(), now.Day(), refitHour, 0, 0, 0, now.Location())
	if night.After(now) {
		night = night.AddDate(0, 0, -1)
	}
	return night
}

// fit fits a layer to all decisions and stores it; it comes into force when it tells decisions that were held back
// better than what is in force. With too few decisions nothing is stored.
func (l *learner) fit(ctx context.Context, at time.Time) (newsroom.Report, error) {
	l.mu.Lock()
	l.tried = at
	l.mu.Unlock()
	all, err := l.allLabels(ctx)
	if err != nil {
		return newsroom.Report{}, err
	}
	var inForce newsroom.Layer
	refit, doc, err := l.archive.RefitInForce(ctx)
	if err == nil && refit.Model == l.model.Version() {
		if inForce, err = newsroom.Decode(doc); err != nil {
			l.log.Error("what was learned cannot be read, and is learned anew", "fit", refit.ID, "err", err)
			err = nil
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return newsroom.Report{}, err
	}
	layer, report := newsroom.Refit(l.model, inForce, labels(all))
	if report.Why == newsroom.TooFew {
		return report, nil
	}
	figures, err := json.Marshal(report)
	if err != nil {
		return report, err
	}
	last := all[len(all)-1].ID
	if _, err = l.archive.StoreRefit(ctx, db.Refit{At: at, Last: last, Model: l.model.Version(), Promoted: report.Promoted, Report: string(figures)}, layer.Encode()); err != nil {
		return report, err
	}
	return report, l.load(ctx)
}

// allLabels reads the latest decisions, oldest first.
func (l *learner) allLabels(ctx context.Context) (all []db.Label, err error) {
	for after := int64(0); ; {
		page, err := l.archive.Labels(ctx, after, labelRows)
		if err != nil || len(page) == 0 {
			return all[max(0, len(all)-fitLabels):], err
		}
		all, after = append(all, page...), page[len(page)-1].ID
	}
}

// change goes back to an earlier fit, or with 0 to the model as it was shipped.
func (l *learner) change(ctx context.Context, refit, by int64, at time.Time) error {
	if err := l.archive.UseRefit(ctx, refit, by, at); err != nil {
		return err
	}
	return l.load(ctx)
}
