package moderation

import (
	"errors"
	"fmt"
)

// Fault is what is wrong with rules, told twice: as a sentence for the command line, and as a stable word with its
// values for a page in its reader's language, where it stands in the catalogues under "fault.WORD".
type Fault struct {
	Word        string
	Args        map[string]any // by placeholder, nil for none
	Check, List string         // where it is: a Kind.Name, a List.Name, or "" for neither
	Line        int            // of the list, from 1; 0 for none
	text        string
}

// Error says where it is, what is wrong and what to do.
func (f *Fault) Error() string {
	text := f.text
	if f.Line > 0 {
		text = fmt.Sprintf("line %d: %s", f.Line, text)
	}
	if f.List != "" {
		text = fmt.Sprintf("list %s: %s", f.List, text)
	}
	if f.Check != "" {
		text = fmt.Sprintf("check %s: %s", f.Check, text)
	}
	return text
}

// fault makes a Fault: its word, the values of its placeholders as name, value …, and its sentence.
func fault(word, text string, pairs ...any) *Fault {
	f := &Fault{Word: word, text: text}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[pairs[i].(string)] = pairs[i+1]
	}
	return f
}

// placed makes a Fault of an error and says where it is: what is said already stays.
func placed(err error, check, list string, line int) error {
	var f *Fault
	if !errors.As(err, &f) {
		f = fault("other", err.Error(), "Text", err.Error())
	}
	out := *f
	if out.Check == "" {
		out.Check = check
	}
	if out.List == "" {
		out.List = list
	}
	if out.Line == 0 {
		out.Line = line
	}
	return &out
}
