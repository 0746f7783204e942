// Rows that are ticked, to be decided together.

import { current, go, queue, rows, say } from "./rows.js";

const news = document.querySelector("[data-news]");
export const many = document.querySelector("#many"); // the form that decides on them
const boxOf = (row) => row?.querySelector("[name=pick]");
let from = null; // the row that was ticked last: where a range begins

// chosen are the rows that are ticked.
export const chosen = () => rows().filter((row) => boxOf(row)?.checked);

// why says why a row has no box: the queue or the row is answered by itself, or it is not for the viewer to decide.
const why = (row) => (!many || row.querySelector(".decide") ? news.dataset.alone : row.querySelector(".notice")?.textContent ?? news.dataset.own);

// tick ticks the row that is looked at, or takes the tick away; with range, all from the last one up to it. Where that
// cannot be it says why.
export function tick(range) {
  const row = current();
  if (!row) return;
  if (!boxOf(row)) return say(why(row), true);
  const all = rows();
  const begin = range && from?.isConnected ? all.indexOf(from) : -1;
  if (begin < 0) {
    boxOf(row).checked = !boxOf(row).checked;
  } else {
    const end = all.indexOf(row);
    for (const one of all.slice(Math.min(begin, end), Math.max(begin, end) + 1)) if (boxOf(one)) boxOf(one).checked = true;
  }
  from = row;
  tell();
}

// extend ticks the row that is looked at and the one that it goes on to.
export function extend(next) {
  const alone = [current(), next].find((row) => row && !boxOf(row));
  if (!boxOf(from)?.checked) from = current();
  for (const row of [current(), next]) if (boxOf(row)) boxOf(row).checked = true;
  go(next);
  tell();
  if (alone) say(why(alone), true);
}

// clear takes all ticks away and reports whether there were any.
export function clear() {
  const list = chosen();
  for (const row of list) boxOf(row).checked = false;
  show();
  return list.length > 0;
}

const text = () => (chosen().length > 0 ? news.dataset.chosen.replace("{n}", chosen().length) : "");

// show shows the form for what is ticked.
export function show() {
  if (!many) return;
  many.hidden = chosen().length === 0;
  many.querySelector("[data-chosen]").textContent = text();
}

function tell() {
  show();
  say(text());
}

if (queue && many) {
  many.hidden = true;
  queue.addEventListener("change", ({ target }) => {
    if (target.name !== "pick") return;
    from = target.closest("li");
    tell();
  });
}
