package moderation

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed confusables.txt
var confusablesData string

// latinLooks holds letters by the small Latin letter that they look like: those of UTS #39, small capitals, and
// small Cyrillic letters that look like small capitals.
var latinLooks = func() map[rune]rune {
	looks := map[rune]rune{}
	for line := range strings.Lines(confusablesData + "\n" + moreLooks) {
		if latin, others, ok := strings.Cut(strings.TrimSpace(line), " "); ok && latin != "#" {
			for _, r := range others {
				looks[r] = rune(latin[0])
			}
		}
	}
	return looks
}()

const moreLooks = `a λΛДαᴀ
b въьʙƀβẞß
c ċⅽᑕ
d đᴅժ
e єЄεΣᴇэЭ
f ƒғғꜰ
g ɢɡ
h нħнһʜ
i ıїɨιɪ
j ј
k кκᴋқҝ
l łʟℓ
m мᴍ
n пηиИⁿɴռ
o øØөθΘѳ
p ᴘþ
r яЯʀг
s ꜱ
t тτŧᴛ
u υцμᴜ
v νᴠ
w шщωωᴡѡ
x хχ
y уүყʏ
z ᴢʐ
`

// needsLatin says whether a letter is taken for its Latin look only in a word that has Latin letters: it is one
// of a script in which whole words look Latin and are none.
func needsLatin(r rune) bool {
	return unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Georgian)
}

// enclosedLetter returns the Latin letter of an enclosed or regional one that has no decomposition, 0 for any other.
func enclosedLetter(r rune) rune {
	for _, a := range [...]rune{0x1F150, 0x1F170, 0x1F1E6} { // negative circled, negative squared, regional indicators
		if r >= a && r < a+26 {
			return 'a' + r - a
		}
	}
	return 0
}
