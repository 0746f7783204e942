package web

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"broadsheet/db"
	"broadsheet/db/ingest"
	"broadsheet/templates"
)

// formats are what the upload form offers.
var formats = []string{"auto", "text", "html"}

// Sizes of the import pages.
const (
	importJobs  = 50
	importItems = 200
)

// importForm is the upload form and the list of past imports.
func (s *Server) importForm(w http.ResponseWriter, r *request) error {
	return s.showImport(w, r, nil, http.StatusOK)
}

func (s *Server) showImport(w http.ResponseWriter, r *request, problem *templates.Problem, status int) error {
	if wantsJSON(r.Request) && problem != nil {
		return s.serveProblem(w, r, status, *problem)
	}
	list, err := s.cfg.Archive.Jobs(r.Context(), importJobs)
	if err != nil {
		return err
	}
	page := templates.AdminImport{Zone: s.cfg.Zone.String(), Formats: formats, Problem: problem}
	if r.MultipartForm != nil && r.FormValue("tz") != "" {
		page.Zone = r.FormValue("tz") // as it was typed
	}
	for _, j := range list {
		page.Jobs = append(page.Jobs, jobView(j, r.Now))
	}
	return render(w, s.pages.AdminImport, s.frame(r, s.title(r, "title.import")), page, status)
}

// importUpload takes a file, answers at once with the job's page, and imports beside the requests.
func (s *Server) importUpload(w http.ResponseWriter, r *request) error {
	refuse := func(field, message string, status int) error {
		return s.showImport(w, r, &templates.Problem{Field: field, Message: message}, status)
	}
	if err := r.ParseMultipartForm(8 << 20); err != nil {
		if asFailure(err).Status == http.StatusRequestEntityTooLarge {
			return refuse("file", "import.too_large", http.StatusRequestEntityTooLarge)
		}
		return refuse("file", "import.no_file", http.StatusUnprocessableEntity)
	}
	defer r.MultipartForm.RemoveAll()
	format, tz := r.FormValue("format"), r.FormValue("tz")
	if format == "" {
		format = "auto"
	}
	if !slices.Contains(formats, format) {
		return refuse("format", "import.format", http.StatusUnprocessableEntity)
	}
	zone := s.cfg.Zone
	if tz != "" {
		z, err := time.LoadLocation(tz)
		if err != nil || tz == "Local" {
			return refuse("tz", "import.zone", http.StatusUnprocessableEntity)
		}
		zone = z
	}
	file, header, err := r.FormFile("file")
	if err != nil || header.Size == 0 {
		return refuse("file", "import.no_file", http.StatusUnprocessableEntity)
	}
	defer file.Close()
	name := path.Base(strings.ReplaceAll(header.Filename, "\\", "/"))
	dry := r.FormValue("dry_run") != ""
	kept, err := keep(file)
	if err != nil {
		return err
	}
	job, err := s.cfg.Archive.StartJob(r.Context(), name, r.User.ID, dry)
	if err != nil {
		kept.remove()
		return err
	}
	by := r.User.ID
	s.jobs.start(func(ctx context.Context) {
		defer kept.remove()
		_, err := ingest.Continue(ctx, s.cfg.Archive, job, ingest.Expand(name, kept.file, header.Size), ingest.Job{
			Source: name, By: by, DryRun: dry, Options: ingest.Options{Format: format, Zone: zone},
		})
		if err != nil {
			s.cfg.Log.Error("import failed", "job", job, "err", err)
		}
	})
	return redirect(w, r, "/admin/import/"+itoa(job))
}

// upload is an uploaded file for as long as its import needs it.
type upload struct{ file *os.File }

// keep copies an upload out of the request, which ends before its import does.
func keep(in multipart.File) (upload, error) {
	f, err := os.CreateTemp("", "broadsheet-upload-")
	if err != nil {
		return upload{}, err
	}
	u := upload{f}
	if _, err := io.Copy(f, in); err != nil {
		u.remove()
		return upload{}, err
	}
	return u, nil
}

func (u upload) remove() {
	u.file.Close()
	os.Remove(u.file.Name())
}

// importJob is one import with its items; programs get its counts.
func (s *Server) importJob(w http.ResponseWriter, r *request) error {
	j, err := s.cfg.Archive.Job(r.Context(), number(r.PathValue("job")))
	if err != nil {
		return err
	}
	view := jobView(j, r.Now)
	if wantsJSON(r.Request) {
		w.Header().Set("Cache-Control", "no-store")
		serveJSON(w, http.StatusOK, map[string]any{"state": view.State, "created": view.Created, "updated": view.Updated,
			"unchanged": view.Unchanged, "quarantined": view.Quarantined, "total": view.Total})
		return nil
	}
	items, err := s.cfg.Archive.JobItems(r.Context(), j.ID, importItems)
	if err != nil {
		return err
	}
	if view.Quarantined > 0 { // shown as they came
		if err := s.cfg.Archive.Look(r.Context(), db.ActImportRaw, j.ID, r.User.ID); err != nil {
			return err
		}
	}
	page := templates.AdminJob{Job: view, Error: j.Error}
	for _, i := range items {
		page.Items = append(page.Items, templates.JobItem{
			Position: i.Position, Locator: i.Locator, Outcome: string(i.Outcome), Reason: s.reason(r, i),
			Raw: strings.ToValidUTF8(string(i.Raw), "�"), Headline: i.Headline, Slug: i.Slug,
		})
	}
	return render(w, s.pages.AdminJob, s.frame(r, s.title(r, "title.import")), page, http.StatusOK)
}

// reason says why an item was set aside, in the page's language; an unknown reason as it stands.
func (s *Server) reason(r *request, i db.JobItem) string {
	id := "reason." + i.ReasonID
	if text := s.title(r, id); i.ReasonID != "" && text != id && r.Lang != "en" {
		return text
	}
	return i.Reason
}

// importRaw gives back what was set aside, as it came, to be mended and imported again.
func (s *Server) importRaw(w http.ResponseWriter, r *request) error {
	job := number(r.PathValue("job"))
	if err := s.cfg.Archive.Look(r.Context(), db.ActImportRaw, job, r.User.ID); err != nil {
		return err
	}
	locator, raw, err := s.cfg.Archive.Quarantine(r.Context(), job, int(number(r.PathValue("position"))))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(path.Base(locator)))
	h.Set("Cache-Control", "no-store")
	w.Write(raw) // an error here means that the visitor has gone
	return nil
}

func jobView(j db.Job, now time.Time) templates.Job {
	v := templates.Job{
		ID: j.ID, Source: j.Source, By: j.By, State: j.State, DryRun: j.DryRun, Started: j.Started, Finished: j.Finished,
		Created: j.Created, Updated: j.Updated, Unchanged: j.Unchanged, Quarantined: j.Quarantined,
		Total: j.Created + j.Updated + j.Unchanged + j.Quarantined,
	}
	if j.Interrupted(now) {
		v.State = "interrupted"
	}
	return v
}
