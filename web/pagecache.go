package web

import (
	"bytes"
	"hash/fnv"
	"strconv"
	"sync"
)

// pageKey names what all readers of one kind share of a page.
type pageKey struct {
	article int64
	before  int64  // page of the threads
	lang    string // of the page
	kind    string // "", "reader", "moderator" or "admin"
}

// sharedPage is that part as it was rendered, cut where a reader's own parts go.
type sharedPage struct {
	version  int      // of the article
	segments [][]byte // around the holes, in order
	holes    []hole   // what goes between segment i and i+1
	plain    []byte   // the discussion of a reader without own comments or words in the form
	size     int
}

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

// get returns the page if it is kept and of this version, else nil.
func (c *pageCache) get(k pageKey, version int) *sharedPage {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if p := c.pages[k]; p != nil && p.version == version {
		return p
	}
	return nil
}

// put keeps a page and drops others, any of them, while there are too many.
func (c *pageCache) put(k pageKey, p *sharedPage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.pages[k]; old != nil {
		if old.version > p.version {
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
