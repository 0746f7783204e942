package web

import "sync"

// kept holds values that were read from the archive, each good while the archive's number it was
// read under (Generation, or Commits) stays. At most max of them; then all are forgotten.
type kept[K comparable, V any] struct {
	max  int
	mu   sync.RWMutex
	have map[K]keptValue[V]
}

type keptValue[V any] struct {
	number uint64
	value  V
}

func newKept[K comparable, V any](max int) *kept[K, V] {
	return &kept[K, V]{max: max, have: map[K]keptValue[V]{}}
}

// get returns the value of a key, from memory when it is good under the number, else from read.
// The number must have been loaded before. An error is never kept.
func (k *kept[K, V]) get(key K, number uint64, read func() (V, error)) (V, error) {
	k.mu.RLock()
	h, ok := k.have[key]
	k.mu.RUnlock()
	if ok && h.number == number {
		return h.value, nil
	}
	v, err := read()
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		delete(k.have, key)
		return v, err
	}
	if len(k.have) >= k.max {
		clear(k.have)
	}
	k.have[key] = keptValue[V]{number, v}
	return v, nil
}
