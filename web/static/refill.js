// The queue never ends while comments wait: more rows are fetched when few are left.

import { idle } from "./decisions.js";
import { go, put, queue, rows, say } from "./rows.js";

const few = 50; // rows: some seconds of the fastest hands
const news = document.querySelector("[data-news]");
let fetching = false;

// refill fetches the rows that come next when few are left; when none is left and none comes next, the beginning of
// the queue, after all that was decided here has arrived.
async function refill() {
  const next = document.querySelector("[data-next]");
  const left = rows().length;
  if (fetching || left > few || (left > 0 && !next)) return;
  fetching = true;
  try {
    await fetchRows(next);
  } catch {
    say(news.dataset.failed, true);
    return;
  } finally {
    fetching = false;
  }
  if (rows().length <= few && document.querySelector("[data-next]")) return refill();
  if (document.activeElement === document.body) look();
}

async function fetchRows(next) {
  const address = new URL(next?.href ?? location.href);
  if (!next) {
    for (const name of ["after", "done", "undo"]) address.searchParams.delete(name);
    await idle();
  }
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (new URL(answer.url).pathname === "/login") return location.assign(answer.url);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const row of page.querySelectorAll("[data-queue] > li")) put(document.importNode(row, true));
  const pager = page.querySelector("[data-next]")?.closest("nav");
  next?.closest("nav").remove();
  if (pager) queue.after(document.importNode(pager, true));
}

// look finds a comment to look at when the last one has left, or says that there is none.
function look() {
  if (rows().length > 0) return go(rows().find((row) => row.querySelector(".decide")) ?? rows()[0]);
  const none = document.querySelector("[data-none]");
  none.hidden = false;
  none.focus(); // which says so; what was decided last stays said above
}

queue?.addEventListener("taken", refill);
