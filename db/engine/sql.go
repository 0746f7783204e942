package engine

import (
	"fmt"
	"io/fs"
	"reflect"
)

// SQL is the text of one statement. Only constants are converted to it: a statement is never
// put together from pieces at run time, what varies is an argument.
type SQL string

// Query is one SELECT with the place its rows go to. It is made by One, Maybe or All; a Query
// made otherwise is refused by Read.
//
// A destination T is a scalar (bool, string, []byte, time.Time, the int and float kinds, and
// named kinds of those) or a struct. A struct's exported fields take the columns in order,
// flattened through embedded and nested structs. Another number of columns is an error. A field
// tagged `sql:"-"` takes none; one tagged `sql:"json"` of any type is decoded from JSON, where
// NULL and ” give its zero value. time.Time is a column of unix milliseconds: the value is in
// UTC, NULL and 0 give the zero time. NULL gives the zero value of every other kind.
type Query struct {
	SQL  SQL
	Args []any // see Stmt.Args

	into reflect.Type
	scan func(*cursor) error
}

// One takes the first row into dst; further rows are not read. Without a row dst stays as it is
// and Read returns an error that is fs.ErrNotExist.
func One[T any](dst *T, q SQL, args ...any) Query {
	return Query{q, args, reflect.TypeFor[T](), func(c *cursor) error {
		found, err := c.next(reflect.ValueOf(dst).Elem())
		if err == nil && !found {
			err = fmt.Errorf("%w: no row for %s", fs.ErrNotExist, q)
		}
		return err
	}}
}

// Maybe takes the first row into dst and sets found. Without a row dst stays as it is and found
// becomes false; that is no error.
func Maybe[T any](dst *T, found *bool, q SQL, args ...any) Query {
	return Query{q, args, reflect.TypeFor[T](), func(c *cursor) (err error) {
		*found, err = c.next(reflect.ValueOf(dst).Elem())
		return err
	}}
}

// All takes every row, in order, into a new slice: empty, not nil, when there is none.
func All[T any](dst *[]T, q SQL, args ...any) Query {
	return Query{q, args, reflect.TypeFor[T](), func(c *cursor) error {
		list := []T{}
		defer func() { *dst = list }()
		for {
			var row T
			found, err := c.next(reflect.ValueOf(&row).Elem())
			if err != nil || !found {
				return err
			}
			list = append(list, row)
		}
	}}
}

// Check guards a batch: a SELECT that must give a row (Want true) or must not, or one that numbers what is wrong.
type Check struct {
	SQL  SQL
	Args []any // see Stmt.Args
	Want bool
	Err  error   // what Write returns, as it is, when the check does not hold
	Errs []error // in place of Want and Err: what Write returns for the number, from 1, that the SELECT gives
}

// Must is a Check that the SELECT gives a row.
func Must(q SQL, err error, args ...any) Check {
	return Check{SQL: q, Args: args, Want: true, Err: err}
}

// MustNot is a Check that the SELECT gives no row.
func MustNot(q SQL, err error, args ...any) Check { return Check{SQL: q, Args: args, Err: err} }

// Rules is a Check by a SELECT that gives the number, from 1, of the first of errs that is the case, or 0: many rules
// for the price of one statement.
func Rules(q SQL, errs []error, args ...any) Check { return Check{SQL: q, Args: args, Errs: errs} }

// Stmt is one statement that changes something.
type Stmt struct {
	SQL SQL
	// Args are numbers, strings, bools, []byte and named kinds of those. time.Time is stored as
	// unix milliseconds, the zero time as NULL, like nil and a nil []byte. Anything else is
	// refused, time.Duration too: convert it to a number of named units.
	Args []any
}

// Do is a Stmt.
func Do(q SQL, args ...any) Stmt { return Stmt{q, args} }

// Batch is one user action. Its guards are looked at first, in order, then its statements run,
// in order; all of it happens, or nothing.
type Batch struct {
	Guard []Check
	Do    []Stmt
	Quiet bool // changes nothing that anybody keeps by Generation, which then stays
}
