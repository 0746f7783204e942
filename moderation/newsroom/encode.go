package newsroom

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"maps"
	"math"
	"slices"

	"broadsheet/moderation/classifier"
)

// A layer in bytes: "BSN2"; the version of its model; Unix milliseconds of the last decision; threshold, bias and
// one number for each signal; for each head and for none the number of clauses, and each clause with its count; the step; the
// number of weights that are not 0, and for each the buckets passed over since the last and the weight in steps.
// Strings begin with their length. Whole numbers are varints, the others float64 (step: float32), little-endian.
const magic = "BSN2"

// Encode returns the fitted part of the layer, nil when there is none. The online part is not stored: Learn makes
// it again from the decisions after Until.
func (l Layer) Encode() []byte {
	if l.fitted.name == "" {
		return nil
	}
	return l.encode()
}

func (l Layer) encode() []byte {
	b := text([]byte(magic), l.model)
	b = binary.AppendVarint(b, l.fitted.until)
	for _, x := range append([]float64{l.fitted.threshold, l.fitted.bias}, l.fitted.signals[:]...) {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	for _, clauses := range l.fitted.clauses {
		b = binary.AppendUvarint(b, uint64(len(clauses)))
		for _, name := range slices.Sorted(maps.Keys(clauses)) {
			b = binary.AppendUvarint(text(b, name), uint64(clauses[name]))
		}
	}
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(l.fitted.step))
	return l.fitted.encode(b, l.fitted.step)
}

func (l *linear) encode(b []byte, step float32) []byte {
	var pairs []byte
	n, next := uint64(0), 0
	for i, w := range l.weights {
		if w != 0 {
			pairs = append(binary.AppendUvarint(pairs, uint64(i-next)), byte(int8(math.Round(float64(w/step)))))
			n, next = n+1, i+1
		}
	}
	return append(binary.AppendUvarint(b, n), pairs...)
}

func text(b []byte, s string) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }

func fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:4])
}

// ErrLayer is what Decode returns for bytes that are no layer.
var ErrLayer = errors.New("not a newsroom's layer")

// Decode reads what Encode wrote; the zero Layer from no bytes. It keeps no reference to b.
func Decode(b []byte) (Layer, error) {
	if len(b) == 0 {
		return Layer{}, nil
	}
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	d := decoder{rest: rest, bad: !ok}
	l := Layer{model: d.text(), fitted: fitted{until: d.varint(), clauses: newTally()}}
	l.fitted.threshold, l.fitted.bias = d.float(), d.float()
	for i := range l.fitted.signals {
		l.fitted.signals[i] = d.float()
	}
	for i := range l.fitted.clauses {
		d.clauses(l.fitted.clauses[i])
	}
	l.fitted.step = math.Float32frombits(uint32(d.number(4)))
	l.fitted.weights = d.weights(l.fitted.step)
	if d.bad || len(d.rest) > 0 || l.model == "" || l.fitted.threshold < 0 || l.fitted.threshold > 1 {
		return Layer{}, ErrLayer
	}
	l.fitted.name = fingerprint(l.encode())
	return l, nil
}

// decoder takes values from the front of bytes; once they do not make sense it is bad and gives zeros.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) take(n uint64) []byte {
	if d.bad || n > uint64(len(d.rest)) {
		d.bad, d.rest = true, nil
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) number(size uint64) uint64 {
	var b [8]byte
	copy(b[:], d.take(size))
	return binary.LittleEndian.Uint64(b[:])
}

// largest is the largest number a layer may hold: enough, and no sum of them overflows.
const largest = 1e6

func (d *decoder) float() float64 {
	x := math.Float64frombits(d.number(8))
	if !(math.Abs(x) <= largest) {
		d.bad = true
		return 0
	}
	return x
}

func (d *decoder) uvarint() uint64 {
	x, n := binary.Uvarint(d.rest)
	d.take(uint64(max(n, 0)))
	d.bad = d.bad || n <= 0
	return x
}

func (d *decoder) varint() int64 {
	x, n := binary.Varint(d.rest)
	d.take(uint64(max(n, 0)))
	d.bad = d.bad || n <= 0
	return x
}

func (d *decoder) text() string { return string(d.take(d.uvarint())) }

func (d *decoder) clauses(into map[string]int) {
	n := d.uvarint()
	d.bad = d.bad || n > maxClauses
	for i := uint64(0); i < n && !d.bad; i++ {
		name, count := d.text(), d.uvarint()
		_, twice := into[name]
		d.bad = d.bad || twice || name == "" || len(name) > maxClause || count == 0 || count > math.MaxInt32
		into[name] = int(count)
	}
}

func (d *decoder) weights(step float32) []float32 {
	out := make([]float32, classifier.Buckets)
	n := d.uvarint()
	d.bad = d.bad || n > classifier.Buckets || !(step >= 0 && step <= largest)
	next := uint64(0)
	for i := uint64(0); i < n && !d.bad; i++ {
		at := next + d.uvarint()
		steps := int8(d.number(1))
		if at < next || at >= classifier.Buckets || steps == 0 || steps == -128 {
			d.bad = true
			break
		}
		out[at], next = step*float32(steps), at+1
	}
	return out
}
