// A running import: its figures while it runs, its report when it has ended.

const job = document.querySelector("[data-job]");
const number = new Intl.NumberFormat("en");
const EVERY = 1000; // milliseconds

if (job?.dataset.state === "running") setTimeout(poll, EVERY);

async function poll() {
  try {
    const answer = await fetch(`/admin/import/${job.dataset.job}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    const now = answer.ok ? await answer.json() : null;
    if (answer.redirected || (now && now.state !== "running")) return location.reload();
    for (const figure of job.querySelectorAll("[data-field]")) {
      const n = now?.[figure.dataset.field];
      if (typeof n === "number") figure.textContent = number.format(n);
    }
  } catch { /* the server is away for a moment */ }
  setTimeout(poll, EVERY);
}
