package db

import (
	"context"
	"math"

	"broadsheet/db/engine"
)

// QueueName names a queue of the desk.
type QueueName string

// The queues of the desk.
const (
	QueuePending   QueueName = "pending"   // waits for its first decision
	QueueReported  QueueName = "reported"  // a report or a notice waits for an answer
	QueueAppeals   QueueName = "appeals"   // the author asks for another look
	QueueMeasures  QueueName = "measures"  // taken down for a time, or asked to be
	QueuePublished QueueName = "published" // the review published it and no moderator has read it
	QueueDecided   QueueName = "decided"
)

// Queues are all queues, in the order of the desk.
func Queues() []QueueName {
	return []QueueName{QueuePending, QueueReported, QueueAppeals, QueueMeasures, QueuePublished, QueueDecided}
}

// Order is the order of a queue.
type Order string

// The orders of the queues.
const (
	Oldest   Order = "oldest"
	Newest   Order = "newest"
	Risk     Order = "risk"     // the riskiest first; of the reported, those whose reports weigh most
	Deadline Order = "deadline" // what is due first
)

// Orders are the orders that a queue can be read in; the first is the usual one.
func (q QueueName) Orders() []Order {
	switch q {
	case QueuePending:
		return []Order{Oldest, Newest, Risk}
	case QueueReported:
		return []Order{Risk, Deadline, Newest}
	case QueueAppeals, QueueMeasures:
		return []Order{Deadline, Newest, Risk}
	}
	return []Order{Newest}
}

// Cursor is a place in a queue: queues are sorted by key, then by tie. What they mean goes by queue and order.
type Cursor struct {
	Key float64
	Tie int64
}

const lastID = math.MaxInt64

// CountLimit is up to where queues are counted exactly; a larger count means "more".
const CountLimit = 1000

// Ask says which part of a queue is wanted.
type Ask struct {
	Queue QueueName
	Order Order
	Filter
	After *Cursor // nil: from the beginning
	N     int     // how many at most
}

// QueuePage is a part of a queue.
type QueuePage struct {
	Rows  []Waiting
	Next  *Cursor // where the queue goes on, nil at its end
	Count int     // of the queue under the filter, exact up to CountLimit
	More  bool    // there are, or may be, more than Count
	Far   bool    // the page ends because Reach comments were looked through
	Head  int64   // the last row of the log when this was read
}

// Queue reads a page of a queue. An order that the queue does not have is its usual one.
func (a *Archive) Queue(ctx context.Context, k Ask) (QueuePage, error) {
	has := false
	for _, o := range k.Queue.Orders() {
		has = has || o == k.Order
	}
	if !has {
		k.Order = k.Queue.Orders()[0]
	}
	var p QueuePage
	var err error
	switch {
	case k.Queue == QueueReported:
		err = a.cases(ctx, k, &p, reportedPage, reportedCount)
	case k.Queue == QueueAppeals:
		err = a.cases(ctx, k, &p, appealPage, appealCount)
	case k.Queue == QueueMeasures:
		err = a.cases(ctx, k, &p, measurePage, measureCount)
	case k.Only != nil:
		err = a.cases(ctx, k, &p, onlyPage, onlyCount)
	case len(k.Articles) > 0:
		err = a.cases(ctx, k, &p, articlesPage, articlesCount)
	case k.Reader != "":
		err = a.cases(ctx, k, &p, readerPage, readerCount)
	default:
		err = a.walked(ctx, k, &p)
	}
	if len(p.Rows) > k.N {
		p.Rows, p.Far = p.Rows[:k.N], false
		p.Next = &p.Rows[k.N-1].Place
	}
	p.More = p.More || p.Count > CountLimit
	p.Count = min(p.Count, CountLimit)
	return p, err
}

// cases reads a page of a queue that is put together.
func (a *Archive) cases(ctx context.Context, k Ask, p *QueuePage, page, count engine.SQL) error {
	after := Cursor{-math.MaxFloat64, -lastID}
	if k.After != nil {
		after = *k.After
	}
	args := append(k.args(), after.Key, after.Tie, 0, 0, k.N+1, k.Order, k.Queue)
	err := a.engine.Read(ctx, engine.All(&p.Rows, page, args...), engine.One(&p.Head, auditHead))
	if p.Count = len(p.Rows); err == nil && !k.whole(p) {
		err = a.engine.Read(ctx, engine.One(&p.Count, count, args...))
	}
	return err
}

// whole reports whether the rows are all that the queue has under the filter, as far as it was looked through.
func (k Ask) whole(p *QueuePage) bool { return k.After == nil && len(p.Rows) <= k.N }

// walked reads a page of a large queue.
func (a *Archive) walked(ctx context.Context, k Ask, p *QueuePage) error {
	w := walkOf(k.Queue, k.Order)
	from, to, countTo := w.start, w.end, w.countTo
	if k.After != nil {
		from = *k.After
	}
	var far, farCount bool
	if !k.Empty() || k.Queue == QueuePublished {
		err := a.engine.Read(ctx,
			engine.Maybe(&to, &far, w.reach, from.Key, from.Tie, Reach-1),
			engine.Maybe(&countTo, &farCount, w.countReach, w.countFrom.Key, w.countFrom.Tie, Reach-1))
		if err != nil {
			return err
		}
	}
	args := append(k.args(), from.Key, from.Tie, to.Key, to.Tie, k.N+1)
	err := a.engine.Read(ctx, engine.All(&p.Rows, w.page, args...), engine.One(&p.Head, auditHead))
	if p.Count = len(p.Rows); err == nil && !k.whole(p) {
		err = a.engine.Read(ctx, engine.One(&p.Count, w.count, append(k.args(), 0, 0, 0, countTo.Tie, 1)...))
	}
	if p.More = farCount; far {
		p.Far, p.Next = true, &to
	}
	return err
}
