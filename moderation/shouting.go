package moderation

import (
	"unicode"
	"unicode/utf8"
)

// The Why of shouting, under the clause "respect".
const (
	WhyShouting   = "shouting"   // written in capitals
	WhyCharacters = "characters" // the same sign over and over: a note
)

const shoutingScore = 0.3

// shouting is the check for texts in capitals and for long runs of one sign, such as "!!!!" and "ㅋㅋㅋㅋ".
type shouting struct {
	percent, letters, run int
}

// shoutingKind is the check for shouting, as an admin sets it.
func shoutingKind() Kind {
	yes := true
	return Kind{
		Name: "shouting", Default: Rule{Then: ThenHold, Nudge: &yes}, Whys: []string{WhyShouting, WhyCharacters},
		Params: []Param{
			{Name: "percent", Default: 70, Min: 1, Max: 100, Unit: UnitPercent},
			{Name: "letters", Default: 20, Min: 1, Max: 250, Unit: UnitCount},
			{Name: "run", Default: 15, Min: 2, Max: 250, Unit: UnitCount},
		},
		New: func(s Setting) (Check, error) {
			return shouting{int(s.Numbers["percent"]), int(s.Numbers["letters"]), int(s.Numbers["run"])}, nil
		},
	}
}

// Check looks at both in one pass. Capitals count when they are at least so many letters and such a share of all
// letters, Hangul too, and when there is a sentence in them: see capitals.sentence.
func (c shouting) Check(s Submission) (Evidence, error) {
	var found []Finding
	caps, run := capitals{}, signs{longer: c.run}
	for i, r := range s.Text {
		caps.add(i, r)
		if f, ok := run.add(i, r); ok {
			found = append(found, f)
		}
	}
	caps.add(len(s.Text), ' ')
	if f, ok := run.add(len(s.Text), utf8.RuneError); ok {
		found = append(found, f)
	}
	if caps.upper >= c.letters && caps.upper*100 >= c.percent*caps.all && caps.sentence && caps.end > 0 {
		found = append(found, Finding{Clause: "respect", Start: caps.start, End: caps.end, Score: shoutingScore, Why: WhyShouting})
	}
	return Evidence{Findings: found}, nil
}

// capitals counts the letters of a text as they come. Words that are short and all in capitals may be acronyms;
// so sentence tells whether one of seven letters was among them, or two of the smallest words of English.
type capitals struct {
	upper, all int
	start, end int // from the first word in capitals to the last, bytes; a single capital is none
	word       [7]byte
	length     int // of the present word of capitals
	wordStart  int
	wordEnd    int
	small      int
	sentence   bool
}

func (c *capitals) add(i int, r rune) {
	upper := r >= 'A' && r <= 'Z'
	switch {
	case upper, r >= 'a' && r <= 'z', inHangul(r):
		c.all++
	case r >= utf8.RuneSelf && unicode.IsLetter(r):
		c.all++
		upper = unicode.IsUpper(r)
	}
	if !upper {
		if c.length > 0 {
			c.endWord()
		}
		return
	}
	c.upper++
	if c.length == 0 {
		c.wordStart = i
	}
	c.wordEnd = i + utf8.RuneLen(r)
	if c.length < len(c.word) {
		c.word[c.length] = byte(r)
	}
	c.length++
}

func (c *capitals) endWord() {
	if c.length > 1 && c.end == 0 {
		c.start = c.wordStart
	}
	if c.length > 1 {
		c.end = c.wordEnd
	}
	if c.length >= len(c.word) {
		c.sentence = true
	} else if smallWords[string(c.word[:c.length])] {
		c.small++
		c.sentence = c.sentence || c.small >= 2
	}
	c.length = 0
}

// smallWords are words of English in capitals that are no acronyms.
var smallWords = wordSet(`A I THE AND OR BUT NOT NO YES YOU YOUR MY OUR HE SHE HIS HER WE THEY THEM THIS THAT THESE ARE WAS WERE BE BEEN AM
	DO DOES DID HAVE HAS HAD WILL CAN TO OF IN ON AT FOR FROM WITH BY IF SO ALL STOP WHAT WHY HOW WHEN WHERE NOW GET GO JUST NEVER EVERY`)

// signs finds runs of one character longer than a bound. What joins or colours an emoji does not end its run.
type signs struct {
	longer     int
	last       rune
	count      int
	start, end int // bytes
}

// add takes the next character and returns the run that it ends, when that is long enough.
func (s *signs) add(i int, r rune) (f Finding, ok bool) {
	if r == s.last && r != utf8.RuneError {
		s.count++
		s.end = i + utf8.RuneLen(r)
		return
	}
	if extendsEmoji(r) || r == 0x200D {
		s.end = i + utf8.RuneLen(r)
		return
	}
	if s.count > s.longer && s.last != ' ' {
		f, ok = Finding{Clause: "respect", Start: s.start, End: s.end, Why: WhyCharacters}, true
	}
	s.last, s.count, s.start, s.end = r, 1, i, i+max(1, utf8.RuneLen(r))
	return
}
