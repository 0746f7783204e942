package templates

import (
	"reflect"
	"time"
)

// seoul is the newspaper's zone in the tests: KST without the zone database.
var seoul = time.FixedZone("KST", 9*3600)

// hostile is put into every text: markup, an entity, bidi overrides and Hangul.
const hostile = `<script>alert(1)</script>" onload='x' &amp; ` + "\u202eevil\u202c 한글"

// full fills every field of a page: hostile texts, whole numbers, two of each list.
func full[T any]() T {
	var v T
	fill(reflect.ValueOf(&v).Elem(), "")
	return v
}

// fields that hold one of a few words, and so cannot be hostile.
var words1 = map[string]string{"Lang": "ko", "State": "pending", "Role": "reader", "Status": "active"}

func fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		if word, ok := words1[name]; ok {
			v.SetString(word)
		} else if name != "BodyHTML" {
			v.SetString(hostile)
		} else {
			v.SetString("<p>Sanitised <em>body</em>.</p>")
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1234)
	case reflect.Float64:
		v.SetFloat(0.756)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), name)
		fill(v.Index(1), name)
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{"Count": 251, "Over": 1, "Wait": 30}))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2024, 5, 26, 5, 2, 0, 0, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), v.Type().Field(i).Name)
		}
	}
}
