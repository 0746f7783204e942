package main

import (
	"fmt"
	"os"

	"broadsheet/moderation"
	"broadsheet/moderation/classifier"
	"broadsheet/moderation/newsroom"
)

// allKinds are the kinds of checks that the program has, its classifier as it was shipped included.
func allKinds() ([]moderation.Kind, error) {
	model, err := defaultModel()
	if err != nil {
		return nil, err
	}
	return append(moderation.Kinds(), newsroom.Kind(model, newsroom.Layer{})), nil
}

// defaultModel is the classifier that comes with the program.
func defaultModel() (*classifier.Model, error) {
	model, err := classifier.Default()
	if err != nil {
		return nil, fmt.Errorf("the classifier that comes with the program: %w", err)
	}
	return model, nil
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
