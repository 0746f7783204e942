package templates

// Keys are the keys of the desk as one of the staff has them.
type Keys struct {
	Off  bool // none works
	List []Key
}

// Of is the key that does something, "" for none.
func (k Keys) Of(action string) string {
	for _, one := range k.List {
		if one.Action == action {
			return one.Key
		}
	}
	return ""
}

// Key is what a key does.
type Key struct {
	Action string // "approve", "next" …
	Key    string // as it is printed on a Latin keyboard, "" for none
}

// DeskKeys is the form for them.
type DeskKeys struct {
	Keys     Keys
	Problems []Problem // their fields are actions
	Saved    bool
}
