package web

import (
	"context"
	"sync"

	"broadsheet/db"
	"broadsheet/moderation"
)

// review keeps the reviewer of the standards in force.
type review struct {
	archive *db.Archive
	kinds   []moderation.Kind

	mu        sync.Mutex
	reviewer  *moderation.Reviewer
	standards moderation.Standards
}

// by returns the reviewer for a version of the standards, made anew when that has changed.
func (r *review) by(ctx context.Context, version string) (*moderation.Reviewer, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reviewer != nil && r.standards.Version == version {
		return r.reviewer, nil
	}
	s, err := r.archive.StandardsOf(ctx, version)
	if err != nil {
		return nil, err
	}
	r.standards, r.reviewer = s, moderation.NewReviewer(s, moderation.Rules{}, r.kinds...)
	return r.reviewer, nil
}
