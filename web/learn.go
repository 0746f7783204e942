package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/moderation/newsroom"
	"broadsheet/templates"
)

const (
	agreementWeeks  = 12
	agreementLabels = 20_000 // decisions looked at
	refitRows       = 12
)

// settingsModel fits the classifier to the desk now, or goes back to an earlier fit or to the model as it was shipped.
func (s *Server) settingsModel(w http.ResponseWriter, r *request) error {
	if s.cfg.Model == nil {
		return fail(http.StatusConflict)
	}
	done := "used"
	switch fit := r.PostFormValue("do") == "refit"; {
	case !fit && !r.PostForm.Has("refit"):
		return fail(http.StatusBadRequest)
	case fit:
		report, err := s.learner.fit(r.Context(), r.Now)
		if err != nil {
			return err
		}
		done = "refit-" + report.Why
	default:
		if err := s.learner.change(r.Context(), number(r.PostFormValue("refit")), r.User.ID, r.Now); err != nil {
			return err
		}
	}
	return redirect(w, r, "/admin/settings?done="+done+"#learning")
}

// learningView is how well the review agrees with the desk, and what was fitted.
func (s *Server) learningView(r *request) (templates.Learning, error) {
	if s.cfg.Model == nil {
		return templates.Learning{}, nil
	}
	now := s.learner.current.Load()
	v := templates.Learning{
		Model: s.cfg.Model.Version(), On: now.layer.Version() != "", Since: now.since, Threshold: percentage(now.layer.Threshold()),
	}
	labels, err := s.recentLabels(r)
	if err != nil {
		return v, err
	}
	agreementOf(&v, labels, r.Now.Add(-agreementWeeks*db.Week), now.layer.Threshold())
	refits, err := s.cfg.Archive.Refits(r.Context(), refitRows)
	if err != nil {
		return v, err
	}
	for _, f := range refits {
		row := templates.RefitRow{ID: f.ID, At: f.At, Promoted: f.Promoted, InForce: f.InForce, Usable: f.Usable && f.Model == s.cfg.Model.Version()}
		var report newsroom.Report
		if err := json.Unmarshal([]byte(f.Report), &report); err != nil {
			return v, fmt.Errorf("read the report of fit %d: %w", f.ID, err)
		}
		row.Decisions, row.Why = report.Decisions, report.Why
		row.Before, row.After = auc(report.InForce), auc(report.Candidate)
		v.Refits = append(v.Refits, row)
	}
	return v, nil
}

// recentLabels are the decisions of the last weeks, oldest first.
func (s *Server) recentLabels(r *request) ([]db.Label, error) {
	last, err := s.cfg.Archive.DecidedBefore(r.Context(), r.Now.Add(-agreementWeeks*db.Week))
	if err != nil {
		return nil, err
	}
	return s.cfg.Archive.Labels(r.Context(), last, agreementLabels)
}

// agreementOf measures the risk that the review gave against what the desk decided, week by week from a time and
// over all: as rows, the newest first, and as two curves.
func agreementOf(v *templates.Learning, labels []db.Label, from time.Time, threshold float64) {
	var scores []float64
	var rejected []bool
	for _, d := range labels {
		scores, rejected = append(scores, d.Risk), append(rejected, d.Rejected)
	}
	_, points := newsroom.Measure(scores, rejected)
	var line pathData
	for i := len(points) - 1; i >= 0; i-- {
		line.to(100*points[i].Alarms, 60-60*points[i].Recall)
	}
	v.Curve = line.String()
	var week pathData
	all := tally{}
	for i, at := 0, 0; i < agreementWeeks; i++ {
		start, end := at, from.Add(time.Duration(i+1)*db.Week)
		for at < len(labels) && (labels[at].At.Before(end) || i == agreementWeeks-1) {
			at++
		}
		if start == at {
			continue
		}
		f, _ := newsroom.Measure(scores[start:at], rejected[start:at])
		var n tally
		for k := start; k < at; k++ {
			n.add(scores[k] >= threshold, rejected[k])
		}
		all = all.plus(n)
		row := templates.Agreement{From: from.Add(time.Duration(i) * db.Week), Decisions: at - start, Rejected: n.rejected, AUC: auc(f)}
		if row.AUC != "" {
			row.Recall, row.False = percentage(n.recall()), percentage(n.alarms())
			week.to(100*float64(i)/(agreementWeeks-1), 120*(1-max(f.AUC, 0.5)))
		}
		v.Agreement = append([]templates.Agreement{row}, v.Agreement...)
	}
	v.Weeks = week.String()
	if v.Curve != "" {
		v.CurveX, v.CurveY = fmt.Sprintf("%.1f", 100*all.alarms()), fmt.Sprintf("%.1f", 60-60*all.recall())
	}
}

// tally counts what a threshold did to decided comments.
type tally struct{ rejected, approved, caught, held int }

func (t *tally) add(over, rejected bool) {
	switch {
	case rejected && over:
		t.rejected, t.caught = t.rejected+1, t.caught+1
	case rejected:
		t.rejected++
	case over:
		t.approved, t.held = t.approved+1, t.held+1
	default:
		t.approved++
	}
}

func (t tally) plus(o tally) tally {
	return tally{t.rejected + o.rejected, t.approved + o.approved, t.caught + o.caught, t.held + o.held}
}

// recall is the share of the rejected that was over the threshold, alarms that of the approved.
func (t tally) recall() float64 { return float64(t.caught) / float64(max(1, t.rejected)) }
func (t tally) alarms() float64 { return float64(t.held) / float64(max(1, t.approved)) }

// pathData is the data of an SVG path.
type pathData struct{ strings.Builder }

func (p *pathData) to(x, y float64) {
	verb := "L"
	if p.Len() == 0 {
		verb = "M"
	}
	fmt.Fprintf(p, "%s%.1f %.1f", verb, x, y)
}

// move begins another piece of the path.
func (p *pathData) move(x, y float64) { fmt.Fprintf(p, "M%.1f %.1f", x, y) }

func percentage(p float64) string { return fmt.Sprintf("%.0f%%", 100*p) }

// auc is the figure as it is shown, "" when it cannot be told.
func auc(f newsroom.Figures) string {
	if f.AUC == 0 {
		return ""
	}
	return fmt.Sprintf("%.3f", f.AUC)
}
