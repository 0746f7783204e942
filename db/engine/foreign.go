package engine

import "sync/atomic"

// foreign notices commits of other connections to the file, of this process or another.
type foreign struct {
	seen       int64 // the last PRAGMA data_version; 0: not asked yet
	generation *atomic.Uint64
}

// look asks c, the writer's connection, whether anyone else has committed since it was asked
// last, and then moves the generation. The connection's own commits leave the number alone.
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
	if f.seen != 0 && f.seen != now {
		f.generation.Add(1)
	}
	f.seen = now
	return nil
}

// restart is called when the writer's connection is replaced: its numbers start anew and what
// was committed in between is unknown.
func (f *foreign) restart() {
	f.seen = 0
	f.generation.Add(1)
}
