package templates

import "time"

// DeskSettings is the form of how the desk works, with what was typed.
type DeskSettings struct {
	Version     int // the version that the form is based on, 0 for the defaults
	HideAfter   string
	SecondShare string // per cent
	MailHead    bool
	CloseAfter  string // days
	EraseAfter  string // days
	Problems    []Problem
	Done        bool // settings were just put in force
	History     []DeskVersion
}

// DeskVersion is one version of the settings, newest first.
type DeskVersion struct {
	Version     int
	At          time.Time
	By          string // "" for the command line
	HideAfter   string
	SecondShare int
	MailHead    bool
	CloseAfter  int
	EraseAfter  int
}
