package ingest

import (
	"strings"
	"testing"
)

// What grows faster than its input would make this test run for minutes: no clock is read.
func TestPathologicalInput(t *testing.T) {
	const size = 1 << 18
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, in := range map[string]string{
		"one line":          "Title\n" + fill("word "),
		"By By By":          "Title\n" + fill("By "),
		"keys":              "--- " + fill("title: date: "),
		"fences":            "--- title: x" + fill(" --- "),
		"folded front":      "---\ntitle: x\n" + fill(" a\n") + "---\nbody\n",
		"dates":             "Title\n" + fill("26 Jun. 2024, 14:02 "),
		"date lines":        "Title\n" + fill("26 Jun. 2024, 14:02\n"),
		"list":              "Title\n" + fill("- SEO MIN-JAE\n"),
		"flat list":         "--- title: T date: 2007-06-18 --- T " + fill("- SEO MIN-JAE "),
		"brackets":          "Title\n" + fill("[[("),
		"addresses":         "Title\n" + fill("a@b."),
		"paragraphs":        "<html><body><article>" + fill("<p>a</p>"),
		"inline":            "<html><body><p>" + fill("<b>a</b>"),
		"breaks":            "<html><body><div>" + fill("a<br>"),
		"unclosed":          "<html><body>" + fill("<div>"),
		"links":             "<html><body>" + fill("<a href=x>a</a>"),
		"JSON quotes":       "<html><head>" + ld(`{"a":"`+fill(`"`)),
		"JSON brackets":     "<html><head>" + ld(fill("[")),
		"JSON strings":      "<html><head>" + ld(fill(`{"a`)),
		"JSON articles":     "<html><head>" + ld("["+fill(`{"@type":"NewsArticle"},`)+"]"),
		"state":             "<html><body><script>" + fill("__A__={"),
		"pushes":            "<html><body><script>" + fill("self.__next_f.push("),
		"meta":              fill("<meta charset=x>"),
		"unclosed comments": "<html><body>" + fill("<!--"),
	} {
		t.Run(name, func(t *testing.T) { parse(t, []byte(in), "a") })
	}
}
