package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// jobs are imports that run beside the requests; a stop waits for the batch they are in.
type jobs struct {
	wg     sync.WaitGroup
	ctx    context.Context
	cancel context.CancelFunc
}

func newJobs(ctx context.Context) *jobs {
	ctx, cancel := context.WithCancel(ctx)
	return &jobs{ctx: ctx, cancel: cancel}
}

// start runs f beside the requests.
func (j *jobs) start(f func(context.Context)) {
	j.wg.Go(func() { f(j.ctx) })
}

// stop ends what runs and waits for it.
func (j *jobs) stop() {
	j.cancel()
	j.wg.Wait()
}

// How long a server waits.
const (
	readHeader = 10 * time.Second
	readBody   = 5 * time.Minute // an upload
	writeTime  = 2 * time.Minute
	idleTime   = 2 * time.Minute
	drainTime  = 20 * time.Second // for requests that are under way at the stop
	purgeEvery = 10 * time.Minute
	sealEvery  = time.Second
)

// Serve answers on a listener until the context ends, then drains: requests under way are answered,
// imports finish their batch, and the audit log is sealed. The archive stays open.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	hs := &http.Server{
		Handler: s, ReadHeaderTimeout: readHeader, ReadTimeout: readBody, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: 64 << 10,
	}
	hs.RegisterOnShutdown(s.live.end)                       // open desks would keep it from draining
	if err := s.seal(ctx); err != nil && ctx.Err() == nil { // so that whoever has the key has a seal
		return err
	}
	s.jobs.start(s.keepHouse)
	s.jobs.start(s.keepMeasures)
	s.jobs.start(s.learner.run)
	if s.cfg.Mail != nil {
		s.jobs.start(s.sendMail)
	}
	s.jobs.start(s.lookBack)
	served := make(chan error, 1)
	go func() { served <- hs.Serve(l) }()
	var err error
	select {
	case err = <-served:
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		if err = hs.Shutdown(drain); err != nil {
			s.cfg.Log.Warn("not all requests were answered", "err", err)
			err = hs.Close()
		}
	}
	s.jobs.stop()
	if serr := s.seal(context.WithoutCancel(ctx)); serr != nil {
		s.cfg.Log.Error("the audit log was not sealed", "err", serr)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// keepHouse seals the audit log every second, and tidies up now and then.
func (s *Server) keepHouse(ctx context.Context) {
	seal, purge := time.NewTicker(sealEvery), time.NewTicker(purgeEvery)
	defer seal.Stop()
	defer purge.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-seal.C:
			err = s.seal(ctx)
		case <-purge.C:
			err = s.tidy(ctx, s.cfg.Archive.Now())
		}
		if err != nil && ctx.Err() == nil {
			s.cfg.Log.Warn("housekeeping failed, tried again later", "err", err)
		}
	}
}

// tidy deletes sessions that have run out, erases who gave notices long ago and from where, and mails the head of the log once
// a day.
func (s *Server) tidy(ctx context.Context, now time.Time) error {
	_, err := s.cfg.Archive.ForgetRequesters(ctx, now)
	return errors.Join(err, s.cfg.Archive.ForgetSenders(ctx, now),
		s.cfg.Archive.PurgeSessions(ctx, now.Add(-readerIdle), now.Add(-staffIdle), now.Add(-staffAge)), s.tellHead(ctx))
}

// lookBack takes up what was decided before the start, so that the first who opens a comment need not wait for it.
func (s *Server) lookBack(ctx context.Context) {
	if err := s.earlier.Follow(ctx); err != nil && ctx.Err() == nil {
		s.cfg.Log.Warn("earlier decisions were not taken up, tried again when a comment is opened", "err", err)
	}
}

func (s *Server) seal(ctx context.Context) error {
	if s.cfg.SealKey == nil {
		return nil
	}
	return s.cfg.Archive.Seal(ctx, s.cfg.SealKey)
}
