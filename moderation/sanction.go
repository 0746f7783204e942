package moderation

// Sanction is what is done to an account because of how it is used.
type Sanction string

// The sanctions. Lift ends all before it, Uphold changes nothing.
const (
	Warn        Sanction = "warn"        // words only
	Premoderate Sanction = "premoderate" // its comments wait for a moderator, whatever the mode
	Suspend     Sanction = "suspend"     // it cannot comment for a time
	Ban         Sanction = "ban"         // it cannot comment until the ban is lifted
	Lift        Sanction = "lift"
	Uphold      Sanction = "uphold" // answers an objection: what was done stands
)

// Valid reports whether it is one of the sanctions.
func (s Sanction) Valid() bool {
	return s == Warn || s == Premoderate || s == Suspend || s == Ban || s == Lift || s == Uphold
}

// NeedsClause reports whether the sanction must rest on a clause of the standards.
func (s Sanction) NeedsClause() bool { return s.Forbids() || s == Warn }

// Forbids reports whether the sanction keeps the account from anything.
func (s Sanction) Forbids() bool { return s == Premoderate || s == Suspend || s == Ban }

// NeedsEnd reports whether the sanction must say when it ends.
func (s Sanction) NeedsEnd() bool { return s == Suspend }

// MayEnd reports whether the sanction can say when it ends.
func (s Sanction) MayEnd() bool { return s == Suspend || s == Premoderate }
