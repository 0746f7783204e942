package web

import (
	"bytes"
	"hash/fnv"
	"strconv"
	"sync"
	"time"

	"broadsheet/db"
	"broadsheet/templates"
)

// pageKey names what all readers share of a page who are of one kind and have muted the authors of the same comments.
type pageKey struct {
	article int64
	order   db.ThreadOrder
	from    db.Place // page of the threads
	open    bool     // whether comments are taken
	closes  int64    // when they close by the clock, unix milliseconds
	lang    string   // of the page
	kind    string   // "", "reader", "moderator" or "admin"
	folded  string   // ids of the muted comments under the article, with a space between them
}

// sharedPage is that part as it was rendered, cut where a reader's own parts go.
type sharedPage struct {
	version  int   // of the article
	reaction int64 // the last reaction under it that is surely counted
	made     time.Time
	pause    templates.Pause
	segments [][]byte // around the holes, in order
	holes    []hole   // what goes between segment i and i+1
	plain    []byte   // the discussion of a reader without own comments or words in the form
	size     int
}

// tag tells the page from other renderings of it.
func (p *sharedPage) tag() string { return strconv.Itoa(p.version) + "." + itoa(p.reaction) }

// hole is a place in a shared page for something of one reader's own.
type hole int

const (
	holeName       hole = iota // the viewer's name, escaped
	holeDiscussion             // form and own comments
	holeUnread                 // how many messages the viewer has not opened
)

// pageCache keeps shared pages, at most maxPages bytes of them.
type pageCache struct {
	mu    sync.RWMutex
	pages map[pageKey]*sharedPage
	size  int
}

// maxPages bounds the pages kept in memory, in bytes.
const maxPages = 64 << 20

func newPageCache() *pageCache {
	return &pageCache{pages: map[pageKey]*sharedPage{}}
}

// reactionsFor is how old the numbers of recommendations on a page may be. A reaction renders the page anew for nobody
// before that, but for the reader whose own it is.
const reactionsFor = 5 * time.Second

// get returns the page if it is kept and as the pulse says, else nil.
func (c *pageCache) get(k pageKey, pulse db.Pulse, now time.Time) *sharedPage {
	c.mu.RLock()
	defer c.mu.RUnlock()
	p := c.pages[k]
	switch {
	case p == nil, p.version != pulse.Version, pulse.Reacted > p.reaction,
		pulse.Reactions > p.reaction && now.Sub(p.made) >= reactionsFor:
		return nil
	}
	return p
}

// put keeps a page and drops others, any of them, while there are too many.
func (c *pageCache) put(k pageKey, p *sharedPage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.pages[k]; old != nil {
		if old.version > p.version || old.version == p.version && old.reaction > p.reaction {
			return
		}
		c.size -= old.size
	}
	c.pages[k] = p
	c.size += p.size
	for other, old := range c.pages {
		if c.size <= maxPages {
			return
		}
		if other != k {
			delete(c.pages, other)
			c.size -= old.size
		}
	}
}

// cut divides a rendered page at its placeholders, given in the order of the holes, each of which may stand in it any
// number of times.
func cut(page []byte, placeholders ...string) (segments [][]byte, holes []hole) {
	for {
		at, which := -1, 0
		for i, p := range placeholders {
			if j := bytes.Index(page, []byte(p)); j >= 0 && (at < 0 || j < at) {
				at, which = j, i
			}
		}
		if at < 0 {
			return append(segments, page), holes
		}
		segments, holes, page = append(segments, page[:at]), append(holes, hole(which)), page[at+len(placeholders[which]):]
	}
}

// shortHash tells texts apart in an ETag.
func shortHash(parts ...string) string {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
