package moderation

func Language(text string) string            { return "" }
func Harmless(text string, f Finding) string { return "" }
