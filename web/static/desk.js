// The desk by keyboard: the queue, without leaving the page, and the page of one comment. All of it works by the plain
// forms as well. Which keys do what is what the list of keys in the page says.

import { chosen, clear, extend, many, show, tick } from "./chosen.js";
import { ask, asking, choose, stop, unfold } from "./clauses.js";
import { decide, undo } from "./decisions.js";
import "./refill.js";
import { current, go, queue, rows, say, take } from "./rows.js";

const one = document.querySelector("[data-one]"); // null in the queue
const news = document.querySelector("[data-news]");
const help = document.querySelector("[data-help]");
const past = new URLSearchParams(location.search).get("queue") === "decided"; // there, deciding again takes a step more
const ranges = ["next", "previous", "select"]; // what Shift makes more of
const posted = (form) => !queue || (past && form !== many); // such a form leads to a new page
const place = () => (queue ? current() : one);

const keys = {}; // what each key does
for (const named of help.querySelectorAll("[data-key]")) keys[named.querySelector("kbd").textContent] = named.dataset.key;

const deeds = {
  next: (shift) => move(current()?.nextElementSibling ?? (current() ? null : rows()[0]), shift),
  previous: (shift) => move(current()?.previousElementSibling ?? (current() ? null : rows()[0]), shift),
  approve: () => act((form) => (form.querySelector("[value=approve]") ? "approve" : "restore")),
  reject: () => act(() => "reject"),
  block: () => act(() => "block"),
  note: () => {
    const form = formOf(place());
    if (!form) return;
    unfold(form);
    form.querySelector("details").open = true;
    form.elements.note.focus();
  },
  undo: () => {
    const before = document.querySelector(".done [data-undo] button"); // what led to this page
    if (before) return before.click();
    if (!queue) return say(news.dataset.undoNone, true);
    undo();
    show();
  },
  select: tick,
  open: () => current()?.querySelector("[data-open]").click(),
  search: () => {
    const field = document.querySelector("[data-search]");
    field.closest("details").open = true;
    field.focus();
  },
  back: () => document.querySelector("[data-back]").click(),
  help: () => help.showModal(),
};

function move(row, shift) {
  if (shift) extend(row);
  else go(row);
}

// formOf is the form of a row, or of the page of one comment; null when the words were decided long ago.
function formOf(row) {
  const form = row?.querySelector(".decide") ?? null;
  return form && (past || one) && form.closest(".again:not([open])") ? null : form;
}

// act decides on what is ticked, else on what is looked at.
function act(which) {
  const list = queue ? chosen().filter((row) => row.querySelector(".decide")) : [];
  if (list.length > 0) return start(many, which(many), () => chosen());
  const row = place();
  if (!row) return;
  const form = formOf(row);
  if (form) return start(form, which(form), () => [row]);
  const again = row.querySelector(".again");
  if (again) {
    again.open = true;
    again.querySelector("summary").focus();
  } else if (row.querySelector("[data-reason]")) {
    take(row, true); // somebody else has decided it, and that was read
  } else {
    say(row.querySelector(".verdict .notice, .notice")?.textContent ?? "", true);
  }
}

// start takes a decision on rows, after asking for the clause when it needs one.
function start(form, action, list) {
  if (!form.querySelector(`[value=${action}]`)) return say(news.dataset.cannotBlock, true);
  if (action === "reject" || action === "block") return ask(form, action, (clause) => finish(form, action, list, clause));
  finish(form, action, list, "");
}

function finish(form, action, list, clause) {
  if (posted(form)) return form.requestSubmit(form.querySelector(`[value=${action}]`));
  for (const option of form.elements.clause.options) option.selected = option.defaultSelected;
  document.querySelector(".done")?.remove(); // what led to this page is no longer the last
  decide(list(), action, clause);
  show();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".decide, .many")) return;
  const action = event.submitter?.value ?? "approve";
  const clause = form.elements.clause.value;
  const list = form === many ? chosen : () => [form.closest("li")];
  if ((action === "reject" || action === "block") && clause === "") {
    event.preventDefault();
    ask(form, action, (id) => finish(form, action, list, id), news.dataset.choose);
  } else if (!posted(form)) {
    event.preventDefault();
    stop();
    finish(form, action, list, clause);
  }
});

// Asking ends when the focus goes elsewhere: a number means the row that one looks at.
document.addEventListener("focusin", ({ target }) => {
  const form = asking();
  if (form && form !== many && !(queue ? form.closest("li") : one).contains(target)) stop();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const name = keys[keyOf(event)];
  if (help.open) {
    if (name === "help") help.close();
    return;
  }
  const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
  if (event.key === "Escape") return escape(typing);
  if (typing || "off" in help.dataset) return;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (asking() && digit) {
    event.preventDefault();
    return choose(Number(digit) || 10);
  }
  if (!name || (event.shiftKey && event.code.startsWith("Key") && !ranges.includes(name))) return;
  event.preventDefault();
  if (!event.repeat || name === "next" || name === "previous") deeds[name](event.shiftKey); // a key that is held decides once
});

// keyOf is the Latin letter of a key, also while a Korean keyboard is not switched to it, or its sign.
function keyOf({ key, code }) {
  if (/^[!-~]$/.test(key)) return key.toLowerCase();
  return code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}

// escape takes back the last step: the asking, the typing, the ticks.
function escape(typing) {
  const asked = stop();
  say("");
  if (typing) return go(queue ? current() ?? rows()[0] : one.querySelector("[data-comment]"));
  if (!asked && queue) clear();
}

const opener = document.querySelector("[data-help-open]");
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());
if (one) one.querySelector("[data-comment]").tabIndex = -1;
if (!document.querySelector("main [autofocus]:not(dialog *)")) go(queue ? rows()[0] : one.querySelector("[data-comment]"));
