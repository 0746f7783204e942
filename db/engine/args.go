package engine

import (
	"fmt"
	"reflect"
	"time"
)

// bind returns args as the driver takes them, in a new slice.
func bind(q SQL, args []any) ([]any, error) {
	if len(args) == 0 {
		return nil, nil
	}
	out := make([]any, len(args))
	for i, a := range args {
		v, err := bindOne(a)
		if err != nil {
			return nil, fmt.Errorf("argument %d of %s: %w", i+1, q, err)
		}
		out[i] = v
	}
	return out, nil
}

func bindOne(a any) (any, error) {
	switch a := a.(type) {
	case nil, int64, float64, string, bool:
		return a, nil
	case int:
		return int64(a), nil
	case time.Time:
		if a.IsZero() {
			return nil, nil
		}
		return a.UnixMilli(), nil
	case time.Duration:
		return nil, fmt.Errorf("a time.Duration has no unit in a column: pass a number of the unit the column names")
	case []byte:
		return bindBytes(a), nil
	}
	return bindKind(reflect.ValueOf(a))
}

// bindKind takes named kinds to their base.
func bindKind(v reflect.Value) (any, error) {
	switch k := v.Kind(); {
	case v.CanInt():
		return v.Int(), nil
	case v.CanUint():
		if n := v.Uint(); n>>63 == 0 {
			return int64(n), nil
		}
		return nil, fmt.Errorf("%d is larger than SQLite's integers", v.Uint())
	case v.CanFloat():
		return v.Float(), nil
	case k == reflect.String:
		return v.String(), nil
	case k == reflect.Bool:
		return v.Bool(), nil
	case k == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return bindBytes(v.Bytes()), nil
	}
	return nil, fmt.Errorf("a %s cannot be stored: pass a number, string, bool, []byte or time.Time", v.Type())
}

// bindBytes keeps nil (NULL) and empty apart.
func bindBytes(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}
