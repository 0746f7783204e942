package engine

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

// plan says how the columns of a row fill a value of one type. It is computed once per type.
type plan struct {
	fields []field
	err    error // the type cannot be filled
}

// field is the target of one column: the path to it from the whole value, and its setter.
type field struct {
	index []int // nil: the value itself
	set   func(dst reflect.Value, column any) error
}

// plans keeps the plan of every type asked for: reflect.Type -> *plan.
type plans struct{ m sync.Map }

func (p *plans) of(t reflect.Type) *plan {
	if known, ok := p.m.Load(t); ok {
		return known.(*plan)
	}
	pl := &plan{}
	if set := setter(t); set != nil {
		pl.fields = []field{{nil, set}}
	} else if t.Kind() == reflect.Struct {
		pl.flatten(t, nil)
	} else {
		pl.err = fmt.Errorf("a %s cannot be read from a column", t)
	}
	p.m.Store(t, pl)
	return pl
}

// flatten appends the fields of struct type t, which lies at path.
func (p *plan) flatten(t reflect.Type, path []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(path[:len(path):len(path)], i)
		tag := f.Tag.Get("sql")
		set := setter(f.Type)
		switch {
		case tag == "-", !f.IsExported() && !(f.Anonymous && f.Type.Kind() == reflect.Struct):
		case tag == "json":
			p.fields = append(p.fields, field{at, setJSON})
		case set != nil:
			p.fields = append(p.fields, field{at, set})
		case f.Type.Kind() == reflect.Struct:
			p.flatten(f.Type, at)
		default:
			p.err = fmt.Errorf("field %s of %s cannot be read from a column: tag it `sql:\"json\"` or `sql:\"-\"`", f.Name, t)
		}
	}
}

// setter returns how a column fills a scalar of type t, nil when t is none.
func setter(t reflect.Type) func(reflect.Value, any) error {
	if t == reflect.TypeFor[time.Time]() {
		return setTime
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return setInt
	case reflect.Float32, reflect.Float64:
		return setFloat
	case reflect.Bool:
		return setBool
	case reflect.String:
		return setString
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return setBytes
		}
	}
	return nil
}

func setInt(dst reflect.Value, column any) error {
	n, ok := column.(int64)
	if !ok && column != nil || dst.OverflowInt(n) {
		return mismatch(dst, column)
	}
	dst.SetInt(n)
	return nil
}

func setFloat(dst reflect.Value, column any) error {
	switch x := column.(type) {
	case nil:
		dst.SetFloat(0)
	case float64:
		dst.SetFloat(x)
	case int64:
		dst.SetFloat(float64(x))
	default:
		return mismatch(dst, column)
	}
	return nil
}

func setBool(dst reflect.Value, column any) error {
	n, ok := column.(int64)
	if !ok && column != nil {
		return mismatch(dst, column)
	}
	dst.SetBool(n != 0)
	return nil
}

func setString(dst reflect.Value, column any) error {
	switch x := column.(type) {
	case nil:
		dst.SetString("")
	case string:
		dst.SetString(x)
	case []byte:
		dst.SetString(string(x))
	default:
		return mismatch(dst, column)
	}
	return nil
}

func setBytes(dst reflect.Value, column any) error {
	switch x := column.(type) {
	case nil:
		dst.SetZero()
	case string:
		dst.SetBytes([]byte(x))
	case []byte:
		dst.SetBytes(x)
	default:
		return mismatch(dst, column)
	}
	return nil
}

func setTime(dst reflect.Value, column any) error {
	ms, ok := column.(int64)
	if !ok && column != nil {
		return mismatch(dst, column)
	}
	var t time.Time
	if ms != 0 {
		t = time.UnixMilli(ms).UTC()
	}
	*dst.Addr().Interface().(*time.Time) = t
	return nil
}

func setJSON(dst reflect.Value, column any) error {
	var text []byte
	switch x := column.(type) {
	case nil:
	case string:
		text = []byte(x)
	case []byte:
		text = x
	default:
		return mismatch(dst, column)
	}
	dst.SetZero()
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, dst.Addr().Interface())
}

func mismatch(dst reflect.Value, column any) error {
	return fmt.Errorf("a column holds %T, which does not fit a %s", column, dst.Type())
}

// cursor walks over the rows of one query.
type cursor struct {
	rows   *sql.Rows
	plan   *plan
	values []any // the columns of the row
	refs   []any // pointers into values
}

func newCursor(rows *sql.Rows, p *plan) (*cursor, error) {
	if p.err != nil {
		return nil, p.err
	}
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	n := len(p.fields)
	if len(names) != n {
		return nil, fmt.Errorf("%d columns (%s) for %d fields", len(names), strings.Join(names, ", "), n)
	}
	both := make([]any, 2*n)
	c := &cursor{rows, p, both[:n], both[n:]}
	for i := range c.values {
		c.refs[i] = &c.values[i]
	}
	return c, nil
}

// next fills dst from the next row; false: there is none.
func (c *cursor) next(dst reflect.Value) (bool, error) {
	if !c.rows.Next() {
		return false, c.rows.Err()
	}
	if err := c.rows.Scan(c.refs...); err != nil {
		return false, err
	}
	for i, f := range c.plan.fields {
		target := dst
		if f.index != nil {
			target = dst.FieldByIndex(f.index)
		}
		if err := f.set(target, c.values[i]); err != nil {
			return false, fmt.Errorf("column %d: %w", i+1, err)
		}
	}
	return true, nil
}
