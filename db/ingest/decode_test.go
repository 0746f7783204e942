package ingest

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

func enc(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDecode(t *testing.T) {
	const text = "항만청과 여객선 선주들이 똠방각하의 시간표를 두고 다투었다. “펲시” 관계자는 말했다."
	meta := func(label string) string { return `<meta charset="` + label + `">` }
	k := func(s string) string { return enc(t, korean.EUCKR, s) }
	cases := map[string]struct{ in, want string }{
		"UTF-8":               {text, text},
		"UTF-8 BOM":           {"\ufeff" + text, text},
		"UTF-8 says EUC-KR":   {meta("euc-kr") + text, meta("euc-kr") + text},
		"EUC-KR says UTF-8":   {k(meta("utf-8") + text), meta("utf-8") + text},
		"EUC-KR says nothing": {k(text), text},
		"EUC-KR says Latin 1": {k(meta("iso-8859-1") + text), meta("iso-8859-1") + text},
		"late meta":           {k(strings.Repeat(" ", 90_000) + meta("euc-kr") + text), strings.Repeat(" ", 90_000) + meta("euc-kr") + text},
		"http-equiv":          {k(`<meta http-equiv=Content-Type content="text/html; charset=ks_c_5601-1987">` + text), `<meta http-equiv=Content-Type content="text/html; charset=ks_c_5601-1987">` + text},
		"XML declaration":     {enc(t, japanese.EUCJP, `<?xml version="1.0" encoding="euc-jp"?>日本語の記事`), `<?xml version="1.0" encoding="euc-jp"?>日本語の記事`},
		"Windows-1252":        {enc(t, charmap.Windows1252, meta("windows-1252")+"“Café” – naïve"), meta("windows-1252") + "“Café” – naïve"},
		"UTF-16LE BOM":        {enc(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text), text},
		"UTF-16BE BOM":        {enc(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text), text},
		"UTF-16LE bare":       {enc(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text), text},
		"UTF-16BE bare":       {enc(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), text), text},
		"NFD":                 {norm.NFD.String(text), text},
		"English in CP949":    {k("The board’s “ghost” timetable"), "The board’s “ghost” timetable"},
	}
	for _, label := range []string{"cp949", "ms949", "uhc", "windows-949", "x-windows-949", "KS_C_5601-1987", "ksc5601", "euc_kr", "korean"} {
		cases["label "+label] = struct{ in, want string }{k(meta(label) + text), meta(label) + text}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, warning, err := decode([]byte(c.in))
			if got != c.want || warning != "" || err != nil {
				t.Errorf("%q %q %v", got, warning, err)
			}
		})
	}
}

func TestDamaged(t *testing.T) {
	got, warning, err := decode([]byte(strings.Repeat("가나다라", 100) + "\xea\xb0"))
	if err != nil || !strings.HasSuffix(got, "\ufffd") || !strings.HasPrefix(warning, "1 ") {
		t.Errorf("%q %v", warning, err)
	}
	for _, s := range []string{"a\x00b", "\x00\x01\x02\x03\xff\xfe\xfd", "\xff\xff\xfe\x80\x81\xff\x80\xff"} {
		if text, _, err := decode([]byte(s)); err == nil {
			t.Errorf("%q became %q", s, text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte(`<meta charset=cp949>` + "\xb0\xa1"))
	f.Add([]byte("\xea\xb0\x80\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _, err := decode(data)
		if err != nil {
			return
		}
		if !norm.NFC.IsNormalString(text) || strings.ContainsRune(text, 0) {
			t.Errorf("%q", text)
		}
	})
}
