package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"broadsheet/moderation/classifier"
	"broadsheet/moderation/classifier/training"
)

type classifierCommand struct {
	Train classifierTrain `cmd:"" help:"Make the classifier's weights from labelled comments."`
	Eval  classifierEval  `cmd:"" help:"Measure the classifier and print the tables of its model card."`
}

type classifierTrain struct {
	Data string `help:"Folder of the data: beep, kmhas-valid, curse, davidson, stormfront, sms-spam." type:"existingdir" required:""`
	Out  string `help:"Folder to write model.bin to." type:"existingdir" default:"moderation/classifier/weights"`
}

func (classifierTrain) Help() string {
	return "Examples:\n  broadsheet classifier train --data ../shared/data/comments\n\nThe same data give the same bits on every machine."
}

func (cmd classifierTrain) Run(c console) error {
	data, err := readTraining(cmd.Data)
	if err != nil {
		return err
	}
	start := time.Now()
	b := classifier.Encode(training.Train(data, training.Shipped()))
	model, err := classifier.Load(b)
	if err != nil {
		return err
	}
	name := filepath.Join(cmd.Out, "model.bin")
	if err := os.WriteFile(name, b, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s: %s, %d bytes, in %.0f s\n", name, model.Version(), len(b), time.Since(start).Seconds())
	return err
}

type classifierEval struct {
	Data string `help:"Folder of the data: beep, kmhas-valid, curse, davidson, stormfront, sms-spam." type:"existingdir" required:""`
}

func (classifierEval) Help() string {
	return "Examples:\n  broadsheet classifier eval --data ../shared/data/comments > tables.md"
}

func (cmd classifierEval) Run(c console) error {
	data, err := readTraining(cmd.Data)
	if err != nil {
		return err
	}
	model, err := classifier.Default()
	if err != nil {
		return err
	}
	last := time.Now()
	training.Evaluate(data, training.Shipped(), model, func(table string) {
		fmt.Fprintf(c.out, "%s\n(%.0f s)\n\n", table, time.Since(last).Seconds())
		last = time.Now()
	})
	return nil
}

// readTraining reads the sets in a folder.
func readTraining(dir string) (d training.Data, err error) {
	for _, f := range []struct {
		name  string
		parse func(text string) error
	}{
		{"beep/train.tsv", func(s string) (err error) { d.BEEP, err = training.ParseBEEP(s); return err }},
		{"beep/dev.tsv", func(s string) (err error) { d.Dev, err = training.ParseBEEP(s); return err }},
		{"beep/unlabeled.txt", func(s string) error { d.Unlabelled = training.ParseLines(s); return nil }},
		{"beep/train.news_title.txt", func(s string) error { d.Headlines = training.ParseLines(s); return nil }},
		{"kmhas-valid/kmhas_valid.txt", func(s string) (err error) { d.KMHaS, err = training.ParseKMHaS(s); return err }},
		{"curse/dataset.txt", func(s string) (err error) { d.Curse, err = training.ParseCurse(s); return err }},
		{"davidson/train.csv", func(s string) (err error) { d.Davidson, err = training.ParseDavidson(s); return err }},
		{"stormfront/sampled_train.tsv", func(s string) (err error) { d.Stormfront, err = training.ParseStormfront(s); return err }},
		{"sms-spam/SMSSpamCollection", func(s string) (err error) { d.SMS, err = training.ParseSMS(s); return err }},
	} {
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.name)))
		if err != nil {
			return d, err
		}
		if err := f.parse(string(b)); err != nil {
			return d, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return d, nil
}
