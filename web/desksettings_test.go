package web

import (
	"context"
	"testing"

	"broadsheet/db"
)

func TestDeskSettings(t *testing.T) {
	s := newSite(t)
	editor, desk := s.as(t, "editor"), s.as(t, "desk")
	page := editor.get("/admin/desk").Body
	contains(t, "the defaults", page, `name="base" value="0"`, `name="second_share" value="0"`, `name="erase_after" value="180"`)
	contains(t, "the notice's form", s.visit(t).get("/notices/new").Body, "erased 180 days after")
	label := map[string]string{"second_share": "Second readings", "close_after": "Close comments", "hide_after": "Hide after reports", "erase_after": "Erase who gave a notice"}
	for field, value := range map[string]string{"second_share": "101", "close_after": "1.5", "hide_after": "a few", "erase_after": "3651"} {
		fields := []string{"base", "0", "second_share", "5", "hide_after", "2.5", "close_after", "14", "erase_after", "30"}
		for i := 0; i < len(fields); i += 2 {
			if fields[i] == field {
				fields[i+1] = value
			}
		}
		r := editor.post("/admin/desk", fields...)
		want(t, field+" "+value, r.Status, 422)
		contains(t, "the form that comes back", r.Body, `name="`+field+`" value="`+value+`"`, `id="problem-`+field+`"`, `aria-invalid="true"`, `<a href="#`+field+`">`+label[field]+": Give a ")
	}
	want(t, "no form", editor.post("/admin/desk", "base", "0").Status, 400)
	want(t, "good settings", editor.post("/admin/desk", "base", "0", "second_share", "5", "hide_after", "2.5", "close_after", "14", "erase_after", "0", "mail_head", "1").Status, 303)
	d, err := s.archive.Desk(context.Background())
	if err != nil || d.DeskSettings != (db.DeskSettings{HideAfter: 2.5, SecondShare: 5, CloseAfter: 14, MailHead: true}) {
		t.Errorf("in force: %+v %v", d, err)
	}
	r := editor.post("/admin/desk", "base", "0", "second_share", "7")
	want(t, "settings based on an older version", r.Status, 409)
	contains(t, "the form that comes back", r.Body, `name="second_share" value="7"`, `role="alert"`)
	lacks(t, "the notice's form", s.visit(t).get("/notices/new").Body, "days after the case")
	contains(t, "the log", desk.get("/desk/log?action=desk.apply").Body, "hide_after")
	contains(t, "the history", editor.get("/admin/desk").Body, `name="base" value="1"`, ">2.5<", "editor")
}
