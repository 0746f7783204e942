package moderation

// Print is a fingerprint of a text: alike for texts that are alike, the same for those that differ only in case,
// spacing and signs. 0 is that of a text too short to be compared.
type Print uint64

// PrintOf returns the fingerprint of a text.
func PrintOf(text string) Print { return 0 }
