package classifier

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// A model in bytes, numbers little-endian: "BSC1", the number of tables, then for each table the length of its name
// and the name, First and the number of weights (uint32 each), Bias and Scale (float64 each), and the weights.
const magic = "BSC1"

const maxTables = 16

//go:embed weights/model.bin
var shipped []byte

// Default returns the model that comes with the program.
func Default() (*Model, error) { return Load(shipped) }

// ErrModel is what Load returns for bytes that are no model.
var ErrModel = errors.New("not a model of comments")

// Load reads a model that Encode wrote. It keeps no reference to b.
func Load(b []byte) (*Model, error) {
	sum := sha256.Sum256(b)
	m := &Model{version: "c1-" + hex.EncodeToString(sum[:4])}
	rest, ok := strings.CutPrefix(string(b), magic)
	if !ok || rest == "" || rest[0] > maxTables {
		return nil, ErrModel
	}
	d := decoder{rest: []byte(rest[1:])}
	for range rest[0] {
		t := d.table()
		if d.bad || !t.valid() || m.Table(t.Name) != nil {
			return nil, fmt.Errorf("%w: table %d", ErrModel, len(m.tables))
		}
		m.tables = append(m.tables, t)
		m.heads = append(m.heads, slices.Index(heads, t.head()))
	}
	if len(d.rest) > 0 {
		return nil, fmt.Errorf("%w: %d bytes too many", ErrModel, len(d.rest))
	}
	return m, nil
}

func (t *Table) head() string {
	return strings.TrimSuffix(strings.TrimSuffix(t.Name, "_ko"), "_en")
}

func (t *Table) valid() bool {
	finite := func(f float64) bool { return math.Abs(f) <= 1e6 } // not for NaN
	return slices.Contains(heads, t.head()) && uint64(t.First)+uint64(len(t.Weights)) <= Buckets && finite(t.Bias) && finite(t.Scale)
}

// Encode returns the tables as Load reads them.
func Encode(tables []Table) []byte {
	b := append([]byte(magic), byte(len(tables)))
	for _, t := range tables {
		b = append(append(b, byte(len(t.Name))), t.Name...)
		b = binary.LittleEndian.AppendUint32(b, t.First)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(t.Weights)))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(t.Bias))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(t.Scale))
		for _, w := range t.Weights {
			b = append(b, byte(w))
		}
	}
	return b
}

// decoder takes values from the front of bytes; once they do not suffice it is bad and gives zeros.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) take(n uint64) []byte {
	if n > uint64(len(d.rest)) {
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

func (d *decoder) table() (t Table) {
	t.Name = string(d.take(d.number(1)))
	t.First = uint32(d.number(4))
	n := d.number(4)
	t.Bias = math.Float64frombits(d.number(8))
	t.Scale = math.Float64frombits(d.number(8))
	weights := d.take(n)
	t.Weights = make([]int8, len(weights))
	for i, w := range weights {
		t.Weights[i] = int8(w)
	}
	return t
}
