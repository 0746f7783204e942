// The open desk: what is new comes in at its place, what was decided goes, and nothing moves under the eyes of whoever
// reads. The rows come from the server as the page itself has them.

import { renew, untick, written } from "./renew.js";
import { current, find, put, queue, rows, take } from "./rows.js";
import { end, hear } from "./stream.js";

const live = document.querySelector("[data-live]");
const one = document.querySelector("[data-one] [data-comment]"); // null in the queue
const fresh = live.querySelector("[data-fresh]");
const news = live.querySelector("[data-live-news]");
const texts = live.dataset;

const pause = 400; // ms between two looks at the server
const atOnce = 50; // rows asked for at once: a page
const renewal = 60_000; // ms between two signs that a page is still read

const waiting = new Map(); // id -> row: new, but its place lies above what is read
const changed = new Set(); // ids to ask the server for
const decided = new Map(); // id -> {by, action}
const newer = new WeakMap(); // row -> the row as it is now, of one that is being read
let looking = false;

// placeOf is where a row stands in its queue: by key, then by tie, which is too large for a number.
function placeOf(row) {
  const [key, tie] = (row.querySelector("[data-place]")?.dataset.place ?? "0~0").split("~");
  return [Number(key), BigInt(tie)];
}

function before(a, b) {
  const [[ka, ta], [kb, tb]] = [placeOf(a), placeOf(b)];
  return ka < kb || (ka === kb && ta < tb);
}

// still changes the page and leaves what is read where it is on the screen.
function still(change) {
  const anchor = current() ?? rows().find((row) => row.getBoundingClientRect().bottom > 0);
  const top = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) scrollBy(0, anchor.getBoundingClientRect().top - top);
}

// heard takes in how many comments each queue has, and which have changed.
function heard(told) {
  for (const [name, n] of Object.entries(told.counts)) {
    const text = n.toLocaleString("en") + (told.more.includes(name) ? "+" : "");
    const tab = document.querySelector(`[data-count="${name}"]`);
    if (tab) tab.textContent = text;
  }
  for (const id of told.changed) {
    changed.add(id);
    if (id in told.decided) decided.set(id, told.decided[id]);
    else decided.delete(id);
  }
  if (one && told.changed.includes(one.dataset.comment)) return overtaken(one);
  if (queue && changed.size > 0) look();
}

// seen takes in who reads what.
function seen(readers) {
  for (const row of one ? [one] : rows()) show(row, readers[row.dataset.comment] ?? []);
}

// show says who else reads a comment.
function show(row, names) {
  const line = row.querySelector("[data-readers]");
  line.textContent = names.length ? `${texts.reading} ${names.join(", ")}` : "";
  line.hidden = names.length === 0;
}

// While decisions taken here are under way, the page knows better than the server.
const sending = () => "sending" in queue.dataset;

// look asks the server for the comments that changed, as this queue and filter have them: at once, then not more often than
// every pause, until the session has ended.
async function look() {
  if (looking) return;
  looking = true;
  while (changed.size > 0) {
    if (!sending() && (await settled([...changed].slice(0, atOnce))) === null) {
      end();
      break;
    }
    await new Promise((done) => setTimeout(done, pause));
  }
  looking = false;
}

// settled asks for some comments and shows them; null when the session has ended. What fails, or was overtaken by a
// decision here, is asked for again.
async function settled(ids) {
  for (const id of ids) changed.delete(id);
  const again = () => ids.forEach((id) => changed.add(id));
  try {
    const page = await ask(ids);
    if (page && !sending()) settle(ids, page);
    else again();
    return page;
  } catch {
    return again();
  }
}

// ask fetches the page of this queue with some comments only; null when the session has ended.
async function ask(ids) {
  const address = new URL(location.href);
  for (const name of ["done", "undo"]) address.searchParams.delete(name);
  for (const id of ids) address.searchParams.append("only", id);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (answer.redirected) return null;
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// settle puts in what belongs to this queue, and takes out what no longer does.
function settle(ids, page) {
  for (const id of ids) {
    const old = find(id);
    const row = page.querySelector(`[data-queue] > [data-comment="${CSS.escape(id)}"]`);
    waiting.delete(id);
    if (!row) {
      newer.delete(old);
      if (old) leave(old);
    } else if (old) follow(old, row);
    else place(document.importNode(row, true));
  }
  document.querySelector("[data-queue-count]").textContent = page.querySelector("[data-queue-count]").textContent;
  offer();
}

// place puts a new row in, unless that would move what is read: then it waits for the button.
function place(row) {
  const next = after(row);
  if (!next && document.querySelector("[data-next]")) return; // it stands on a later page
  const read = current();
  if (next && read && !before(read, row)) return waiting.set(row.dataset.comment, row);
  still(() => put(row, next));
}

// after is the row before which a new one stands, null at the end.
const after = (row) => rows().find((other) => before(row, other)) ?? null;

// offer shows how many new comments wait above.
function offer() {
  fresh.hidden = waiting.size === 0;
  fresh.textContent = waiting.size === 1 ? texts.single : texts.many.replace("%n", waiting.size);
}

fresh.addEventListener("click", () => {
  let first = null;
  for (const row of waiting.values()) {
    if (put(row, after(row)) && (!first || before(row, first))) first = row;
  }
  waiting.clear();
  offer();
  first?.focus();
});

// leave takes a row out; one that is being read, is ticked, has something written in it or says why it came back stays, and
// says what happened, until that is over.
function leave(row) {
  if (row === current() || row.querySelector("[name=pick]:checked, [data-reason]") || written(row)) return overtaken(row);
  still(() => take(row));
  if (rows().length === 0 && !document.querySelector("[data-next]")) document.querySelector("[data-none]").hidden = false;
}

// overtaken says in a row, or on the page of one comment, what somebody else did meanwhile. The form goes, unless
// something was written into it or the row is ticked.
function overtaken(row) {
  const what = decided.get(row.dataset.comment);
  tell(row, what ? `${what.by} · ${texts[what.action] ?? ""}` : texts.edited);
  if (!queue) return;
  if (!written(row) && !row.querySelector("[name=pick]:checked")) row.querySelector(".decide")?.remove();
  row.dataset.left = "";
}

// tell says something in a row, and to a screen reader.
function tell(row, text) {
  const line = row.querySelector(".overtaken") ?? document.createElement("p");
  line.className = "overtaken";
  line.textContent = text;
  row.querySelector(".case").append(line);
  news.textContent = text;
}

document.addEventListener("focusin", () => {
  for (const row of document.querySelectorAll("[data-left]")) {
    if (row === current()) continue;
    if (newer.has(row)) follow(row, newer.get(row));
    else leave(row);
  }
});

// follow shows a row as it is now. What is being read is left as it was until it is no longer read, and where the form is no
// more, what was written into it.
function follow(old, row) {
  if (old === current()) {
    newer.set(old, row);
    old.dataset.left = "";
    if (old.dataset.version === row.dataset.version) return;
    overtaken(old);
    if (untick(old)) tell(old, texts.unticked);
    return;
  }
  newer.delete(old);
  if (written(old) && !row.querySelector(".decide")) return overtaken(old);
  delete old.dataset.left;
  const edited = written(old) && old.dataset.version !== row.dataset.version;
  still(() => {
    if (!renew(old, row)) tell(old, texts.unticked);
    else if (edited) tell(old, texts.edited);
  });
}

// What was taken, or is open on a page of its own, stays leased while the page is open. An open desk is a use of the
// session, also when it hears nothing because nobody sees it.
const leased = () => (one ? [one] : new URLSearchParams(location.search).get("mine") === "1" ? rows() : []);
setInterval(async () => {
  const body = new URLSearchParams(leased().map((row) => ["comment", row.dataset.comment]));
  const answer = await fetch("/desk/lease", { method: "POST", body }).catch(() => null); // tried again at the next turn
  if (answer?.status === 401) end();
}, renewal);

hear({ queue: heard, readers: seen });
