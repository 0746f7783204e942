package moderation

import (
	_ "embed"
	"strings"
)

//go:embed english.txt
var englishWords string

// isEnglish says whether a word in small letters is in the list of English words, by halving the sorted text.
func isEnglish(word string) bool {
	low, high := 0, len(englishWords) // the line is in [low, high), if it is there; both are starts of lines
	for low < high {
		middle := low + (high-low)/2
		start := strings.LastIndexByte(englishWords[low:middle], '\n') + low + 1
		line, _, _ := strings.Cut(englishWords[start:high], "\n")
		switch strings.Compare(line, word) {
		case 0:
			return true
		case -1:
			low = start + len(line) + 1
		default:
			high = start
		}
	}
	return false
}

// isEnglishWord says whether the Latin letters of some units are an English word.
func isEnglishWord(units []unit) bool {
	var word [maxTerm]byte
	for i, u := range units {
		word[i] = byte(u.r)
	}
	return isEnglish(string(word[:len(units)]))
}
