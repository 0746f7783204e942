package main

import (
	"fmt"
	"os"

	"broadsheet/moderation"
)

// allKinds are the kinds of checks that the program has, its classifier as it was shipped included.
func allKinds() ([]moderation.Kind, error) {
	return moderation.Kinds(), nil
}

// readPolicy reads a file of standards, with or without rules.
func readPolicy(name string, kinds []moderation.Kind) (moderation.Policy, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return moderation.Policy{}, err
	}
	p, err := moderation.ParsePolicy(b, kinds)
	if err != nil {
		return p, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}
