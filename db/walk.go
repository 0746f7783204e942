package db

import "broadsheet/db/engine"

// The large queues are walked along an index, from a place on, until the page is full. Under a filter the walk ends after
// Reach comments even when it is not, so that no filter costs more than that.

// Reach is how many comments of a large queue a filter looks through at once.
const Reach = 10_000

const (
	queueWhere = queueFrom + `WHERE `

	// ?11 and ?12 the place after which, ?13 and ?14 the last place to look at, ?15 how many
	pendingOldest engine.SQL = `SELECT ` + queueColumns + `, 0.0, c.id` + queueWhere + `c.state = 'pending' AND c.id > ?12 AND c.id <= ?14` + queueFilter +
		`ORDER BY c.id LIMIT ?15`
	pendingNewest engine.SQL = `SELECT ` + queueColumns + `, 0.0, -c.id` + queueWhere + `c.state = 'pending' AND c.id < -?12 AND c.id >= -?14` + queueFilter +
		`ORDER BY c.id DESC LIMIT ?15`
	pendingRisk engine.SQL = `SELECT ` + queueColumns + `, -c.risk, -c.id` + queueWhere + `c.state = 'pending' AND (c.risk, c.id) < (-?11, -?12) AND (c.risk, c.id) >= (-?13, -?14)` +
		queueFilter + `ORDER BY c.risk DESC, c.id DESC LIMIT ?15`
	pendingCount engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM comment c WHERE c.state = 'pending' AND c.id <= ?14` + queueFilter + `AND ?15 > 0 LIMIT 1001)`

	// What the review alone published: no decision speaks of these words.
	unread                   = `c.state = 'published' AND ` + lastOn + ` = 0`
	publishedFrom            = ` FROM verdict v JOIN comment c ON c.id = v.comment_id AND c.version = v.version JOIN user u ON u.id = c.author_id JOIN article a ON a.id = c.article_id WHERE `
	publishedPage engine.SQL = `SELECT ` + queueColumns + `, 0.0, -c.id` + publishedFrom + `v.outcome = 'publish' AND v.comment_id < -?12 AND v.comment_id >= -?14 AND ` + unread +
		queueFilter + `ORDER BY v.comment_id DESC LIMIT ?15`
	unreadCount engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM verdict v JOIN comment c ON c.id = v.comment_id AND c.version = v.version WHERE v.outcome = 'publish' AND v.comment_id >= -?14 AND ` + unread + queueFilter + `AND ?15 > 0 LIMIT 1001)`

	// The last decision on the words of a comment.
	stands      = `d.action IN ('approve', 'reject', 'block', 'restore') AND NOT EXISTS (SELECT 1 FROM decision e WHERE e.comment_id = d.comment_id AND e.id > d.id)`
	decidedFrom = ` FROM decision d JOIN comment c ON c.id = d.comment_id AND c.version = d.version JOIN user u ON u.id = c.author_id JOIN article a ON a.id = c.article_id
JOIN verdict v ON v.comment_id = c.id AND v.version = c.version WHERE `
	decidedPage  engine.SQL = `SELECT ` + queueColumns + `, 0.0, -d.id` + decidedFrom + `d.id < -?12 AND d.id >= -?14 AND ` + stands + queueFilter + `ORDER BY d.id DESC LIMIT ?15`
	decidedCount engine.SQL = `SELECT count(*) FROM (SELECT 1 FROM decision d JOIN comment c ON c.id = d.comment_id AND c.version = d.version WHERE d.id >= -?14 AND ` + stands + queueFilter + `AND ?15 > 0 LIMIT 1001)`

	// The last place that a walk from ?1, ?2 on reaches, ?3 steps on.
	reachOldest    engine.SQL = `SELECT 0.0, id FROM comment WHERE state = 'pending' AND id > ?2 AND ?1 <= 0 ORDER BY id LIMIT 1 OFFSET ?3`
	reachNewest    engine.SQL = `SELECT 0.0, -id FROM comment WHERE state = 'pending' AND id < -?2 AND ?1 <= 0 ORDER BY id DESC LIMIT 1 OFFSET ?3`
	reachRisk      engine.SQL = `SELECT -risk, -id FROM comment WHERE state = 'pending' AND (risk, id) < (-?1, -?2) ORDER BY risk DESC, id DESC LIMIT 1 OFFSET ?3`
	reachPublished engine.SQL = `SELECT 0.0, -comment_id FROM verdict WHERE outcome = 'publish' AND comment_id < -?2 AND ?1 <= 0 ORDER BY comment_id DESC LIMIT 1 OFFSET ?3`
	reachDecided   engine.SQL = `SELECT 0.0, -id FROM decision WHERE id < -?2 AND ?1 <= 0 ORDER BY id DESC LIMIT 1 OFFSET ?3`
)

// walk is how one of the large queues is read in one order.
type walk struct {
	page, reach        engine.SQL
	start, end         Cursor // before its first place, after its last
	count, countReach  engine.SQL
	countFrom, countTo Cursor
}

// walkOf is the walk of a large queue; the order is one that it has.
func walkOf(q QueueName, o Order) walk {
	up, down := Cursor{0, 0}, Cursor{-2, -lastID}
	w := walk{start: down, end: Cursor{2, 0}, countFrom: down, countTo: Cursor{2, 0}}
	switch q {
	case QueuePublished:
		w.page, w.reach, w.count, w.countReach = publishedPage, reachPublished, unreadCount, reachPublished
		return w
	case QueueDecided:
		w.page, w.reach, w.count, w.countReach = decidedPage, reachDecided, decidedCount, reachDecided
		return w
	}
	w.count, w.countReach, w.countFrom, w.countTo = pendingCount, reachOldest, up, Cursor{2, lastID}
	switch o {
	case Newest:
		w.page, w.reach = pendingNewest, reachNewest
	case Risk:
		w.page, w.reach = pendingRisk, reachRisk
	default:
		w.page, w.reach, w.start, w.end = pendingOldest, reachOldest, up, Cursor{2, lastID}
	}
	return w
}
