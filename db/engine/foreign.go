package engine

import "sync/atomic"

// foreign notices commits of other connections to the file, of this process or another.
type foreign struct {
	seen       int64 // the last PRAGMA data_version of the writer's connection; 0: a new connection
	generation *atomic.Uint64
	commits    *atomic.Uint64
}

// moved counts a commit, a loud one in the generation too.
func (f *foreign) moved(loud bool) {
	f.commits.Add(1)
	if loud {
		f.generation.Add(1)
	}
}

// look asks c, the writer's connection, whether anyone else has committed since it was asked
// last, or c is new, and then moves the generation. c's own commits leave the number alone.
// https://sqlite.org/pragma.html#pragma_data_version
func (f *foreign) look(c *conn) error {
	s, err := c.stmt("PRAGMA data_version")
	if err != nil {
		return err
	}
	var now int64
	if err := s.QueryRow().Scan(&now); err != nil {
		return err
	}
	if f.seen != now {
		f.seen = now
		f.moved(true)
	}
	return nil
}
