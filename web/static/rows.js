// The rows of the queue: which one is looked at, and how rows come and go. The live desk puts rows in and takes them
// out through here as well, at any time; what is looked at never moves because of it.

export const queue = document.querySelector("[data-queue]"); // null on the page of one comment
const news = document.querySelector("[data-news]");
const places = new WeakMap(); // a row's place among all that ever stood here
const gone = new Map(); // what was decided here, by id, version and the decision before, and the timer that forgets it
let last = null; // the row that was looked at

export const rows = () => (queue ? [...queue.children] : []);
export const find = (id) => rows().find((row) => row.dataset.comment === String(id)) ?? null;
const keyOf = (row) => [row.dataset.comment, row.dataset.version, row.querySelector(".decide [name=after]")?.value ?? 0].join();

// current is the row that is looked at: the one with the focus, or that had it when the focus is nowhere.
export function current() {
  const row = document.activeElement?.closest("[data-queue] > li");
  if (row || document.activeElement !== document.body) return row;
  return last?.isConnected ? last : null;
}

// say tells, also to a screen reader.
export function say(text, bad = false) {
  news.textContent = text;
  news.classList.toggle("bad", bad);
}

// go looks at a row.
export function go(row) {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

// put puts a row in before another one, null for the end. A comment that stands here or was decided here is left out.
export function put(row, before = null) {
  if (find(row.dataset.comment) || gone.has(keyOf(row))) return false;
  queue.insertBefore(row, before);
  adopt(row);
  const none = document.querySelector("[data-none]");
  const done = document.activeElement === none; // all was decided: the next comment is looked at when it comes
  none.hidden = true;
  if (done) go(row);
  return true;
}

// putBack puts a row that was taken out where it stood.
export function putBack(row) {
  clearTimeout(gone.get(keyOf(row)));
  gone.delete(keyOf(row));
  find(row.dataset.comment)?.remove(); // one that the live desk has put in meanwhile
  queue.insertBefore(row, rows().find((other) => places.get(other) > places.get(row)) ?? null);
  document.querySelector("[data-none]").hidden = true;
  count(1);
}

// take takes a row out; when it was looked at, the next one is. Decided says that it must not come back as it is. The
// queue hears "taken".
export function take(row, decided = false) {
  const next = row === current() ? following(row) : null;
  if (decided) {
    clearTimeout(gone.get(keyOf(row)));
    gone.set(keyOf(row), 0);
    count(-1);
  }
  row.remove();
  if (next) go(next);
  queue.dispatchEvent(new Event("taken"));
}

// forget lets a comment that was decided here come back as it was, should somebody reopen it. Until then, what comes may
// have been asked for before the decision.
export function forget(row) {
  const key = keyOf(row);
  if (gone.has(key)) gone.set(key, setTimeout(() => gone.delete(key), 10_000));
}

// following is the row to look at after another one: the next that can be decided, else what is near.
function following(row) {
  const all = rows();
  const at = all.indexOf(row);
  const can = (other) => other.querySelector(".decide");
  return all.slice(at + 1).find(can) ?? all.slice(0, at).findLast(can) ?? all[at + 1] ?? all[at - 1] ?? null;
}

// count keeps the number above the queue, unless it says only that there are more.
export function count(by) {
  const total = document.querySelector("[data-queue-count]");
  const n = Number(total?.textContent.replaceAll(",", ""));
  if (Number.isFinite(n)) total.textContent = Math.max(0, n + by).toLocaleString("en");
}

// adopt gives a new row its place, and lets it be looked at.
function adopt(row) {
  const before = places.get(row.previousElementSibling);
  const after = places.get(row.nextElementSibling);
  if (before === undefined) places.set(row, after === undefined ? 0 : after - 1);
  else places.set(row, after === undefined ? before + 1 : (before + after) / 2);
  row.tabIndex = -1;
}

if (queue) {
  rows().forEach(adopt);
  if (rows().length > 0) rows()[0].tabIndex = 0;
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest("[data-queue] > li");
    if (!row) return;
    for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
    last = row;
  });
}
