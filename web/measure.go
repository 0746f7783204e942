package web

import (
	"context"
	"time"
)

// measureEvery is how often the clock of the archive puts back what was blocked for a time.
const measureEvery = time.Minute

// keepMeasures puts back what was blocked only until now: at the start, what fell due while nobody served, then every minute.
func (s *Server) keepMeasures(ctx context.Context) {
	tick := time.NewTicker(measureEvery)
	defer tick.Stop()
	for {
		if _, err := s.cfg.Archive.RestoreDue(ctx, s.cfg.Archive.Now()); err != nil && ctx.Err() == nil {
			s.cfg.Log.Warn("what was blocked for a time was not put back, tried again later", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
