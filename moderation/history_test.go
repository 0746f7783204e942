package moderation

import (
	"testing"
	"time"
)

// sentBy makes the comments that an author sent, so many minutes ago each, oldest first.
func sentBy(author int64, text string, ago ...int) (out []Sent) {
	for _, m := range ago {
		out = append(out, Sent{Author: author, Article: 1, At: noon.Add(-time.Duration(m) * time.Minute), Print: PrintOf(text)})
	}
	return out
}

func TestFlood(t *testing.T) {
	tests := []struct {
		author Author
		sent   []Sent
		want   string
	}{
		{trustedAuthor, sentBy(9, "", 9, 8, 7, 2, 1), "flood:"},
		{trustedAuthor, sentBy(9, "", 9, 8, 7, 1), ""},
		{trustedAuthor, sentBy(9, "", 10, 8, 7, 2, 1), ""}, // the first is out of the window
		{trustedAuthor, append(sentBy(8, "", 9, 8, 7, 2), sentBy(9, "", 1)...), ""},
		{Author{}, sentBy(0, "", 9, 8, 7, 2, 1), ""},
		{trustedAuthor, nil, ""},
	}
	for i, tt := range tests {
		if got := found(t, Submission{Text: "a word", Author: tt.author, Sent: tt.sent, At: noon}, Rules{}, floodKind()); got != tt.want {
			t.Errorf("%d: %q, want %q", i, got, tt.want)
		}
	}
	v := NewReviewer(policy(), Rules{}, floodKind()).Review(Submission{Text: "a word", Author: trustedAuthor, Sent: tests[0].sent, At: noon, Mode: PublishClean})
	if v.Outcome != Hold || v.Reason != ReasonHistory {
		t.Errorf("%+v", v)
	}
}

func TestRejections(t *testing.T) {
	for a, want := range map[Author]string{
		{Known: true, Decided7: 5, Rejected7: 2}: "rejections:", {Known: true, Decided7: 10, Rejected7: 3}: "rejections:",
		{Known: true, Decided7: 4, Rejected7: 4}: "", {Known: true, Decided7: 7, Rejected7: 2}: "", {Decided7: 5, Rejected7: 5}: "", {}: "",
	} {
		if got := found(t, Submission{Text: "a word", Author: a}, Rules{}, rejectionsKind()); got != want {
			t.Errorf("%+v: %q, want %q", a, got, want)
		}
	}
}

func TestNewcomer(t *testing.T) {
	hold := Rules{Checks: map[string]Rule{"newcomer": {Then: ThenHold}}}
	for a, want := range map[Author]string{{Known: true}: "newcomer:", {Known: true, Ever: 1}: "newcomer:", {Known: true, Ever: 2}: "", {}: ""} {
		note := want
		if want != "" {
			note = "(" + want + ")"
		}
		if got := found(t, Submission{Text: "a word", Author: a}, Rules{}, newcomerKind()); got != note {
			t.Errorf("%+v: %q, want %q", a, got, note)
		}
		if got := found(t, Submission{Text: "a word", Author: a}, hold, newcomerKind()); got != want {
			t.Errorf("%+v: %q, want %q", a, got, want)
		}
	}
}

func TestMail(t *testing.T) {
	rules := Rules{Lists: map[string]string{"disposable": "plum.example"}}
	for domain, want := range map[string]string{
		"mailinator.com": "disposable_mail:", "box.mailinator.com": "disposable_mail:", "Plum.Example": "disposable_mail:",
		"naver.com": "", "gmail.com": "", "hanmail.net": "", "daum.net": "", "kakao.com": "", "outlook.com": "", "icloud.com": "", "proton.me": "", "yonsei.ac.kr": "", "korea.kr": "", "co.kr": "", "com": "", "": "",
	} {
		if got := found(t, Submission{Text: "a word", Author: Author{Known: true, MailDomain: domain}}, rules, mailKind()); got != want {
			t.Errorf("%s: %q, want %q", domain, got, want)
		}
	}
	if domains, err := parseDomains(builtinDisposable); err != nil || len(domains) < 3000 {
		t.Errorf("%d domains: %v", len(domains), err)
	}
	if v := NewReviewer(policy(), Rules{Lists: map[string]string{"disposable": "plum"}}, mailKind()).Review(Submission{Text: "a", Mode: PublishClean}); v.Reason != ReasonCheckFailed {
		t.Errorf("a broken list: %+v", v)
	}
}

// Who is not known, as in `judge`, has no history.
func TestHistoryIsSilentForNobody(t *testing.T) {
	for _, k := range Kinds() {
		if !k.Author {
			continue
		}
		if got := found(t, Submission{Text: "a word", At: noon, Sent: sentBy(0, "", 5, 4, 3, 2, 1, 0)}, Rules{}, k); got != "" {
			t.Errorf("%s: %q", k.Name, got)
		}
	}
}
