// The desk by keyboard: the queue, without leaving the page, and the page of one comment. All of it works by the
// plain forms as well.

const queue = document.querySelector("[data-queue]"); // null on the page of one comment
const one = document.querySelector("[data-one]"); // null in the queue
const news = document.querySelector("[data-news]");
const help = document.querySelector("[data-help]");
const rows = () => (queue ? [...queue.children] : [one.querySelector("[data-comment]")]);
const current = () => (queue ? document.activeElement?.closest("[data-queue] > li") : one);
const caseOf = (form) => (queue ? form.closest("li") : one);
let last = null; // the row that had the focus

for (const row of rows()) row.tabIndex = -1;
const opener = document.querySelector("[data-help-open]");
opener.hidden = false;
opener.addEventListener("click", () => help.showModal());

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".decide")) return;
  const action = event.submitter?.value ?? "approve";
  if (action === "reject" && form.elements.clause.value === "") {
    event.preventDefault();
    ask(form);
  } else if (queue && form.matches("[data-decide]")) {
    event.preventDefault();
    send(form, action);
  }
});

// Asking ends when the focus goes elsewhere: a number means the row that one looks at.
document.addEventListener("focusin", ({ target }) => {
  last = target.closest("[data-queue] > li") ?? last;
  const form = document.querySelector(".asking");
  if (form && !caseOf(form).contains(target)) stop();
});

function say(text, bad = false) {
  news.textContent = text;
  news.classList.toggle("bad", bad);
}

function go(row) {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

const decide = (form, action) => form.requestSubmit(form.querySelector(`[value=${action}]`));

// send takes a decision as the form would and reads the page that comes back: the row leaves on success; what
// stands in the way (somebody else's decision, a session that ended) is said.
async function send(form, action) {
  const row = form.closest("li");
  if (row.hasAttribute("aria-busy")) return;
  stop();
  row.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form));
    body.set("action", action);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.redirected && new URL(answer.url).pathname === "/login") return location.assign(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) return leave(row, news.dataset[action], page);
    const conflict = page.querySelector("[data-conflict]");
    if (answer.status === 409 && conflict) return overtaken(row, conflict);
    say(page.querySelector("[role=alert]")?.textContent.trim() || news.dataset.failed, true);
  } catch {
    say(news.dataset.failed, true);
  } finally {
    row.removeAttribute("aria-busy");
    if (document.activeElement === document.body) go(row);
  }
}

// ask waits for a clause: for its number, or for a click in the list of them.
function ask(form) {
  stop();
  form.classList.add("asking");
  form.elements.clause.after(clauses(form));
  say(news.dataset.clause);
  if (queue) go(caseOf(form));
  else form.scrollIntoView({ block: "nearest" });
}

// stop ends the asking and reports whether there was any.
function stop() {
  const form = document.querySelector(".asking");
  form?.classList.remove("asking");
  form?.querySelector(".clauses").remove();
  if (form) say("");
  return form !== null;
}

// clauses lists those of the policy, each with its key: 1–9, then 0.
function clauses(form) {
  const list = document.createElement("ol");
  list.className = "clauses";
  [...form.elements.clause.options].slice(1).forEach((option, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second";
    if (i < 10) {
      const key = document.createElement("kbd");
      key.textContent = (i + 1) % 10;
      button.append(key, " ");
    }
    button.append(option.text.replace(/^\S+\s+/, "")); // the key stands for the number
    button.addEventListener("click", () => rejectBy(form, i + 1));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  });
  return list;
}

// rejectBy rejects by the n-th clause of the policy.
function rejectBy(form, n) {
  const option = form.elements.clause.options[n]; // 0 is "none"
  if (!option) return;
  option.selected = true;
  decide(form, "reject");
}

function leave(row, text, page) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  const count = page.querySelector("[data-queue-count]"); // the page that came back is this queue's
  if (count) document.querySelector("[data-queue-count]").textContent = count.textContent;
  if (next) {
    say(text);
    return go(next);
  }
  say(`${text} ${news.dataset.empty}`);
  const none = document.querySelector("[data-none]");
  const more = document.querySelector("[data-next]");
  none.hidden = more !== null;
  (more ?? none).focus();
}

// overtaken shows in the row who decided what, in the place of the form.
function overtaken(row, conflict) {
  row.querySelector("form").replaceWith(document.importNode(conflict, true));
  say(conflict.textContent.trim().replace(/\s+/g, " "), true);
  go(row);
}

// undecided calls back with the form of a comment that waits; of a decided one it opens "Decide again".
const undecided = (act) => () => {
  const form = current()?.querySelector("[data-decide]");
  if (form) return act(form);
  const again = current()?.querySelector(".again");
  if (!again) return;
  again.open = true;
  again.querySelector("summary").focus();
};

const keys = {
  a: undecided((form) => decide(form, "approve")),
  r: undecided(ask),
  n: undecided((form) => {
    form.querySelector("details").open = true;
    form.elements.note.focus();
  }),
  "?": () => help.showModal(),
};
if (queue) {
  keys.j = () => go(current() ? current().nextElementSibling ?? current() : rows()[0]);
  keys.k = () => go(current()?.previousElementSibling ?? rows()[0]);
  keys.o = () => current()?.querySelector("[data-open]").click();
  keys["/"] = () => document.querySelector("[data-search]").focus();
} else {
  keys.u = () => document.querySelector("[data-back]").click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (help.open) {
    if (event.key === "?") help.close();
    return;
  }
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape") return escape(typing);
  if (typing) return;
  const form = document.querySelector(".asking");
  if (form && current() === caseOf(form) && /^[0-9]$/.test(event.key)) {
    event.preventDefault();
    return rejectBy(form, Number(event.key) || 10);
  }
  // By the place of the key as well, so that a Korean keyboard need not be switched.
  const key = event.key in keys ? event.key : event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  if (!(key in keys) || (event.shiftKey && event.key !== "?")) return;
  event.preventDefault();
  keys[key]();
});

// escape takes back the last step: the asking, the typing, the page of one comment.
function escape(typing) {
  const asked = stop();
  say("");
  if (typing) return go(queue ? current() ?? (last?.isConnected ? last : rows()[0]) : rows()[0]);
  if (!asked && one) keys.u();
}

if (!document.querySelector("[autofocus]")) go(rows()[0]);
