package moderation

// Change is what another policy would have made of a comment; the zero value is the same.
type Change string

// The changes, named by what the comment becomes.
const (
	NewlyHeld    Change = "held"
	NewlyRefused Change = "refused"
	NewlyFree    Change = "free"
)

// Replay says what a submission becomes by one reviewer and by another that might take its place. Where both have
// the same mode, the evidence alone decides, as if clean comments were published: with every comment held, there
// would be nothing to see.
func Replay(now, then *Reviewer, s Submission) (before, after Verdict, change Change) {
	b, a := s, s
	b.Mode, a.Mode = now.mode, then.mode
	if now.mode == then.mode {
		b.Mode, a.Mode = PublishClean, PublishClean
	}
	before, after = now.Review(b), then.Review(a)
	switch {
	case after.Outcome == before.Outcome:
	case after.Outcome == Publish:
		change = NewlyFree
	case after.Outcome == Refuse:
		change = NewlyRefused
	default:
		change = NewlyHeld
	}
	return before, after, change
}
