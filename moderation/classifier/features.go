// Package classifier judges comments in Korean and English on the machine it runs on: linear models over hashed
// n-grams, with weights that come with the program. It explains each score by the parts of the text that made it.
package classifier

import (
	"math"
	"slices"
	"sync"
	"unicode"

	"broadsheet/moderation/classifier/exact"
)

// Buckets is how many buckets n-grams are hashed into. The range a bucket is in tells the script of its n-grams:
// any Hangul, else any Latin letter, else neither.
const Buckets = 1 << 19

const (
	LatinFirst  = 5 << 16  // the first bucket of n-grams with Latin letters; those below are of n-grams with Hangul
	symbolFirst = 15 << 15 // and with neither
)

// Feature is one bucket of a text and its weight there.
type Feature struct {
	Bucket uint32
	Value  float32 // > 0
}

// maxCount is the largest number of occurrences that is told apart.
const maxCount = 64

// damped holds 1 + ln n for a bucket that occurs n times.
var damped = func() (t [maxCount + 1]float64) {
	for n := 1; n <= maxCount; n++ {
		t[n] = 1 + exact.Log(float64(n))
	}
	return t
}()

// Features returns the hashed n-grams of a text: one to three characters; of two to four letters where there is
// Hangul, which is taken apart into jamo, and three to five elsewhere. Buckets are distinct and ascending; a value is 1 + ln of the occurrences, and the squares
// of all sum to 1. It is nil for a text without letters. It is the same for NFC and NFD.
func Features(text string) []Feature {
	s := pool.Get().(*scratch)
	defer pool.Put(s)
	return slices.Clone(s.read(text))
}

// scratch is memory to read a text in; a few are kept for the next ones.
type scratch struct {
	chars, letters []unit
	keys, spare    []uint32
	features       []Feature
}

var pool = sync.Pool{New: func() any { return new(scratch) }}

// read returns the features of a text. They are good until the next one is read.
func (s *scratch) read(text string) []Feature {
	rd := reader{units: s.chars[:0]}
	rd.read(text)
	s.chars = rd.units
	s.letters = letters(s.letters[:0], s.chars, nil)
	s.keys = grams(s.keys[:0], s.chars, s.letters)
	s.spare = slices.Grow(s.spare[:0], len(s.keys))[:len(s.keys)]
	sortKeys(s.keys, s.spare)
	s.features = s.features[:0]
	if len(s.keys) > 0 && (s.keys[0] < symbolFirst || hasLetters(s.chars)) {
		s.features = count(s.features, s.keys)
	}
	if len(s.features) == 0 {
		return nil
	}
	return s.features
}

// grams appends the bucket of each n-gram of both streams: in the order of where it begins, then of its length.
func grams(keys []uint32, chars, letters []unit) []uint32 {
	return hash(hash(keys, chars, &charSizes, 0x9E3779B97F4A7C15), letters, &letterSizes, 0xC2B2AE3D27D4EB4F)
}

// sizes says how many units n-grams have: for each set of scripts, n is among them when bit n is set. One with Hangul
// is never longer than one without, so that a longer one is not missed by stopping at the last bit.
type sizes [4]uint32

const (
	oneToThree  = 1<<1 | 1<<2 | 1<<3
	twoToFour   = 1<<2 | 1<<3 | 1<<4
	threeToFive = 1<<3 | 1<<4 | 1<<5
)

// These did best in cross-validation, each in its language.
var (
	charSizes   = sizes{oneToThree, oneToThree, oneToThree, oneToThree}
	letterSizes = sizes{threeToFive, hangul >> scriptBits: twoToFour, latin >> scriptBits: threeToFive, scripts >> scriptBits: twoToFour}
)

// hash appends the buckets of the n-grams.
func hash(keys []uint32, units []unit, sizes *sizes, seed uint64) []uint32 {
	for i := range units {
		h, script := seed, unit(0)
		for n, u := range units[i:] {
			h = (h ^ uint64(u)) * 0xFF51AFD7ED558CCD
			h ^= h >> 32
			script |= u
			more := sizes[script>>scriptBits] >> (n + 1)
			if more&1 != 0 {
				r := ranges[script>>scriptBits]
				keys = append(keys, r.first+uint32(uint64(uint32(h))*r.size>>32))
			}
			if more <= 1 {
				break
			}
		}
	}
	return keys
}

// ranges are the buckets for each set of scripts in an n-gram.
var ranges = [4]struct {
	first uint32
	size  uint64
}{
	{symbolFirst, Buckets - symbolFirst},
	hangul >> scriptBits:  {0, LatinFirst},
	latin >> scriptBits:   {LatinFirst, symbolFirst - LatinFirst},
	scripts >> scriptBits: {0, LatinFirst},
}

// sortKeys sorts keys below 2^20, by radix: two passes of ten bits.
func sortKeys(keys, spare []uint32) {
	const bits = 10
	from, to := keys, spare
	for shift := 0; shift < 2*bits; shift += bits {
		var at [1 << bits]uint32
		for _, k := range from {
			at[k>>shift&(1<<bits-1)]++
		}
		sum := uint32(0)
		for i, n := range at {
			at[i], sum = sum, sum+n
		}
		for _, k := range from {
			p := &at[k>>shift&(1<<bits-1)]
			to[*p] = k
			*p++
		}
		from, to = to, from
	}
}

// count appends the features of ascending keys.
func count(dst []Feature, keys []uint32) []Feature {
	sum := 0.0
	for i := 0; i < len(keys); {
		j := i + 1
		for j < len(keys) && keys[j] == keys[i] {
			j++
		}
		v := damped[min(j-i, maxCount)]
		sum += float64(v * v)
		dst = append(dst, Feature{keys[i], float32(v)})
		i = j
	}
	scale := 1 / math.Sqrt(sum)
	for i := range dst {
		dst[i].Value = float32(float64(dst[i].Value) * scale)
	}
	return dst
}

func hasLetters(units []unit) bool {
	for _, u := range units {
		if unicode.IsLetter(rune(u &^ scripts)) {
			return true
		}
	}
	return false
}

// Part returns the features from a bucket on, scaled so that the squares sum to 1. It is nil when there are none.
func Part(fs []Feature, first uint32) []Feature {
	fs = slices.Clone(fs[search(fs, first):])
	sum := 0.0
	for _, f := range fs {
		sum += float64(float64(f.Value) * float64(f.Value))
	}
	for i := range fs {
		fs[i].Value = float32(float64(fs[i].Value) / math.Sqrt(sum))
	}
	return fs
}
