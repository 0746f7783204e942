// Decisions leave at once and are sent in the background, one after the other, in the order in which they were
// taken. One that is refused brings its row back with the reason. Each can be taken back until the page is left.

import { unfold } from "./clauses.js";
import { current, forget, go, putBack, queue, say, take } from "./rows.js";

const news = document.querySelector("[data-news]");
const waiting = []; // jobs that are not sent yet: {acts, fields}
const stack = []; // acts that can be taken back, those of one key together
let running = null;

// idle ends when all that was decided has been answered.
export const idle = async () => running;

const formOf = (row) => row.querySelector(".decide");
const fill = (text, n) => text.replace("{n}", n);

// decide takes a decision on rows of the queue.
export function decide(list, action, clause = "") {
  const form = list.length === 1 ? new FormData(formOf(list[0])) : new FormData();
  const acts = list.map((row) => ({ row, after: null }));
  const fields = { action, clause, note: form.get("note") ?? "", answer: form.get("answer") ?? "", until: form.get("until") ?? "" };
  stack.push(acts);
  waiting.push({ acts, fields });
  for (const row of list.filter((row) => row !== current())) leave(row);
  if (current() && list.includes(current())) leave(current()); // last, so that the next is not one that leaves
  say(`${list.length === 1 ? news.dataset[action] : fill(news.dataset.many, list.length)} ${news.dataset.takenBack}`);
  run();
}

function leave(row) {
  row.querySelector("[data-reason]")?.remove();
  const box = row.querySelector("[name=pick]");
  if (box) box.checked = false;
  take(row, true);
}

// undo takes the last decision of this page back and looks at its comment again.
export function undo() {
  const acts = stack.pop()?.filter((act) => !act.refused);
  if (acts?.length === 0) return undo();
  if (!acts) return say(news.dataset.undoNone, true);
  for (const { row } of acts) if (!row.isConnected) putBack(row);
  go(acts[0].row);
  say(news.dataset.undoing);
  const unsent = waiting.findIndex((job) => job.acts.includes(acts[0]));
  if (unsent >= 0) return waiting.splice(unsent, 1);
  waiting.push({ acts, fields: { action: "undo" } });
  run();
}

// run sends what waits. The queue bears data-sending until all is answered; only then is something taken back.
function run() {
  running ??= (async () => {
    queue.dataset.sending = "";
    while (waiting.length > 0) await send(waiting.shift());
    delete queue.dataset.sending;
    running = null;
    if (news.textContent === news.dataset.undoing) say(news.dataset.undo);
  })();
}

// known are the acts of a job that can be sent: to take a decision back one must know which it is.
const known = ({ acts, fields }) => (fields.action === "undo" ? acts.filter((act) => act.after) : acts);

const post = (acts, fields) => fetch("/desk/decisions", {
  method: "POST", body: bodyOf(acts, fields), keepalive: true, headers: { Accept: "application/json" },
});

async function send(job) {
  const back = job.fields.action === "undo";
  const acts = known(job);
  if (acts.length === 0) return;
  let reports = [];
  let reason = news.dataset.failed;
  try {
    const answer = await post(acts, job.fields);
    if (answer.status === 401) {
      say(reason, true);
      return location.assign("/login?next=" + encodeURIComponent(location.pathname + location.search));
    }
    const said = await answer.json();
    reports = said.decisions ?? [];
    reason = said.error?.message ?? reason;
  } catch {
    // the network failed: so did all of them
  }
  acts.forEach((act, i) => settle(act, reports[i] ?? { status: 0, message: reason }, back));
}

function bodyOf(acts, fields) {
  const body = new URLSearchParams(fields);
  for (const { row, after } of acts) {
    body.append("comment", row.dataset.comment);
    body.append("version", row.dataset.version);
    body.append("after", fields.action === "undo" ? after : (formOf(row)?.elements.after?.value ?? 0));
  }
  return body;
}

// settle does what follows from the answer to one decision.
function settle(act, report, back) {
  if (report.status === 303 && back) return setAfter(act.row, report.after);
  if (report.status === 303) {
    act.after = report.after;
    return forget(act.row);
  }
  act.refused = true;
  const lost = document.activeElement?.matches("body, [data-none]") ?? true; // nothing else is looked at
  if (!act.row.isConnected) putBack(act.row);
  const form = formOf(act.row);
  const note = document.createElement("p");
  note.className = "error";
  note.dataset.reason = "";
  note.textContent = report.message;
  act.row.querySelector("[data-reason]")?.remove();
  if (report.status === 409 && form) form.replaceWith(note); // it is decided: there is nothing to do
  else if (form) {
    unfold(form);
    form.append(note);
  } else act.row.append(note);
  say(report.message, true);
  if (lost) go(act.row);
}

// setAfter notes in a row's form which decision stands now.
function setAfter(row, after) {
  const form = formOf(row);
  if (!form) return;
  form.elements.after?.remove();
  if (after === "0") return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "after", value: after });
  form.prepend(field);
}

// What was decided or taken back is sent, even when the page is left at once; all but what would take back a decision that
// is not answered yet, which was not said to be done.
addEventListener("pagehide", () => {
  for (const job of waiting.splice(0)) if (known(job).length > 0) post(known(job), job.fields);
  stack.length = 0; // should the browser show this page again
});

// So a link waits until it is.
const unknown = (job) => job.acts.some((act) => !act.refused && !known(job).includes(act));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !waiting.some(unknown)) return;
  event.preventDefault();
  const enough = new Promise((resolve) => setTimeout(resolve, 5_000)); // nobody waits for a server that does not answer
  Promise.race([idle(), enough]).then(() => location.assign(link.href));
});
