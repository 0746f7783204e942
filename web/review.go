package web

import (
	"context"
	"sync"
	"time"

	"broadsheet/db"
	"broadsheet/moderation"
)

// review keeps the reviewer of the policy in force.
type review struct {
	archive *db.Archive
	learner *learner

	mu        sync.Mutex
	reviewer  *moderation.Reviewer
	standards string // what it is made of: the versions of the policy, and what was learned
	rules     db.Rules
	learned   *learned
}

// by returns the reviewer for a version of the standards and of the rules: made anew when either has changed, with
// another classifier when that has learned.
func (r *review) by(ctx context.Context, standards string, rules int) (*moderation.Reviewer, error) {
	learned := r.learner.current.Load()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reviewer == nil || r.standards != standards || r.rules.Version != rules {
		return r.make(ctx, standards, rules, learned)
	}
	if r.learned != learned {
		r.learned = learned
		r.reviewer = r.reviewer.With(r.rules.Rules, learned.kinds[len(learned.kinds)-1])
	}
	return r.reviewer, nil
}

func (r *review) make(ctx context.Context, standards string, rules int, learned *learned) (*moderation.Reviewer, error) {
	s, err := r.archive.StandardsOf(ctx, standards)
	if err != nil {
		return nil, err
	}
	set, err := r.archive.RulesOf(ctx, rules)
	if err != nil {
		return nil, err
	}
	r.standards, r.rules, r.learned = standards, set, learned
	if set.Broken { // without a check everything is held
		r.reviewer = moderation.NewReviewer(s, moderation.Rules{})
		return r.reviewer, nil
	}
	r.reviewer = moderation.NewReviewer(s, set.Rules, learned.kinds...)
	return r.reviewer, nil
}

// sentLog remembers what was sent lately, so that a review need not ask the archive for repetitions.
type sentLog struct {
	mu   sync.Mutex
	list []moderation.Sent // oldest first; what was handed out is never written again
}

const (
	sentKept   = 1024
	sentWindow = 24 * time.Hour
)

// all is what was sent lately, oldest first, not to be changed.
func (l *sentLog) all() []moderation.Sent {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.list[max(0, len(l.list)-sentKept):]
}

// but is all without the comment that an author sent at a time.
func (l *sentLog) but(author int64, at time.Time) (out []moderation.Sent) {
	for _, s := range l.all() {
		if s.Author != author || !s.At.Equal(at) {
			out = append(out, s)
		}
	}
	return out
}

func (l *sentLog) add(s moderation.Sent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) >= 2*sentKept {
		l.list = append(make([]moderation.Sent, 0, 2*sentKept), l.list[sentKept:]...)
	}
	l.list = append(l.list, s)
}
