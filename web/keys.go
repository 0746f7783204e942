package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"

	"broadsheet/templates"
)

// usualKeys are the keys of the desk, in the order in which they are explained.
var usualKeys = [...]templates.Key{
	{Action: "next", Key: "j"}, {Action: "previous", Key: "k"}, {Action: "approve", Key: "a"}, {Action: "reject", Key: "r"}, {Action: "block", Key: "b"},
	{Action: "note", Key: "n"}, {Action: "undo", Key: "u"}, {Action: "select", Key: "x"}, {Action: "open", Key: "o"}, {Action: "search", Key: "/"},
	{Action: "back", Key: "q"}, {Action: "help", Key: "?"},
}

// What a key may be: digits are the clauses. On a Korean keyboard the letters stand for the Latin ones at their place.
const (
	keysAllowed = "abcdefghijklmnopqrstuvwxyz/?.,;'[]-="
	keysHangul  = "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ" // a–z
)

// keysKept is how the keys are stored: what differs from the usual.
type keysKept struct {
	Off  bool              `json:"off,omitempty"`
	Keys map[string]string `json:"keys,omitempty"`
}

// keysOf are the viewer's keys: the usual ones when theirs cannot be read.
func (s *Server) keysOf(r *request) templates.Keys {
	doc, err := s.cfg.Archive.Keys(r.Context(), r.User.ID)
	var own keysKept
	if err == nil && doc != "" {
		err = json.Unmarshal([]byte(doc), &own)
	}
	if err != nil {
		s.cfg.Log.Warn("keys of the desk cannot be read, the usual ones are shown", "user", r.User.ID, "err", err)
	}
	k := templates.Keys{Off: own.Off}
	for _, u := range usualKeys {
		if key, ok := own.Keys[u.Action]; ok {
			u.Key = key
		}
		k.List = append(k.List, u)
	}
	return k
}

// deskKeys is the form for the keys of the desk.
func (s *Server) deskKeys(w http.ResponseWriter, r *request) error {
	return s.showKeys(w, r, templates.DeskKeys{Keys: s.keysOf(r), Saved: r.FormValue("done") == "saved"}, http.StatusOK)
}

func (s *Server) showKeys(w http.ResponseWriter, r *request, page templates.DeskKeys, status int) error {
	return render(w, s.pages.DeskKeys, s.frame(r, s.title(r, "keys.title")), page, status)
}

// saveKeys keeps the keys of a form, or the usual ones.
func (s *Server) saveKeys(w http.ResponseWriter, r *request) error {
	keys := templates.Keys{Off: r.PostForm.Has("off")}
	own := keysKept{Off: keys.Off, Keys: map[string]string{}}
	var problems []templates.Problem
	taken := map[string]bool{}
	for _, u := range usualKeys {
		key := u.Key
		if r.PostForm.Has("key."+u.Action) && !r.PostForm.Has("usual") {
			key = keyTyped(r.PostFormValue("key." + u.Action))
		}
		keys.List = append(keys.List, templates.Key{Action: u.Action, Key: key})
		switch {
		case key == "":
		case len(key) != 1 || !strings.Contains(keysAllowed, key):
			problems = append(problems, templates.Problem{Field: u.Action, Message: "keys.wrong"})
		case taken[key]:
			problems = append(problems, templates.Problem{Field: u.Action, Message: "keys.taken", Args: map[string]any{"Key": key}})
		}
		taken[key] = true
		if key != u.Key {
			own.Keys[u.Action] = key
		}
	}
	if len(problems) > 0 {
		return s.showKeys(w, r, templates.DeskKeys{Keys: keys, Problems: problems}, http.StatusUnprocessableEntity)
	}
	doc, err := json.Marshal(own)
	if err != nil {
		return err
	}
	if err := s.cfg.Archive.SetKeys(r.Context(), r.User.ID, string(doc), r.Now); err != nil {
		return err
	}
	return redirect(w, r, "/desk/keys?done=saved")
}

// keyTyped reads a key as it was typed: in either case, and in Hangul.
func keyTyped(text string) string {
	key := strings.ToLower(strings.TrimSpace(text))
	if at := strings.Index(keysHangul, key); at >= 0 && utf8.RuneCountInString(key) == 1 {
		return string(rune('a' + at/len("ㅁ")))
	}
	return key
}
