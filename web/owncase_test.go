package web

import (
	"slices"
	"strings"
	"testing"
)

// secrets is what others say of the comment in TestOwnCasesStayWithOthers, and who they are.
var secrets = []string{"It says what is not", "Requester One", "one@example.com", "Sexual offences", "성범죄", "REPORTED WORDS", "NIGHT NOTE", "NOTE ON AUTHOR"}

// Who of the staff wrote a comment sees on the desk no more of it than any author does: not what others report of it or say
// against it, nor who, nor that anybody does. Others on the staff see it all.
func TestOwnCasesStayWithOthers(t *testing.T) {
	for lang, says := range map[string]string{"en": "others on the staff deal with", "ko": "다른 운영자가 처리합니다"} {
		for _, author := range []string{"desk", "editor"} {
			t.Run(lang+" "+author, func(t *testing.T) {
				s := newSite(t)
				own, night, lee := s.as(t, author), s.as(t, "night"), s.as(t, "lee")
				for _, v := range []*visitor{own, night} {
					v.post("/account/language", "language", lang)
				}
				id := own.comment("Words of one of the staff")
				desk := "/desk/comments/" + id
				want(t, "rejecting", night.decided(id, "reject", "clause", "respect", "note", "NIGHT NOTE").Status, 303)
				want(t, "approving after all", night.decided(id, "approve", "after", s.standing(t, id), "note", "NIGHT NOTE").Status, 303)
				want(t, "a note on the author", night.post(desk+"/notes", "about", "NOTE ON AUTHOR").Status, 303)
				head := attr(t, own.get("/desk").Body, `data-live="(\d+)"`)
				want(t, "the report", lee.post("/comments/"+id+"/report", "reason", "other", "note", "REPORTED WORDS").Status, 303)
				notice := s.visit(t).post("/notices/new", kr(id, "law", "dsa", "ground", "minors")...)
				want(t, "the notice", notice.Status, 303)
				number := attr(t, notice.location(), `/notices/([^?]+)`)
				want(t, "the case, for staff", night.get("/notices/"+number).Status, 200)

				hidden := append(secrets, number)
				want(t, "the case", own.get("/notices/"+number).Status, 404)
				for _, path := range []string{desk, "/desk?queue=reported", "/desk/log"} {
					page := own.get(path).Body
					contains(t, path, page, says)
					lacks(t, path, page, hidden...)
				}
				for _, path := range []string{"/desk?queue=decided", "/desk?queue=decided&only=" + id, "/desk/users/" + itoa(s.account(t, author).ID), "/comments/" + id} {
					lacks(t, path, own.get(path).Body, hidden...)
				}
				for _, path := range []string{"/desk?queue=reported", "/desk?queue=reported&only=" + id} {
					lacks(t, path, own.get(path).Body, `data-comment="`+id+`"`)
				}
				if n := logCount(own.get("/desk/log?subject=" + id).Body); n != 3 {
					t.Errorf("the log of the comment has %d rows for its author, want what was submitted and decided", n)
				}
				contains(t, "the other's page", night.get(desk).Body, "It says what is not", "REPORTED WORDS", number, "NIGHT NOTE", "NOTE ON AUTHOR")
				contains(t, "the other's queue", night.get("/desk?queue=reported").Body, `data-comment="`+id+`"`, number)
				if n := logCount(night.get("/desk/log?subject=" + id).Body); n != 6 {
					t.Errorf("the log of the comment has %d rows for others, want 6", n)
				}

				last := s.as(t, "kim").comment("What comes last")
				for _, v := range []*visitor{own, night} {
					var h heard
					v.follow(head).until(t, func(e sentEvent) bool { h.take(e); return slices.Contains(h.ids, last) })
					if told := slices.Contains(h.ids, id); told != (v == night) {
						t.Errorf("the desk of the other (%v) is told that something happened to the comment: %v", v == night, told)
					}
				}
				s.verify(t)
			})
		}
	}
}

// An admin who wrote a comment does not find in the outbox who gave a notice of it.
func TestOutboxWithoutOwnCases(t *testing.T) {
	s := newSite(t)
	editor, night := s.as(t, "editor"), s.as(t, "night")
	id := editor.comment("Words of an admin")
	night.approve(id)
	want(t, "the notice", s.visit(t).post("/notices/new", kr(id)...).Status, 303)
	other := s.publish(t, s.as(t, "kim"), "Words of a reader")
	want(t, "another notice", s.visit(t).post("/notices/new", kr(other, "email", "two@example.com")...).Status, 303)
	page := editor.get("/admin/outbox").Body
	contains(t, "the outbox", page, "two@example.com")
	lacks(t, "the outbox", page, "one@example.com")
	mail := asked(t, s.path, `SELECT m.id FROM message m JOIN notice n ON n.id = m.notice_id WHERE m.kind = 'notice' AND n.email = 'one@example.com'`)
	want(t, "the mail itself", editor.get("/admin/outbox/"+itoa(int64(mail))).Status, 404)
}

// Whoever of the staff was warned sees the words to them, not those that the others keep beside it.
func TestOwnSanctionWithoutItsNote(t *testing.T) {
	s := newSite(t)
	user := "/desk/users/" + itoa(s.account(t, "desk").ID)
	s.as(t, "editor").impose(user, "warn", "clause", "respect", "note", "EDITOR NOTE", "answer", "Words to you")
	for name, sees := range map[string]bool{"desk": false, "night": true} {
		page := s.as(t, name).get(user).Body
		contains(t, "the page of the account", page, "Words to you")
		if strings.Contains(page, "EDITOR NOTE") != sees {
			t.Errorf("%s sees the note: %v", name, !sees)
		}
	}
}
