package moderation

import (
	"embed"
	"strings"
	"testing"
)

//go:embed testdata/*.tsv
var tables embed.FS

// rows returns the lines of a table of testdata, without comments.
func linesOf(t testing.TB, name string) []string {
	t.Helper()
	data, err := tables.ReadFile("testdata/" + name + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

func TestEvasions(t *testing.T) {
	c := check(t, "", "")
	for _, name := range []string{"ko_evasions", "en_evasions"} {
		for _, row := range linesOf(t, name) {
			marked, technique, _ := strings.Cut(row, "\t")
			before, rest, _ := strings.Cut(marked, "{")
			want, after, _ := strings.Cut(rest, "}")
			text := before + want + after
			if got := strings.Join(hits(t, c, text), "|"); got != Normalize(want) {
				t.Errorf("%s: %q (%s): found %q, want %q", name, text, technique, got, want)
			}
		}
	}
}

func TestBenign(t *testing.T) {
	c := check(t, "", "")
	for _, name := range []string{"ko_benign", "en_benign"} {
		for _, text := range linesOf(t, name) {
			if got := hits(t, c, text); len(got) > 0 {
				t.Errorf("%s: %q: found %q", name, text, got)
			}
		}
	}
}

func TestDisguises(t *testing.T) {
	c := check(t, "", "")
	for _, name := range []string{"ko_disguises", "en_disguises"} {
		for _, text := range linesOf(t, name) {
			if len(hits(t, c, text)) == 0 {
				t.Errorf("%s: %q is not found", name, text)
			}
		}
	}
}
